using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Plainproof.Storage.Records;

namespace Plainproof.Features.People.SigningIn;

/// <summary>
/// Keeps what was typed when the session ended before it was sent. Only for the person whose session it was, and only when the form came
/// from one of our own pages. Files are not kept, and neither are the secrets of systems.
/// </summary>
internal sealed class KeptForms(InstallationRecords records, IDataProtectionProvider protection, TimeProvider clock)
{
    /// <summary>How the names of fields begin whose content is shown to nobody.</summary>
    public const string Withheld = "withheld.";

    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);
    private readonly IDataProtector _seal = protection.CreateProtector("Plainproof.KeptForms");

    /// <returns>The address where the person finds it after signing in.</returns>
    public async Task<string> KeepAsync(HttpRequest request, string person)
    {
        if (!IsOurs(request))
            return "/";
        var form = await request.ReadFormAsync();
        var now = clock.GetUtcNow();
        await records.Set<KeptForm>().Where(old => old.KeptAt < now - Longest || old.PersonId == person).ExecuteDeleteAsync();
        var kept = new KeptForm
        {
            PersonId = person,
            Address = request.Path + request.QueryString,
            KeptAt = now,
            Fields = _seal.Protect(JsonSerializer.SerializeToUtf8Bytes(form.Where(field => field.Key != "form-token" && !field.Key.StartsWith(Withheld, StringComparison.Ordinal)).SelectMany(field => field.Value.Select(value => new KeptField(field.Key, value ?? ""))))),
        };
        records.Add(kept);
        await records.SaveChangesAsync();
        return $"/sign-in/kept/{kept.Id}";
    }

    /// <summary>Null when there is none of that id for this person.</summary>
    public async Task<(string Address, IReadOnlyList<KeptField> Fields)?> FindAsync(string id, Person person) =>
        await records.Set<KeptForm>().SingleOrDefaultAsync(form => form.Id == id && form.PersonId == person.Id) is { } kept && clock.GetUtcNow() - kept.KeptAt < Longest
            ? (kept.Address, JsonSerializer.Deserialize<KeptField[]>(_seal.Unprotect(kept.Fields))!)
            : null;

    /// <summary>Browsers name the page's origin with every form they send.</summary>
    private static bool IsOurs(HttpRequest request) =>
        Uri.TryCreate(request.Headers.Origin, UriKind.Absolute, out var origin) && origin.Authority == request.Host.Value;
}

internal sealed record KeptField(string Name, string Value);

/// <summary>Addresses inside the site.</summary>
internal static class Addresses
{
    public static string SignIn(string then) => $"/sign-in?return={Uri.EscapeDataString(then)}";

    /// <summary>A path of this site and nothing else: what comes in an address is never followed elsewhere.</summary>
    public static string Local(string? typed, string otherwise = "/companies") =>
        typed is ['/', not ('/' or '\\'), ..] && !typed.AsSpan().ContainsAny('\r', '\n', '\\') && typed != "/" ? typed : otherwise;
}
