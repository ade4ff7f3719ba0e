using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plainproof.Assurance.Populations;
using Plainproof.Facts;
using Plainproof.Storage.Records;

namespace Plainproof.Features.Populations;

/// <summary>A population that was frozen: its rows lie sealed in the vault, its root in the evidence log. Never changed; a newer one stands beside it.</summary>
internal sealed class FrozenPopulation : CompanyRecord
{
    /// <summary>The id of a <see cref="PopulationKind"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>Whose window it is or is a part of; null for any other days.</summary>
    public string? Engagement { get; init; }

    public required DateOnly FirstDay { get; init; }

    public required DateOnly LastDay { get; init; }

    /// <summary>What was asked, in words.</summary>
    public required string Query { get; init; }

    public required long RowCount { get; init; }

    /// <summary>Of the tree over the salted rows, in hexadecimal; the log holds the same.</summary>
    public required string Root { get; init; }

    /// <summary>Names the sealed rows in the vault.</summary>
    public required string Digest { get; init; }

    /// <summary>JSON: where the list may lack items.</summary>
    public required string Holes { get; init; }

    /// <summary>JSON: where the list came from.</summary>
    public required string Sources { get; init; }

    /// <summary>Nothing that was read later is in it.</summary>
    public required DateTimeOffset AsOf { get; init; }

    public required DateTimeOffset FrozenAt { get; init; }

    public required string FrozenBy { get; init; }

    /// <summary>The id of its entry in the evidence log.</summary>
    public required string Entry { get; init; }

    public FrozenDays Days => new(FirstDay, LastDay);

    public IReadOnlyList<string> HoleList() => JsonSerializer.Deserialize<IReadOnlyList<string>>(Holes, FactJson.Options)!;

    public IReadOnlyList<ListSource> SourceList() => JsonSerializer.Deserialize<IReadOnlyList<ListSource>>(Sources, FactJson.Options)!;
}

internal sealed class FrozenPopulationConfiguration : IEntityTypeConfiguration<FrozenPopulation>
{
    public void Configure(EntityTypeBuilder<FrozenPopulation> builder) => builder.Ignore(frozen => frozen.Days);
}

/// <summary>What somebody says about a difference between two lists. The difference stays.</summary>
internal sealed class ExplainedDifference : CompanyRecord
{
    public required string Kind { get; init; }

    /// <summary>The id of the comparison.</summary>
    public required string Comparison { get; init; }

    /// <summary>The key of the difference.</summary>
    public required string Difference { get; init; }

    public required string Why { get; init; }

    public required DateTimeOffset ExplainedAt { get; init; }

    public required string ExplainedBy { get; init; }
}

internal sealed class ExplainedDifferenceConfiguration : IEntityTypeConfiguration<ExplainedDifference>
{
    public void Configure(EntityTypeBuilder<ExplainedDifference> builder)
    {
    }
}
