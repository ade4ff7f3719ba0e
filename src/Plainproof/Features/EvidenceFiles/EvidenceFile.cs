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
/// A file that somebody added to show something. The bytes lie sealed in the vault and never change. When we got it, when it was captured,
/// when the thing shown happened, and which days it speaks of are different times (law 3).
/// </summary>
internal sealed class EvidenceFile : CompanyRecord
{
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

    public EvidenceKind Kind { get; set; }

    /// <summary>The JSON of an <see cref="EvidenceFiles.Told"/>. May be completed until somebody decides; every version is in the log.</summary>
    public required string Told { get; set; }

    /// <summary>The original of which this is a cut or covered copy; null when it is no copy.</summary>
    public string? CopyOf { get; init; }

    /// <summary>When we got it. Nobody can set it.</summary>
    public required DateTimeOffset AddedAt { get; init; }

    public required string AddedBy { get; init; }

    public DateTimeOffset? AcceptedAt { get; set; }

    public string? AcceptedBy { get; set; }

    public DateTimeOffset? SentBackAt { get; set; }

    public string? SentBackBy { get; set; }

    public string? SentBackWhy { get; set; }

    public FileState State => AcceptedAt is not null ? FileState.Accepted : SentBackAt is not null ? FileState.SentBack : FileState.Waiting;

    /// <summary>A version of a policy that somebody approved on a day, and nobody sent back.</summary>
    public bool IsApprovedPolicy => Kind == EvidenceKind.Policy && SentBackAt is null && Saying is { Approver: not null, ApprovedOn: not null };

    public Told Saying => EvidenceFiles.Told.Parse(Told);

    /// <summary>The last day on which it counts: as said, or the last day it speaks of where a report ends with it.</summary>
    public DateOnly? CountsUntil => Saying.ExpiresOn ?? (Kind is EvidenceKind.VendorReport ? CoversTo : null);
}

/// <summary>That a file shows something of a control or a gap. One file may serve several.</summary>
internal sealed class EvidenceLink : CompanyRecord
{
    public required string FileId { get; init; }

    /// <summary>The text of an <see cref="EvidenceFiles.About"/>.</summary>
    public required string About { get; init; }

    public required DateTimeOffset LinkedAt { get; init; }

    public required string LinkedBy { get; init; }

    public DateTimeOffset? EndedAt { get; set; }

    public string? EndedBy { get; set; }
}

internal sealed class EvidenceFileConfiguration : IEntityTypeConfiguration<EvidenceFile>
{
    public void Configure(EntityTypeBuilder<EvidenceFile> builder)
    {
        builder.Ignore(file => file.State);
        builder.Ignore(file => file.Saying);
        builder.Ignore(file => file.IsApprovedPolicy);
        builder.Ignore(file => file.CountsUntil);
    }
}

internal sealed class EvidenceLinkConfiguration : IEntityTypeConfiguration<EvidenceLink>
{
    public void Configure(EntityTypeBuilder<EvidenceLink> builder)
    {
    }
}
