using Plainproof.Assurance.Samples;
using Plainproof.Features.Standing;

namespace Plainproof.Features.Engagements;

internal static class EngagementWords
{
    public static string Kind(EngagementKind kind) => kind == EngagementKind.TypeTwo ? "Type II: a movie, over a window" : "Type I: a photo, on one day";

    public static string Of(EngagementState state) => state switch
    {
        EngagementState.Planned => "planned",
        EngagementState.Signed => "letter signed",
        EngagementState.Running => "window running",
        EngagementState.Over => "days over, the firm has not begun",
        EngagementState.Fieldwork => "the firm looks",
        EngagementState.Drafted => "draft received",
        EngagementState.Reported => "report in hand",
        _ => "closed",
    };

    public static string Step(StepKind step) => step switch
    {
        StepKind.LetterSigned => "Engagement letter signed",
        StepKind.FieldworkBegun => "The firm began to look",
        StepKind.DraftReceived => "Draft of the report received",
        _ => "Report received",
    };

    public static string Rhythm(SampledRhythm rhythm) => rhythm switch
    {
        SampledRhythm.Yearly => "Once a year",
        SampledRhythm.HalfYearly => "Twice a year",
        SampledRhythm.Quarterly => "Each quarter",
        SampledRhythm.Monthly => "Each month",
        SampledRhythm.Weekly => "Each week",
        SampledRhythm.Daily => "Each day",
        SampledRhythm.ManyTimesADay => "Many times a day",
        _ => "A setting that holds by itself",
    };

    public static string Days(Engagement it) => it.Begins is { } first ? $"{StandingParts.Day(first)} to {StandingParts.Day(it.Ends)} ({it.WindowDays} days)" : $"as of {StandingParts.Day(it.Ends)}";
}
