using System.Text;
using Plainproof.Documents;

namespace Plainproof.Features.Papers;

/// <summary>The formats in which a saved paper is taken away, by the end of the file's name. The same version gives the same bytes.</summary>
internal static class PaperFiles
{
    public const string Tables = "xlsx";

    private static readonly Dictionary<string, (string Media, Action<PaperDocument, Stream> Write)> Formats = new(StringComparer.Ordinal)
    {
        ["docx"] = ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", (paper, to) => DocxFile.Write(paper.Make(), paper.Facts, to)),
        ["pdf"] = ("application/pdf", (paper, to) => PdfFile.Write(paper.Make(), paper.Facts, to)),
        [Tables] = (XlsxFile.MediaType, (paper, to) => XlsxFile.Write(paper.Sheets(), paper.Facts, to)),
        ["html"] = ("text/html; charset=utf-8", (paper, to) => Write(to, HtmlPage.Render(paper.Make()))),
        ["md"] = ("text/markdown; charset=utf-8", (paper, to) => Write(to, MarkdownText.Render(paper.Make()))),
        ["json"] = ("application/json; charset=utf-8", (paper, to) => Write(to, paper.Content)),
    };

    /// <summary>What a package for an auditor holds of each.</summary>
    public static IReadOnlyList<string> Packed { get; } = ["json", "docx", "pdf"];

    public static IReadOnlyList<string> All => [.. Formats.Keys];

    /// <summary>Tables only where there are some.</summary>
    public static IEnumerable<string> Of(PaperText text) => Formats.Keys.Where(format => format != Tables || text.Sections.Any(section => section.Columns.Count > 0));

    public static string NameOf(PaperVersion version, string format) => $"{version.Kind}-v{version.Number}.{format}";

    public static string MediaOf(string format) => Formats[format].Media;

    public static byte[] Bytes(string format, PaperDocument paper)
    {
        using var bytes = new MemoryStream();
        Formats[format].Write(paper, bytes);
        return bytes.ToArray();
    }

    private static void Write(Stream to, string text) => to.Write(Encoding.UTF8.GetBytes(text));
}
