using System.Buffers;
using System.Text;

namespace Plainproof.Features.Populations;

/// <summary>
/// Rows as comma-separated text (RFC 4180). A cell that a spreadsheet would run as a formula gets an apostrophe in front, because what is in
/// it came from outside.
/// </summary>
internal static class CsvText
{
    private static readonly SearchValues<char> Quoted = SearchValues.Create("\",\r\n");

    public static string Of(IReadOnlyList<string> columns, IEnumerable<IEnumerable<string>> rows)
    {
        var text = new StringBuilder();
        foreach (var row in rows.Prepend(columns))
            text.AppendJoin(',', row.Select(Cell)).Append("\r\n");
        return text.ToString();
    }

    private static string Cell(string value)
    {
        var safe = value.Length > 0 && value[0] is '=' or '+' or '-' or '@' or '\t' or '\r' or '\n' ? "'" + value : value;
        return safe.AsSpan().ContainsAny(Quoted) ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : safe;
    }
}
