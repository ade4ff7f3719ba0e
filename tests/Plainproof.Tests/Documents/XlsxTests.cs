using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using DocumentFormat.OpenXml.Validation;
using Plainproof.Documents;
using Xunit;
using Sheet = Plainproof.Documents.Sheet;

namespace Plainproof.Tests.Documents;

public sealed class XlsxTests
{
    private static readonly Sheet Controls = new(
        "Controls: all/of [them]?*",
        [new SheetColumn("Id", 10), new SheetColumn("Text", 60), new SheetColumn("Day"), new SheetColumn("Moment"), new SheetColumn("Count"), new SheetColumn("=Sum")],
        [
            ["AC-1", "=1+1", new DateOnly(2026, 5, 1), new DateTimeOffset(2026, 5, 1, 12, 30, 0, TimeSpan.FromHours(2)), 42, 3.5m],
            ["AC-2", "+44 20", null, DateTime.MinValue, long.MaxValue, double.NaN],
            ["AC-3", "-1", "@SUM(A1)", "\t=1", true, Guid.Empty],
            ["AC-4", "two\nlines <&> 😀 \u0001 _x000D_", "half \ud83d"],
            ["AC-5", new string('k', 40_000)],
        ],
        "What the columns mean.");

    [Fact]
    public void A_workbook_with_every_value_breaks_no_rule_of_the_format()
    {
        using var file = Open(Controls, Controls, new Sheet("", [new SheetColumn("A")], []));
        Assert.Empty(new OpenXmlValidator(FileFormatVersions.Microsoft365).Validate(file).Select(error => $"{error.Part?.Uri} {error.Path?.XPath}: {error.Description}"));
    }

    [Fact]
    public void The_same_sheets_give_the_same_bytes() => Assert.Equal(Files.Xlsx(Controls), Files.Xlsx(Controls));

    [Fact]
    public void Text_that_looks_like_a_formula_stays_text()
    {
        using var file = Open(Controls);
        var cells = Cells(file, 0);
        Assert.Empty(file.WorkbookPart!.WorksheetParts.SelectMany(part => part.Worksheet!.Descendants<CellFormula>()));
        var formats = file.WorkbookPart.WorkbookStylesPart!.Stylesheet!.CellFormats!.Elements<CellFormat>().ToList();
        foreach (var at in (string[])["B2", "B3", "B4", "C4", "D4", "F1"])
        {
            Assert.Equal(CellValues.InlineString, cells[at].DataType!.Value);
            Assert.True(formats[(int)cells[at].StyleIndex!.Value].QuotePrefix!.Value, at);
        }
    }

    [Fact]
    public void Numbers_are_numbers_days_are_days_and_what_would_be_rounded_is_text()
    {
        using var file = Open(Controls);
        var cells = Cells(file, 0);
        Assert.Equal(("42", "3.5", "46143"), (cells["E2"].CellValue!.Text, cells["F2"].CellValue!.Text, cells["C2"].CellValue!.Text));
        Assert.Equal(new DateTime(2026, 5, 1, 10, 30, 0), DateTime.FromOADate(double.Parse(cells["D2"].CellValue!.Text, System.Globalization.CultureInfo.InvariantCulture)));
        Assert.Equal(("9223372036854775807", "0001-01-01 00:00:00"), (cells["E3"].InnerText, cells["D3"].InnerText));
        Assert.DoesNotContain("C3", cells.Keys);
    }

    [Fact]
    public void Heads_stay_in_sight_and_filter()
    {
        using var file = Open(Controls);
        var sheet = Part(file, 0).Worksheet!;
        Assert.Equal(PaneStateValues.Frozen, sheet.Descendants<Pane>().Single().State!.Value);
        Assert.Equal("A1:F6", sheet.Elements<AutoFilter>().Single().Reference!.Value);
        Assert.Equal([10, 60, 20, 20, 20, 20], sheet.Descendants<Column>().Select(column => column.Width!.Value));
    }

    [Fact]
    public void Names_of_sheets_are_legal_and_no_two_alike()
    {
        string[] wished = ["A: b/c", "a: B/C", "", "History", "'quoted'", new string('n', 40), new string('n', 41), "About"];
        using var file = Open([.. wished.Select(name => new Sheet(name, [new SheetColumn("A")], [], "Noted."))]);
        var names = file.WorkbookPart!.Workbook!.Sheets!.Elements<DocumentFormat.OpenXml.Spreadsheet.Sheet>().Select(sheet => sheet.Name!.Value!).ToList();
        Assert.Equal(["A  b c", "a  B C (2)", "Sheet", "History (2)", "quoted", new string('n', 31), new string('n', 27) + " (2)", "About", "About (2)"], names);
    }

    [Fact]
    public void Notes_and_cells_that_were_cut_are_named_on_a_sheet_of_their_own()
    {
        using var file = Open(Controls);
        Assert.Equal(32_767, Cells(file, 0)["B6"].InnerText.Length);
        Assert.EndsWith(" [cut]", Cells(file, 0)["B6"].InnerText, StringComparison.Ordinal);
        var about = Cells(file, 1);
        Assert.Equal("What the columns mean.", about["B2"].InnerText);
        Assert.Contains("cell B6", about["B3"].InnerText, StringComparison.Ordinal);
    }

    [Fact]
    public void What_no_workbook_can_hold_is_refused_all_at_once()
    {
        var refused = Assert.Throws<ArgumentException>(() => Files.Xlsx(new Sheet("None", [], []), new Sheet("Long", [new SheetColumn("A")], [["a", "b"]])));
        Assert.Contains("\"None\" has 0 columns", refused.Message, StringComparison.Ordinal);
        Assert.Contains("\"Long\", 1 rows have more cells", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task LibreOffice_opens_it_and_reads_the_same_values()
    {
        using var files = new Files();
        var csv = await files.ConvertAsync(files.Keep("controls.xlsx", Files.Xlsx(Controls)), "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false", ".csv");
        var text = await File.ReadAllTextAsync(csv);
        Assert.Contains("AC-1,=1+1,2026-05-01,2026-05-01 10:30:00,42,3.5", text, StringComparison.Ordinal);
        Assert.Contains("AC-2,+44 20,,0001-01-01 00:00:00,9223372036854775807,NaN", text, StringComparison.Ordinal);
        Assert.Contains("two\nlines <&> 😀  _x000D_", text, StringComparison.Ordinal);
    }

    private static SpreadsheetDocument Open(params Sheet[] sheets) => SpreadsheetDocument.Open(new MemoryStream(Files.Xlsx(sheets)), false);

    private static WorksheetPart Part(SpreadsheetDocument file, int index) =>
        (WorksheetPart)file.WorkbookPart!.GetPartById(file.WorkbookPart.Workbook!.Sheets!.Elements<DocumentFormat.OpenXml.Spreadsheet.Sheet>().ElementAt(index).Id!.Value!);

    private static Dictionary<string, Cell> Cells(SpreadsheetDocument file, int index) =>
        Part(file, index).Worksheet!.Descendants<Cell>().ToDictionary(cell => cell.CellReference!.Value!);
}
