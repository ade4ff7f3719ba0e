using System.Xml;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using Plainproof.Documents.Xlsx;

namespace Plainproof.Documents.Workbooks;

/// <param name="Row">From 1.</param>
/// <param name="Column">From 0.</param>
/// <param name="LooksLike">The column of the same row whose looks a new cell takes.</param>
public sealed record CellText(int Row, int Column, string Text, int LooksLike);

/// <summary>
/// Texts written into cells of a workbook that somebody else made. Everything else stays as it was: formats, other sheets, their own cells.
/// A text never becomes a formula.
/// </summary>
public static class FilledWorkbook
{
    /// <param name="bytes">What <see cref="SentWorkbook.Open"/> has taken.</param>
    /// <exception cref="WorkbookProblem">It cannot be written to.</exception>
    public static byte[] Write(byte[] bytes, string sheet, IReadOnlyList<CellText> texts)
    {
        using var stream = new MemoryStream();
        stream.Write(bytes);
        try
        {
            using var package = SpreadsheetDocument.Open(stream, isEditable: true);
            Fill(package.WorkbookPart!, sheet, texts);
        }
        catch (Exception e) when (e is OpenXmlPackageException or InvalidDataException or FormatException or XmlException or InvalidOperationException)
        {
            throw new WorkbookProblem($"It can be read, and not written to: {e.Message} Open it in your spreadsheet program, save it anew as .xlsx, and import that.");
        }

        return stream.ToArray();
    }

    private static void Fill(WorkbookPart workbook, string sheet, IReadOnlyList<CellText> texts)
    {
        var id = workbook.Workbook!.Descendants<DocumentFormat.OpenXml.Spreadsheet.Sheet>().First(one => one.Name == sheet).Id!.Value!;
        var worksheet = ((WorksheetPart)workbook.GetPartById(id)).Worksheet!;
        var data = worksheet.GetFirstChild<SheetData>() ?? throw new InvalidDataException("The sheet has no cells.");
        var rows = RowsOf(data);
        foreach (var text in texts)
            Put(CellAt(RowAt(data, rows, text.Row), text.Column, text.LooksLike), text.Text);
        worksheet.RemoveAllChildren<SheetDimension>();
        if (workbook.CalculationChainPart is { } chain)
            workbook.DeletePart(chain);
        worksheet.Save();
    }

    /// <summary>Rows and cells may leave out where they stand: then each stands behind the one before.</summary>
    private static SortedDictionary<uint, Row> RowsOf(SheetData data)
    {
        var rows = new SortedDictionary<uint, Row>();
        var next = 1u;
        foreach (var row in data.Elements<Row>())
        {
            row.RowIndex ??= next;
            next = row.RowIndex!.Value + 1;
            rows.TryAdd(row.RowIndex.Value, row);
            var column = 0;
            foreach (var cell in row.Elements<Cell>())
            {
                cell.CellReference ??= CellXml.Name(column, (int)row.RowIndex.Value);
                column = ColumnOf(cell) + 1;
            }
        }

        return rows;
    }

    private static Row RowAt(SheetData data, SortedDictionary<uint, Row> rows, int number)
    {
        var index = (uint)number;
        if (rows.TryGetValue(index, out var row))
            return row;
        row = new Row { RowIndex = index };
        if (rows.Where(one => one.Key > index).Select(one => one.Value).FirstOrDefault() is { } after)
            data.InsertBefore(row, after);
        else
            data.Append(row);
        rows.Add(index, row);
        return row;
    }

    private static Cell CellAt(Row row, int column, int looksLike)
    {
        var (model, after) = (row.Elements<Cell>().FirstOrDefault(cell => ColumnOf(cell) == looksLike), row.Elements<Cell>().FirstOrDefault(cell => ColumnOf(cell) >= column));
        if (after is not null && ColumnOf(after) == column)
            return after;
        var made = new Cell { CellReference = CellXml.Name(column, (int)row.RowIndex!.Value), StyleIndex = model?.StyleIndex?.Value };
        if (after is null)
            row.Append(made);
        else
            row.InsertBefore(made, after);
        row.Spans = null;
        return made;
    }

    private static void Put(Cell cell, string text)
    {
        var plain = Xlsx.SheetNames.Cut(CleanText.Of(text), SheetLimits.Characters);
        cell.RemoveAllChildren();
        cell.CellMetaIndex = null;
        cell.DataType = CellValues.InlineString;
        cell.Append(new InlineString(new DocumentFormat.OpenXml.Spreadsheet.Text(CellXml.Stored(plain)) { Space = SpaceProcessingModeValues.Preserve }));
    }

    private static int ColumnOf(Cell cell) => ReadSheet.ColumnOf(new string([.. cell.CellReference!.Value!.TakeWhile(char.IsAsciiLetter)]));
}
