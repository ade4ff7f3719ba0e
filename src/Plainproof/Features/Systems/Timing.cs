using System.Security.Cryptography;
using System.Text;
using Plainproof.Sources;

namespace Plainproof.Features.Systems;

/// <summary>When a system is read: by the clock on the wall of a place, so that summer time neither loses a run nor doubles one.</summary>
/// <param name="Minute">Minutes after midnight there.</param>
/// <param name="Weekday">For what is weekly.</param>
/// <param name="Zone">IANA name of the place, such as Europe/Vienna.</param>
internal sealed record Timing(HowOften Often, int Minute, DayOfWeek Weekday, string Zone)
{
    public const string Utc = "UTC";

    /// <summary>From one o'clock, for four hours.</summary>
    private const int FirstMinute = 60;
    private const int NightMinutes = 240;

    /// <summary>The zone of this machine where it has a name that others know.</summary>
    public static string ZoneHere => IsZone(TimeZoneInfo.Local.Id) ? TimeZoneInfo.Local.Id : Utc;

    /// <summary>What a newly connected system gets: every night, each at a minute of its own, so that they do not all come at once. A file that somebody uploads is not read again by itself.</summary>
    public static Timing AtFirst(SourceInfo source, string scope) => new(
        source.Leads == AddressKind.File ? HowOften.None : HowOften.Daily, FirstMinute + (SHA256.HashData(Encoding.UTF8.GetBytes(scope))[0] * NightMinutes / 256), DayOfWeek.Monday, ZoneHere);

    /// <summary>How far apart runs are; null when none is planned.</summary>
    public TimeSpan? Apart => Often switch
    {
        HowOften.Daily => TimeSpan.FromDays(1),
        HowOften.Weekly => TimeSpan.FromDays(7),
        _ => null,
    };

    public static bool IsZone(string name) => name == Utc || (name.Contains('/', StringComparison.Ordinal) && TimeZoneInfo.TryFindSystemTimeZoneById(name, out _));

    /// <summary>The first planned moment after another; null when nothing is planned.</summary>
    public DateTimeOffset? NextAfter(DateTimeOffset moment)
    {
        if (Often == HowOften.None)
            return null;
        var zone = TimeZoneInfo.TryFindSystemTimeZoneById(Zone, out var known) ? known : TimeZoneInfo.Utc;
        for (var day = TimeZoneInfo.ConvertTime(moment, zone).Date.AddDays(-1); ; day = day.AddDays(1))
        {
            if ((Often == HowOften.Daily || day.DayOfWeek == Weekday) && On(day, zone) is var due && due > moment)
                return due;
        }
    }

    /// <summary>The moment on one day. A time that the clocks skip is the first one after; of a time that comes twice, the first counts.</summary>
    private DateTimeOffset On(DateTime day, TimeZoneInfo zone)
    {
        var local = DateTime.SpecifyKind(day.AddMinutes(Minute), DateTimeKind.Unspecified);
        while (zone.IsInvalidTime(local))
            local = local.AddMinutes(1);
        var ahead = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        return new DateTimeOffset(local, ahead).ToUniversalTime();
    }
}
