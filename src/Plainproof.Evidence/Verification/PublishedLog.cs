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

    /// <summary>A tile or bundle; a partial one may have been replaced by a longer one, also while somebody reads.</summary>
    /// <exception cref="InvalidDataException">It is not there.</exception>
    public byte[] Read(TileId tile)
    {
        if (TryRead(tile.Path) is { } bytes) return bytes;
        for (var width = tile.Width + 1; width <= TileId.FullWidth; width++)
        {
            if (TryRead((tile with { Width = width }).Path) is { } longer)
                return tile.Level == TileId.EntriesLevel ? EntryBundle.Prefix(longer, tile.Width) : longer[..Math.Min(longer.Length, tile.Width * Hash.Length)];
        }

        throw new InvalidDataException($"log/{tile.Path} is missing");
    }

    /// <summary>Every file, with '/' in its path, relative to the log folder.</summary>
    public IEnumerable<string> All() => files.Names();
}
