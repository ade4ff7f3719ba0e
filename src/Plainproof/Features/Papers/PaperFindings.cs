using System.Globalization;
using System.Text.RegularExpressions;
using Plainproof.Features.Standing;

namespace Plainproof.Features.Papers;

internal enum Weight
{
    /// <summary>Somebody should look at it.</summary>
    Look,

    /// <summary>Nobody can sign while it is so.</summary>
    StopsSigning,
}

/// <summary>Something that was seen when a paper was read through.</summary>
internal sealed record Finding(string Says, Weight Weight);

/// <summary>Reads a paper through each time it is shown. Pure: the same paper and data give the same findings.</summary>
internal static partial class PaperFindings
{
    /// <summary>From this share on, a reader meets more of our words than of the company's.</summary>
    private const int MostStandard = 60;
    private const int Named = 3;

    /// <param name="saved">The version that is read through; null for a draft, which is the data of today by itself.</param>
    /// <param name="others">Titles of other companies that the reader is in.</param>
    public static IReadOnlyList<Finding> Of(IPaperKind kind, PaperGround ground, PaperDraft draft, PaperText? saved, IReadOnlyList<string> others)
    {
        var text = saved ?? draft.Text;
        return
        [
            .. Placeholders(text), .. Forbidden(text), .. Undisclosed(kind, draft, text), .. saved is null ? [] : Stale(saved, draft.Text), .. Beneath(draft), .. Names(text, others, ground.Company),
            .. Empty(text), .. kind.IsOwnStory ? Similar(text) : [], .. Outside(text, ground), .. kind.Look(ground, text),
        ];
    }

    private static IEnumerable<Finding> Placeholders(PaperText text)
    {
        var open = Waiting(text);
        if (open.Count > 0)
            yield return new Finding($"{Check.Words.Many(open.Count, "place")} still {(open.Count == 1 ? "waits" : "wait")} for your words: {string.Join(" ", open.Take(Named).Select(one => Placeholder().Match(one.Text).Value))}{(open.Count > Named ? " …" : "")}", Weight.StopsSigning);
    }

    /// <summary>Sentences that still wait for somebody's words.</summary>
    public static IReadOnlyList<Sentence> Waiting(PaperText text) => [.. text.Sentences.Where(one => Placeholder().IsMatch(one.Text))];

    private static IEnumerable<Finding> Forbidden(PaperText text) =>
        text.Sentences.Select(one => Claim().Match(one.Text)).Where(match => match.Success).Select(match => match.Value).Distinct(StringComparer.OrdinalIgnoreCase)
            .Select(word => new Finding($"“{word}” says what only an auditor's opinion could, and no report says it. Word it otherwise.", Weight.StopsSigning));

    /// <summary>What must be told stands in the data and not in the text.</summary>
    private static IEnumerable<Finding> Undisclosed(IPaperKind kind, PaperDraft draft, PaperText text)
    {
        var told = text.Sentences.Select(one => one.Key).ToHashSet(StringComparer.Ordinal);
        return draft.Drawn.Values.Where(one => kind.MustTell.Any(start => one.Key.StartsWith(start, StringComparison.Ordinal)) && !told.Contains(one.Key))
            .Select(one => new Finding($"It does not tell this, and has to: {one.Text}", Weight.StopsSigning));
    }

    private static IEnumerable<Finding> Stale(PaperText saved, PaperText now)
    {
        var differences = PaperDifferences.Of(saved, now).Count;
        if (differences > 0)
            yield return new Finding($"{Check.Words.Many(differences, "sentence")} {(differences == 1 ? "reads" : "read")} differently today. Look at the differences, and save a new version.", Weight.Look);
    }

    /// <summary>The data beneath a typed sentence is not what it was when somebody typed it.</summary>
    private static IEnumerable<Finding> Beneath(PaperDraft draft) =>
        draft.Text.Sentences.Where(one => one.Typed is { Instead: { } instead } && draft.Drawn.GetValueOrDefault(one.Key)?.Text != instead)
            .Select(one => new Finding($"The data changed since somebody typed “{Short(one.Text)}”. {(draft.Drawn.TryGetValue(one.Key, out var now) ? $"It says now: {now.Text}" : "It no longer tells this.")}", Weight.Look));

    private static IEnumerable<Finding> Names(PaperText text, IReadOnlyList<string> others, string own) =>
        others.Where(other => other.Length > 2 && !own.Contains(other, StringComparison.OrdinalIgnoreCase) && text.Sentences.Any(one => HasWord(one.Text, other)))
            .Select(other => new Finding($"It names {other}, another company of yours. Was it copied from there?", Weight.Look));

    private static IEnumerable<Finding> Empty(PaperText text) =>
        text.Sections.Where(section => section.Sentences.Count == 0).Select(section => new Finding($"“{section.Title}” says nothing.", Weight.Look));

    private static IEnumerable<Finding> Similar(PaperText text)
    {
        var (ours, all) = (text.Sentences.Where(one => one.Trace?.Wording == Wording.Standard && !one.IsAsked).Sum(WordsIn), text.Sentences.Where(one => !one.IsAsked).Sum(WordsIn));
        if (all > 0 && 100 * ours / all is var share && share > MostStandard)
            yield return new Finding($"{share} of 100 words are our standard text, which other companies use too. Readers want yours: word your controls, and add what is special.", Weight.Look);
    }

    /// <summary>Only what people typed: data may tell of other days.</summary>
    private static IEnumerable<Finding> Outside(PaperText text, PaperGround ground) =>
        text.Sentences.Where(one => one.Typed is not null).SelectMany(one => Days(one.Text)).Where(day => day < ground.First || day > ground.Last).Distinct()
            .Select(day => new Finding($"It names {StandingParts.Day(day)}, which lies outside the days of this engagement.", Weight.Look));

    private static IEnumerable<DateOnly> Days(string text)
    {
        foreach (Match match in Day().Matches(text))
            if (DateOnly.TryParseExact(match.Value, ["yyyy-MM-dd", "d MMMM yyyy", "d MMM yyyy"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
                yield return day;
    }

    private static bool HasWord(string text, string word) => Regex.IsMatch(text, $@"(?<!\w){Regex.Escape(word)}(?!\w)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    private static int WordsIn(Sentence sentence) => sentence.Text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length;

    private static string Short(string text) => text.Length > 60 ? text[..60] + "…" : text;

    [GeneratedRegex(@"\[[^\[\]]{3,}\]|\b(TBD|TODO|lorem ipsum)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"\b(SOC ?2|fully|are|is|be|become|remain|remains|stay|stays)[\s-]+(certified|compliant)\b|\bcompliant with\b|\bcertified (by|under|for)\b|\bpass(es|ed|ing)?\s+((a|an|the|our|its)\s+)?(SOC|audit|examination)\b", RegexOptions.IgnoreCase)]
    internal static partial Regex Claim();

    [GeneratedRegex(@"\b\d{4}-\d{2}-\d{2}\b|\b\d{1,2} [A-Z][a-z]{2,8} \d{4}\b")]
    private static partial Regex Day();
}
