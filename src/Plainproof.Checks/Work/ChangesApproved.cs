using Plainproof.Facts;

namespace Plainproof.Checks.Work;

/// <summary>Every change was approved by someone other than its author before it was merged, or was an emergency that was looked at in time.</summary>
internal sealed class ChangesApproved : EachCheck<Merge>
{
    protected override Outcome Judge(Merge it, Given given) =>
        MergeRules.ApprovalOf(it) is not null ? Outcome.Pass
        : MergeRules.EmergencyOf(it, given) switch
        {
            EmergencyState.ReviewedInTime => Outcome.Pass,
            EmergencyState.Waiting => Outcome.NotApplicable,
            _ => Outcome.Fail,
        };

    protected override string Say(Merge it, Dated about, Outcome outcome, Given given) => outcome switch
    {
        Outcome.Pass when MergeRules.ApprovalOf(it) is { } approval => $"{it.Repository} {it.Id} by {it.Author} was approved by {approval.By} before the merge.",
        Outcome.Pass => $"{it.Repository} {it.Id} was an emergency, and was looked at on {it.ReviewedAfterAt:yyyy-MM-dd}.",
        Outcome.NotApplicable => $"{it.Repository} {it.Id} was an emergency. There is still time to look at it.",
        _ when it.Emergency => $"{it.Repository} {it.Id} was an emergency on {it.MergedAt:yyyy-MM-dd}, and nobody looked at it within {given["emergencyDays"]:0} days.",
        _ when it.Approvals.Count == 0 => $"{it.Repository} {it.Id} by {it.Author} was merged on {it.MergedAt:yyyy-MM-dd} without approval.",
        _ when it.Approvals.All(one => MergeRules.Same(one.By, it.Author)) => $"{it.Repository} {it.Id} was approved only by its author, {it.Author}.",
        _ when it.Approvals.All(one => MergeRules.IsProgram(one.By)) => $"{it.Repository} {it.Id} was approved only by a program.",
        _ => $"{it.Repository} {it.Id} by {it.Author} was approved only after the merge.",
    };
}
