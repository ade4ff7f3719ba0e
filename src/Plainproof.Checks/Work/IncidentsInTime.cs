using Plainproof.Facts;

namespace Plainproof.Checks.Work;

/// <summary>Serious incidents (severity 1 and 2) were taken on, ended and reviewed within the times that the company promises.</summary>
internal sealed class IncidentsInTime : EachCheck<Incident>
{
    private const int Serious = 2;

    protected override Outcome Judge(Incident it, Given given) =>
        it.Severity < 1 ? Outcome.NeedsReview : it.Severity > Serious ? Outcome.NotApplicable : PassWhen(Late(it, given) is null);

    protected override string Say(Incident it, Dated about, Outcome outcome, Given given) => outcome switch
    {
        Outcome.NeedsReview => $"Incident {it.Id} has no severity. Rate it.",
        Outcome.NotApplicable => $"Incident {it.Id} is of severity {it.Severity}. Time limits are for 1 and 2.",
        Outcome.Pass => $"Incident {it.Id} was handled within the times you promise.",
        _ => $"Incident {it.Id} {Late(it, given)}.",
    };

    private static string? Late(Incident it, Given given) =>
        Hours(it.DetectedAt, it.AcknowledgedAt, given) is var taken && taken > given["acknowledgeHours"]
            ? $"was {Done(it.AcknowledgedAt, "taken on after", "not taken on for")} {taken:0.#} hours; {given["acknowledgeHours"]:0.#} are allowed"
        : Hours(it.DetectedAt, it.ResolvedAt, given) is var solved && solved > given["resolveHours"]
            ? $"{Done(it.ResolvedAt, "lasted", "has lasted")} {solved:0.#} hours; {given["resolveHours"]:0.#} are allowed"
        : it.ResolvedAt is { } over && Hours(over, it.ReviewedAt, given) is var after && after > 24 * given["reviewDays"]
            ? $"was {Done(it.ReviewedAt, "reviewed after", "not reviewed for")} {after / 24:0} days; {given["reviewDays"]:0} are allowed"
        : null;

    private static double Hours(DateTimeOffset from, DateTimeOffset? to, Given given) => ((to ?? given.AsOf) - from).TotalHours;

    private static string Done(DateTimeOffset? at, string done, string not) => at is null ? not : done;
}
