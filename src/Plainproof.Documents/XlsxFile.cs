using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using Plainproof.Documents.Xlsx;

namespace Plainproof.Documents;

/// <summary>One table on a sheet of its own.</summary>
/// <param name="Rows">Values: text, numbers, dates, booleans, or nothing. A row may be shorter than the columns, never longer.</param>
/// <param name="Note">What readers should know; it stands on the sheet "About", so that the table begins in row 1.</param>
public sealed record Sheet(string Name, IReadOnlyList<SheetColumn> Columns, IReadOnlyList<IReadOnlyList<object?>> Rows, string? Note = null);

/// <param name="Width">In characters, about.</param>
public sealed record SheetColumn(string Title, double Width = 20);

/// <summary>Renders tables as XLSX. Text is always text, never a formula. The same input gives the same bytes.</summary>
public static class XlsxFile
{
    public const string MediaType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    public static void Write(IReadOnlyList<Sheet> sheets, FileFacts facts, Stream to)
    {
        SheetLimits.Check(sheets);
        using var parts = new MemoryStream();
        using (var file = SpreadsheetDocument.Create(parts, SpreadsheetDocumentType.Workbook))
            WorkbookParts.Write(file, sheets, facts);
        FixedZip.Copy(parts, to);
    }
}
