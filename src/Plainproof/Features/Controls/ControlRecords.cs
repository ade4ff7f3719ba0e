using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plainproof.Storage.Records;

namespace Plainproof.Features.Controls;

/// <summary>
/// How the company words one of its controls from a day on. Never edited: an auditor looks at each version in the part of the window in
/// which it held. On a day that version holds which began last; of two that began on the same day, the one written later.
/// </summary>
internal sealed class ControlVersion : CompanyRecord
{
    /// <summary>A control of the catalogue, or <c>OWN-1</c>, <c>OWN-2</c> and so on.</summary>
    public required string ControlId { get; init; }

    /// <summary>The first day, in UTC. Never before the day of writing.</summary>
    public required DateOnly Begins { get; init; }

    public required string Title { get; init; }

    /// <summary>The sentence an auditor tests.</summary>
    public required string Statement { get; init; }

    /// <summary>A role or a person, in the company's words.</summary>
    public required string Owner { get; init; }

    public required string Frequency { get; init; }

    /// <summary>Which criteria it serves, parted by blanks.</summary>
    public required string Criteria { get; init; }

    public required string Why { get; init; }

    public required DateTimeOffset WrittenAt { get; init; }

    public required string WrittenBy { get; init; }

    public IReadOnlyList<string> CriteriaIds => Criteria.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    public bool IsOwn => IsOwnId(ControlId);

    public static bool IsOwnId(string control) => control.StartsWith("OWN-", StringComparison.Ordinal);
}

internal enum RelevanceAnswer
{
    Agreed,
    NotAgreed,
}

/// <summary>
/// The company says that a criterion has no bearing on what it does. It drops nothing: the criterion stays in the report, with the reason,
/// and only the auditor's word makes it more than a proposal.
/// </summary>
internal sealed class RelevanceProposal : CompanyRecord
{
    public required string CriterionId { get; init; }

    public required string Reason { get; init; }

    public required DateTimeOffset ProposedAt { get; init; }

    public required string ProposedBy { get; init; }

    public DateTimeOffset? WithdrawnAt { get; set; }

    public string? WithdrawnBy { get; set; }

    public RelevanceAnswer? Answer { get; set; }

    /// <summary>What the auditor said with the answer.</summary>
    public string? Note { get; set; }

    public DateTimeOffset? AnsweredAt { get; set; }

    public string? AnsweredBy { get; set; }

    public bool IsOpen => WithdrawnAt is null;
}

internal sealed class ControlVersionConfiguration : IEntityTypeConfiguration<ControlVersion>
{
    public void Configure(EntityTypeBuilder<ControlVersion> builder)
    {
        builder.Ignore(version => version.CriteriaIds);
        builder.Ignore(version => version.IsOwn);
    }
}

internal sealed class RelevanceProposalConfiguration : IEntityTypeConfiguration<RelevanceProposal>
{
    public void Configure(EntityTypeBuilder<RelevanceProposal> builder) => builder.Ignore(proposal => proposal.IsOpen);
}
