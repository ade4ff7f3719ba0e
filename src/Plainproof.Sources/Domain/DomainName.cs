using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;

namespace Plainproof.Sources.Domain;

/// <summary>Names in DNS, lower-case, without the last dot.</summary>
internal static partial class DomainName
{
    private const int MaxLength = 253;

    /// <summary>The name as DNS holds it, non-ASCII letters encoded; null when it cannot be one.</summary>
    public static string? Normalise(string? typed)
    {
        var name = typed?.Trim().TrimEnd('.') ?? "";
        if (name.Any(letter => letter > 127) && Encode(name) is { } ascii)
            name = ascii;
        name = name.ToLowerInvariant();
        return name.Length <= MaxLength && name.Contains('.', StringComparison.Ordinal) && Labels().IsMatch(name) && !IPAddress.TryParse(name, out _)
            ? name
            : null;
    }

    public static bool IsWithin(string name, string domain) =>
        name == domain || name.EndsWith("." + domain, StringComparison.Ordinal);

    /// <summary>The name and those above it, down to <paramref name="fewest"/> labels.</summary>
    public static IEnumerable<string> Climb(string name, int fewest = 1)
    {
        for (var at = name; Count(at) >= fewest; at = at[(at.IndexOf('.') + 1)..])
        {
            yield return at;
            if (!at.Contains('.', StringComparison.Ordinal))
                yield break;
        }
    }

    public static int Count(string name) => name.AsSpan().Count('.') + 1;

    private static string? Encode(string name)
    {
        try
        {
            return new IdnMapping().GetAscii(name);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    [GeneratedRegex(@"^(?!-)[a-z0-9_-]{1,63}(?<!-)(\.(?!-)[a-z0-9_-]{1,63}(?<!-))*$")]
    private static partial Regex Labels();
}
