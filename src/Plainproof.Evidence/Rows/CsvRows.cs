using System.Text;

namespace Plainproof.Evidence;

/// <summary>Reads a table that <see cref="CsvText"/> could have written, row by row, by the names of its columns.</summary>
internal static class CsvRows
{
    public static IEnumerable<Dictionary<string, string>> Of(Stream table)
    {
        using var lines = new StreamReader(table, Encoding.UTF8);
        List<string>? columns = null;
        while (ReadRow(lines) is { } cells)
        {
            if (columns is not null) yield return columns.Zip(cells).DistinctBy(pair => pair.First).ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal);
            else if (cells.Count > 1) columns = cells; // The mark of a sample stands alone before them.
        }
    }

    /// <returns>Null at the end.</returns>
    private static List<string>? ReadRow(StreamReader from)
    {
        if (from.ReadLine() is not { } line) return null;
        return line.Contains('"') ? Quoted(IsOpen(line) ? ReadOn(from, line) : line) : [.. line.Split(',')];
    }

    /// <summary>A row with a line end inside of a cell.</summary>
    private static string ReadOn(StreamReader from, string begin)
    {
        var row = new StringBuilder(begin);
        for (var open = true; open && from.ReadLine() is { } line; open ^= IsOpen(line)) row.Append('\n').Append(line);
        return row.ToString();
    }

    private static bool IsOpen(string line) => line.AsSpan().Count('"') % 2 == 1;

    private static List<string> Quoted(string row)
    {
        var (cells, cell, quoted) = (new List<string>(), new StringBuilder(), false);
        for (var i = 0; i < row.Length; i++)
        {
            if (row[i] == '"' && quoted && i + 1 < row.Length && row[i + 1] == '"') cell.Append(row[++i]);
            else if (row[i] == '"') quoted = !quoted;
            else if (row[i] != ',' || quoted) cell.Append(row[i]);
            else cells.Add(Taken(cell));
        }

        return [.. cells, Taken(cell)];
    }

    private static string Taken(StringBuilder cell)
    {
        var text = cell.ToString();
        cell.Clear();
        return text;
    }
}
