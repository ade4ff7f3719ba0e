using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plainproof.Storage.Records;

namespace Plainproof.Features.Deviations;

/// <summary>A deviation that a person found, and no check could see. Never edited or removed.</summary>
internal sealed class FoundDeviation : CompanyRecord
{
    public required string ControlId { get; init; }

    public required string What { get; init; }

    public required DateOnly FirstDay { get; init; }

    /// <summary>Null while it is still so.</summary>
    public DateOnly? LastDay { get; init; }

    public required DateTimeOffset FoundAt { get; init; }

    public required string FoundBy { get; init; }
}

internal enum Reach
{
    /// <summary>It happened to these items, for a reason of their own.</summary>
    Isolated,

    /// <summary>The way of working allowed it. Others may be hit.</summary>
    Systematic,
}

/// <summary>
/// What the company says to one deviation or several alike. A newer answer stands beside the older ones and takes none away; no answer ends
/// or hides a deviation (law 3).
/// </summary>
internal sealed class DeviationAnswer : CompanyRecord
{
    /// <summary>Keys of the deviations that it is about, parted by blanks.</summary>
    public required string Keys { get; init; }

    public required string Cause { get; init; }

    public required Reach Reach { get; init; }

    /// <summary>Where they looked for more of the kind, and what they found.</summary>
    public required string MoreLikeIt { get; init; }

    /// <summary>What else kept harm away meanwhile; empty when nothing did.</summary>
    public required string Compensating { get; init; }

    /// <summary>What was put right, and when.</summary>
    public required string Correction { get; init; }

    /// <summary>What management says to the auditor.</summary>
    public required string Response { get; init; }

    public required DateTimeOffset AnsweredAt { get; init; }

    public required string AnsweredBy { get; init; }

    public IReadOnlyList<string> All => Keys.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}

internal sealed class FoundDeviationConfiguration : IEntityTypeConfiguration<FoundDeviation>
{
    public void Configure(EntityTypeBuilder<FoundDeviation> builder)
    {
        // The conventions suffice; the class puts the record into the model.
    }
}

internal sealed class DeviationAnswerConfiguration : IEntityTypeConfiguration<DeviationAnswer>
{
    public void Configure(EntityTypeBuilder<DeviationAnswer> builder) => builder.Ignore(answer => answer.All);
}
