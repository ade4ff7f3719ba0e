using Plainproof.Documents;

namespace Plainproof.Features.Papers;

/// <summary>A saved paper as a plain document, or as tables. The same version gives the same each time.</summary>
/// <param name="mark">The mark of the sample company; null for a real one.</param>
/// <param name="sources">Whether it tells where each sentence comes from.</param>
internal sealed class PaperDocument(SavedPaper saved, string title, string company, string? mark, PaperSources sources)
{
    public FileFacts Facts => new(company, saved.Signature?.SignedAt ?? saved.Version.SavedAt);

    public string Content => saved.Version.Content;

    public Document Make() => new(title, $"{(mark is null ? "" : $"{mark} ")}{company}. Version {saved.Version.Number}, {Check.Words.Day(saved.Version.SavedAt)}.", [.. saved.Version.Text().Sections.SelectMany(Of), .. Signed(), .. sources == PaperSources.With ? From() : []]);

    /// <summary>Each part with a table on a sheet of its own; what is typed beneath it has a row with one cell.</summary>
    public IReadOnlyList<Sheet> Sheets() => [.. saved.Version.Text().Sections.Where(section => section.Columns.Count > 0).Select(SheetOf)];

    private Sheet SheetOf(Section section) => new(
        section.Title, [.. section.Columns.Concat(sources == PaperSources.With ? ["Where it comes from"] : []).Select(column => new SheetColumn(column, WidthOf(column)))],
        [.. section.Sentences.Select(one => (IReadOnlyList<object?>)[.. one.Cells, .. sources == PaperSources.With ? Enumerable.Repeat("", section.Columns.Count - one.Cells.Count).Append(PaperWords.From(one)) : []])],
        $"{(mark is null ? "" : $"{mark} ")}{title}, version {saved.Version.Number}. {(saved.Signature is { } it ? PaperWords.Of(it) : "Nobody has signed this version.")} SHA-256 of the text: {saved.Version.Digest}");

    private static double WidthOf(string column) => column.Length > 10 ? 60 : 20;

    private static IEnumerable<Block> Of(Section section)
    {
        yield return new Heading(2, section.Title);
        if (section.Columns.Count > 0)
            yield return new Table(section.Columns, [.. section.Sentences.Where(section.IsRow).Select(row => (IReadOnlyList<Text>)[.. row.Cells.Select(cell => (Text)cell)])], section.Title);
        foreach (var sentence in section.Sentences.Where(one => !section.IsRow(one)))
            yield return new Paragraph(sentence.Text);
    }

    private IEnumerable<Block> Signed()
    {
        yield return new Heading(2, "Signature");
        if (saved.Signature is { } it)
        {
            yield return new Paragraph(PaperWords.Of(it));
            if (it.Basis.Length > 0)
                yield return new Paragraph($"How we know: {it.Basis}");
        }
        else
        {
            yield return new Paragraph("Nobody has signed this version.");
        }

        yield return new Paragraph($"SHA-256 of the text: {saved.Version.Digest}", Quiet: true);
    }

    private IEnumerable<Block> From()
    {
        yield return new Heading(2, "Where each sentence comes from");
        yield return new Table(["Part", "Sentence", "Where it comes from"], [.. saved.Version.Text().Sections.SelectMany(section => section.Sentences.Select(one => (IReadOnlyList<Text>)[section.Title, one.Text, PaperWords.From(one)]))], "Sentences and their sources");
        var left = saved.Version.Text().Sections.SelectMany(section => section.LeftOut.Select(one => (IReadOnlyList<Text>)[section.Title, one.Text, $"Left out by {one.By}, {Check.Words.Day(one.At)}: {one.Why}"])).ToList();
        if (left.Count > 0)
            yield return new Table(["Part", "Sentence", "Why it is left out"], left, "Sentences that were left out");
    }
}

internal enum PaperSources
{
    Without,
    With,
}
