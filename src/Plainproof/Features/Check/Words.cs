using System.Globalization;
using Plainproof.Assurance;
using Plainproof.Checks;
using Plainproof.Documents;

namespace Plainproof.Features.Check;

/// <summary>How states, money and time are said, the same in the terminal, the report and Markdown.</summary>
internal static class Words
{
    public const string NotAnAudit =
        "This is your own look at your own setup. It is not an audit and gives no opinion. Only a licensed CPA writes the SOC 2 report.";

    public const string FourNumbers =
        "Not tested means that Plainproof could not look, or that nobody has connected a source. It is never counted as a pass.";

    public static string Of(CriterionState state) => state switch
    {
        CriterionState.NoGapSeen => "no gap seen",
        CriterionState.Partly => "partly",
        CriterionState.Gap => "gap",
        _ => "not looked at",
    };

    public static Tone ToneOf(CriterionState state) => state switch
    {
        CriterionState.NoGapSeen => Tone.Good,
        CriterionState.Partly => Tone.Attention,
        CriterionState.Gap => Tone.Bad,
        _ => Tone.Neutral,
    };

    public static Tone ToneOf(Severity severity) => severity switch
    {
        Severity.Critical or Severity.High => Tone.Bad,
        Severity.Medium => Tone.Attention,
        _ => Tone.Neutral,
    };

    public static string Of(Severity severity) => severity switch
    {
        Severity.Critical => "mend today",
        Severity.High => "mend first",
        Severity.Medium => "mend soon",
        _ => "when there is time",
    };

    public static string Of(Outcome outcome) => outcome switch
    {
        Outcome.Pass => "pass",
        Outcome.Fail => "fail",
        Outcome.NotApplicable => "not applicable",
        Outcome.NeedsReview => "needs a person's look",
        Outcome.NotTested => "not tested",
        _ => "error",
    };

    public static string Of(Reason reason) => reason switch
    {
        Reason.None => "",
        Reason.NoPermission => "permission refused",
        Reason.NotLicensed => "not in the plan you pay for",
        Reason.Unreachable => "no connection",
        Reason.Throttled => "asked to slow down",
        Reason.Truncated => "only a part was read",
        Reason.Timeout => "no answer in time",
        Reason.SourceMissing => "nothing connected tells",
        Reason.NotOffered => "this system does not tell",
        Reason.EmptyUnproven => "nothing found, and not proven that nothing is there",
        Reason.Unproven => "not proven to be all",
        Reason.Disabled => "switched off",
        Reason.Stale => "read too long ago",
        Reason.AwaitingHuman => "waits for a person",
        _ => "our fault",
    };

    public static string Hours(Span hours) => $"{hours} h";

    public static string Cost(OpenGap gap) =>
        (gap.Cost.High <= 0 ? "no cost" : gap.Cost.Low.Equals(gap.Cost.High) ? Money(gap.Cost.High) : $"{Money(gap.Cost.Low)} to {Money(gap.Cost.High)}")
        + (gap.CostNote is null ? "" : $" ({gap.CostNote})");

    public static string Many(long count, string one, string? many = null) => string.Create(CultureInfo.InvariantCulture, $"{count:#,0} {(count == 1 ? one : many ?? one + "s")}");

    /// <summary>The first of them by name, and how many more.</summary>
    public static string Some(IReadOnlyCollection<string> names, int most) =>
        string.Join(", ", names.Take(most)) + (names.Count > most ? string.Create(CultureInfo.InvariantCulture, $" and {names.Count - most:#,0} more") : "");

    public static string Day(DateTimeOffset at) => at.UtcDateTime.ToString("d MMMM yyyy, HH:mm 'UTC'", CultureInfo.InvariantCulture);

    private static string Money(double dollars) => string.Create(CultureInfo.InvariantCulture, $"${dollars:#,0}");
}
