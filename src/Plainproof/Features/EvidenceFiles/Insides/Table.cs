using System.Text.Json;
using Sylvan.Data.Csv;

namespace Plainproof.Features.EvidenceFiles.Insides;

/// <summary>A list inside a file: CSV with any of the usual delimiters, the rows of a workbook, or a JSON list of objects.</summary>
internal sealed record Table(IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows)
{
    private const int MostColumns = 300;
    private const int MostRows = 300_000;

    /// <returns>Null when the text is no list with a heading and at least two columns.</returns>
    public static Table? Of(string text)
    {
        var start = text.TrimStart();
        return start.StartsWith('[') || start.StartsWith('{') ? OfJson(start) : OfLines(start);
    }

    /// <summary>The column that is called like one of these words; -1 when there is none. Earlier words count more.</summary>
    public int Find(params ReadOnlySpan<string> words)
    {
        foreach (var word in words)
            for (var i = 0; i < Columns.Count; i++)
                if (Plain(Columns[i]).Contains(word, StringComparison.Ordinal))
                    return i;
        return -1;
    }

    public string Cell(int row, int column) => column >= 0 && column < Rows[row].Count ? Rows[row][column].Trim() : "";

    private static string Plain(string heading) => new([.. heading.ToLowerInvariant().Where(char.IsLetterOrDigit)]);

    private static Table? OfLines(string text)
    {
        var first = text.Split('\n', 2)[0];
        var delimiter = ",;\t|".MaxBy(mark => first.Count(letter => letter == mark));
        if (!first.Contains(delimiter))
            return null;
        var lines = new List<IReadOnlyList<string>>();
        try
        {
            using var csv = CsvDataReader.Create(new StringReader(text), new CsvDataReaderOptions { HasHeaders = false, Comment = '\x01', BufferSize = 1 << 16, MaxBufferSize = 1 << 22, Delimiter = delimiter });
            while (lines.Count <= MostRows && csv.Read())
                lines.Add([.. Enumerable.Range(0, Math.Min(csv.RowFieldCount, MostColumns)).Select(csv.GetString)]);
        }
        catch (Exception e) when (e is CsvFormatException or CsvRecordTooLargeException)
        {
            return null;
        }

        lines.RemoveAll(line => line.All(string.IsNullOrWhiteSpace));
        return lines.Count == 0 ? null : new Table(lines[0], lines[1..]);
    }

    private static Table? OfJson(string text)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            var list = json.RootElement.ValueKind == JsonValueKind.Array ? json.RootElement
                : json.RootElement.EnumerateObject().Select(member => member.Value).FirstOrDefault(value => value.ValueKind == JsonValueKind.Array);
            if (list.ValueKind != JsonValueKind.Array || !list.EnumerateArray().All(item => item.ValueKind == JsonValueKind.Object))
                return null;
            List<string> columns = [.. list.EnumerateArray().SelectMany(item => item.EnumerateObject()).Select(member => member.Name).Distinct().Take(MostColumns)];
            return columns.Count == 0 ? null : new Table(columns, [.. list.EnumerateArray().Select(item => (IReadOnlyList<string>)[.. columns.Select(column => item.TryGetProperty(column, out var value) ? value.ToString() : "")])]);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
