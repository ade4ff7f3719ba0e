using Plainproof.Documents;

namespace Plainproof.Features.Papers;

/// <summary>A saved paper as a plain document. The same version gives the same document each time.</summary>
/// <param name="sources">Whether a last chapter tells where each sentence comes from.</param>
internal sealed class PaperDocument(SavedPaper saved, string title, string company, string? mark, Sources sources)
{
    public Document Make() => new(title, $"{(mark is null ? "" : $"{mark} ")}{company}. Version {saved.Version.Number}, {Check.Words.Day(saved.Version.SavedAt)}.", [.. saved.Version.Text().Sections.SelectMany(Of), .. Signed(), .. sources == Sources.With ? From() : []]);

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

internal enum Sources
{
    Without,
    With,
}

/// <summary>The formats in which a saved paper is taken away, by the end of the file's name.</summary>
internal static class PaperFiles
{
    private static readonly Dictionary<string, (string Media, Func<PaperDocument, SavedPaper, byte[]> Write)> Formats = new(StringComparer.Ordinal)
    {
        ["html"] = ("text/html; charset=utf-8", (document, _) => Utf8(HtmlPage.Render(document.Make()))),
        ["md"] = ("text/markdown; charset=utf-8", (document, _) => Utf8(MarkdownText.Render(document.Make()))),
        ["json"] = ("application/json; charset=utf-8", (_, saved) => Utf8(saved.Version.Content)),
    };

    public static IReadOnlyList<string> All => [.. Formats.Keys];

    public static string NameOf(PaperVersion version, string format) => $"{version.Kind}-v{version.Number}.{format}";

    public static string MediaOf(string format) => Formats[format].Media;

    public static byte[] Write(string format, PaperDocument document, SavedPaper saved) => Formats[format].Write(document, saved);

    private static byte[] Utf8(string text) => System.Text.Encoding.UTF8.GetBytes(text);
}
