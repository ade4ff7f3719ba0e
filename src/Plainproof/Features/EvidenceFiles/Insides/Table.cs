using System.Text.Json;
using Sylvan.Data.Csv;

namespace Plainproof.Features.EvidenceFiles.Insides;

/// <summary>A list inside a file: CSV with any of the usual delimiters, the rows of a workbook, or a JSON list of objects.</summary>
internal sealed record Table(IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows)
{
    private const int MostColumns = 300;

    /// <summary>Parts the sheets of a workbook; only the first one is a list.</summary>
    public const char NextSheet = '\f';

    /// <param name="text">As it is kept, so not longer than <see cref="InsideReader.MostCharacters"/>.</param>
    /// <returns>Null when the text is no list with a heading and at least two columns.</returns>
    public static Table? Of(string text)
    {
        var start = text.TrimStart();
        if (IsJson(start))
            return OfJson(start);
        var lines = Lines(start)?.ToList();
        return lines is null or [] ? null : new Table(lines[0], lines[1..]);
    }

    /// <summary>Rows beneath the heading, of a text of any length, without keeping them.</summary>
    /// <returns>Null when the text is no list.</returns>
    public static long? Count(string text)
    {
        var start = text.TrimStart();
        if (!IsJson(start))
            return Lines(start)?.LongCount() is { } all and > 0 ? all - 1 : null;
        try
        {
            using var json = JsonDocument.Parse(start);
            return ListIn(json)?.GetArrayLength();
        }
        catch (JsonException)
        {
            return null;
        }
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

    private static bool IsJson(string start) => start.StartsWith('[') || start.StartsWith('{');

    /// <returns>Null when the first line has no delimiter, or the text is no list that can be read to its end.</returns>
    private static IEnumerable<IReadOnlyList<string>>? Lines(string text)
    {
        var sheet = text.Split(NextSheet, 2)[0];
        var first = sheet.Split('\n', 2)[0];
        var delimiter = ",;\t|".MaxBy(mark => first.Count(letter => letter == mark));
        return first.Contains(delimiter) && CanBeRead(sheet, delimiter) ? Lines(sheet, delimiter) : null;
    }

    private static bool CanBeRead(string text, char delimiter)
    {
        try
        {
            foreach (var _ in Lines(text, delimiter))
            {
                // Only whether it throws.
            }

            return true;
        }
        catch (Exception e) when (e is CsvFormatException or CsvRecordTooLargeException)
        {
            return false;
        }
    }

    private static IEnumerable<IReadOnlyList<string>> Lines(string text, char delimiter)
    {
        using var csv = CsvDataReader.Create(new StringReader(text), new CsvDataReaderOptions { HasHeaders = false, Comment = '\x01', BufferSize = 1 << 16, MaxBufferSize = 1 << 22, Delimiter = delimiter });
        while (csv.Read())
        {
            List<string> line = [.. Enumerable.Range(0, Math.Min(csv.RowFieldCount, MostColumns)).Select(csv.GetString)];
            if (!line.All(string.IsNullOrWhiteSpace))
                yield return line;
        }
    }

    private static Table? OfJson(string text)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            if (ListIn(json) is not { } list)
                return null;
            List<string> columns = [.. list.EnumerateArray().SelectMany(item => item.EnumerateObject()).Select(member => member.Name).Distinct().Take(MostColumns)];
            return columns.Count == 0 ? null : new Table(columns, [.. list.EnumerateArray().Select(item => (IReadOnlyList<string>)[.. columns.Select(column => item.TryGetProperty(column, out var value) ? value.ToString() : "")])]);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The list itself, or the first list in an object, when it holds objects.</summary>
    private static JsonElement? ListIn(JsonDocument json)
    {
        var list = json.RootElement.ValueKind == JsonValueKind.Array ? json.RootElement
            : json.RootElement.EnumerateObject().Select(member => member.Value).FirstOrDefault(value => value.ValueKind == JsonValueKind.Array);
        return list.ValueKind == JsonValueKind.Array && list.EnumerateArray().All(item => item.ValueKind == JsonValueKind.Object) ? list : null;
    }
}
