using System.Text.RegularExpressions;

namespace Plainproof.Evidence;

/// <summary>
/// Looks at every file in the log folder that the tree did not need: older partial tiles must be the beginning of what replaced them,
/// frozen checkpoints must belong to this log, anything unknown is said to be unchecked. Tiles are published before the checkpoint that
/// signs them, so a writer that was killed between the two leaves tiles that hold more: that is no evidence, and no damage either.
/// </summary>
internal sealed partial class OtherFilesCheck(
    PublishedLog files, Checkpoint signed, NoteKey key, Func<long, Hash> rootAt, FindingList findings)
{
    private const string About = "other files";

    private int _ahead;

    public void Run(IReadOnlyList<string> names)
    {
        var needed = TileId.All(signed.Size).Select(tile => tile.Path).ToHashSet(StringComparer.Ordinal);
        var others = names.Where(name => !needed.Contains(name) && !IsWorkFile(name)).ToList();
        var present = others.ToHashSet(StringComparer.Ordinal);
        foreach (var name in others) Check(name, present);
        if (_ahead > 0)
            findings.Limits.Add($"{Counted.Of(_ahead, "file holds", "files hold")} more than the checkpoint signs. What is beyond it is not evidence; the next run signs or replaces it.");
        if (!findings.HasFailed(About)) findings.Checked(About, $"{Counted.Of(others.Count, "other file in the log folder was", "other files in the log folder were")} looked at.");
    }

    private static bool IsWorkFile(string name) => name == ".lock" || name.Contains(DurableFile.UnfinishedMark, StringComparison.Ordinal);

    private void Check(string name, HashSet<string> present)
    {
        if (name is "checkpoint" or "log.vkey") return;
        if (AnchorName().IsMatch(name) && present.Contains(Path.ChangeExtension(name, ".tsr"))) return;
        if (FrozenName().IsMatch(name)) CheckFrozen(name);
        else if (TileName().Match(name) is { Success: true } tile) CheckTile(name, tile);
        else findings.NotChecked(About, $"log/{name} is no part of a log and was not checked.");
    }

    private void CheckFrozen(string name)
    {
        try
        {
            var frozen = Checkpoint.Open(files.TryRead(name)!, key);
            if ($"checkpoints/{frozen.Size}.note" != name) findings.Failed(About, $"log/{name} is named for another size than it has.");
            else if (frozen.Size > signed.Size) findings.Failed(About, $"log/{name} is newer than the log. Was the log set back?");
            else if (frozen.Root != rootAt(frozen.Size)) findings.Failed(About, $"log/{name} is of another history than this log.");
        }
        catch (Exception bad) when (bad is NoteException or InvalidDataException)
        {
            findings.Failed(About, $"log/{name}: {bad.Message}.");
        }
    }

    private void CheckTile(string name, Match tile)
    {
        var level = tile.Groups["level"].Value is "entries" ? TileId.EntriesLevel : int.Parse(tile.Groups["level"].ValueSpan);
        var index = tile.Groups["index"].Value.Split('/').Aggregate(0L, (sum, part) => (sum * 1000) + int.Parse(part.AsSpan(part.Length - 3)));
        var count = level == TileId.EntriesLevel ? signed.Size : TileId.CountAt(level, signed.Size);
        var width = (int)Math.Clamp(count - (index * TileId.FullWidth), 0, TileId.FullWidth);
        try
        {
            var current = width == 0 ? [] : files.Read(new TileId(level, index, width));
            if (files.TryRead(name) is not { } there) return; // A log that grew meanwhile let an old part go.
            if (there.Length > current.Length && there.AsSpan().StartsWith(current))
                _ahead++;
            else if (!current.AsSpan().StartsWith(there))
                findings.Failed(About, $"log/{name} is not the beginning of what is published in its place.");
        }
        catch (InvalidDataException missing)
        {
            findings.Failed(About, $"{missing.Message}.");
        }
    }

    [GeneratedRegex(@"^tile/(?<level>entries|0|[1-7])/(?<index>(x[0-9]{3}/)*[0-9]{3})(\.p/[0-9]{1,3})?$", RegexOptions.CultureInvariant)]
    private static partial Regex TileName();

    [GeneratedRegex(@"^checkpoints/[0-9]+\.note$", RegexOptions.CultureInvariant)]
    private static partial Regex FrozenName();

    [GeneratedRegex(@"^anchors/[0-9]+\.[a-z0-9-]+\.ts[qr]$", RegexOptions.CultureInvariant)]
    private static partial Regex AnchorName();
}
