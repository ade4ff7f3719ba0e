using Plainproof.Facts;

namespace Plainproof.Checks.Work;

/// <summary>What runs in production came from a merged change, and its author did not bring it there alone.</summary>
internal sealed class DeploymentsFromChanges : WholeCheck
{
    public override void Evaluate(IFacts facts, Given given, Findings into)
    {
        var changes = new DeployedChanges(facts.Of<Merge>().Select(merge => merge.Value), facts.Of<Commit>().Select(commit => commit.Value));
        foreach (var deployment in facts.Of<Deployment>())
        {
            var (outcome, words) = Judge(deployment.Value, changes);
            into.Judge(deployment, outcome, () => $"Deployment {deployment.Value.Id} of {deployment.Value.System} on {deployment.Value.At:yyyy-MM-dd}: {words}");
        }
    }

    private static (Outcome Outcome, string Words) Judge(Deployment it, DeployedChanges changes)
    {
        if (!it.Production)
            return (Outcome.NotApplicable, $"It went to {it.Environment}, which is not production.");
        var origin = changes.OriginOf(it);
        return origin.Merge is not { } merge ? (origin.IsKnown ? Outcome.Fail : Outcome.NeedsReview, origin.Words)
            : merge.MergedAt > it.At ? (Outcome.Fail, $"It came before {merge.Repository} {merge.Id} was merged on {merge.MergedAt:yyyy-MM-dd HH:mm} UTC.")
            : IsAlone(it, merge) ? (Outcome.Fail, $"{merge.Author} wrote {merge.Repository} {merge.Id} and deployed it alone.")
            : (Outcome.Pass, origin.Words);
    }

    /// <summary>Known only where it is told who deployed. Emergencies go first and are looked at after; another check asks for that.</summary>
    private static bool IsAlone(Deployment it, Merge merge) =>
        it.By is { } by && MergeRules.Same(by, merge.Author) && !merge.Emergency && MergeRules.ApprovalOf(merge) is null
        && !(it.ApprovedBy is { } other && !MergeRules.Same(other, merge.Author) && !MergeRules.IsProgram(other));
}
