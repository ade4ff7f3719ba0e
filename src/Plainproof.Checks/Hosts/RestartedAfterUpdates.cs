using Plainproof.Facts;

namespace Plainproof.Checks.Hosts;

internal sealed class RestartedAfterUpdates : EachCheck<HostUpdates>
{
    protected override Outcome Judge(HostUpdates it, Given given) => it switch
    {
        { Form: HostForm.Container } => Outcome.NotApplicable,
        { RestartDue: false } => it.RestartKnown ? Outcome.Pass : Outcome.NeedsReview,
        { RestartSince: { } since } => PassWhen(Days(since, given) <= given["limitDays"]),
        _ => Outcome.NeedsReview,
    };

    protected override string Say(HostUpdates it, Dated about, Outcome outcome, Given given) => (outcome, it) switch
    {
        (Outcome.NotApplicable, _) => "A container has no kernel of its own to restart.",
        (Outcome.Fail, { RestartSince: { } since }) => $"A restart is due since {since:yyyy-MM-dd}, {Days(since, given):0} days ago; the limit is {given["limitDays"]:0} days.",
        (Outcome.Pass, { RestartSince: { } since }) => $"A restart is due since {since:yyyy-MM-dd}; the limit is {given["limitDays"]:0} days.",
        (Outcome.Pass, _) => "No restart is due.",
        (_, { RestartDue: true }) => "A restart is due, and the host does not tell since when. Restart it, or show when the update came.",
        _ => "Nothing on this host tells whether a restart is due. Install needrestart (Debian, Ubuntu) or dnf-utils (RHEL).",
    };

    private static double Days(DateTimeOffset since, Given given) => (given.AsOf - since).TotalDays;
}
