using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;

namespace Plainproof.Sources.Git;

/// <summary>A stretch that looks like a secret.</summary>
/// <param name="Start">Where the secret itself begins: a byte for bytes, a character for a string.</param>
/// <param name="Sort">What it looks like: <c>AWS access key</c>.</param>
public readonly record struct SecretSpan(int Start, int Length, string Sort);

/// <summary>
/// Finds what looks like a secret in text: tokens by the shapes their makers publish, private keys, passwords in addresses,
/// and values of high entropy that stand behind words such as password. Well-known examples and placeholders are left out.
/// Misses what has no shape and no word beside it.
/// </summary>
public static partial class SecretPatterns
{
    private const int LongestLine = 8192;
    private const int LongestKey = 32768;

    private static readonly Shape[] Shapes =
    [
        new("AWS access key", AwsKey(), "AKIA", "ASIA", "ABIA", "ACCA"),
        new("AWS secret key", AwsSecret(), "secret_access_key", "secretaccesskey", "aws_secret"),
        new("GitHub token", GitHub(), "ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_"),
        new("GitLab token", GitLab(), "glpat-", "gldt-", "glrt-", "glptt-", "glsoat-"),
        new("Slack token", Slack(), "xoxa-", "xoxb-", "xoxe-", "xoxe.", "xoxo-", "xoxp-", "xoxr-", "xoxs-", "xapp-", "hooks.slack.com/services/"),
        new("Stripe key", Stripe(), "sk_live_", "rk_live_"),
        new("Google API key", GoogleKey(), "AIza"),
        new("Google client secret", GoogleSecret(), "GOCSPX-"),
        new("Azure storage key", AzureStorage(), "AccountKey="),
        new("npm token", Npm(), "npm_"),
        new("PyPI token", PyPi(), "pypi-AgE"),
        new("SendGrid key", SendGrid(), "SG."),
        new("AI service key", AiService(), "sk-ant-", "sk-proj-", "T3BlbkFJ", "hf_"),
        new("DigitalOcean token", DigitalOcean(), "dop_v1_", "doo_v1_", "dor_v1_"),
        new("Vault token", Vault(), "hvs.", "hvb."),
        new("Shopify token", Shopify(), "shpat_", "shpss_", "shpca_", "shppa_"),
        new("Age secret key", Age(), "AGE-SECRET-KEY-1"),
        new("JSON web token", Jwt(), "eyJ"),
        new("password in an address", AddressPassword(), "://"),
        new("password or key in plain text", Assignment(), "passw", "pwd", "secret", "token", "api_key", "apikey", "api-key", "access_key", "accesskey", "private_key", "auth_key", "credential"),
    ];

    private static readonly (string Anchor, Shape Shape)[] Anchors = [.. Shapes.SelectMany(shape => shape.Anchors.Select(anchor => (anchor, shape))).OrderByDescending(pair => pair.anchor.Length)];

    private static readonly SearchValues<string> AnyAnchor = SearchValues.Create([.. Anchors.Select(pair => pair.Anchor), KeyBegin], StringComparison.OrdinalIgnoreCase);

    private static readonly SearchValues<char> NameLetters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-");

    private const string KeyBegin = "-----BEGIN ";

    /// <summary>Spans in bytes. Text outside ASCII is passed over unharmed, whatever its encoding.</summary>
    public static IReadOnlyList<SecretSpan> Find(ReadOnlySpan<byte> utf8)
    {
        var letters = ArrayPool<char>.Shared.Rent(utf8.Length);
        try
        {
            return Find(letters.AsSpan(0, Encoding.Latin1.GetChars(utf8, letters)));
        }
        finally
        {
            ArrayPool<char>.Shared.Return(letters);
        }
    }

    /// <summary>Spans in characters, in order, none touching another.</summary>
    public static IReadOnlyList<SecretSpan> Find(ReadOnlySpan<char> text)
    {
        var found = new List<SecretSpan>();
        var from = 0;
        while (text[from..].IndexOfAny(AnyAnchor) is var hit and >= 0)
        {
            var at = from + hit;
            from = at + 1;
            if (At(text, at) is not { } span)
                continue;
            Add(found, span);
            from = Math.Max(from, span.Start + span.Length);
        }

        return found;
    }

    /// <summary>A few first letters and stars: enough to recognise, not enough to use.</summary>
    public static string Mask(ReadOnlySpan<char> secret)
    {
        if (secret.StartsWith(KeyBegin))
            return "-----BEGIN ... (hidden)";
        var shown = Math.Min(4, secret.Length / 4);
        return string.Concat(secret[..shown], new string('*', Math.Clamp(secret.Length - shown, 4, 12)));
    }

    private static void Add(List<SecretSpan> found, SecretSpan span)
    {
        if (found.Count == 0 || span.Start >= found[^1].Start + found[^1].Length)
            found.Add(span);
    }

    private static SecretSpan? At(ReadOnlySpan<char> text, int at)
    {
        if (text[at..].StartsWith(KeyBegin))
            return PrivateKeyAt(text, at);
        var (lineStart, lineEnd) = LineAround(text, at);
        string? line = null;
        foreach (var (anchor, shape) in Anchors)
        {
            if (!text[at..].StartsWith(anchor, StringComparison.OrdinalIgnoreCase) || (ReferenceEquals(shape, Shapes[^1]) && !IsGivenAValue(text[at..lineEnd])))
                continue;
            line ??= text[lineStart..lineEnd].ToString();
            if (InLine(line, at - lineStart, shape) is { } span)
                return span with { Start = span.Start + lineStart };
        }

        return null;
    }

    private static SecretSpan? InLine(string line, int at, Shape shape)
    {
        var match = shape.Pattern.Match(line);
        while (match.Success && match.Index + match.Length <= at)
            match = match.NextMatch();
        return match.Success && match.Index <= at && shape.SecretIn(match) is { Length: > 0 } secret && !Looks.LikeAnExample(secret.ValueSpan, shape.Sort)
            ? ReferenceEquals(shape, Shapes[^1]) && Named(line, secret) is { } named ? named : new SecretSpan(secret.Index, secret.Length, shape.Sort)
            : null;
    }

    /// <summary>
    /// Whether a word such as password leads to a sign and a value, as the last pattern asks. Most mentions do not, and the pattern
    /// takes a hundred times as long to say so.
    /// </summary>
    private static bool IsGivenAValue(ReadOnlySpan<char> word)
    {
        var rest = word[Math.Max(0, word.IndexOfAnyExcept(NameLetters))..];
        rest = (rest.StartsWith('"') || rest.StartsWith('\'') ? rest[1..] : rest).TrimStart();
        if (!rest.StartsWith('=') && !rest.StartsWith(':'))
            return false;
        rest = (rest.Length > 1 && rest[1] is '>' or '=' ? rest[2..] : rest[1..]).TrimStart();
        return rest.Length > 0 && (rest[0] is '"' or '\'' or '`' or '+' or '/' or '_' or '=' or '-' || char.IsAsciiLetterOrDigit(rest[0]));
    }

    /// <summary>What stands behind the word password may have a shape of its own, which says more.</summary>
    private static SecretSpan? Named(string line, Group value)
    {
        foreach (var shape in Shapes[..^1])
        {
            if (!shape.Anchors.Any(anchor => value.ValueSpan.Contains(anchor, StringComparison.OrdinalIgnoreCase)))
                continue;
            var match = shape.Pattern.Match(line);
            if (match.Success && shape.SecretIn(match) is { } secret && secret.Index < value.Index + value.Length && value.Index < secret.Index + secret.Length)
                return new SecretSpan(secret.Index, secret.Length, shape.Sort);
        }

        return null;
    }

    /// <summary>A key without its end, or with nothing inside, is a mention and not a key.</summary>
    private static SecretSpan? PrivateKeyAt(ReadOnlySpan<char> text, int at)
    {
        var match = PrivateKey().Match(text.Slice(at, Math.Min(LongestKey, text.Length - at)).ToString());
        return match.Success && match.Index == 0 ? new SecretSpan(at, match.Length, "private key") : null;
    }

    private static (int Start, int End) LineAround(ReadOnlySpan<char> text, int at)
    {
        var before = text[Math.Max(0, at - LongestLine)..at];
        var after = text.Slice(at, Math.Min(LongestLine, text.Length - at));
        var end = after.IndexOf('\n');
        return (at - before.Length + before.LastIndexOf('\n') + 1, at + (end < 0 ? after.Length : end));
    }

    /// <param name="Anchors">Letters that must stand in the text before the pattern is tried.</param>
    private sealed record Shape(string Sort, Regex Pattern, params string[] Anchors)
    {
        public Group? SecretIn(Match match) =>
            Sort == "password or key in plain text" ? Looks.Secret(match) : match.Groups["s"] is { Success: true } part ? part : match.Groups[0];
    }

    [GeneratedRegex(@"(?<![A-Za-z0-9])(?:AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}(?![A-Za-z0-9])")]
    private static partial Regex AwsKey();

    [GeneratedRegex(@"(?i:aws_?secret|secret_?access_?key)[^\n]{0,24}?[""'=:\s](?<s>[A-Za-z0-9/+]{40})(?![A-Za-z0-9/+=])")]
    private static partial Regex AwsSecret();

    [GeneratedRegex(@"(?<![A-Za-z0-9_])(?:gh[pousr]_[A-Za-z0-9]{36,255}|github_pat_[A-Za-z0-9_]{60,255})")]
    private static partial Regex GitHub();

    [GeneratedRegex(@"(?<![A-Za-z0-9])gl(?:pat|dt|rt|ptt|soat)-[A-Za-z0-9_-]{20,64}")]
    private static partial Regex GitLab();

    [GeneratedRegex(@"(?<![A-Za-z0-9])xox[abeoprs][.-][A-Za-z0-9-]{10,250}|(?<![A-Za-z0-9])xapp-\d-[A-Za-z0-9-]{10,250}|hooks\.slack\.com/services/(?<s>T[A-Z0-9]{6,}/B[A-Z0-9]{6,}/[A-Za-z0-9]{20,})")]
    private static partial Regex Slack();

    [GeneratedRegex(@"(?<![A-Za-z0-9])[sr]k_live_[A-Za-z0-9]{16,250}")]
    private static partial Regex Stripe();

    [GeneratedRegex(@"(?<![A-Za-z0-9_-])AIza[A-Za-z0-9_-]{35}(?![A-Za-z0-9_-])")]
    private static partial Regex GoogleKey();

    [GeneratedRegex(@"(?<![A-Za-z0-9_-])GOCSPX-[A-Za-z0-9_-]{28}")]
    private static partial Regex GoogleSecret();

    [GeneratedRegex(@"AccountKey=(?<s>[A-Za-z0-9+/]{86}==)")]
    private static partial Regex AzureStorage();

    [GeneratedRegex(@"(?<![A-Za-z0-9_])npm_[A-Za-z0-9]{36}(?![A-Za-z0-9])")]
    private static partial Regex Npm();

    [GeneratedRegex(@"pypi-AgE[A-Za-z0-9_-]{50,}")]
    private static partial Regex PyPi();

    [GeneratedRegex(@"(?<![A-Za-z0-9_])SG\.[A-Za-z0-9_-]{22}\.[A-Za-z0-9_-]{43}")]
    private static partial Regex SendGrid();

    [GeneratedRegex(@"(?<![A-Za-z0-9_-])(?:sk-ant-[A-Za-z0-9_-]{40,}|sk-proj-[A-Za-z0-9_-]{40,}|sk-[A-Za-z0-9]{20}T3BlbkFJ[A-Za-z0-9]{20}|hf_[A-Za-z]{34})")]
    private static partial Regex AiService();

    [GeneratedRegex(@"(?<![A-Za-z0-9])do[por]_v1_[a-f0-9]{64}")]
    private static partial Regex DigitalOcean();

    [GeneratedRegex(@"(?<![A-Za-z0-9])hv[sb]\.[A-Za-z0-9_-]{24,}")]
    private static partial Regex Vault();

    [GeneratedRegex(@"(?<![A-Za-z0-9])shp(?:at|ss|ca|pa)_[a-fA-F0-9]{32}")]
    private static partial Regex Shopify();

    [GeneratedRegex(@"AGE-SECRET-KEY-1[QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L]{58}")]
    private static partial Regex Age();

    [GeneratedRegex(@"(?<![A-Za-z0-9_-])eyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{20,}")]
    private static partial Regex Jwt();

    [GeneratedRegex(@"[A-Za-z][A-Za-z0-9+.-]{1,20}://[^\s/:@""'<>]{1,64}:(?<s>[^\s/:@""'<>]{3,128})@[A-Za-z0-9\[]")]
    private static partial Regex AddressPassword();

    // Without (?-i:) the generator refuses the back reference, and the pattern is interpreted: many times slower.
    [GeneratedRegex(@"(?i)(?<k>[A-Za-z0-9_.-]{0,40}(?:passw(?:or)?d|passwd|pwd|secret|token|api[_-]?key|access_?key|private_key|auth_key|credentials?)[A-Za-z0-9_.-]{0,20})[""']?\s{0,4}(?:=>|:=|=|:)\s{0,4}(?:(?<q>[""'`])(?<s>[^""'`\s]{8,200})(?-i:\k<q>)|(?<s>[A-Za-z0-9+/_=-]{16,200})(?=\s|$|;|,))")]
    private static partial Regex Assignment();

    [GeneratedRegex(@"-----BEGIN (?:[A-Z0-9]+ ){0,2}PRIVATE KEY(?: BLOCK)?-----[\sA-Za-z0-9+/=:,.()\\""'-]{60,}?-----END (?:[A-Z0-9]+ ){0,2}PRIVATE KEY(?: BLOCK)?-----")]
    private static partial Regex PrivateKey();
}
