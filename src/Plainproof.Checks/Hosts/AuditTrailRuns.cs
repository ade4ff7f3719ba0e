using Plainproof.Facts;

namespace Plainproof.Checks.Hosts;

internal sealed class AuditTrailRuns : EachCheck<HostLogging>
{
    protected override Outcome Judge(HostLogging it, Given given) =>
        it.AuditRuns ? PassWhen(it.AuditRules is not 0) : it.Form == HostForm.Container ? Outcome.NeedsReview : Outcome.Fail;

    protected override string Say(HostLogging it, Dated about, Outcome outcome, Given given)
    {
        var name = Subjects.ShortName(about.Scope, about.Subject);
        return outcome switch
        {
            Outcome.Pass when it.AuditRules is { } rules => $"The audit service of {name} runs with {rules} rules.",
            Outcome.Pass => $"The audit service of {name} runs; its rules could not be seen.",
            Outcome.NeedsReview => $"{name} is a container. Its host keeps the audit trail: read the host.",
            _ when it.AuditRuns => $"The audit service of {name} runs, and has no rules.",
            _ => $"No audit service runs on {name}.",
        };
    }
}
