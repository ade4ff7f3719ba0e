using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plainproof.Storage.Records;

namespace Plainproof.Features.EvidenceFiles.Insides;

internal enum InsideState
{
    /// <summary>All of its text was read.</summary>
    Whole,

    /// <summary>It has more text than is kept.</summary>
    Cut,

    /// <summary>It is a picture, or a scan without text.</summary>
    NoText,

    /// <summary>It could not be opened; <see cref="EvidenceInside.Why"/> says why.</summary>
    Unreadable,
}

/// <summary>What was found inside a file when it was added, with secrets masked. Its id is the file's.</summary>
internal sealed class EvidenceInside : CompanyRecord
{
    public required InsideState State { get; init; }

    public string? Why { get; init; }

    /// <summary>The text, at most <see cref="InsideReader.MostCharacters"/>. A workbook's rows are lines parted by tabs.</summary>
    public required string Words { get; init; }

    /// <summary>Rows beneath the heading, of all of a list; null when it is no list.</summary>
    public long? LineCount { get; init; }

    /// <summary>Secrets that are still in the sealed bytes, because the kind of file cannot be masked.</summary>
    public required int Secrets { get; init; }

    /// <summary>Secrets that were taken out before sealing.</summary>
    public required int Masked { get; init; }

    /// <summary>The program that the file says made it.</summary>
    public string? MadeWith { get; init; }

    /// <summary>When the file says it was made.</summary>
    public DateTimeOffset? MadeAt { get; init; }

    /// <summary>When the file says it was last changed.</summary>
    public DateTimeOffset? ChangedAt { get; init; }

    /// <summary>Of a picture, in pixels.</summary>
    public int? Width { get; init; }

    public int? Height { get; init; }

    /// <summary>The same for the same bytes in this company.</summary>
    public required string Mark { get; init; }

    /// <summary>How the text is put together, to find near twins; empty when there is too little of it.</summary>
    public required string Likeness { get; init; }
}

internal sealed class EvidenceInsideConfiguration : IEntityTypeConfiguration<EvidenceInside>
{
    public void Configure(EntityTypeBuilder<EvidenceInside> builder)
    {
    }
}
