namespace Plainproof.Evidence;

/// <summary>
/// The files of a log as a stranger sees them. Shares nothing with the code that writes them: only the format's names.
/// </summary>
internal sealed class PublishedLog(IFileTree files)
{
    public PublishedLog(string folder)
        : this(new FolderTree(folder))
    {
    }

    public bool Exists => files.Exists;

    public byte[]? TryRead(string relative) => files.TryRead(relative);

    /// <summary>A tile or bundle; a partial one may have been replaced by the full one.</summary>
    /// <exception cref="InvalidDataException">It is not there.</exception>
    public byte[] Read(TileId tile)
    {
        if (TryRead(tile.Path) is { } bytes) return bytes;
        if (tile.IsFull || TryRead(tile.FullPath) is not { } full) throw new InvalidDataException($"log/{tile.Path} is missing");
        return tile.Level == TileId.EntriesLevel ? EntryBundle.Prefix(full, tile.Width) : full[..Math.Min(full.Length, tile.Width * Hash.Length)];
    }

    /// <summary>Every file, with '/' in its path, relative to the log folder.</summary>
    public IEnumerable<string> All() => files.Names();
}
