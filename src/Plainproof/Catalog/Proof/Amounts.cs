namespace Plainproof.Catalog.Proof;

/// <summary>Hours, money and days are ranges from low to high, and a gap's severity agrees with its two marks.</summary>
internal static class Amounts
{
    public static IEnumerable<Problem> Problems(Catalogue catalogue) =>
    [
        .. catalogue.Gaps.Gaps.SelectMany(gap => Ranges(gap).Where(range => range.Low < 0 || range.High < range.Low).Select(range =>
            new Problem("gaps.json", gap.Id, $"its {range.Name} run from {range.Low} to {range.High}", "Give low, then high, neither below zero"))),
        .. catalogue.Gaps.Gaps.Where(gap => (gap.Type1, gap.Runs) != Marks(gap.Severity)).Select(gap =>
            new Problem("gaps.json", gap.Id, $"is of severity {gap.Severity} but says type1 {gap.Type1}, runs {gap.Runs}",
                "Blocker: type1 only. Operating: both. Improvement: neither")),
        .. catalogue.Standing.Items.Where(item => item.Hours.Low < 0 || item.Hours.High < item.Hours.Low).Select(item =>
            new Problem("standing.json", item.Id, $"its hours run from {item.Hours.Low} to {item.Hours.High}", "Give low, then high, neither below zero")),
    ];

    private static (bool Type1, bool Runs) Marks(Severity severity) => severity switch
    {
        Severity.Blocker => (true, false),
        Severity.Operating => (true, true),
        _ => (false, false),
    };

    private static IEnumerable<(string Name, decimal Low, decimal High)> Ranges(Gap gap)
    {
        yield return ("hours", gap.Hours.Low, gap.Hours.High);
        if (gap.Hours.Then is { } then)
            yield return ($"hours per {then.Per}", then.Low, then.High);
        yield return ("costs", gap.Cost.Low, gap.Cost.High);
        yield return ("lead days", gap.LeadDays.Low, gap.LeadDays.High);
    }
}
