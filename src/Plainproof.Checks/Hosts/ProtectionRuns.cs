using Plainproof.Facts;

namespace Plainproof.Checks.Hosts;

internal sealed class ProtectionRuns : EachCheck<HostAgents>
{
    protected override Outcome Judge(HostAgents it, Given given) =>
        it.Running.Count > 0 ? Outcome.Pass : it.Form == HostForm.Container ? Outcome.NeedsReview : Outcome.Fail;

    protected override string Say(HostAgents it, Dated about, Outcome outcome, Given given)
    {
        var name = Subjects.ShortName(about.Scope, about.Subject);
        return outcome switch
        {
            Outcome.Pass => $"{string.Join(", ", it.Running)} {(it.Running.Count == 1 ? "runs" : "run")} on {name}.",
            Outcome.NeedsReview => $"{name} is a container. Show what protects its host.",
            _ => $"No protection program that we know runs on {name}.",
        };
    }
}
