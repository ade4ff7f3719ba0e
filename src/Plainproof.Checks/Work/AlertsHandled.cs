using Plainproof.Facts;

namespace Plainproof.Checks.Work;

/// <summary>A person decided on each high alert in time; one that was late is explained.</summary>
internal sealed class AlertsHandled : EachCheck<Alert>
{
    protected override Outcome Judge(Alert it, Given given) =>
        it.Level < AlertLevel.High ? Outcome.NotApplicable
        : Hours(it, given) <= given["handleHours"] ? it.HandledAt is null ? Outcome.NotApplicable : Outcome.Pass
        : string.IsNullOrWhiteSpace(it.Explained) ? Outcome.Fail : Outcome.NeedsReview;

    protected override string Say(Alert it, Dated about, Outcome outcome, Given given) => outcome switch
    {
        Outcome.NotApplicable when it.Level < AlertLevel.High => $"Alert {it.Id} is {it.Level.ToString().ToLowerInvariant()}. The time limit is for high and critical ones.",
        Outcome.NotApplicable => $"Alert {it.Id} is new. There is still time.",
        Outcome.Pass => $"Alert {it.Id} was handled after {Hours(it, given):0.#} hours{(it.HandledBy is null ? "" : $" by {it.HandledBy}")}.",
        Outcome.NeedsReview => $"Alert {it.Id} was late, and that is explained: {it.Explained}",
        _ when it.HandledAt is null => $"Alert {it.Id} of {it.RaisedAt:yyyy-MM-dd HH:mm} UTC has not been handled.",
        _ => $"Alert {it.Id} was handled after {Hours(it, given):0.#} hours; {given["handleHours"]:0.#} are allowed.",
    };

    private static double Hours(Alert it, Given given) => ((it.HandledAt ?? given.AsOf) - it.RaisedAt).TotalHours;
}
