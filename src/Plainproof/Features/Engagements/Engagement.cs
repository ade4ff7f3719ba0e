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

    /// <summary>The edition of the criteria that it was planned with; empty where an older build planned it.</summary>
    public string Edition { get; init; } = "";

    /// <summary>The categories of the report, as <see cref="CategoryList"/> splits them.</summary>
    public string Categories { get; set; } = "Security";

    /// <summary>The firm's sampling table, as <see cref="Assurance.Samples.SizeTable"/> reads it; empty for what is usual.</summary>
    public string Sizes { get; set; } = "";

    /// <summary>The engagement that this one goes on from; null for a first one.</summary>
    public string? Follows { get; init; }

    public required DateTimeOffset OpenedAt { get; init; }

    public required string OpenedBy { get; init; }

    public DateTimeOffset? ClosedAt { get; set; }

    public string? ClosedBy { get; set; }

    public bool IsOpen => ClosedAt is null;

    public IReadOnlyList<string> CategoryList => Categories.Split(", ");

    public int WindowDays => Begins is { } first ? Ends.DayNumber - first.DayNumber + 1 : 0;
}

internal sealed class EngagementConfiguration : IEntityTypeConfiguration<Engagement>
{
    public void Configure(EntityTypeBuilder<Engagement> builder)
    {
        builder.Ignore(engagement => engagement.IsOpen);
        builder.Ignore(engagement => engagement.WindowDays);
        builder.Ignore(engagement => engagement.CategoryList);
    }
}
