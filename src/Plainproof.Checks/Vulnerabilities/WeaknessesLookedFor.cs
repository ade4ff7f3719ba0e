using Plainproof.Facts;

namespace Plainproof.Checks.Vulnerabilities;

/// <summary>Everything that was ever scanned was scanned again lately. Only the newest run over each thing counts.</summary>
internal sealed class WeaknessesLookedFor : EachCheck<WeaknessScan>
{
    protected override Func<Dated<WeaknessScan>, Outcome> Prepare(IFacts facts, Given given)
    {
        var newest = facts.Of<WeaknessScan>().Where(scan => scan.Value.At is not null)
            .GroupBy(scan => (scan.Value.Tool, scan.Value.Target)).ToDictionary(scans => scans.Key, scans => scans.Max(scan => scan.Value.At));
        return scan => scan.Value.At is not { } at ? Outcome.NeedsReview
            : at > given.AsOf.AddDays(1) ? Outcome.NeedsReview
            : at < newest[(scan.Value.Tool, scan.Value.Target)] ? Outcome.NotApplicable
            : PassWhen((given.AsOf - at).TotalDays <= given["scanDays"]);
    }

    protected override string Say(WeaknessScan it, Dated about, Outcome outcome, Given given) => outcome switch
    {
        Outcome.NotApplicable => $"There is a newer run of {it.Tool} over {it.Target}.",
        Outcome.NeedsReview when it.At is null => $"The report of {it.Tool} does not say when {it.Target} was scanned. Add scanned=DATE.",
        Outcome.NeedsReview => $"The report of {it.Tool} is dated {it.At:yyyy-MM-dd}, in the future. Check it.",
        _ => $"{it.Target} was last scanned with {it.Tool} on {it.At:yyyy-MM-dd}, {(given.AsOf - it.At!.Value).TotalDays:0} days ago.",
    };
}
