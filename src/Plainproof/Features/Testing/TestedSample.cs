using Plainproof.Features.Populations;
using Plainproof.Features.Sampling;

namespace Plainproof.Features.Testing;

/// <summary>How the items of samples came out, each item once.</summary>
internal sealed record ItemTally(int NoException, int Deviations, int NotApplicable, int Open)
{
    public static ItemTally None { get; } = new(0, 0, 0, 0);

    public int Items => Tested + Open;

    public int Tested => NoException + Deviations + NotApplicable;

    public static ItemTally Of(IEnumerable<Tick> items) => items.Aggregate(None, (sum, tick) => tick switch
    {
        Tick.NoException => sum with { NoException = sum.NoException + 1 },
        Tick.Deviation => sum with { Deviations = sum.Deviations + 1 },
        Tick.NotApplicable => sum with { NotApplicable = sum.NotApplicable + 1 },
        _ => sum with { Open = sum.Open + 1 },
    });
}

/// <summary>A sample of an engagement with what the auditor ticked in it.</summary>
/// <param name="Ticks">The newest of each item and attribute.</param>
internal sealed record TestedSample(DrawnSample Sample, FrozenPopulation Frozen, IReadOnlyList<SampleAttribute> Attributes, IReadOnlyDictionary<(long Row, string Attribute), GridTick> Ticks)
{
    /// <summary>One deviation makes an item deviate; one attribute that is open leaves the rest of it open.</summary>
    public Tick Of(int row)
    {
        var ticks = Attributes.Select(one => Ticks.GetValueOrDefault((row, one.Id))?.Tick ?? Tick.Open).Distinct().ToList();
        if (ticks.Contains(Tick.Deviation))
            return Tick.Deviation;
        return ticks.Count == 0 || ticks.Contains(Tick.Open) ? Tick.Open : ticks is [Tick.NotApplicable] ? Tick.NotApplicable : Tick.NoException;
    }
}
