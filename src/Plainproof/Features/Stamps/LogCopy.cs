using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plainproof.Storage.Records;

namespace Plainproof.Features.Stamps;

/// <summary>How far the copy of the log got in one bucket. Another bucket, or another prefix in it, begins anew.</summary>
internal sealed class LogCopy : CompanyRecord
{
    /// <summary>The place as the configuration calls it.</summary>
    public required string Target { get; init; }

    /// <summary>How many entries the newest copied checkpoint has; 0 before the first.</summary>
    public required long Size { get; set; }

    /// <summary>When everything up to that checkpoint was there, locked and compared.</summary>
    public DateTimeOffset? CopiedAt { get; set; }

    /// <summary>Until when that checkpoint is locked.</summary>
    public DateTimeOffset? KeptUntil { get; set; }

    /// <summary>Why the last try failed; null when it did not.</summary>
    public string? Problem { get; set; }

    public DateTimeOffset? FailedAt { get; set; }
}

internal sealed class LogCopyConfiguration : IEntityTypeConfiguration<LogCopy>
{
    public void Configure(EntityTypeBuilder<LogCopy> builder) => builder.HasIndex(copy => new { copy.Company, copy.Target }).IsUnique();
}
