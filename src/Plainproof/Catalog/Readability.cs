using System.Text.RegularExpressions;

namespace Plainproof.Catalog;

/// <summary>
/// How hard a text is to read. The law: over 100 words, US school grade 8 or below by Flesch-Kincaid; up to 100
/// words, no sentence over 20 words. Ids and product names are left out of the count.
/// </summary>
internal static partial class Readability
{
    public const int LongText = 100;
    public const double HighestGrade = 8;
    public const int LongestSentence = 20;

    // Names readers meet in their own tools; nobody can choose a shorter word for them.
    private static readonly string[] ProductNames =
    [
        "Amazon Web Services", "Google Workspace", "Google Cloud", "Microsoft 365", "Active Directory", "Let's Encrypt",
        "Kubernetes", "PostgreSQL", "Terraform", "Cloudflare", "Bitbucket", "Dependabot", "OpenLDAP", "Microsoft", "GitHub",
        "GitLab", "Heroku", "Vercel", "Render", "Azure", "Google", "Entra", "Okta", "Slack", "Jira", "AWS",
    ];

    private static readonly string[] Abbreviations = ["e.g.", "i.e.", "etc.", "vs.", "approx.", "no."];

    /// <summary>Flesch-Kincaid grade; 0 for a text without words.</summary>
    public static double Grade(string text)
    {
        var sentences = Sentences(text);
        var words = sentences.Sum(sentence => sentence.Count);
        if (words == 0)
            return 0;
        var syllables = sentences.Sum(sentence => sentence.Sum(Syllables.Count));
        return (0.39 * words / sentences.Count) + (11.8 * syllables / words) - 15.59;
    }

    public static int Words(string text) => Sentences(text).Sum(sentence => sentence.Count);

    /// <summary>What breaks the law in this text, or null.</summary>
    public static string? Offence(string text)
    {
        var sentences = Sentences(text);
        var words = sentences.Sum(sentence => sentence.Count);
        if (words > LongText)
            return Grade(text) is var grade and > HighestGrade
                ? FormattableString.Invariant($"scores grade {grade:0.0}, over {HighestGrade:0}")
                : null;
        var longest = sentences.MaxBy(sentence => sentence.Count);
        return longest?.Count > LongestSentence
            ? $"has a sentence of {longest.Count} words, over {LongestSentence}: \"{string.Join(' ', longest.Take(6))} ...\""
            : null;
    }

    /// <summary>The words of each sentence; line breaks and list marks end sentences too.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> Sentences(string text)
    {
        var counted = WithoutNames(text);
        foreach (var abbreviation in Abbreviations)
        {
            var undotted = abbreviation.Replace(".", "", StringComparison.Ordinal);
            counted = counted.Replace(" " + abbreviation, " " + undotted, StringComparison.OrdinalIgnoreCase);
        }

        return
        [
            .. SentenceEnds().Split(counted)
                .Select(sentence => (IReadOnlyList<string>)[.. Word().Matches(sentence).Select(word => word.Value)])
                .Where(words => words.Count > 0),
        ];
    }

    /// <summary>The text without ids of the catalogue and names of products.</summary>
    public static string WithoutNames(string text)
    {
        var left = Ids().Replace(text, " ");
        foreach (var name in ProductNames)
            left = left.Replace(name, " ", StringComparison.Ordinal);
        return left;
    }

    // CC6.1, A1.2, PI1.3, DC4, AC-03, G-AC-10, W-07, POL-02, ranges of them included.
    [GeneratedRegex(@"\b(?:G-)?(?:CC|DC|PI|A|C|P)\d+(?:\.\d+)?\b|\b(?:G-)?[A-Z]{1,4}-\d+\b")]
    private static partial Regex Ids();

    [GeneratedRegex(@"[.!?]+[""'”’)\]]*(?=\s|$)|\r?\n|•")]
    private static partial Regex SentenceEnds();

    [GeneratedRegex(@"[\p{L}\p{Nd}][\p{L}\p{Nd}'’.,%-]*")]
    private static partial Regex Word();
}
