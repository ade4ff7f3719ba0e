namespace Plainproof.Features.Sample;

/// <summary>The made-up year: it ends with the day on which the sample was made, so that one day always gives the same sample.</summary>
internal sealed class SampleCalendar(DateTimeOffset end)
{
    /// <summary>The systems are read each week, the last time for the last day.</summary>
    public static IReadOnlyList<int> Weeks { get; } = [.. Enumerable.Range(0, 52).Select(week => (51 - week) * 7)];

    public DateOnly Day(int ago) => DateOnly.FromDateTime(end.UtcDateTime).AddDays(-ago);

    /// <summary>The first moment of a day: then the checks run.</summary>
    public DateTimeOffset At(int ago) => end.AddDays(-ago);

    /// <param name="hour">Of that day.</param>
    public DateTimeOffset At(int ago, double hour) => end.AddDays(-ago).AddHours(hour);

    /// <summary>The evening before: then the systems are read.</summary>
    public DateTimeOffset ReadAt(int ago) => At(ago + 1, 23);
}
