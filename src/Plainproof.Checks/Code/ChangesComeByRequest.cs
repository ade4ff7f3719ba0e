using Plainproof.Facts;

namespace Plainproof.Checks.Code;

/// <summary>Judges what a commit itself shows. A code host tells more; this is what is left in a clone.</summary>
internal sealed class ChangesComeByRequest : EachCheck<Commit>
{
    protected override Outcome Judge(Commit it, Given given) => it switch
    {
        { First: true } => Outcome.NotApplicable,
        { Arrival: Arrival.CodeHost, Request: not null } => Outcome.Pass,
        { Arrival: Arrival.CodeHost } => Outcome.NeedsReview,
        _ => Outcome.Fail,
    };

    protected override string Say(Commit it, Dated about, Outcome outcome, Given given)
    {
        var what = $"{it.Sha[..Math.Min(10, it.Sha.Length)]} \"{it.Summary}\"";
        return outcome switch
        {
            Outcome.NotApplicable => $"{what} is the first commit: there was no branch to merge into.",
            Outcome.Pass => $"{what} came with request {it.Request}.",
            Outcome.NeedsReview => $"{what} was made on a code host by {it.AuthorName}, and names no request. It may be an edit in the browser.",
            _ when it.Arrival == Arrival.LocalMerge => $"{what} was merged by {it.CommitterName} outside a code host on {it.At:yyyy-MM-dd}.",
            _ => $"{what} by {it.AuthorName} on {it.At:yyyy-MM-dd} shows no pull or merge request.",
        };
    }
}
