using System.Globalization;
using Plainproof.Assurance.Period;
using Plainproof.Features.Check;
using Plainproof.Features.Standing;

namespace Plainproof.Features.Window;

/// <summary>How a window is said.</summary>
internal static class WindowWords
{
    public static string Of(ControlCourse course) => course.Seeable == 0
        ? "Nothing that it applies to was seen."
        : $"Seen holding on {course.Count(ControlDay.Holding)} of {Words.Many(course.Seeable, "day")}.{Deviations(course)}{Gaps([.. course.Unseen.Select(one => one.When)])}{NotLooked(course)}";

    /// <param name="first">The first day of the window.</param>
    public static string Of(SourceCourse course, DateOnly first)
    {
        var since = course.Count(ReadDay.NotYet) is > 0 and var before ? $" since {StandingParts.Day(first.AddDays(before))}" : "";
        return course.Count(ReadDay.InFull) == course.Watched
            ? $"Read in full every day{since}."
            : $"Read on {course.Watched - course.Count(ReadDay.NotRead)} of {Words.Many(course.Watched, "day")}{since}, in full on {course.Count(ReadDay.InFull)}.{Gaps(course.Gaps)}";
    }

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
        ReadDay.NotYet => "not watched yet",
        _ => "not read",
    };

    /// <summary>In days when it is long, else in hours.</summary>
    public static string Of(TimeSpan span) => span.TotalHours >= 48
        ? Words.Many((long)Math.Round(span.TotalDays), "day")
        : span.TotalMinutes >= 90 ? Words.Many((long)Math.Round(span.TotalHours), "hour") : Words.Many(Math.Max(1, (long)Math.Round(span.TotalMinutes)), "minute");

    public static string Moment(DateTimeOffset at) => at.UtcDateTime.ToString("d MMM yyyy, HH:mm", CultureInfo.InvariantCulture);

    /// <summary>The address of a page about the days that another one showed.</summary>
    public static string Query(params (string Name, string? Value)[] asked) =>
        string.Join('&', asked.Where(one => one.Value is { Length: > 0 }).Select(one => $"{one.Name}={StandingParts.Enc(one.Value!)}")) is { Length: > 0 } query ? "?" + query : "";

    /// <summary>Days of one state in a row.</summary>
    public static IEnumerable<(T State, int From, int Count)> Runs<T>(IReadOnlyList<T> days) where T : struct, Enum
    {
        for (var (from, day) = (0, 1); day <= days.Count; day++)
        {
            if (day < days.Count && days[day].Equals(days[from]))
                continue;
            yield return (days[from], from, day - from);
            from = day;
        }
    }

    private static string NotLooked(ControlCourse course) => course.NotLooked.Count == 0 ? "" : $" {Words.Many(course.NotLooked.Count, "check")} that {(course.NotLooked.Count == 1 ? "serves" : "serve")} it could look at nothing.";

    private static string Deviations(ControlCourse course) => course.Deviations.Count == 0 ? "" : $" {Words.Many(course.Deviations.Count, "deviation")}.";

    private static string Gaps(IReadOnlyList<Stretch> gaps)
    {
        var all = Stretch.Union(gaps);
        return all.Count == 0 ? "" : $" {Words.Many(all.Count, "gap")} in watching, {Of(TimeSpan.FromTicks(all.Sum(gap => gap.Length.Ticks)))} in all.";
    }
}
