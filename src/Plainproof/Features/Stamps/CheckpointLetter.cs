using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plainproof.Storage.Records;

namespace Plainproof.Features.Stamps;

/// <summary>
/// Somebody outside gets the newest checkpoint of the log by mail. What they keep cannot be taken back: a log that was rolled back or rewritten
/// no longer fits it.
/// </summary>
internal sealed class CheckpointLetter : CompanyRecord
{
    public required string Address { get; init; }

    public required DateTimeOffset AskedAt { get; init; }

    public required string AskedBy { get; init; }

    public DateTimeOffset? EndedAt { get; set; }

    public string? EndedBy { get; set; }

    /// <summary>When the mail server took the last one.</summary>
    public DateTimeOffset? SentAt { get; set; }

    /// <summary>How many entries the log had in the last one; 0 before the first.</summary>
    public required long SentSize { get; set; }

    /// <summary>Why the last try failed; null when it did not.</summary>
    public string? Problem { get; set; }

    public bool IsOpen => EndedAt is null;
}

internal sealed class CheckpointLetterConfiguration : IEntityTypeConfiguration<CheckpointLetter>
{
    public void Configure(EntityTypeBuilder<CheckpointLetter> builder) => builder.Ignore(letter => letter.IsOpen);
}
