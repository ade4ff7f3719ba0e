namespace Plainproof.Features.Papers;

internal enum Difference
{
    Added,
    Removed,
    Changed,
}

/// <param name="Before">Null for what is new.</param>
/// <param name="After">Null for what is no longer there.</param>
internal sealed record SentenceDifference(string Section, Difference Kind, string? Before, string? After, LeftOut? LeftOut);

/// <summary>What two versions of a paper say differently, sentence by sentence.</summary>
internal static class PaperDifferences
{
    /// <summary>In the order of the newer one; what is gone stands at the end of its section.</summary>
    public static IReadOnlyList<SentenceDifference> Of(PaperText before, PaperText after)
    {
        var (old, now) = (ByKey(before), ByKey(after));
        var left = after.Sections.SelectMany(section => section.LeftOut).ToDictionary(one => one.Key, StringComparer.Ordinal);
        var titles = before.Sections.Concat(after.Sections).DistinctBy(section => section.Id).ToList();
        return [.. titles.SelectMany(section => New(section, after, old).Concat(Gone(section, before, now, left)))];
    }

    private static IEnumerable<SentenceDifference> New(Section section, PaperText after, Dictionary<string, Sentence> old)
    {
        foreach (var one in SentencesOf(after, section.Id))
            if (!old.TryGetValue(one.Key, out var was))
                yield return new SentenceDifference(section.Title, Difference.Added, null, one.Text, null);
            else if (was.Text != one.Text)
                yield return new SentenceDifference(section.Title, Difference.Changed, was.Text, one.Text, null);
    }

    private static IEnumerable<SentenceDifference> Gone(Section section, PaperText before, Dictionary<string, Sentence> now, Dictionary<string, LeftOut> left) =>
        SentencesOf(before, section.Id).Where(one => !now.ContainsKey(one.Key)).Select(one => new SentenceDifference(section.Title, Difference.Removed, one.Text, null, left.GetValueOrDefault(one.Key)));

    private static IEnumerable<Sentence> SentencesOf(PaperText text, string section) => text.Sections.Where(one => one.Id == section).SelectMany(one => one.Sentences);

    private static Dictionary<string, Sentence> ByKey(PaperText text) => text.Sentences.ToDictionary(one => one.Key, StringComparer.Ordinal);
}
