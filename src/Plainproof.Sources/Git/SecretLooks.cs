using System.Text.RegularExpressions;

namespace Plainproof.Sources.Git;

/// <summary>Tells a value that looks random from a word, a name, a placeholder or an example.</summary>
internal static partial class Looks
{
    private const double LeastEntropyQuoted = 3.3;
    private const double LeastEntropyBare = 3.7;

    /// <summary>The value of an assignment, when it looks like a secret.</summary>
    public static Group? Secret(Match match)
    {
        var key = match.Groups["k"].ValueSpan;
        var value = match.Groups["s"];
        var quoted = match.Groups["q"].Success;
        if (NotSecretKeys().IsMatch(key) || !HasLetterAndDigit(value.ValueSpan) || IsReference(value.ValueSpan) || (!quoted && IsNameLike(value.ValueSpan)))
            return null;
        return Entropy(value.ValueSpan) >= (quoted ? LeastEntropyQuoted : LeastEntropyBare) ? value : null;
    }

    public static bool LikeAnExample(ReadOnlySpan<char> value, string sort) =>
        Examples().IsMatch(value)
        || IsReference(value)
        || value.Count(value[0]) == value.Length
        || (sort == "password in an address" && WeakWords().IsMatch(value));

    /// <summary>Bits for each letter (Shannon), by how often each letter occurs in the value itself.</summary>
    public static double Entropy(ReadOnlySpan<char> value)
    {
        Span<int> counts = stackalloc int[256];
        foreach (var letter in value)
            counts[letter & 0xff]++;
        var entropy = 0.0;
        foreach (var count in counts)
        {
            if (count > 0)
                entropy -= (double)count / value.Length * Math.Log2((double)count / value.Length);
        }

        return entropy;
    }

    private static bool HasLetterAndDigit(ReadOnlySpan<char> value) =>
        value.IndexOfAnyInRange('0', '9') >= 0 && (value.IndexOfAnyInRange('a', 'z') >= 0 || value.IndexOfAnyInRange('A', 'Z') >= 0);

    /// <summary>Points at a secret kept elsewhere, or calls something: <c>${DB_PASSWORD}</c>, <c>{{ token }}</c>, <c>env(...)</c>.</summary>
    private static bool IsReference(ReadOnlySpan<char> value) => value.IndexOfAny("${}<>()[]%") >= 0 || value.StartsWith("env.") || value.StartsWith("process.") || value.StartsWith("vault:") || value.StartsWith("arn:");

    /// <summary>Words joined by signs, such as <c>my-service-token-v2</c> or <c>src/auth/token_2</c>: each part short, or without digits.</summary>
    private static bool IsNameLike(ReadOnlySpan<char> value)
    {
        foreach (var part in value.SplitAny('-', '_', '/', '.'))
        {
            var word = value[part];
            if (word.Length > 10 && HasLetterAndDigit(word))
                return false;
        }

        return true;
    }

    [GeneratedRegex("(?i)(sha\\d*|hash|digest|checksum|integrity|etag|public|file|path|url|uri|name|type|length|expir|version|count|limit|policy|field|label|header|regex|pattern|format|_id|[a-z]Id)$")]
    private static partial Regex NotSecretKeys();

    [GeneratedRegex("(?i)example|changeme|change_me|change-me|placeholder|your[_-]?|dummy|sample|redacted|foobar|xxxx|\\*\\*\\*|0123456789|1234567890|abcdefgh|SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJV_adQssw5c|^test|not[_-]?a?[_-]?secret|insert[_-]|replace[_-]|todo")]
    private static partial Regex Examples();

    [GeneratedRegex("(?i)^(pass|password|passwd|pwd|secret|token|user|admin|root|postgres|mysql|guest|x-oauth-basic|oauth2?|key|pw|p|port)\\d{0,3}$")]
    private static partial Regex WeakWords();
}
