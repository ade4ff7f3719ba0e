using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plainproof.Catalog;
using Plainproof.Storage.Records;

namespace Plainproof.Features.Requests;

/// <summary>One line of what the auditor asks for in an engagement. Where it stands, its steps tell.</summary>
internal sealed class RequestLine : CompanyRecord
{
    public required string Engagement { get; init; }

    /// <summary>Where it stands in the list, from 1.</summary>
    public required long Place { get; init; }

    /// <summary>As the auditor counts it; once in an engagement.</summary>
    public required string Number { get; init; }

    /// <summary>The heading that it stands under; may be empty.</summary>
    public required string Area { get; set; }

    /// <summary>What is asked for.</summary>
    public required string Item { get; set; }

    /// <summary>Ids with blanks between.</summary>
    public required string Criteria { get; set; }

    /// <summary>Ids with blanks between.</summary>
    public required string Controls { get; set; }

    /// <summary>The line of our catalogue that it is or is like; empty when it is like none.</summary>
    public required string Catalogue { get; set; }

    public DateOnly? Due { get; set; }

    /// <summary>Who of the company sees to it; may be empty.</summary>
    public required string Owner { get; set; }

    /// <summary>The id of the workbook that it came in; null when it came in none.</summary>
    public string? Book { get; set; }

    /// <summary>Its row in that workbook, from 1.</summary>
    public long? RowNumber { get; set; }

    public required DateTimeOffset AddedAt { get; init; }

    public required string AddedBy { get; init; }

    /// <summary>A line of the catalogue, as an engagement asks it.</summary>
    public static RequestLine Of(Request usual, string engagement, long place, DateTimeOffset at, string by) => new()
    {
        Engagement = engagement,
        Place = place,
        Number = usual.Id,
        Area = usual.Group,
        Item = usual.Item,
        Criteria = string.Join(' ', usual.Criteria),
        Controls = string.Join(' ', usual.Controls),
        Catalogue = usual.Id,
        Owner = "",
        AddedAt = at,
        AddedBy = by,
    };

    public IReadOnlyList<string> ControlList => Controls.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    public IReadOnlyList<string> CriterionList => Criteria.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}

internal sealed class RequestLineConfiguration : IEntityTypeConfiguration<RequestLine>
{
    public void Configure(EntityTypeBuilder<RequestLine> builder)
    {
        builder.Ignore(line => line.ControlList);
        builder.Ignore(line => line.CriterionList);
    }
}

internal enum RequestMove
{
    /// <summary>Somebody said something; it stays as it is.</summary>
    Comment,

    /// <summary>The company says that all of it is there.</summary>
    Ready,

    /// <summary>The auditor has what he asked for. It says nothing of what he concludes.</summary>
    Accepted,

    /// <summary>The auditor wants something else, and says what.</summary>
    SentBack,

    /// <summary>The auditor asks for it no longer.</summary>
    NotNeeded,
    Reopened,
}

/// <summary>What somebody did to a line, or said to it. Never edited or removed.</summary>
internal sealed class RequestStep : CompanyRecord
{
    public required string Engagement { get; init; }

    public required string Request { get; init; }

    public required RequestMove Move { get; init; }

    /// <summary>May be empty.</summary>
    public required string Says { get; init; }

    public required DateTimeOffset At { get; init; }

    public required string By { get; init; }
}

internal sealed class RequestStepConfiguration : IEntityTypeConfiguration<RequestStep>
{
    public void Configure(EntityTypeBuilder<RequestStep> builder)
    {
        // The conventions suffice; the class puts the record into the model.
    }
}

/// <summary>That something answers a line. One thing may answer several, and a line may need several.</summary>
internal sealed class RequestLink : CompanyRecord
{
    public required string Engagement { get; init; }

    public required string Request { get; init; }

    /// <summary>The text of a <see cref="Shown"/>.</summary>
    public required string Shows { get; init; }

    public required DateTimeOffset LinkedAt { get; init; }

    public required string LinkedBy { get; init; }

    public DateTimeOffset? EndedAt { get; set; }

    public string? EndedBy { get; set; }
}

internal sealed class RequestLinkConfiguration : IEntityTypeConfiguration<RequestLink>
{
    public void Configure(EntityTypeBuilder<RequestLink> builder)
    {
        // The conventions suffice; the class puts the record into the model.
    }
}

/// <summary>A list that the CPA sent as a workbook. The bytes lie sealed in the vault, and go back with our columns filled in.</summary>
internal sealed class RequestWorkbook : CompanyRecord
{
    public required string Engagement { get; init; }

    public required string FileName { get; init; }

    /// <summary>Its name in the evidence log.</summary>
    public required string Digest { get; init; }

    /// <summary>The sheet with the lines; null until it is imported.</summary>
    public string? Sheet { get; set; }

    /// <summary>The text of <see cref="SheetColumns"/>; empty until it is imported.</summary>
    public required string Columns { get; set; }

    public required DateTimeOffset ReceivedAt { get; init; }

    public required string ReceivedBy { get; init; }

    public DateTimeOffset? ImportedAt { get; set; }

    public string? ImportedBy { get; set; }
}

internal sealed class RequestWorkbookConfiguration : IEntityTypeConfiguration<RequestWorkbook>
{
    public void Configure(EntityTypeBuilder<RequestWorkbook> builder)
    {
        // The conventions suffice; the class puts the record into the model.
    }
}

/// <summary>What can answer a line: a file of evidence, or a frozen population.</summary>
internal readonly record struct Shown(bool IsPopulation, string Id)
{
    private const string File = "file:";
    private const string Population = "population:";

    public string Text => (IsPopulation ? Population : File) + Id;

    public static Shown OfFile(string id) => new(false, id);

    public static Shown OfPopulation(string id) => new(true, id);

    /// <returns>Null when it names neither.</returns>
    public static Shown? Parse(string? text) =>
        text is null ? null
        : text.StartsWith(File, StringComparison.Ordinal) ? OfFile(text[File.Length..])
        : text.StartsWith(Population, StringComparison.Ordinal) ? OfPopulation(text[Population.Length..])
        : null;

    /// <summary>The page of it.</summary>
    public string AddressIn(string here) => $"{here}/{(IsPopulation ? "populations/frozen" : "files")}/{Uri.EscapeDataString(Id)}";
}
