using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plainproof.Assurance.Samples;
using Plainproof.Storage.Records;

namespace Plainproof.Features.Sampling;

/// <summary>
/// A sample that an auditor drew from a frozen population. Until it is issued nobody but auditors may see it. It is never changed: one that
/// was dropped stays on record, so that drawing until it suits is seen.
/// </summary>
internal sealed class DrawnSample : CompanyRecord
{
    /// <summary>The id of the frozen population.</summary>
    public required string Population { get; init; }

    public required SampleMethod Method { get; init; }

    /// <summary>Empty where the rows do not follow from one.</summary>
    public required string Seed { get; init; }

    /// <summary>JSON: the numbers of the rows from 1, in the order they were drawn.</summary>
    public required string Rows { get; init; }

    /// <summary>The id of the sample that this one goes on from; null for a first one.</summary>
    public string? Extends { get; init; }

    /// <summary>The ids of the controls that it is to test, with blanks between.</summary>
    public required string Controls { get; init; }

    /// <summary>Why these, or so many; may be empty.</summary>
    public required string Why { get; init; }

    /// <summary>What was committed to when it was drawn, as JSON. The log tells it when it is issued.</summary>
    public required string Secret { get; init; }

    /// <summary>Stands before <see cref="Secret"/> under the commitment; in hexadecimal.</summary>
    public required string Salt { get; init; }

    public required DateTimeOffset DrawnAt { get; init; }

    public required string DrawnBy { get; init; }

    public DateTimeOffset? IssuedAt { get; set; }

    public string? IssuedBy { get; set; }

    public DateTimeOffset? DroppedAt { get; set; }

    public string? DroppedBy { get; set; }

    public string? DroppedWhy { get; set; }

    public Commitment Commitment => new(Salt, Secret);

    public bool IsIssued => IssuedAt is not null;

    public bool IsOpen => IssuedAt is null && DroppedAt is null;

    public IReadOnlyList<int> RowList() => JsonSerializer.Deserialize<IReadOnlyList<int>>(Rows)!;

    public IReadOnlyList<string> ControlList() => Controls.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}

internal sealed class DrawnSampleConfiguration : IEntityTypeConfiguration<DrawnSample>
{
    public void Configure(EntityTypeBuilder<DrawnSample> builder)
    {
        builder.Ignore(sample => sample.Commitment);
        builder.Ignore(sample => sample.IsIssued);
        builder.Ignore(sample => sample.IsOpen);
    }
}
