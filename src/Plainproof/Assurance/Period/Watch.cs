namespace Plainproof.Assurance.Period;

/// <summary>How long a look at a system counts, and where nobody looked.</summary>
internal static class Watch
{
    /// <summary>Nothing counts for longer, whatever was planned.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(Staleness.Days);

    /// <summary>A run takes its time, and may start a little late.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromHours(1);

    /// <summary>
    /// Where nobody looked. A look counts until the next moment that was planned, and a week at most; what comes later than that by more than
    /// the tolerance leaves a gap from there on.
    /// </summary>
    /// <param name="looks">When it was looked at wholly, oldest first; also before the span.</param>
    /// <param name="due">When it was to be looked at, oldest first.</param>
    public static List<Stretch> Gaps(IReadOnlyList<DateTimeOffset> looks, IReadOnlyList<DateTimeOffset> due, Stretch span)
    {
        var gaps = new List<Stretch>();
        var counts = span.From;
        var next = 0;
        foreach (var look in looks.TakeWhile(look => look < span.To))
        {
            Add(gaps, counts, look);
            while (next < due.Count && due[next] <= look)
                next++;
            var until = next < due.Count && due[next] < look + Longest ? due[next] : look + Longest;
            counts = until > counts ? until : counts;
        }

        Add(gaps, counts, span.To);
        return gaps;
    }

    private static void Add(List<Stretch> gaps, DateTimeOffset from, DateTimeOffset to)
    {
        if (to - from > Tolerance)
            gaps.Add(new Stretch(from, to));
    }
}
