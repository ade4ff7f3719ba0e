using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plainproof.Storage.Records;

namespace Plainproof.Features.Engagements;

/// <summary>What a firm offered. Never edited: a better offer is the next one, and one written down by mistake is taken back.</summary>
internal sealed class FirmQuote : CompanyRecord
{
    public required string EngagementId { get; init; }

    public required string Firm { get; init; }

    /// <summary>State and number; empty while nobody asked.</summary>
    public required string Licence { get; init; }

    public required string PeerReview { get; init; }

    /// <summary>US dollars for the whole report.</summary>
    public required long Dollars { get; init; }

    /// <summary>From the last day the firm looks at to the report; null when it did not say.</summary>
    public int? Weeks { get; init; }

    /// <summary>What the firm asked before it named a price; empty when nothing.</summary>
    public required string Asked { get; init; }

    public required string Says { get; init; }

    public required DateTimeOffset ToldAt { get; init; }

    public required string ToldBy { get; init; }

    public DateTimeOffset? ChosenAt { get; set; }

    public string? ChosenBy { get; set; }

    public DateTimeOffset? TakenBackAt { get; set; }

    public string? TakenBackBy { get; set; }
}

internal sealed class FirmQuoteConfiguration : IEntityTypeConfiguration<FirmQuote>
{
    public void Configure(EntityTypeBuilder<FirmQuote> builder)
    {
    }
}
