using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Plainproof.Features.People.SigningIn;
using Plainproof.Sources;

namespace Plainproof.Features.Systems;

/// <summary>The form of one source as somebody filled it in. Whoever fills it in does not own this machine, so no path of it is taken.</summary>
internal sealed partial record Filling(string Name, string? Address, IReadOnlyDictionary<string, string> Options, IReadOnlyDictionary<string, string> Withheld, IFormFile? File)
{
    public const string OptionField = "option.";
    public const string WithheldField = KeptForms.Withheld;
    public const string FileField = "file";
    private const int LongestName = 80;
    private const int Longest = 1000;
    private const int LongestWithheld = 64 * 1024;
    private const string Placeholder = "placeholder";

    public static Filling Read(SourceInfo info, IFormCollection form)
    {
        var options = new Dictionary<string, string>(StringComparer.Ordinal);
        var withheld = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var option in info.Options)
        {
            // A secret may begin or end with blanks; text of a file and other options do not.
            if (option.IsWithheld && form[WithheldField + option.Name].ToString() is { } secret && !string.IsNullOrWhiteSpace(secret))
                withheld[option.Name] = option.Secret ? secret : secret.ReplaceLineEndings("\n");
            else if (!option.IsWithheld && option.Kind != OptionKind.Machine && form[OptionField + option.Name].ToString().Trim() is { Length: > 0 } value)
                options[option.Name] = value;
        }

        var address = form["address"].ToString().Trim();
        var name = form["name"].ToString().Trim();
        return new Filling(name.Length == 0 ? info.Title : name, address.Length == 0 || info.Leads == AddressKind.File ? null : address, options, withheld, info.Leads == AddressKind.File && form.Files[FileField] is { Length: > 0 } file ? file : null);
    }

    /// <summary>An address or option as it may be shown again: a password that was typed into it is taken out.</summary>
    public static string Shown(string? typed) => Credentials().Replace(typed ?? "", "://");

    /// <summary>Everything wrong that can be seen without asking anybody.</summary>
    /// <param name="withFile">False when a file that came earlier stays.</param>
    public IEnumerable<string> Problems(SourceInfo info, bool withFile = true)
    {
        if (Name.Length > LongestName)
            yield return $"The name has at most {LongestName} characters.";
        if (info.Leads == AddressKind.File && withFile && UploadedFile.Problem(info, File) is { } file)
            yield return file;
        if (info.Leads != AddressKind.File && Address is null && !(info.Leads == AddressKind.Network && info.Address?.StartsWith('[') == true))
            yield return $"Fill in the address. It looks like {info.Address}";
        foreach (var (label, value) in Options.Select(pair => (pair.Key, pair.Value)).Prepend(("The address", Address ?? "")))
        {
            if (Credentials().IsMatch(value))
                yield return $"{label}: a password does not belong there, where others can see it. It has a field of its own.";
            if (value.Length > Longest || value.Any(char.IsControl))
                yield return $"{label}: it is too long, or holds signs that cannot be typed.";
        }

        foreach (var option in info.Options)
        {
            if (option.Required && !(option.IsWithheld ? Withheld : Options).ContainsKey(option.Name))
                yield return $"Fill in {option.Name}: {option.Plain}";
            if (option.Kind == OptionKind.Number && Options.TryGetValue(option.Name, out var number) && !int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out _))
                yield return $"{option.Name}: '{number}' is no whole number.";
            if (option.IsWithheld && Withheld.TryGetValue(option.Name, out var secret) && (secret.Length > LongestWithheld || (!option.Secret && !secret.Contains('\n') && !secret.Contains("-----", StringComparison.Ordinal) && LooksLikePath(secret))))
                yield return $"{option.Name}: paste the text itself, not where it lies. Files of this machine are not read for you.";
        }
    }

    /// <summary>The same with stand-ins for what is required and missing, so that the source can say what else is wrong.</summary>
    public Filling Completed(SourceInfo info) => this with
    {
        Options = With(Options, info.Options.Where(option => option.Required && !option.IsWithheld)),
        Withheld = With(Withheld, info.Options.Where(option => option.Required && option.IsWithheld)),
    };

    private static Dictionary<string, string> With(IReadOnlyDictionary<string, string> given, IEnumerable<SourceOption> needed)
    {
        var all = new Dictionary<string, string>(given, StringComparer.Ordinal);
        foreach (var option in needed)
            all.TryAdd(option.Name, Placeholder);
        return all;
    }

    private static bool LooksLikePath(string text) => text.StartsWith('/') || text.StartsWith('~') || text.StartsWith('.') || text.Contains(":\\", StringComparison.Ordinal) || text.StartsWith("file:", StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex("://[^/@]*:[^/@]*@")]
    private static partial Regex Credentials();
}
