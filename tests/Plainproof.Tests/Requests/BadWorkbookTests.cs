using System.IO.Compression;
using System.Text;
using Plainproof.Documents.Workbooks;
using Plainproof.Tests.Servers;
using Xunit;

namespace Plainproof.Tests.Requests;

/// <summary>Workbooks that are broken, or made to do harm: each gets a clear word, and nothing is imported.</summary>
public sealed class BadWorkbookTests : IDisposable
{
    private const string Sheet = "xl/worksheets/sheet1.xml";
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string, string> Bad => new()
    {
        { "empty", "the file is empty" },
        { "text", "cannot be read as a workbook" },
        { "locked", "Save it as .xlsx, without a password" },
        { "document", "It is no workbook of the kind .xlsx" },
        { "macros", "It holds macros" },
        { "bomb", "Unpacked it is larger than 100 MB" },
        { "entities", "defines entities of its own" },
        { "outside", "defines entities of its own" },
        { "long", "has more than 5,000 rows" },
        { "hidden", "All of its sheets are hidden" },
        { "cut", "cannot be read as a workbook" },
        { "twice", "is in it twice" },
        { "nothing", "The column that says what is asked for is missing" },
    };

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Bad))]
    public async Task A_bad_workbook_is_told_and_leaves_nothing(string kind, string told)
    {
        var file = _folder.File($"{kind}.xlsx");
        await File.WriteAllBytesAsync(file, Of(kind));
        await RunAsync(0, "engagement", "new", "First", "--on", DateTime.UtcNow.AddDays(9).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
        Assert.Contains(told, await RunAsync(2, "request", "import", file), StringComparison.Ordinal);
        Assert.Contains("The list is empty.", await RunAsync(0, "request", "list"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wrong_columns_are_told_all_at_once()
    {
        var file = _folder.File("list.xlsx");
        await File.WriteAllBytesAsync(file, new MadeWorkbook().Sheet("List", [["No", "Request"], ["1", "One."]]).ToBytes());
        await RunAsync(0, "engagement", "new", "First", "--on", DateTime.UtcNow.AddDays(9).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
        var said = await RunAsync(2, "request", "import", file, "--columns", "number=A due=A colour=C item=17");
        foreach (var problem in new[] { "“colour” is no part of a list", "“17” is no column", "The row with the names", "what is asked for is missing", "Column A cannot be two things" })
            Assert.Contains(problem, said, StringComparison.Ordinal);
        Assert.Contains("There is no sheet “Other” in it. It has: “List”.", await RunAsync(2, "request", "import", file, "--sheet", "Other"), StringComparison.Ordinal);
        Assert.Contains("item=B", await RunAsync(0, "request", "import", file, "--look"), StringComparison.Ordinal);
        Assert.Contains("1 line added", await RunAsync(0, "request", "import", file), StringComparison.Ordinal);
    }

    [Fact]
    public void Merged_cells_count_for_each_of_their_rows_and_days_are_days()
    {
        var sheet = SentWorkbook.Open(new MadeWorkbook().Sheet("List", [["Area", "Request", "Due"], ["Access", "One.", 46477.0], [null, "Two.", "soon"]], "<mergeCells count=\"1\"><mergeCell ref=\"A2:A3\"/></mergeCells>").ToBytes()).Read("List");
        Assert.Equal(["Access", "Two.", "soon"], sheet.Rows[2].Cells);
        Assert.Equal("2027-03-31", sheet.Rows[1].At(2));
        Assert.True(sheet.Merged.Single().Covers(3, 0));
    }

    [Theory]
    [InlineData(0, "A")]
    [InlineData(25, "Z")]
    [InlineData(26, "AA")]
    [InlineData(701, "ZZ")]
    [InlineData(702, "AAA")]
    public void Columns_have_their_names(int column, string name) => Assert.Equal((name, column), (ReadSheet.ColumnName(column), ReadSheet.ColumnOf(name)));

    private async Task<string> RunAsync(int exit, params string[] command)
    {
        using var said = new StringWriter();
        var ended = await Plainproof.Cli.CommandLine.RunAsync([.. command, "--data", _folder.File("data")], TextReader.Null, said, said);
        Assert.True(ended == exit, said.ToString());
        return said.ToString();
    }

    private static byte[] Of(string kind)
    {
        var plain = new MadeWorkbook().Sheet("List", [["No", "Request"], ["1", "One."]]);
        switch (kind)
        {
            case "empty":
                return [];
            case "text":
                return "No,Request\n1,One.\n"u8.ToArray();
            case "locked":
                return [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, .. new byte[512]];
            case "document":
                return Zip(("word/document.xml", "<document/>"u8.ToArray()));
            case "macros":
                plain.More["xl/vbaProject.bin"] = [1, 2, 3];
                return plain.ToBytes();
            case "bomb":
                plain.More["xl/media/image1.bin"] = new byte[101_000_000];
                return plain.ToBytes();
            case "entities":
                return With(plain, "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]><worksheet><sheetData><row><c t=\"str\"><v>&b;</v></c></row></sheetData></worksheet>");
            case "outside":
                return With(plain, "<!DOCTYPE x SYSTEM \"http://127.0.0.1:1/x.dtd\"><worksheet/>");
            case "long":
                return new MadeWorkbook().Sheet("List", Enumerable.Range(1, 50_000).Select(row => new object?[] { $"{row}", "Again." }).Prepend(["No", "Request"])).ToBytes();
            case "hidden":
                return new MadeWorkbook().Sheet("List", [["No", "Request"]], isHidden: true).ToBytes();
            case "cut":
                return plain.ToBytes()[..^200];
            case "twice":
                plain.More[Sheet] = "<worksheet/>"u8.ToArray();
                return plain.ToBytes();
            default:
                return new MadeWorkbook().Sheet("List", []).ToBytes();
        }
    }

    private static byte[] With(MadeWorkbook plain, string sheet)
    {
        using var source = new ZipArchive(new MemoryStream(plain.ToBytes()));
        return Zip([.. source.Entries.Select(entry => (entry.FullName, entry.FullName == Sheet ? Encoding.UTF8.GetBytes(sheet) : Bytes(entry)))]);
    }

    private static byte[] Bytes(ZipArchiveEntry entry)
    {
        using var stream = entry.Open();
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }

    private static byte[] Zip(params (string Name, byte[] Bytes)[] parts)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
            foreach (var (name, part) in parts)
            {
                using var stream = zip.CreateEntry(name).Open();
                stream.Write(part);
            }

        return bytes.ToArray();
    }
}
