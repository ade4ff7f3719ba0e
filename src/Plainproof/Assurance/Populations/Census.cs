namespace Plainproof.Assurance.Populations;

/// <summary>What the company found when it checked an item itself. Never a test: only the auditor tests (law 5).</summary>
internal enum Verdict
{
    Met,
    NotMet,

    /// <summary>The facts do not allow it to be said; the words say why.</summary>
    CouldNotTell,

    /// <summary>The rule asks nothing of this item, or not yet.</summary>
    NotAsked,
}

/// <param name="Question">What was asked, as what holds when it is met.</param>
internal sealed record Finding(string Question, Verdict Verdict, string Words);

/// <summary>An item with what was found.</summary>
internal sealed record CheckedItem(Item Item, IReadOnlyList<Finding> Findings)
{
    private static readonly Verdict[] Worst = [Verdict.NotMet, Verdict.CouldNotTell, Verdict.Met, Verdict.NotAsked];

    /// <summary>The worst of all findings.</summary>
    public Verdict Verdict => Worst.FirstOrDefault(verdict => Findings.Any(finding => finding.Verdict == verdict), Verdict.NotAsked);
}

/// <summary>Every item of a population, checked by the company itself, in the order of the population.</summary>
internal sealed record Census(IReadOnlyList<CheckedItem> Items)
{
    public int Count(Verdict verdict) => Items.Count(item => item.Verdict == verdict);

    /// <summary>Items that did not meet something that was asked.</summary>
    public IEnumerable<CheckedItem> Deviations => Items.Where(item => item.Verdict == Verdict.NotMet);

    /// <returns>Null when nothing is asked of items of this kind.</returns>
    public static Census? Of(Population population, Ground ground) => population.Kind.Census(ground) is { } examine
        ? new Census([.. population.Items.Select(item => new CheckedItem(item, [.. examine(item)]))])
        : null;
}
