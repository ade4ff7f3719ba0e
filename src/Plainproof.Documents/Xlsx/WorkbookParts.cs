using System.Globalization;
using DocumentFormat.OpenXml.Packaging;
using S = DocumentFormat.OpenXml.Spreadsheet;

namespace Plainproof.Documents.Xlsx;

/// <summary>The parts of an XLSX. Each gets a name of ours: those that the library makes up differ from run to run.</summary>
internal static class WorkbookParts
{
    public static void Write(SpreadsheetDocument file, IReadOnlyList<Sheet> sheets, FileFacts facts)
    {
        var workbook = file.AddWorkbookPart();
        file.ChangeIdOfPart(workbook, "workbook");
        WriteStyles(workbook.AddNewPart<WorkbookStylesPart>("styles"));
        var notes = new AboutSheet();
        var names = SheetNames.Of(sheets.Select(sheet => sheet.Name).Append(AboutSheet.Name));
        for (var i = 0; i < sheets.Count; i++)
            WriteSheet(workbook, i, names[i], sheets[i], notes);
        if (notes.Any)
            WriteSheet(workbook, sheets.Count, names[^1], notes.Sheet(), notes);
        WriteWorkbook(workbook, names.Take(notes.Any ? names.Count : sheets.Count).ToList());
        WriteProperties(file, names[0], facts);
    }

    private static void WriteStyles(WorkbookStylesPart part)
    {
        using var writer = new StreamWriter(part.GetStream(FileMode.Create));
        writer.Write(Resource.Text("sheet-styles.xml"));
    }

    private static void WriteSheet(WorkbookPart workbook, int index, string name, Sheet sheet, AboutSheet notes)
    {
        notes.Add(name, sheet.Note);
        using var stream = workbook.AddNewPart<WorksheetPart>(Id(index)).GetStream(FileMode.Create);
        SheetXml.Write(stream, sheet, cell => notes.AddCut(name, cell));
    }

    private static void WriteWorkbook(WorkbookPart workbook, List<string> names)
    {
        var sheets = new S.Sheets();
        var heads = new S.DefinedNames();
        for (var i = 0; i < names.Count; i++)
        {
            sheets.Append(new S.Sheet { Name = names[i], SheetId = (uint)i + 1, Id = Id(i) });
            heads.Append(new S.DefinedName($"'{names[i].Replace("'", "''", StringComparison.Ordinal)}'!$1:$1") { Name = "_xlnm.Print_Titles", LocalSheetId = (uint)i });
        }

        workbook.Workbook = new S.Workbook(sheets, heads);
        workbook.Workbook.Save();
    }

    private static void WriteProperties(SpreadsheetDocument file, string title, FileFacts facts)
    {
        var (core, extended) = (file.AddCoreFilePropertiesPart(), file.AddExtendedFilePropertiesPart());
        file.ChangeIdOfPart(core, "core");
        file.ChangeIdOfPart(extended, "extended");
        FileProperties.Write(core, extended, facts, title, "");
    }

    private static string Id(int index) => $"sheet{(index + 1).ToString(CultureInfo.InvariantCulture)}";
}
