using Plainproof.Facts;

namespace Plainproof.Checks.Work;

/// <summary>The automated tests of every change had passed when it was merged.</summary>
internal sealed class ChangesTested : EachCheck<Merge>
{
    protected override Outcome Judge(Merge it, Given given) => it.ChecksPassed is { } passed ? PassWhen(passed) : Outcome.NeedsReview;

    protected override string Say(Merge it, Dated about, Outcome outcome, Given given) => outcome switch
    {
        Outcome.Pass => $"The tests of {it.Repository} {it.Id} had passed at the merge.",
        Outcome.Fail => $"{it.Repository} {it.Id} was merged on {it.MergedAt:yyyy-MM-dd} although its tests had not passed.",
        _ => $"Nothing tells whether {it.Repository} {it.Id} was tested before the merge.",
    };
}
