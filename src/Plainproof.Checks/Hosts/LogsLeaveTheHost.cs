using Plainproof.Facts;

namespace Plainproof.Checks.Hosts;

internal sealed class LogsLeaveTheHost : EachCheck<HostLogging>
{
    protected override Outcome Judge(HostLogging it, Given given) =>
        it.ForwardsTo.Count > 0 ? Outcome.Pass : it.Form == HostForm.Container ? Outcome.NeedsReview : Outcome.Fail;

    protected override string Say(HostLogging it, Dated about, Outcome outcome, Given given)
    {
        var name = Subjects.ShortName(about.Scope, about.Subject);
        return outcome switch
        {
            Outcome.Pass => $"{name} sends its logs elsewhere: {string.Join(", ", it.ForwardsTo)}.",
            Outcome.NeedsReview => $"{name} is a container. Show how its host or platform gathers what it prints.",
            _ => $"Nothing on {name} sends logs elsewhere.",
        };
    }
}
