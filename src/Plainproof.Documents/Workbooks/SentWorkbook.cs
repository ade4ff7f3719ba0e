using System.Globalization;
using System.IO.Compression;
using System.Xml;

namespace Plainproof.Documents.Workbooks;

/// <param name="Part">Where it lies in the package.</param>
public sealed record SheetName(string Name, bool IsHidden, string Part);

/// <summary>
/// A workbook that somebody else made (ECMA-376, transitional or strict), read with limits: it may be a bomb, and its XML may point elsewhere.
/// Nothing in it is ever run or fetched.
/// </summary>
public sealed class SentWorkbook
{
    public const int MostRows = 5_000;
    public const int MostColumns = 200;
    private const int MostParts = 2_000;
    private const long MostBytes = 100_000_000;
    private const string Relationship = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string StrictRelationship = "http://purl.oclc.org/ooxml/officeDocument/relationships";
    private readonly Dictionary<string, byte[]> _parts;
    private readonly Lazy<IReadOnlyList<string>> _texts;
    private readonly Lazy<DayStyles> _days;

    private SentWorkbook(Dictionary<string, byte[]> parts)
    {
        _parts = parts;
        Sheets = ReadSheets();
        _texts = new(() => SharedTexts.Read(PartOrNull("xl/sharedStrings.xml")));
        _days = new(() => DayStyles.Read(PartOrNull("xl/styles.xml"), PartOrNull("xl/workbook.xml")));
    }

    /// <summary>In the order of the workbook.</summary>
    public IReadOnlyList<SheetName> Sheets { get; }

    /// <exception cref="WorkbookProblem">It is no workbook that can be taken.</exception>
    public static SentWorkbook Open(byte[] bytes) => Guard(() => new SentWorkbook(Unpack(bytes)));

    /// <exception cref="WorkbookProblem">There is no such sheet, or it is not as it should be.</exception>
    public ReadSheet Read(string sheet)
    {
        var named = Sheets.FirstOrDefault(one => one.Name == sheet)
            ?? throw new WorkbookProblem($"There is no sheet “{sheet}” in it. It has: {string.Join(", ", Sheets.Select(one => $"“{one.Name}”"))}.");
        return Guard(() =>
        {
            using var xml = XmlParts.Open(PartOrNull(named.Part) ?? throw new WorkbookProblem($"The sheet “{sheet}” is named in it, and is not there."));
            return new SheetReader(named.Name, _texts.Value, _days.Value).Read(xml);
        });
    }

    /// <summary>Every part is unpacked here once, against a limit: what a part says of its own size is not trusted.</summary>
    private static Dictionary<string, byte[]> Unpack(byte[] bytes)
    {
        if (bytes.AsSpan().StartsWith<byte>([0xD0, 0xCF, 0x11, 0xE0]))
            throw new WorkbookProblem("It is an old or a locked workbook. Save it as .xlsx, without a password.");
        using var package = new ZipArchive(new MemoryStream(bytes), ZipArchiveMode.Read);
        if (package.Entries.Count > MostParts)
            throw new WorkbookProblem($"It holds {package.Entries.Count.ToString("#,0", CultureInfo.InvariantCulture)} parts. No list of requests needs so many.");
        var (parts, left) = (new Dictionary<string, byte[]>(StringComparer.OrdinalIgnoreCase), MostBytes);
        foreach (var entry in package.Entries.Where(entry => !entry.FullName.EndsWith('/')))
        {
            if (!parts.TryAdd(entry.FullName, Unpack(entry, ref left)))
                throw new WorkbookProblem($"The part {entry.FullName} is in it twice. Open it in your spreadsheet program, and save it anew.");
        }

        return parts.Keys.Any(name => name.EndsWith("vbaProject.bin", StringComparison.OrdinalIgnoreCase) || name.Contains("/macrosheets/", StringComparison.OrdinalIgnoreCase))
            ? throw new WorkbookProblem("It holds macros, which are programs. Save it as .xlsx, which has none, and send that.")
            : parts;
    }

    private static byte[] Unpack(ZipArchiveEntry entry, ref long left)
    {
        using var packed = entry.Open();
        using var plain = new MemoryStream();
        var piece = new byte[1 << 16];
        for (var read = packed.Read(piece); read > 0; read = packed.Read(piece))
        {
            if ((left -= read) < 0)
                throw new WorkbookProblem($"Unpacked it is larger than {MostBytes / 1_000_000} MB. No list of requests is so large; this one may be made to do harm.");
            plain.Write(piece, 0, read);
        }

        return plain.ToArray();
    }

    private List<SheetName> ReadSheets()
    {
        var targets = Targets();
        var sheets = new List<SheetName>();
        using var xml = XmlParts.Open(PartOrNull("xl/workbook.xml") ?? throw new WorkbookProblem("It is no workbook of the kind .xlsx. Save it as .xlsx in your spreadsheet program."));
        while (xml.Read())
            if (xml is { NodeType: XmlNodeType.Element, LocalName: "sheet" } && (xml.GetAttribute("id", Relationship) ?? xml.GetAttribute("id", StrictRelationship)) is { } id && targets.TryGetValue(id, out var part))
                sheets.Add(new SheetName(xml.GetAttribute("name") ?? "", xml.GetAttribute("state") is "hidden" or "veryHidden", part));
        return sheets.Count > 0 ? sheets : throw new WorkbookProblem("It has no sheet.");
    }

    private Dictionary<string, string> Targets()
    {
        var targets = new Dictionary<string, string>(StringComparer.Ordinal);
        using var xml = XmlParts.Open(PartOrNull("xl/_rels/workbook.xml.rels") ?? throw new WorkbookProblem("It is no workbook of the kind .xlsx. Save it as .xlsx in your spreadsheet program."));
        while (xml.Read())
            if (xml is { NodeType: XmlNodeType.Element, LocalName: "Relationship" } && xml.GetAttribute("TargetMode") != "External" && xml.GetAttribute("Id") is { } id && xml.GetAttribute("Target") is { } target
                && xml.GetAttribute("Type")?.EndsWith("/worksheet", StringComparison.Ordinal) == true)
                targets[id] = target.StartsWith('/') ? target[1..] : $"xl/{target}";
        return targets;
    }

    private byte[]? PartOrNull(string name) => _parts.GetValueOrDefault(name);

    private static T Guard<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (XmlException e) when (e.Message.Contains("DTD", StringComparison.Ordinal))
        {
            throw new WorkbookProblem("Its XML defines entities of its own, which no spreadsheet program writes. It may be made to read other files, and was not taken.");
        }
        catch (Exception e) when (e is InvalidDataException or XmlException or FormatException or OverflowException)
        {
            throw new WorkbookProblem($"It cannot be read as a workbook: {e.Message} Open it in your spreadsheet program, and save it anew as .xlsx.");
        }
    }
}

/// <summary>Parts of a package as XML that may define and fetch nothing.</summary>
internal static class XmlParts
{
    private static readonly XmlReaderSettings Closed = new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, IgnoreComments = true, IgnoreProcessingInstructions = true };

    public static XmlReader Open(byte[] part) => XmlReader.Create(new MemoryStream(part), Closed);
}
