namespace Plainproof.Documents.Workbooks;

/// <param name="Number">As the workbook shows it, from 1.</param>
/// <param name="Cells">From column A on, as text; a day as 2027-03-31.</param>
/// <param name="IsHidden">It is not shown by the workbook, such as by a filter.</param>
public sealed record ReadRow(int Number, IReadOnlyList<string> Cells, bool IsHidden)
{
    public string At(int column) => column >= 0 && column < Cells.Count ? Cells[column] : "";

    public int Filled => Cells.Count(cell => cell.Length > 0);
}

/// <summary>Cells that look as one. Rows and columns are counted from 1 and from 0.</summary>
public sealed record MergedCells(int FirstRow, int LastRow, int FirstColumn, int LastColumn)
{
    public bool Covers(int row, int column) => row >= FirstRow && row <= LastRow && column >= FirstColumn && column <= LastColumn && (row, column) != (FirstRow, FirstColumn);
}

/// <summary>One sheet, as it was sent: rows that hold anything.</summary>
/// <param name="Formulas">How many cells are computed; their last value is what was read.</param>
public sealed record ReadSheet(string Name, IReadOnlyList<ReadRow> Rows, IReadOnlyList<MergedCells> Merged, int Formulas)
{
    public int Columns => Rows.Select(row => row.Cells.Count).DefaultIfEmpty(0).Max();

    /// <summary>The name of a column: 0 is A, 27 is AB.</summary>
    public static string ColumnName(int column) => column < 26 ? $"{(char)('A' + column)}" : ColumnName((column / 26) - 1) + (char)('A' + (column % 26));

    /// <summary>-1 when it names no column.</summary>
    public static int ColumnOf(string name)
    {
        var column = 0;
        foreach (var letter in name)
        {
            if (!char.IsAsciiLetter(letter) || name.Length > 3)
                return -1;
            column = (column * 26) + char.ToUpperInvariant(letter) - 'A' + 1;
        }

        return column - 1;
    }
}
