namespace Plainproof.Storage;

/// <summary>Times as both databases hold them: microseconds UTC since 1970. Finer parts are cut off.</summary>
internal static class Micros
{
    public static long Of(DateTimeOffset at) => (at.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) / TimeSpan.TicksPerMicrosecond;

    public static long? Of(DateTimeOffset? at) => at is { } time ? Of(time) : null;

    public static DateTimeOffset Time(long micros) => DateTimeOffset.UnixEpoch.AddTicks(micros * TimeSpan.TicksPerMicrosecond);

    public static DateTimeOffset Round(DateTimeOffset at) => Time(Of(at));
}
