using System.Buffers;

namespace Plainproof.Evidence;

/// <summary>
/// Rows as comma-separated text (RFC 4180). A cell that a spreadsheet would run as a formula gets an apostrophe in front, because what is in
/// it came from outside.
/// </summary>
public static class CsvText
{
    private static readonly SearchValues<char> Quoted = SearchValues.Create("\",\r\n");

    public static string Of(IReadOnlyList<string> columns, IEnumerable<IEnumerable<string>> rows) => string.Concat(rows.Prepend(columns).Select(Line));

    /// <summary>One row with its line end.</summary>
    public static string Line(IEnumerable<string> cells) => string.Join(',', cells.Select(Cell)) + "\r\n";

    private static string Cell(string value)
    {
        var safe = value.Length > 0 && value[0] is '=' or '+' or '-' or '@' or '\t' or '\r' or '\n' ? "'" + value : value;
        return safe.AsSpan().ContainsAny(Quoted) ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : safe;
    }
}
