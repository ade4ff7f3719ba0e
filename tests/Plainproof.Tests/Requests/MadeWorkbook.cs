using System.Globalization;
using System.IO.Compression;
using System.Security;
using System.Text;

namespace Plainproof.Tests.Requests;

/// <summary>A workbook written as plain parts, so that it can be as odd as those that people send, or as those that mean harm.</summary>
internal sealed class MadeWorkbook
{
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private readonly List<(string Name, string Rows, string After, bool IsHidden)> _sheets = [];

    public Dictionary<string, byte[]> More { get; } = [];

    /// <summary>Style 1 is bold on yellow, 2 is a day, 3 has a wrapped text on blue.</summary>
    private static readonly string Styles = $"""
        <styleSheet xmlns="{Main}"><numFmts count="1"><numFmt numFmtId="170" formatCode="dd\-mmm\-yyyy"/></numFmts>
        <fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="14"/><name val="Calibri"/></font></fonts>
        <fills count="4"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid"><fgColor rgb="FFFFEE88"/></patternFill></fill><fill><patternFill patternType="solid"><fgColor rgb="FFCCDDFF"/></patternFill></fill></fills>
        <borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>
        <cellXfs count="4"><xf/><xf fontId="1" fillId="2" applyFont="1" applyFill="1"/><xf numFmtId="170" applyNumberFormat="1"/><xf fillId="3" applyFill="1" applyAlignment="1"><alignment wrapText="1"/></xf></cellXfs></styleSheet>
        """;

    /// <param name="rows">Each a row of cells; null leaves the cell out. A text that begins with &lt; is taken as XML of a cell, a number as a day.</param>
    public MadeWorkbook Sheet(string name, IEnumerable<object?[]> rows, string after = "", bool isHidden = false)
    {
        var xml = new StringBuilder();
        foreach (var (row, i) in rows.Select((row, i) => (row, i + 1)))
        {
            xml.Append(CultureInfo.InvariantCulture, $"<row r=\"{i}\">");
            for (var column = 0; column < row.Length; column++)
                xml.Append(Cell(row[column], $"{(char)('A' + column)}{i}", i == 1 ? 1 : 3));
            xml.Append("</row>");
        }

        _sheets.Add((name, xml.ToString(), after, isHidden));
        return this;
    }

    public byte[] ToBytes()
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add(zip, "[Content_Types].xml", $"""
                <Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Default Extension="bin" ContentType="application/octet-stream"/>
                <Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/>
                {string.Concat(_sheets.Select((_, i) => $"<Override PartName=\"/xl/worksheets/sheet{i + 1}.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml\"/>"))}</Types>
                """);
            Add(zip, "_rels/.rels", $"<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"{Relations}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>");
            Add(zip, "xl/_rels/workbook.xml.rels", $"<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{string.Concat(_sheets.Select((_, i) => $"<Relationship Id=\"rId{i + 1}\" Type=\"{Relations}/worksheet\" Target=\"worksheets/sheet{i + 1}.xml\"/>"))}<Relationship Id=\"rId99\" Type=\"{Relations}/styles\" Target=\"styles.xml\"/></Relationships>");
            Add(zip, "xl/workbook.xml", $"<workbook xmlns=\"{Main}\" xmlns:r=\"{Relations}\"><sheets>{string.Concat(_sheets.Select((sheet, i) => $"<sheet name=\"{SecurityElement.Escape(sheet.Name)}\" sheetId=\"{i + 1}\" {(sheet.IsHidden ? "state=\"hidden\" " : "")}r:id=\"rId{i + 1}\"/>"))}</sheets></workbook>");
            Add(zip, "xl/styles.xml", Styles);
            foreach (var (sheet, i) in _sheets.Select((sheet, i) => (sheet, i + 1)))
                Add(zip, $"xl/worksheets/sheet{i}.xml", $"<worksheet xmlns=\"{Main}\"><cols><col min=\"1\" max=\"1\" width=\"9\" customWidth=\"1\"/><col min=\"2\" max=\"3\" width=\"42\" customWidth=\"1\"/></cols><sheetData>{sheet.Rows}</sheetData>{sheet.After}</worksheet>");
            foreach (var (name, part) in More)
                Add(zip, name, part);
        }

        return bytes.ToArray();
    }

    private static string Cell(object? value, string place, int style) => value switch
    {
        null => "",
        string xml when xml.StartsWith('<') => xml.Replace("<c", $"<c r=\"{place}\"", StringComparison.Ordinal),
        double day => string.Create(CultureInfo.InvariantCulture, $"<c r=\"{place}\" s=\"2\"><v>{day}</v></c>"),
        _ => $"<c r=\"{place}\" s=\"{style}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{SecurityElement.Escape(value.ToString())}</t></is></c>",
    };

    private static void Add(ZipArchive zip, string name, string text) => Add(zip, name, Encoding.UTF8.GetBytes(text));

    private static void Add(ZipArchive zip, string name, byte[] part)
    {
        using var stream = zip.CreateEntry(name, CompressionLevel.Fastest).Open();
        stream.Write(part);
    }
}
