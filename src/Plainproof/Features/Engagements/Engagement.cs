using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plainproof.Storage.Records;

namespace Plainproof.Features.Engagements;

internal enum EngagementKind
{
    /// <summary>A photo: how controls are designed, on one day.</summary>
    TypeOne,

    /// <summary>A movie: how they worked, over a window.</summary>
    TypeTwo,
}

/// <summary>One audit: its day or its window, who needs the report by when, and which firm does it.</summary>
internal sealed class Engagement : CompanyRecord
{
    public required string Title { get; set; }

    public required EngagementKind Kind { get; set; }

    /// <summary>The first day of the window; null for a Type I.</summary>
    public DateOnly? Begins { get; set; }

    /// <summary>The as-of day of a Type I, the last day of a window.</summary>
    public required DateOnly Ends { get; set; }

    /// <summary>When the customer needs the report; null when nobody named a day.</summary>
    public DateOnly? Wanted { get; set; }

    /// <summary>What the company's people can give until then, all together.</summary>
    public required double HoursPerWeek { get; set; }

    /// <summary>The firm of licensed CPAs; empty while none is chosen.</summary>
    public required string Firm { get; set; }

    /// <summary>State and number of the firm's licence.</summary>
    public required string Licence { get; set; }

    /// <summary>When the firm was last peer-reviewed and how it came out, or where that can be looked up.</summary>
    public required string PeerReview { get; set; }

    public required DateTimeOffset OpenedAt { get; init; }

    public required string OpenedBy { get; init; }

    public DateTimeOffset? ClosedAt { get; set; }

    public string? ClosedBy { get; set; }

    public bool IsOpen => ClosedAt is null;

    public int WindowDays => Begins is { } first ? Ends.DayNumber - first.DayNumber + 1 : 0;
}

internal sealed class EngagementConfiguration : IEntityTypeConfiguration<Engagement>
{
    public void Configure(EntityTypeBuilder<Engagement> builder)
    {
        builder.Ignore(engagement => engagement.IsOpen);
        builder.Ignore(engagement => engagement.WindowDays);
    }
}
