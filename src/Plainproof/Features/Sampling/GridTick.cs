using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plainproof.Storage.Records;
using Words = Plainproof.Storage.Words;

namespace Plainproof.Features.Sampling;

/// <summary>What an auditor found when they tested one attribute of one item. The auditor's alone: nobody else reads or writes it (law 5).</summary>
internal enum Tick
{
    /// <summary>Not looked at yet, or taken back.</summary>
    Open,

    /// <summary>Tested, and nothing found against it.</summary>
    NoException,

    /// <summary>Tested, and it did not meet the control.</summary>
    Deviation,

    /// <summary>The attribute asks nothing of this item.</summary>
    NotApplicable,
}

/// <summary>One thing that an auditor tests of each item of a sample.</summary>
internal sealed class SampleAttribute : CompanyRecord
{
    /// <summary>The id of the sample.</summary>
    public required string Sample { get; init; }

    /// <summary>From 0; the first is called A.</summary>
    public required long Place { get; init; }

    public required string Text { get; init; }

    public required DateTimeOffset AddedAt { get; init; }

    public required string AddedBy { get; init; }
}

/// <summary>One tick in the grid. A newer one for the same item and attribute stands beside it.</summary>
internal sealed class GridTick : CompanyRecord
{
    /// <summary>The id of the sample.</summary>
    public required string Sample { get; init; }

    /// <summary>The number of the row in the frozen list, from 1.</summary>
    public required long RowNumber { get; init; }

    /// <summary>The id of the attribute.</summary>
    public required string Attribute { get; init; }

    public required Tick Tick { get; init; }

    public required string Note { get; init; }

    /// <summary>Where it stands in the auditor's own papers.</summary>
    public required string Reference { get; init; }

    /// <summary>Stands before the tick under its commitment in the log; in hexadecimal.</summary>
    public required string Salt { get; init; }

    public required DateTimeOffset MarkedAt { get; init; }

    public required string MarkedBy { get; init; }

    public Commitment Commitment => new(Salt, new JsonObject { ["sample"] = Sample, ["row"] = RowNumber, ["attribute"] = Attribute, ["tick"] = Words.Of(Tick), ["note"] = Note, ["reference"] = Reference }.ToJsonString());
}

internal sealed class SampleAttributeConfiguration : IEntityTypeConfiguration<SampleAttribute>
{
    public void Configure(EntityTypeBuilder<SampleAttribute> builder)
    {
    }
}

internal sealed class GridTickConfiguration : IEntityTypeConfiguration<GridTick>
{
    public void Configure(EntityTypeBuilder<GridTick> builder) => builder.Ignore(tick => tick.Commitment);
}
