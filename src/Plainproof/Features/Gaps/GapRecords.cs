using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plainproof.Storage.Records;

namespace Plainproof.Features.Gaps;

/// <summary>Who mends a gap, by when, and where the work is tracked.</summary>
internal sealed class GapPlan : CompanyRecord
{
    /// <summary>The check that failed, or the catalogue's gap.</summary>
    public required string GapId { get; init; }

    public string? OwnerId { get; set; }

    public DateOnly? Due { get; set; }

    /// <summary>An address that begins with http or https.</summary>
    public string? Ticket { get; set; }
}

internal enum GapEventKind
{
    Planned,
    Commented,
    Waived,
    WaiverEnded,
}

/// <summary>One line of a gap's history. Never edited.</summary>
internal sealed class GapEvent : CompanyRecord
{
    public required string GapId { get; init; }

    public required GapEventKind Kind { get; init; }

    public required string Says { get; init; }

    public required DateTimeOffset ToldAt { get; init; }

    public required string ToldBy { get; init; }
}

/// <summary>
/// Somebody who may accept risks lets a gap be for a while. The results stay fails; the gap is listed apart, and counts again the day after
/// <see cref="Until"/>.
/// </summary>
internal sealed class GapWaiver : CompanyRecord
{
    public required string GapId { get; init; }

    public required string Reason { get; init; }

    /// <summary>The last day, in UTC.</summary>
    public required DateOnly Until { get; init; }

    public required DateTimeOffset GivenAt { get; init; }

    public required string GivenBy { get; init; }

    public DateTimeOffset? EndedAt { get; set; }

    public string? EndedBy { get; set; }

    public bool Holds(DateOnly today) => EndedAt is null && today <= Until;
}

internal sealed class GapPlanConfiguration : IEntityTypeConfiguration<GapPlan>
{
    public void Configure(EntityTypeBuilder<GapPlan> builder) => builder.HasIndex(plan => new { plan.Company, plan.GapId }).IsUnique();
}

internal sealed class GapEventConfiguration : IEntityTypeConfiguration<GapEvent>
{
    public void Configure(EntityTypeBuilder<GapEvent> builder)
    {
    }
}

internal sealed class GapWaiverConfiguration : IEntityTypeConfiguration<GapWaiver>
{
    public void Configure(EntityTypeBuilder<GapWaiver> builder)
    {
    }
}
