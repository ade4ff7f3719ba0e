using System.Globalization;
using Plainproof.Assurance.Period;
using Plainproof.Features.Check;

namespace Plainproof.Features.Window;

/// <summary>How a window is said.</summary>
internal static class WindowWords
{
    public static string Of(ControlCourse course) => course.Seeable == 0
        ? "Nothing that it applies to was seen."
        : $"Seen holding on {course.Count(ControlDay.Holding)} of {Words.Many(course.Seeable, "day")}.{Deviations(course)}{Gaps([.. course.Unseen.Select(one => one.When)])}";

    public static string Of(SourceCourse course) => course.Count(ReadDay.InFull) == course.Days.Count
        ? "Read in full every day."
        : $"Read on {course.Days.Count - course.Count(ReadDay.NotRead)} of {Words.Many(course.Days.Count, "day")}, in full on {course.Count(ReadDay.InFull)}.{Gaps(course.Gaps)}";

    public static string Of(ControlDay day) => day switch
    {
        ControlDay.Holding => "seen holding",
        ControlDay.Deviating => "deviation",
        ControlDay.NotSeen => "not seen in full",
        _ => "nothing to see",
    };

    public static string Of(ReadDay day) => day switch
    {
        ReadDay.InFull => "read in full",
        ReadDay.InPart => "read in part",
        _ => "not read",
    };

    /// <summary>In days when it is long, else in hours.</summary>
    public static string Of(TimeSpan span) => span.TotalHours >= 48
        ? Words.Many((long)Math.Round(span.TotalDays), "day")
        : span.TotalMinutes >= 90 ? Words.Many((long)Math.Round(span.TotalHours), "hour") : Words.Many(Math.Max(1, (long)Math.Round(span.TotalMinutes)), "minute");

    public static string Moment(DateTimeOffset at) => at.UtcDateTime.ToString("d MMM yyyy, HH:mm", CultureInfo.InvariantCulture);

    private static string Deviations(ControlCourse course) => course.Deviations.Count == 0 ? "" : $" {Words.Many(course.Deviations.Count, "deviation")}.";

    private static string Gaps(IReadOnlyList<Stretch> gaps)
    {
        var all = Stretch.Union(gaps);
        return all.Count == 0 ? "" : $" {Words.Many(all.Count, "gap")} in watching, {Of(TimeSpan.FromTicks(all.Sum(gap => gap.Length.Ticks)))} in all.";
    }
}
