using System.Globalization;
using System.Text;

namespace Plainproof.Evidence;

/// <summary>
/// The published files of one log, as their writer sees them: a cache of the database that anyone can read. Tiles and bundles become
/// durable before the checkpoint that needs them. Every writing method MUST be called under <see cref="LockAsync"/>.
/// </summary>
internal sealed class LogFiles(string folder)
{
    /// <summary>Of a tile that is not full, for readers who began at an older checkpoint. Each of the others says less than the newest.</summary>
    private const int PartialsKept = 4;

    private static readonly TimeSpan LockPatience = TimeSpan.FromSeconds(60);
    private readonly List<TileId> _superseding = [];
    private readonly List<TileId> _growing = [];

    public string CheckpointPath => Path.Combine(folder, "checkpoint");

    public string At(string relative) => Path.Combine(folder, relative);

    /// <summary>Held by one process at a time; the system frees it when the process dies.</summary>
    public async Task<IDisposable> LockAsync(CancellationToken stop)
    {
        DurableFile.CreateFolder(folder);
        var path = At(".lock");
        for (var waited = TimeSpan.Zero; ; waited += TimeSpan.FromMilliseconds(4))
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (waited < LockPatience && File.Exists(path))
            {
                await Task.Delay(4, stop);
            }
            catch (IOException busy) when (File.Exists(path))
            {
                throw new EvidenceException($"{path}: another process has held the log for a minute. Is one hanging?", busy);
            }
        }
    }

    public byte[]? ReadCheckpoint() => File.Exists(CheckpointPath) ? File.ReadAllBytes(CheckpointPath) : null;

    /// <exception cref="IOException">The file is not there or cannot be read.</exception>
    public byte[] Read(TileId tile)
    {
        // A full tile stands in for each of its partials: they are deleted once it is there (tlog-tiles, Partial Tiles).
        if (tile.IsFull || File.Exists(At(tile.Path))) return File.ReadAllBytes(At(tile.Path));
        var longer = File.ReadAllBytes(LongerPartial(tile) ?? At(tile.FullPath));
        return tile.Level == TileId.EntriesLevel ? EntryBundle.Prefix(longer, tile.Width) : longer[..Math.Min(longer.Length, tile.Width * Hash.Length)];
    }

    /// <summary>Writes what became full. Files that are there already are left alone unless <paramref name="rewrite"/> is set.</summary>
    public void WriteFull(LogTail tail, bool rewrite)
    {
        var full = tail.TakeFull();
        WriteAll(full, rewrite);
        _superseding.AddRange(full.Select(written => written.Tile));
    }

    public void WritePartials(LogTail tail, bool rewrite)
    {
        var partials = tail.Partials().ToList();
        WriteAll(partials, rewrite);
        _growing.AddRange(partials.Select(written => written.Tile));
    }

    /// <summary>The last step of publishing. Only then do the partials go whose full tile is there, and old ones: an older reader may want them.</summary>
    public void WriteCheckpoint(string note)
    {
        DurableFile.Write(CheckpointPath, Encoding.UTF8.GetBytes(note));
        DurableFile.SyncFolder(folder);
        foreach (var partials in _superseding.Select(tile => At(tile.FullPath + ".p")).Where(Directory.Exists))
            Directory.Delete(partials, recursive: true);
        foreach (var old in _growing.SelectMany(tile => PartialsOf(tile).OrderByDescending(partial => partial.Width).Skip(PartialsKept)))
            File.Delete(old.Path);
        _superseding.Clear();
        _growing.Clear();
    }

    /// <summary>Writes a file that is not part of the tree, when it is missing or differs.</summary>
    public void WriteBeside(string relative, byte[] bytes)
    {
        var path = At(relative);
        if (File.Exists(path) && File.ReadAllBytes(path).AsSpan().SequenceEqual(bytes)) return;
        DurableFile.CreateFolder(Path.GetDirectoryName(path)!);
        DurableFile.Write(path, bytes);
        DurableFile.SyncFolder(Path.GetDirectoryName(path)!);
    }

    /// <summary>The stamped checkpoint stays as it was stamped: the file <c>checkpoint</c> goes on.</summary>
    public void WriteAnchor(LogTables.AnchorRow anchor, string note)
    {
        foreach (var file in Of(anchor, note)) WriteBeside(file.Name, file.Bytes);
    }

    /// <summary>A time stamp as files: the checkpoint it stamps, the request and the answer.</summary>
    public static IEnumerable<PublishedFile> Of(LogTables.AnchorRow anchor, string note)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"anchors/{anchor.Size}.{anchor.Authority}");
        return [Frozen(anchor.Size, note), new PublishedFile($"{name}.tsq", anchor.Request), new PublishedFile($"{name}.tsr", anchor.Response)];
    }

    /// <summary>A checkpoint under a name of its own.</summary>
    public static PublishedFile Frozen(long size, string note) =>
        new(string.Create(CultureInfo.InvariantCulture, $"checkpoints/{size}.note"), Encoding.UTF8.GetBytes(note));

    /// <summary>Deletes what a killed process left unfinished.</summary>
    public void Sweep()
    {
        foreach (var unfinished in Directory.EnumerateFiles(folder, $"*{DurableFile.UnfinishedMark}*", SearchOption.AllDirectories))
            File.Delete(unfinished);
    }

    /// <summary>True when every file of a tree of this size is there (not: is right; that is what verification is for).</summary>
    public bool HasAll(long size) => TileId.All(size).All(tile => File.Exists(At(tile.Path)));

    private string? LongerPartial(TileId tile) => PartialsOf(tile).FirstOrDefault(partial => partial.Width > tile.Width).Path;

    private IEnumerable<(int Width, string Path)> PartialsOf(TileId tile)
    {
        var partials = At(tile.FullPath + ".p");
        foreach (var path in Directory.Exists(partials) ? Directory.EnumerateFiles(partials) : [])
        {
            if (int.TryParse(Path.GetFileName(path), NumberStyles.None, CultureInfo.InvariantCulture, out var width))
                yield return (width, path);
        }
    }

    private void WriteAll(IEnumerable<(TileId Tile, ReadOnlyMemory<byte> Bytes)> files, bool rewrite)
    {
        var touched = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (tile, bytes) in files)
        {
            var path = At(tile.Path);
            if (!rewrite && new FileInfo(path) is { Exists: true } there && there.Length == bytes.Length) continue;
            DurableFile.CreateFolder(Path.GetDirectoryName(path)!);
            DurableFile.Write(path, bytes.Span);
            touched.Add(Path.GetDirectoryName(path)!);
        }

        foreach (var touchedFolder in touched) DurableFile.SyncFolder(touchedFolder);
    }
}
