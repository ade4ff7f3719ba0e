using System.Globalization;
using Plainproof.Facts;

namespace Plainproof.Features.Systems;

/// <summary>How systems, runs and plans are said.</summary>
internal static class SystemWords
{
    public static string Of(Timing timing) => timing.Often switch
    {
        HowOften.Daily => $"every day at {Clock(timing.Minute)}, {timing.Zone} time",
        HowOften.Weekly => $"every {timing.Weekday} at {Clock(timing.Minute)}, {timing.Zone} time",
        _ => "only when somebody starts it",
    };

    public static string Of(RunStanding standing) => standing switch
    {
        RunStanding.Expected => "to come",
        RunStanding.Due => "due, not started yet",
        RunStanding.Running => "running",
        RunStanding.OnTime => "on time",
        RunStanding.Late => "late",
        RunStanding.Failed => "failed",
        _ => "missed",
    };

    public static string Clock(int minute) => string.Create(CultureInfo.InvariantCulture, $"{minute / 60:00}:{minute % 60:00}");

    /// <returns>Null when it is no time of a day.</returns>
    public static int? Minute(string typed) => TimeOnly.TryParseExact(typed, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? (time.Hour * 60) + time.Minute : null;

    public static string Of(Completeness state) => state switch
    {
        Completeness.Complete => "read in full",
        Completeness.Partial => "only a part was read",
        Completeness.Unproven => "not proven to be all",
        Completeness.Denied => "permission refused",
        Completeness.Throttled => "asked to slow down",
        Completeness.Unreachable => "no connection",
        Completeness.TimedOut => "no answer in time",
        Completeness.NotLicensed => "not in the plan you pay for",
        Completeness.Disabled => "not set up",
        Completeness.Stale => "read too long ago",
        _ => "our fault",
    };

    public static string Of(ReadingState state) => state switch
    {
        ReadingState.Running => "running",
        ReadingState.Done => "done",
        ReadingState.Failed => "ended with a problem",
        _ => "broken off: the server stopped",
    };

    public static string Took(TimeSpan span) => span.TotalSeconds < 90 ? string.Create(CultureInfo.InvariantCulture, $"{span.TotalSeconds:0.0} s") : string.Create(CultureInfo.InvariantCulture, $"{span.TotalMinutes:0} min");

    /// <summary>How completely a system was read, in one sentence.</summary>
    public static string Of(ReadingPart part) => part.Of == 0
        ? "Nothing could be read."
        : part.Whole == part.Of ? $"All {part.Of} kinds of facts were read in full: {Check.Words.Many(part.Facts, "fact")}."
        : $"{part.Whole} of {part.Of} kinds of facts were read in full: {Check.Words.Many(part.Facts, "fact")}.";
}
