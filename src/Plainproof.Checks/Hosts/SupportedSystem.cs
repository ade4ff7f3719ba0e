using Plainproof.Facts;

namespace Plainproof.Checks.Hosts;

internal sealed class SupportedSystem : EachCheck<Host>
{
    protected override Outcome Judge(Host it, Given given) =>
        it.Rolling ? Outcome.Pass
        : it.SecurityFixesUntil is { } until ? PassWhen(until >= given.Today)
        : Outcome.NeedsReview;

    protected override string Say(Host it, Dated about, Outcome outcome, Given given) => outcome switch
    {
        Outcome.Pass when it.Rolling => $"{it.Name} runs {it.OsName}, which is renewed all the time.",
        Outcome.Pass => $"{it.Name} runs {it.OsName}, which gets security fixes until {it.SecurityFixesUntil:yyyy-MM-dd}.",
        Outcome.Fail => $"{it.Name} runs {it.OsName}, whose security fixes ended on {it.SecurityFixesUntil:yyyy-MM-dd}.",
        _ => $"{it.Name} runs {it.OsName}, which is not in our table of {it.TableDate:yyyy-MM-dd}. Look up until when it gets security fixes.",
    };
}
