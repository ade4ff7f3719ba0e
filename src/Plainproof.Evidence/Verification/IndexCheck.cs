using System.Globalization;
using System.Text;

namespace Plainproof.Evidence;

/// <summary>The index of a package: what it says of entries and files must be so. Which control a piece serves is the company's word and is not checked.</summary>
internal sealed class IndexCheck(IFileTree files, FindingList findings)
{
    private const string About = "index";
    private static readonly string[] Checked = ["seq", "claimed", "digest", "file"];

    /// <param name="evidence">The evidence that is in the package, by its digests.</param>
    public void Run(LogContent content, ICollection<string> evidence)
    {
        var lines = 0;
        foreach (var name in files.Names().Where(name => name is "data/index.csv" or "data/SAMPLE-index.csv"))
        {
            var named = content.Blobs.Select(blob => (blob.Seq, blob.Blob.Digest)).ToHashSet();
            var unseen = evidence.ToHashSet(StringComparer.Ordinal);
            foreach (var row in Rows(name))
            {
                lines++;
                if (ProblemOf(row, content, named) is { } problem) findings.Failed(About, $"{name}, line of entry {row.GetValueOrDefault("seq")}: {problem}.");
                unseen.Remove(row.GetValueOrDefault("digest", ""));
            }

            foreach (var digest in unseen.Order(StringComparer.Ordinal)) findings.Failed(About, $"{name} has no line of {digest}, which is in the package.");
        }

        if (!findings.HasFailed(About)) findings.Checked(About, $"The {lines} lines of the index name entries, times and files as they are.");
    }

    private static string? ProblemOf(Dictionary<string, string> row, LogContent content, HashSet<(long, string)> named)
    {
        if (Checked.FirstOrDefault(column => !row.ContainsKey(column)) is { } missing) return $"the column '{missing}' is missing";
        var digest = row["digest"];
        if (!long.TryParse(row["seq"], NumberStyles.None, CultureInfo.InvariantCulture, out var seq) || !named.Contains((seq, digest))) return $"that entry does not name {digest}";
        if (row["claimed"] != Entry.Timestamp(DateTimeOffset.UnixEpoch.AddTicks(content.ClaimedAt[(int)seq] * TimeSpan.TicksPerMicrosecond))) return "the entry claims another time";
        return row["file"] == $"blobs/sha256/{digest[..2]}/{digest}" ? null : "the file is named otherwise";
    }

    private IEnumerable<Dictionary<string, string>> Rows(string name)
    {
        using var opened = files.TryOpen(name)!;
        using var lines = new StreamReader(opened, Encoding.UTF8);
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
