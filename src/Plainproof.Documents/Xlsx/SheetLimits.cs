namespace Plainproof.Documents.Xlsx;

/// <summary>What a workbook can hold. Told before anything is written.</summary>
internal static class SheetLimits
{
    public const int Characters = 32_767;
    private const int Rows = 1_048_575;
    private const int Columns = 16_384;

    public static void Check(IReadOnlyList<Sheet> sheets)
    {
        if (sheets.Count == 0)
            throw new ArgumentException("A workbook needs a sheet.", nameof(sheets));
        var wrong = sheets.SelectMany(Problems).ToList();
        if (wrong.Count > 0)
            throw new ArgumentException(string.Join(" ", wrong), nameof(sheets));
    }

    private static IEnumerable<string> Problems(Sheet sheet)
    {
        if (sheet.Columns.Count is 0 or > Columns)
            yield return $"The sheet \"{sheet.Name}\" has {sheet.Columns.Count:N0} columns; it may have 1 to {Columns:N0}.";
        if (sheet.Rows.Count > Rows)
            yield return $"The sheet \"{sheet.Name}\" has {sheet.Rows.Count:N0} rows, and a sheet holds {Rows:N0} beside its head. Split it.";
        var longer = sheet.Rows.Count(row => row.Count > sheet.Columns.Count);
        if (longer > 0)
            yield return $"In the sheet \"{sheet.Name}\", {longer:N0} rows have more cells than there are columns.";
    }
}
