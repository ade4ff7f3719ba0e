namespace Plainproof.Storage;

/// <summary>
/// Stored times of one series only go up. Two processes may finish in another order than they began, so a small step back
/// is put right after the newest; a large one is a clock that jumped, and is refused before anything is written.
/// </summary>
internal static class Tide
{
    private const long Tolerance = 120 * 1_000_000L;

    /// <param name="newest">The newest stored time of the series; null when there is none.</param>
    /// <exception cref="DataProblem">The clock is behind what was stored before.</exception>
    public static long After(long? newest, DateTimeOffset clock, string series, string where)
    {
        var now = Micros.Of(clock);
        if (newest is not { } last || now > last)
            return now;
        return last - now <= Tolerance
            ? last + 1
            : throw new DataProblem(
                "Nothing was stored, because the clock is behind.", where,
                $"The clock says {Micros.Time(now):yyyy-MM-dd HH:mm:ss} UTC. {series} was last stored at {Micros.Time(last):yyyy-MM-dd HH:mm:ss} UTC.",
                "Set the clock of this machine right. If the stored time is wrong, restore a backup made before it.");
    }
}
