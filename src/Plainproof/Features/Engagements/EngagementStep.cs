using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plainproof.Storage.Records;

namespace Plainproof.Features.Engagements;

/// <summary>What comes in every engagement, in this order.</summary>
internal enum StepKind
{
    LetterSigned,
    FieldworkBegun,
    DraftReceived,
    ReportReceived,
}

/// <summary>How far an engagement is. Computed from its days and its steps, never stored.</summary>
internal enum EngagementState
{
    Planned,
    Signed,
    Running,
    Over,
    Fieldwork,
    Drafted,
    Reported,
    Closed,
}

/// <summary>A step that was reached. Never edited; taken back when it was written down by mistake.</summary>
internal sealed class EngagementStep : CompanyRecord
{
    public required string EngagementId { get; init; }

    public required StepKind Kind { get; init; }

    /// <summary>The day it happened; when it was written down is another time.</summary>
    public required DateOnly HappenedOn { get; init; }

    public required string Says { get; init; }

    public required DateTimeOffset ToldAt { get; init; }

    public required string ToldBy { get; init; }

    public DateTimeOffset? TakenBackAt { get; set; }

    public string? TakenBackBy { get; set; }
}

internal sealed class EngagementStepConfiguration : IEntityTypeConfiguration<EngagementStep>
{
    public void Configure(EntityTypeBuilder<EngagementStep> builder)
    {
    }
}
