using System.Globalization;

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
        foreach (var name in files.Names().Where(name => Package.IsIndex(name)))
        {
            var named = content.Blobs.Select(blob => (blob.Seq, blob.Blob.Digest)).ToHashSet();
            var unseen = evidence.ToHashSet(StringComparer.Ordinal);
            using var opened = files.TryOpen(name)!;
            foreach (var row in CsvRows.Of(opened))
            {
                lines++;
                if (ProblemOf(row, content, named) is { } problem) findings.Failed(About, $"{name}, line of entry {row.GetValueOrDefault("seq")}: {problem}.");
                unseen.Remove(row.GetValueOrDefault("digest", ""));
            }

            foreach (var digest in unseen.Order(StringComparer.Ordinal)) findings.Failed(About, $"{name} has no line of {digest}, which is in the package.");
        }

        if (!findings.HasFailed(About)) findings.Checked(About, $"The {Counted.Of(lines, "line")} of the index {(lines == 1 ? "names" : "name")} entries, times and files as they are.");
    }

    private static string? ProblemOf(Dictionary<string, string> row, LogContent content, HashSet<(long, string)> named)
    {
        if (Checked.FirstOrDefault(column => !row.ContainsKey(column)) is { } missing) return $"the column '{missing}' is missing";
        var digest = row["digest"];
        if (!long.TryParse(row["seq"], NumberStyles.None, CultureInfo.InvariantCulture, out var seq) || !named.Contains((seq, digest))) return $"that entry does not name {digest}";
        if (row["claimed"] != Entry.Timestamp(DateTimeOffset.UnixEpoch.AddTicks(content.ClaimedAt[(int)seq] * TimeSpan.TicksPerMicrosecond))) return "the entry claims another time";
        return row["file"] == $"blobs/sha256/{digest[..2]}/{digest}" ? null : "the file is named otherwise";
    }
}
