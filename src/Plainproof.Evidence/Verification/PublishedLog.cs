namespace Plainproof.Evidence;

/// <summary>
/// The files of a log as a stranger sees them. Shares nothing with the code that writes them: only the format's names.
/// </summary>
internal sealed class PublishedLog(string folder)
{
    public bool Exists => Directory.Exists(folder);

    public byte[]? TryRead(string relative)
    {
        try
        {
            return File.ReadAllBytes(At(relative));
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>A tile or bundle; a partial one may have been replaced by the full one.</summary>
    /// <exception cref="InvalidDataException">It is not there.</exception>
    public byte[] Read(TileId tile)
    {
        if (TryRead(tile.Path) is { } bytes) return bytes;
        if (tile.IsFull || TryRead(tile.FullPath) is not { } full) throw new InvalidDataException($"log/{tile.Path} is missing");
        return tile.Level == TileId.EntriesLevel ? Prefix(full, tile.Width) : full[..Math.Min(full.Length, tile.Width * Hash.Length)];
    }

    /// <summary>Every file, with '/' in its path, relative to the log folder.</summary>
    public IEnumerable<string> All() =>
        Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(folder, path).Replace(Path.DirectorySeparatorChar, '/'))
            .Order(StringComparer.Ordinal);

    private string At(string relative) => Path.Combine(folder, relative.Replace('/', Path.DirectorySeparatorChar));

    private static byte[] Prefix(byte[] bundle, int width)
    {
        var end = 0;
        for (var i = 0; i < width; i++)
        {
            if (end + 2 > bundle.Length) break;
            end += 2 + ((bundle[end] << 8) | bundle[end + 1]);
        }

        return bundle[..Math.Min(end, bundle.Length)];
    }
}
