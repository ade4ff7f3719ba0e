using System.IO.Compression;
using System.Text;
using UglyToad.PdfPig.Content;
using UglyToad.PdfPig.Core;
using UglyToad.PdfPig.Fonts.Standard14Fonts;
using UglyToad.PdfPig.Writer;

namespace Plainproof.Tests.EvidenceFiles;

/// <summary>Files of each kind, made here.</summary>
internal static class Samples
{
    public static byte[] Pdf(string text)
    {
        var pdf = new PdfDocumentBuilder();
        pdf.DocumentInformation.Creator = "Typewriter 2";
        pdf.AddPage(PageSize.A4).AddText(text, 12, new PdfPoint(40, 700), pdf.AddStandard14Font(Standard14Font.Helvetica));
        return pdf.Build();
    }

    public static byte[] Docx(string text) => Zip(
        ("word/document.xml", $"<w:document xmlns:w='urn:w'><w:body><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:body></w:document>"),
        ("docProps/app.xml", "<Properties><Application>Writer 7</Application></Properties>"),
        ("docProps/core.xml", "<core xmlns:d='urn:d'><d:created>2026-05-04T10:00:00Z</d:created><d:modified>2026-05-09T10:00:00Z</d:modified></core>"));

    /// <param name="program">That says that it wrote the workbook.</param>
    public static byte[] Xlsx(string program, params string[][] rows) => Zip(
        ("xl/worksheets/sheet1.xml", $"<worksheet><sheetData>{string.Concat(rows.Select(row => $"<row>{string.Concat(row.Select(cell => $"<c t='inlineStr'><is><t>{cell}</t></is></c>"))}</row>"))}</sheetData></worksheet>"),
        ("docProps/app.xml", $"<Properties><Application>{program}</Application></Properties>"));

    /// <summary>A picture of this size; its data say what wrote it.</summary>
    public static byte[] Png(int width, int height, string program) =>
        [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, .. Chunk("IHDR", [.. Big(width), .. Big(height), 8, 2, 0, 0, 0]), .. Chunk("tEXt", Encoding.ASCII.GetBytes($"Software\0{program}")), .. Chunk("IEND", [])];

    private static byte[] Chunk(string name, byte[] data) => [.. Big(data.Length), .. Encoding.ASCII.GetBytes(name), .. data, 0, 0, 0, 0];

    private static byte[] Big(int value) => [(byte)(value >> 24), (byte)(value >> 16), (byte)(value >> 8), (byte)value];

    private static byte[] Zip(params (string Name, string Text)[] parts)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
            foreach (var (name, text) in parts)
            {
                using var entry = zip.CreateEntry(name).Open();
                entry.Write(Encoding.UTF8.GetBytes(text));
            }

        return bytes.ToArray();
    }
}
