using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Plainproof.Cli;
using Plainproof.Storage;
using Plainproof.Storage.Records;

namespace Plainproof.Features.People.SigningIn;

/// <summary>For people who lost their password, or the device with the codes.</summary>
internal sealed class WaysBack(InstallationRecords records, CompanyActs acts, TimeProvider clock)
{
    public const string ByLetter = "letter";
    public static readonly TimeSpan Lasts = TimeSpan.FromHours(1);

    /// <summary>So that nobody's inbox can be filled by pressing the button again.</summary>
    private static readonly TimeSpan BetweenLetters = TimeSpan.FromMinutes(5);

    /// <param name="by">The operator, or <see cref="ByLetter"/>.</param>
    /// <returns>The token, which is told this once; null when there is no such person, or a letter was sent a moment ago.</returns>
    public Task<string?> MakeAsync(string email, string by, WayBackScope scope, CancellationToken stop) => records.WriteAsync(async _ =>
    {
        var (key, now) = (Person.KeyOf(email), clock.GetUtcNow());
        if (await records.Set<Person>().SingleOrDefaultAsync(person => person.EmailKey == key, stop) is not { } person)
            return null;
        var open = await records.Set<WayBack>().Where(way => way.PersonId == person.Id && way.UsedAt == null && way.ExpiresAt > now).ToListAsync(stop);
        if (by == ByLetter && open.Any(way => now - way.MadeAt < BetweenLetters))
            return null;
        records.RemoveRange(open); // Only the newest link works.
        var token = LinkSecret.New();
        records.Add(new WayBack { PersonId = person.Id, TokenHash = LinkSecret.HashOf(token), MadeAt = now, MadeBy = by, Scope = scope, ExpiresAt = now + Lasts });
        return token;
    }, stop);

    /// <summary>Whose link it is; null when it was used, is too old, or never was one.</summary>
    public async Task<(WayBack Way, Person Person)?> FindAsync(string? token, CancellationToken stop)
    {
        var (hash, now) = (LinkSecret.HashOf(token ?? ""), clock.GetUtcNow());
        return await records.Set<WayBack>().SingleOrDefaultAsync(way => way.TokenHash == hash && way.UsedAt == null && way.ExpiresAt > now, stop) is { } found
            ? (found, await records.Set<Person>().SingleAsync(person => person.Id == found.PersonId, stop))
            : null;
    }

    /// <summary>Uses the link: a new password, no lock, and every browser signed out. Each company of the person learns of it.</summary>
    /// <param name="setPassword">Within the write.</param>
    /// <exception cref="BadInput">The link does not work any more, or the password cannot be used.</exception>
    public async Task UseAsync(string token, Func<Person, Task> setPassword, CancellationToken stop)
    {
        await records.WriteAsync(async _ =>
        {
            var (way, person) = await FindAsync(token, stop) ?? throw new BadInput("This link was used or is too old. Ask for a new one.");
            await setPassword(person);
            way.UsedAt = clock.GetUtcNow();
            (person.FailedSignIns, person.LockedUntil) = (0, null);
            if (way.Scope == WayBackScope.PasswordAndCode)
                await ForgetCodesAsync(person, stop);
            foreach (var session in await records.Set<Session>().Where(session => session.PersonId == person.Id && session.EndedAt == null).ToListAsync(stop))
                session.EndedAt = way.UsedAt;
            foreach (var company in await records.Set<Membership>().Where(member => member.PersonId == person.Id).Select(member => member.CompanyId).ToListAsync(stop))
                acts.Add(company, "person.recovered", person.Email, way.MadeBy == ByLetter ? person.Email : way.MadeBy, Says(person, way), new JsonObject { ["scope"] = Words.Of(way.Scope), ["link"] = way.MadeBy });
            return true;
        }, stop);
        await acts.DeliverAsync(stop);
    }

    private async Task ForgetCodesAsync(Person person, CancellationToken stop)
    {
        (person.SecondStepKey, person.SecondStepSince, person.LastCodeStep) = (null, null, null);
        records.RemoveRange(await records.Set<RecoveryCode>().Where(code => code.PersonId == person.Id).ToListAsync(stop));
    }

    private static string Says(Person person, WayBack way) =>
        $"{person.Email} set a new password by a link {(way.MadeBy == ByLetter ? "that went to this address" : $"from {way.MadeBy} at the console")}.{(way.Scope == WayBackScope.PasswordAndCode ? " No code is asked for any more." : "")}";
}
