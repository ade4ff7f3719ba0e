using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Plainproof.Evidence;

/// <summary>Each population in a package: the rows must give the root that the log holds, and the table must say what the rows say.</summary>
internal sealed class PopulationCheck(IFileTree files, FindingList findings)
{
    public const string EntryFile = "entry.json";
    public const string RowsFile = "rows.jsonl";
    public const string TableFile = "rows.csv";
    private const string About = "populations";
    private long _rows;

    /// <param name="entries">The entries of the log about frozen populations.</param>
    public void Run(IReadOnlyList<byte[]> entries)
    {
        var logged = entries.Select(LoggedOf).OfType<Logged>().ToDictionary(one => one.Population, StringComparer.Ordinal);
        var there = files.Names().Where(name => name.StartsWith(Package.Populations, StringComparison.Ordinal)).Select(name => name[Package.Populations.Length..].Split('/')[0]).Distinct().ToList();
        foreach (var id in there)
            if (ProblemOf(id, logged.GetValueOrDefault(id)) is { } problem) findings.Failed(About, $"{Package.Populations}{id}: {problem}.");
        if (!findings.HasFailed(About))
            findings.Checked(About, there.Count == 0 ? "No population is in this package." : $"The {Counted.Of(_rows, "row")} of {Counted.Of(there.Count, "population")} {(_rows == 1 ? "gives the root" : "give the roots")} in the log.");
        if (logged.Count > there.Count) findings.Limits.Add($"{Counted.Of(logged.Count - there.Count, "frozen population")} that the log names {(logged.Count - there.Count == 1 ? "is" : "are")} not in this package.");
    }

    private string? ProblemOf(string id, Logged? logged)
    {
        if (logged is null) return "no entry of the log froze a population of this name. It was added";
        if (files.TryRead($"{Package.Populations}{id}/{EntryFile}") is not { } entry || !entry.AsSpan().SequenceEqual(logged.Body)) return $"{EntryFile} is not the entry in the log";
        try
        {
            return ProblemOfRows($"{Package.Populations}{id}/", logged);
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException or KeyNotFoundException or FormatException or ArgumentException or InvalidDataException)
        {
            return $"{RowsFile} cannot be read: {malformed.Message.TrimEnd('.')}";
        }
    }

    private string? ProblemOfRows(string folder, Logged logged)
    {
        using var opened = files.TryOpen(folder + RowsFile);
        if (opened is null) return $"{RowsFile} is missing";
        using var lines = new StreamReader(opened, Encoding.UTF8);
        using var head = JsonDocument.Parse(lines.ReadLine() ?? "");
        var columns = head.RootElement.GetProperty("columns").EnumerateArray().Select(column => column.GetString()!).ToList();
        using var table = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        if (head.RootElement.TryGetProperty("SAMPLE", out var mark)) Append(table, mark.GetString() + "\r\n");
        Append(table, CsvText.Line(columns));
        var leaves = new List<Hash>();
        while (lines.ReadLine() is { } line) leaves.Add(AddRow(line, columns, table));
        _rows += leaves.Count;
        if (leaves.Count != logged.Rows || new RowTree(leaves).Root.ToString() != logged.Root) return "the rows do not give the root in the log. One was changed, swapped, added or removed";
        using var written = files.TryOpen(folder + TableFile);
        return written is not null && SHA256.HashData(written).AsSpan().SequenceEqual(table.GetHashAndReset()) ? null : $"{TableFile} does not say what the rows say";
    }

    private static Hash AddRow(string line, List<string> columns, IncrementalHash table)
    {
        using var json = JsonDocument.Parse(line);
        var row = json.RootElement.GetProperty("row").GetString()!;
        using var cells = JsonDocument.Parse(row);
        Append(table, CsvText.Line(columns.Select(column => cells.RootElement.TryGetProperty(column, out var cell) ? cell.GetString()! : "")));
        return RowTree.LeafOf(Convert.FromHexString(json.RootElement.GetProperty("salt").GetString()!), Encoding.UTF8.GetBytes(row));
    }

    private static void Append(IncrementalHash table, string text) => table.AppendData(Encoding.UTF8.GetBytes(text));

    private static Logged? LoggedOf(byte[] body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            var predicate = json.RootElement.GetProperty("predicate");
            return new Logged(predicate.GetProperty("population").GetString()!, predicate.GetProperty("root").GetString()!, predicate.GetProperty("rows").GetInt64(), body);
        }
        catch (Exception other) when (other is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return null; // An entry of another version, which tells of no rows.
        }
    }

    private sealed record Logged(string Population, string Root, long Rows, byte[] Body);
}
