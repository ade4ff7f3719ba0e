namespace Plainproof.Evidence;

/// <summary>
/// What a writer holds in memory: the right edge of the tree and the entry bundle that is not full, and whatever became full since the
/// last <see cref="TakeFull"/>. Owned by the sequencer; one thread at a time.
/// </summary>
internal sealed class LogTail
{
    private readonly TreeEdge _edge;
    private readonly MemoryStream _bundle = new();
    private List<(TileId Tile, ReadOnlyMemory<byte> Bytes)> _full = [];

    public LogTail() => _edge = new TreeEdge();

    /// <summary>Takes up the tail of a published tree. The tiles are proven by its root, the open bundle by the tiles.</summary>
    /// <exception cref="InvalidDataException">The files do not belong to this checkpoint.</exception>
    public LogTail(Checkpoint published, Func<TileId, byte[]> read)
    {
        _edge = TreeEdge.Read(published.Size, read);
        if (_edge.Root() != published.Root) throw new InvalidDataException("the tiles do not give the published root");
        if (OpenBundle() is not { } open) return;
        var bundle = read(open);
        var leaves = EntryBundle.Split(bundle, open.Width).SelectMany(entry => Rfc6962.Leaf(entry.Span).ToBytes()).ToArray();
        if (!_edge.PartialRow(0).SequenceEqual(leaves)) throw new InvalidDataException($"{open.Path} does not belong to its tile");
        _bundle.Write(bundle);
    }

    public long Size => _edge.Size;

    public Hash Root() => _edge.Root();

    public void Append(ReadOnlySpan<byte> body, Hash leaf)
    {
        EntryBundle.Append(_bundle, body);
        var bundle = Size / TileId.FullWidth;
        _edge.Append(leaf, (tile, bytes) => _full.Add((tile, bytes.ToArray())));
        if (Size % TileId.FullWidth != 0) return;
        _full.Add((new TileId(TileId.EntriesLevel, bundle, TileId.FullWidth), _bundle.ToArray()));
        _bundle.SetLength(0);
    }

    /// <summary>The tiles and bundles that became full, once.</summary>
    public IReadOnlyList<(TileId Tile, ReadOnlyMemory<byte> Bytes)> TakeFull()
    {
        var full = _full;
        _full = [];
        return full;
    }

    public IEnumerable<(TileId Tile, ReadOnlyMemory<byte> Bytes)> Partials()
    {
        if (OpenBundle() is { } open) yield return (open, _bundle.ToArray());
        foreach (var partial in _edge.Partials()) yield return partial;
    }

    private TileId? OpenBundle() =>
        (int)(Size % TileId.FullWidth) is var width and > 0 ? new TileId(TileId.EntriesLevel, Size / TileId.FullWidth, width) : null;
}
