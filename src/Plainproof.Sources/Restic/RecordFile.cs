using System.Globalization;
using System.Text;
using System.Text.Json;
using Plainproof.Sources.Push;
using Sylvan.Data.Csv;

namespace Plainproof.Sources.Restic;

/// <summary>
/// A short list kept by hand or by a script, as CSV with a first line of names or as JSON lines. restic writes down neither checks nor restores,
/// so the company does. Every mistake is told at once.
/// </summary>
internal static class RecordFile
{
    private const int MostBytes = 16 * 1024 * 1024;

    /// <exception cref="BadTarget">The file cannot be read, or a line is wrong.</exception>
    public static async Task<(byte[] Bytes, IReadOnlyList<(T Value, int Line)> Rows)> ReadAsync<T>(string path, CancellationToken stop) where T : notnull
    {
        if (new FileInfo(path).Length > MostBytes)
            throw new BadTarget($"{path}: larger than {MostBytes / 1024 / 1024} MB. It should hold one line for each check or restore.");
        byte[] bytes;
        try
        {
            bytes = await File.ReadAllBytesAsync(path, stop);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BadTarget($"{path}: {e.Message} Check the path and who may read it.");
        }

        var problems = new List<Problem>();
        var rows = new List<(T, int)>();
        foreach (var (json, line) in Lines<T>(bytes, path, problems))
            if (FactReader.Read(json, typeof(T), line, problems) is T value)
                rows.Add((value, line));
        return problems.Count == 0 ? (bytes, rows) : throw new BadTarget([.. problems.Select(problem => $"{path}:{problem}")]);
    }

    private static IEnumerable<(byte[] Json, int Line)> Lines<T>(byte[] bytes, string path, List<Problem> problems)
    {
        var text = Encoding.UTF8.GetString(bytes).TrimStart('\uFEFF');
        if (text.TrimStart().StartsWith('{'))
            return text.Split('\n').Select((line, index) => (Encoding.UTF8.GetBytes(line.TrimEnd('\r')), index + 1)).Where(pair => pair.Item1.Length > 0);
        return Csv<T>(text, path, problems);
    }

    private static List<(byte[] Json, int Line)> Csv<T>(string text, string path, List<Problem> problems)
    {
        var shape = FactShape.Of(typeof(T));
        var rows = new List<(byte[], int)>();
        try
        {
            using var csv = CsvDataReader.Create(new StringReader(text), new CsvDataReaderOptions { HeaderComparer = StringComparer.OrdinalIgnoreCase });
            while (csv.Read())
                rows.Add((Row(csv, shape), csv.RowNumber + 1));
        }
        catch (Exception e) when (e is CsvFormatException or InvalidDataException)
        {
            problems.Add(new Problem(1, 1, $"This is not a list with commas: {e.Message}"));
        }

        return rows;
    }

    /// <summary>Writes the row as the JSON it stands for, so that one reader judges both forms.</summary>
    private static byte[] Row(CsvDataReader csv, FactShape shape)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            for (var column = 0; column < csv.FieldCount; column++)
                if (csv.GetString(column).Trim() is { Length: > 0 } cell)
                    Write(json, NameOf(csv.GetName(column), shape), cell, shape);
            json.WriteEndObject();
        }

        return bytes.ToArray();
    }

    private static string NameOf(string header, FactShape shape) =>
        shape.Properties.Keys.FirstOrDefault(known => known.Equals(header.Trim().Replace(" ", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase)) ?? header.Trim();

    private static void Write(Utf8JsonWriter json, string name, string cell, FactShape shape)
    {
        var kind = shape.Properties.TryGetValue(name, out var property) ? property.Shape.Kind : ShapeKind.Text;
        if (kind == ShapeKind.YesNo && cell.ToLowerInvariant() is "true" or "yes" or "ok" or "false" or "no" or "failed")
            json.WriteBoolean(name, cell.ToLowerInvariant() is "true" or "yes" or "ok");
        else if (kind is ShapeKind.Whole or ShapeKind.Decimal && double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
            json.WriteNumber(name, number);
        else if (kind == ShapeKind.Moment && DateOnly.TryParseExact(cell, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            json.WriteString(name, $"{day:yyyy-MM-dd}T00:00:00Z");
        else
            json.WriteString(name, cell);
    }
}
