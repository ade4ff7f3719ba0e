using System.Globalization;
using Plainproof.Assurance;
using Plainproof.Assurance.Period;
using Plainproof.Features.Engagements;

namespace Plainproof.Features.Export;

/// <summary>Which days a package is about: those of one engagement, or all.</summary>
internal sealed record PackageDays(Engagement? Engagement)
{
    /// <summary>A Type I is a photo of one day. What was read in the week up to it may be on the photo.</summary>
    public DateOnly? First => Engagement is null ? null : Engagement.Begins ?? Engagement.Ends.AddDays(-Staleness.Days);

    public DateOnly? Last => Engagement?.Ends;

    public bool Hold(DateTimeOffset at) => Hold(DateOnly.FromDateTime(at.UtcDateTime), DateOnly.FromDateTime(at.UtcDateTime));

    /// <summary>Whether some of these days are among them.</summary>
    public bool Hold(DateOnly first, DateOnly last) => (First is null || last >= First) && (Last is null || first <= Last);

    /// <summary>When the picture is taken: at the end of the days, or now while they last.</summary>
    public DateTimeOffset AsOf(DateTimeOffset now) => Last is { } last && Stretch.Of(last).To.AddTicks(-TimeSpan.TicksPerMicrosecond) is var end && end < now ? end : now;

    public string Text => Engagement is null
        ? "everything up to now"
        : string.Create(CultureInfo.InvariantCulture, $"{First:yyyy-MM-dd} to {Last:yyyy-MM-dd}, both days included, in UTC");
}
