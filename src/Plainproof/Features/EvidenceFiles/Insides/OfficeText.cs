using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Xml;

namespace Plainproof.Features.EvidenceFiles.Insides;

/// <summary>The text of a word-processor document or a workbook, read as plain XML with limits: the packed parts may be bombs.</summary>
internal static class OfficeText
{
    private const long MostCharacters = 40_000_000;

    public static Inside Document(byte[] bytes)
    {
        using var package = Open(bytes);
        var text = new StringBuilder();
        using (var xml = Part(package, "word/document.xml") ?? throw new InvalidDataException("It holds no document."))
            while (xml.Read() && text.Length <= InsideReader.MostCharacters)
                Take(xml, text);
        return WithProperties(package, Inside.OfText(text.ToString().Trim()));
    }

    /// <summary>Each row a line, its cells parted by tabs; one sheet after the other.</summary>
    public static Inside Workbook(byte[] bytes)
    {
        using var package = Open(bytes);
        var shared = SharedTexts(package);
        var text = new StringBuilder();
        for (var sheet = 1; text.Length <= InsideReader.MostCharacters && Part(package, string.Create(CultureInfo.InvariantCulture, $"xl/worksheets/sheet{sheet}.xml")) is { } xml; sheet++)
            using (xml)
                TakeSheet(xml, shared, sheet == 1 ? text : text.Append(Table.NextSheet));
        return WithProperties(package, Inside.OfText(text.ToString().Trim('\n')));
    }

    private static void Take(XmlReader xml, StringBuilder text)
    {
        if (xml.NodeType is XmlNodeType.Text or XmlNodeType.SignificantWhitespace)
            text.Append(xml.Value);
        else if (xml.NodeType == XmlNodeType.Element && xml.LocalName is "tab" or "br")
            text.Append(' ');
        else if (xml is { NodeType: XmlNodeType.EndElement, LocalName: "p" })
            text.Append('\n');
        else if (xml is { NodeType: XmlNodeType.EndElement, LocalName: "tc" })
            text.Append(' ');
    }

    private static List<string> SharedTexts(ZipArchive package)
    {
        var texts = new List<string>();
        using var xml = Part(package, "xl/sharedStrings.xml");
        var text = new StringBuilder();
        while (xml?.Read() == true)
        {
            if (xml is { NodeType: XmlNodeType.Element, LocalName: "si" })
                text.Clear();
            else if (xml.NodeType is XmlNodeType.Text or XmlNodeType.SignificantWhitespace)
                text.Append(xml.Value);
            else if (xml is { NodeType: XmlNodeType.EndElement, LocalName: "si" })
                texts.Add(text.ToString());
        }

        return texts;
    }

    private static void TakeSheet(XmlReader xml, List<string> shared, StringBuilder text)
    {
        var (column, isShared) = (0, false);
        var cell = new StringBuilder();
        while (xml.Read() && text.Length <= InsideReader.MostCharacters)
        {
            if (xml is { NodeType: XmlNodeType.Element, LocalName: "row" })
                column = 0;
            else if (xml is { NodeType: XmlNodeType.Element, LocalName: "c" })
            {
                isShared = xml.GetAttribute("t") == "s";
                for (var wanted = ColumnOf(xml.GetAttribute("r"), column); column < wanted; column++)
                    text.Append('\t');
                cell.Clear();
                if (xml.IsEmptyElement)
                    column++;
            }
            else if (xml.NodeType == XmlNodeType.Text)
                cell.Append(xml.Value);
            else if (xml is { NodeType: XmlNodeType.EndElement, LocalName: "c" })
            {
                text.Append(Flat(isShared && int.TryParse(cell.ToString(), out var number) && number < shared.Count ? shared[number] : cell.ToString())).Append('\t');
                column++;
            }
            else if (xml is { NodeType: XmlNodeType.EndElement, LocalName: "row" })
                text.Append('\n');
        }
    }

    private static string Flat(string cell) => cell.Replace('\t', ' ').Replace('\n', ' ').Replace('\r', ' ').Replace('"', '\'');

    /// <summary>C7 stands in column 2.</summary>
    private static int ColumnOf(string? place, int next)
    {
        var column = 0;
        foreach (var letter in (place ?? "").TakeWhile(char.IsAsciiLetterUpper).Take(3))
            column = (column * 26) + letter - 'A' + 1;
        return column == 0 ? next : column - 1;
    }

    private static Inside WithProperties(ZipArchive package, Inside inside)
    {
        var (core, app) = (Values(package, "docProps/core.xml"), Values(package, "docProps/app.xml"));
        return inside with { MadeWith = app.GetValueOrDefault("Application"), MadeAt = TimeIn(core, "created"), ChangedAt = TimeIn(core, "modified") };
    }

    private static Dictionary<string, string> Values(ZipArchive package, string part)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        using var xml = Part(package, part);
        for (var name = ""; xml?.Read() == true;)
        {
            if (xml.NodeType == XmlNodeType.Element)
                name = xml.LocalName;
            else if (xml.NodeType == XmlNodeType.Text)
                values[name] = xml.Value;
        }

        return values;
    }

    private static DateTimeOffset? TimeIn(Dictionary<string, string> values, string name) =>
        DateTimeOffset.TryParse(values.GetValueOrDefault(name), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : null;

    private static ZipArchive Open(byte[] bytes) => new(new MemoryStream(bytes), ZipArchiveMode.Read);

    private static XmlReader? Part(ZipArchive package, string name) => package.GetEntry(name) is { } entry
        ? XmlReader.Create(entry.Open(), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = MostCharacters, CloseInput = true })
        : null;
}
