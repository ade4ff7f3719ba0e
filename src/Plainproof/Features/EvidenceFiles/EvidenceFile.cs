using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plainproof.Storage.Records;

namespace Plainproof.Features.EvidenceFiles;

internal enum FileState
{
    /// <summary>Somebody added it; nobody looked yet.</summary>
    Waiting,
    Accepted,
    SentBack,
}

/// <summary>
/// A file that somebody added to show something. The bytes lie sealed in the vault and never change. When it was captured, and which days it
/// speaks of, are different times (law 3).
/// </summary>
internal sealed class EvidenceFile : CompanyRecord
{
    /// <summary>The text of an <see cref="EvidenceFiles.About"/>.</summary>
    public required string About { get; init; }

    /// <summary>As the browser named it, made safe to name a file.</summary>
    public required string FileName { get; init; }

    public required string MediaType { get; init; }

    public required long Bytes { get; init; }

    /// <summary>Its name in the evidence log.</summary>
    public required string Digest { get; init; }

    /// <summary>What it shows, in the words of whoever added it.</summary>
    public required string Says { get; init; }

    /// <summary>The first day that it speaks of; null when it speaks of no days.</summary>
    public DateOnly? CoversFrom { get; init; }

    public DateOnly? CoversTo { get; init; }

    public required DateTimeOffset CapturedAt { get; init; }

    public required string CapturedBy { get; init; }

    public DateTimeOffset? AcceptedAt { get; set; }

    public string? AcceptedBy { get; set; }

    public DateTimeOffset? SentBackAt { get; set; }

    public string? SentBackBy { get; set; }

    public string? SentBackWhy { get; set; }

    public FileState State => AcceptedAt is not null ? FileState.Accepted : SentBackAt is not null ? FileState.SentBack : FileState.Waiting;
}

internal sealed class EvidenceFileConfiguration : IEntityTypeConfiguration<EvidenceFile>
{
    public void Configure(EntityTypeBuilder<EvidenceFile> builder) => builder.Ignore(file => file.State);
}
