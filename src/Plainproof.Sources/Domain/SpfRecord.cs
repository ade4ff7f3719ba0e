using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Plainproof.Facts;

namespace Plainproof.Sources.Domain;

internal enum SpfMechanism
{
    All,
    Include,
    A,
    Mx,
    Ptr,
    Ip4,
    Ip6,
    Exists,
}

/// <param name="Target">The name given after the colon; null means the domain itself.</param>
internal sealed record SpfTerm(SpfMechanism Mechanism, SpfVerdict Verdict, string? Target, string Text)
{
    /// <summary>A name with macros depends on each mail, so it cannot be looked up here.</summary>
    public bool HasMacro => Target?.Contains('%', StringComparison.Ordinal) == true;
}

/// <summary>One SPF record taken apart (RFC 7208 sections 4.6 and 12).</summary>
internal sealed partial record SpfRecord(IReadOnlyList<SpfTerm> Terms, string? Redirect, IReadOnlyList<string> Problems)
{
    private const string Version = "v=spf1";

    public static bool IsSpf(string text) =>
        text.StartsWith(Version, StringComparison.OrdinalIgnoreCase) && (text.Length == Version.Length || text[Version.Length] == ' ');

    public static SpfRecord Parse(string text)
    {
        var terms = new List<SpfTerm>();
        var problems = new List<string>();
        var modifiers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var word in text[Version.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (Modifier().Match(word) is { Success: true } modifier)
                AddModifier(modifier.Groups[1].Value, modifier.Groups[2].Value, modifiers, problems);
            else if (TermOf(word) is { } term)
                terms.Add(term);
            else
                problems.Add($"'{TagList.Short(word)}' is not a valid term.");
        }

        if (text.Any(letter => letter is < ' ' or > '~'))
            problems.Add("The record holds letters that are not plain ASCII.");
        return new SpfRecord(terms, modifiers.GetValueOrDefault("redirect"), problems);
    }

    private static void AddModifier(string name, string value, Dictionary<string, string> modifiers, List<string> problems)
    {
        var known = name.ToLowerInvariant() is "redirect" or "exp";
        if (known && !modifiers.TryAdd(name, value))
            problems.Add($"{name}= is given twice.");
        if (known && !IsName(value))
            problems.Add($"{name}={TagList.Short(value)} does not name a domain.");
    }

    private static SpfTerm? TermOf(string word)
    {
        if (Term().Match(word) is not { Success: true } match || !Enum.TryParse<SpfMechanism>(match.Groups["m"].Value, ignoreCase: true, out var mechanism))
            return null;
        var verdict = match.Groups["q"].Value switch { "-" => SpfVerdict.Fail, "~" => SpfVerdict.SoftFail, "?" => SpfVerdict.Neutral, _ => SpfVerdict.Pass };
        var (given, value, cidr) = (match.Groups["v"].Success, match.Groups["v"].Value, match.Groups["c"].Value);
        var valid = mechanism switch
        {
            SpfMechanism.All => !given && cidr.Length == 0,
            SpfMechanism.Include or SpfMechanism.Exists => given && IsName(value) && cidr.Length == 0,
            SpfMechanism.Ptr => (!given || IsName(value)) && cidr.Length == 0,
            SpfMechanism.A or SpfMechanism.Mx => (!given || IsName(value)) && (cidr.Length == 0 || IsDualCidr(cidr)),
            SpfMechanism.Ip4 => IsNetwork(value, cidr, AddressFamily.InterNetwork, 32),
            _ => IsNetwork(value, cidr, AddressFamily.InterNetworkV6, 128),
        };
        return valid ? new SpfTerm(mechanism, verdict, given ? value : null, word) : null;
    }

    private static bool IsName(string value) =>
        value.Contains('%', StringComparison.Ordinal) ? MacroName().IsMatch(value) : DomainName.Normalise(value) is not null;

    private static bool IsNetwork(string value, string cidr, AddressFamily family, int longest) =>
        IPAddress.TryParse(value, out var address) && address.AddressFamily == family
        && (family == AddressFamily.InterNetworkV6 || value.AsSpan().Count('.') == 3)
        && (cidr.Length == 0 || IsLength(cidr[1..], longest));

    private static bool IsDualCidr(string cidr)
    {
        var parts = cidr.Split("//", 2);
        return (parts[0].Length == 0 || IsLength(parts[0][1..], 32)) && (parts.Length == 1 || IsLength(parts[1], 128));
    }

    private static bool IsLength(string digits, int longest) =>
        digits.Length is > 0 and <= 3 && digits.All(char.IsAsciiDigit) && int.Parse(digits, System.Globalization.CultureInfo.InvariantCulture) <= longest;

    [GeneratedRegex(@"^([A-Za-z][A-Za-z0-9\-_.]*)=(.*)$")]
    private static partial Regex Modifier();

    [GeneratedRegex(@"^(?<q>[+\-~?]?)(?<m>all|include|a|mx|ptr|ip4|ip6|exists)(:(?<v>[^/]*))?(?<c>/.*)?$", RegexOptions.IgnoreCase)]
    private static partial Regex Term();

    [GeneratedRegex(@"^([^%]|%\{[slodiphcrtvSLODIPHCRTV][0-9]*r?[.\-+,/_=]*\}|%%|%_|%-)+$")]
    private static partial Regex MacroName();
}
