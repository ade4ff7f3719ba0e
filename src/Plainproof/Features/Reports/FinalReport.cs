using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plainproof.Features.Engagements;
using Plainproof.Storage.Records;

namespace Plainproof.Features.Reports;

/// <summary>The words of the profession for what a firm concluded (AT-C 205). Only written down here as the report has it, never worked out.</summary>
internal enum Opinion
{
    Unmodified,
    Qualified,
    Adverse,
    Disclaimer,
}

/// <summary>
/// The report that the firm signed: its file as it came, and what stands in it. Never changed; a corrected or a newer one stands beside it.
/// </summary>
internal sealed class FinalReport : CompanyRecord
{
    public required string Engagement { get; init; }

    public required string FileName { get; init; }

    /// <summary>Its name in the evidence log.</summary>
    public required string Digest { get; init; }

    /// <summary>Of the file as it is, in hexadecimal, so that whoever was sent a copy can compare.</summary>
    public required string Sha256 { get; init; }

    public required long Bytes { get; init; }

    public required string Firm { get; init; }

    public required EngagementKind Type { get; init; }

    /// <summary>The first day that it speaks of; null for a Type I.</summary>
    public DateOnly? FirstDay { get; init; }

    public required DateOnly LastDay { get; init; }

    /// <summary>The date of the report.</summary>
    public required DateOnly SignedOn { get; init; }

    public required Opinion Opinion { get; init; }

    /// <summary>How many exceptions the firm lists.</summary>
    public required long Exceptions { get; init; }

    /// <summary>What they are about; may be empty.</summary>
    public required string ExceptionsSay { get; init; }

    /// <summary>Until when customers usually take it.</summary>
    public required DateOnly CountsUntil { get; init; }

    /// <summary>What the file has of digital signatures, in words. They are not checked here.</summary>
    public required string Seals { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }

    public required string ReceivedBy { get; init; }
}

internal sealed class FinalReportConfiguration : IEntityTypeConfiguration<FinalReport>
{
    public void Configure(EntityTypeBuilder<FinalReport> builder)
    {
        // The conventions suffice; the class puts the record into the model.
    }
}
