using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plainproof.Storage.Records;

namespace Plainproof.Features.Systems;

/// <summary>A system that exists and is not watched on purpose: who decided so, when and why.</summary>
internal sealed class Exclusion : CompanyRecord
{
    public required string What { get; init; }

    public required string Reason { get; init; }

    public required DateTimeOffset DecidedAt { get; init; }

    public required string DecidedBy { get; init; }

    public DateTimeOffset? EndedAt { get; set; }

    public string? EndedBy { get; set; }
}

internal sealed class ExclusionConfiguration : IEntityTypeConfiguration<Exclusion>
{
    public void Configure(EntityTypeBuilder<Exclusion> builder)
    {
    }
}
