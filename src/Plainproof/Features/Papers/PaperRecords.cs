using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plainproof.Storage.Records;

namespace Plainproof.Features.Papers;

/// <summary>
/// What a person typed for one sentence of a paper. Of those with the same key the newest counts. Never edited: a change is a newer one, and
/// what is taken back stays on record.
/// </summary>
internal sealed class TypedSentence : CompanyRecord
{
    public const string OwnKey = "typed/";

    /// <summary>The id of the engagement.</summary>
    public required string Engagement { get; init; }

    /// <summary>The id of an <see cref="IPaperKind"/>.</summary>
    public required string Kind { get; init; }

    public required string Section { get; init; }

    /// <summary>The key of the drawn sentence that it stands for, or one of its own.</summary>
    public required string Key { get; init; }

    /// <summary>Empty where a drawn sentence is left out.</summary>
    public required string Text { get; init; }

    /// <summary>The drawn text when it was typed; null where it stands for none.</summary>
    public string? Instead { get; init; }

    public required string Why { get; init; }

    public required DateTimeOffset TypedAt { get; init; }

    public required string TypedBy { get; init; }

    public DateTimeOffset? TakenBackAt { get; set; }

    public string? TakenBackBy { get; set; }
}

/// <summary>A paper as it was saved. Never changed; a newer one stands beside it.</summary>
internal sealed class PaperVersion : CompanyRecord
{
    public required string Engagement { get; init; }

    public required string Kind { get; init; }

    /// <summary>From 1.</summary>
    public required long Number { get; init; }

    /// <summary>The JSON of a <see cref="PaperText"/>.</summary>
    public required string Content { get; init; }

    /// <summary>SHA-256 of the content, in hexadecimal; the log holds the same.</summary>
    public required string Digest { get; init; }

    /// <summary>What is new in it; may be empty where nothing was signed before.</summary>
    public required string Why { get; init; }

    public required DateTimeOffset SavedAt { get; init; }

    public required string SavedBy { get; init; }

    public PaperText Text() => PaperText.Parse(Content);
}

/// <summary>Somebody signed a version in the company's name. Its id is that of the version, which has one signature at most.</summary>
internal sealed class PaperSignature : CompanyRecord
{
    /// <summary>Of the version, as it was signed.</summary>
    public required string Digest { get; init; }

    public required string Name { get; init; }

    /// <summary>What the signer is in the company, such as CEO.</summary>
    public required string Title { get; init; }

    /// <summary>How management knows that it is true; empty where nobody asks for it.</summary>
    public required string Basis { get; init; }

    public required DateTimeOffset SignedAt { get; init; }

    public required string SignedBy { get; init; }
}

internal sealed class TypedSentenceConfiguration : IEntityTypeConfiguration<TypedSentence>
{
    public void Configure(EntityTypeBuilder<TypedSentence> builder) => builder.HasIndex(nameof(CompanyRecord.Company), nameof(TypedSentence.Engagement), nameof(TypedSentence.Kind));
}

internal sealed class PaperVersionConfiguration : IEntityTypeConfiguration<PaperVersion>
{
    public void Configure(EntityTypeBuilder<PaperVersion> builder) =>
        builder.HasIndex(nameof(CompanyRecord.Company), nameof(PaperVersion.Engagement), nameof(PaperVersion.Kind), nameof(PaperVersion.Number)).IsUnique();
}

internal sealed class PaperSignatureConfiguration : IEntityTypeConfiguration<PaperSignature>
{
    public void Configure(EntityTypeBuilder<PaperSignature> builder)
    {
        // The conventions suffice; the class puts the record into the model.
    }
}
