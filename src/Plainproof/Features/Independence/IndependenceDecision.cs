using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plainproof.Assurance.Independence;
using Plainproof.Storage.Records;

namespace Plainproof.Features.Independence;

internal enum IndependenceConclusion
{
    Independent,
    NotIndependent,
}

/// <summary>
/// What a CPA firm decided about its independence, given its ties to the company. It covers the ties that it names, and no later one. Never
/// edited: a newer one stands beside it.
/// </summary>
internal sealed class IndependenceDecision : CompanyRecord
{
    /// <summary>As the auditor named it then; may be empty.</summary>
    public required string Firm { get; init; }

    /// <summary>Who decided in the firm.</summary>
    public required string Decider { get; init; }

    public required DateOnly DecidedOn { get; init; }

    /// <summary>What the firm does for the company besides attesting.</summary>
    public required string Services { get; init; }

    /// <summary>Who at the company oversees these services.</summary>
    public required string Overseer { get; init; }

    public required string Threats { get; init; }

    public required string Safeguards { get; init; }

    public required IndependenceConclusion Conclusion { get; init; }

    /// <summary>JSON: the ties that were weighed.</summary>
    public required string Covers { get; init; }

    /// <summary>The address of the auditor who wrote it down, which tells of the firm.</summary>
    public required string Email { get; init; }

    /// <summary>The id of that auditor.</summary>
    public required string Person { get; init; }

    public required DateTimeOffset ToldAt { get; init; }

    public required string ToldBy { get; init; }

    public IReadOnlyList<Tie> TieList() => JsonSerializer.Deserialize<IReadOnlyList<Tie>>(Covers)!;

    /// <summary>Whether it speaks for the firm of this auditor.</summary>
    public bool IsOfFirmOf(Party auditor)
    {
        var teller = new Party(Person, [Email], Firm.Length > 0 ? [Firm] : [], new HashSet<Side>());
        return teller.IsSameAs(auditor) || teller.SharesFirmWith(auditor) is not null;
    }
}

internal sealed class IndependenceDecisionConfiguration : IEntityTypeConfiguration<IndependenceDecision>
{
    public void Configure(EntityTypeBuilder<IndependenceDecision> builder)
    {
    }
}
