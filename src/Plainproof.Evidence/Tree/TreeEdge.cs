namespace Plainproof.Evidence;

/// <summary>
/// The right edge of a tree: on each level the hashes of the tile that is not full yet. It is all that is needed to append and to
/// know the root. Not safe for two threads.
/// </summary>
internal sealed class TreeEdge
{
    private readonly List<byte[]> _rows = [];

    public long Size { get; private set; }

    /// <summary>Rebuilds the edge of a tree of this size from its partial tiles. The caller MUST compare the root before use.</summary>
    /// <exception cref="InvalidDataException">A tile has the wrong length.</exception>
    public static TreeEdge Read(long size, Func<TileId, byte[]> readTile)
    {
        var edge = new TreeEdge { Size = size };
        for (var level = 0; TileId.CountAt(level, size) > 0; level++)
        {
            var row = new byte[TileId.FullWidth * Hash.Length];
            if (edge.PartialAt(level) is { } partial) CheckedTile(partial, readTile).CopyTo(row.AsSpan());
            edge._rows.Add(row);
        }

        return edge;
    }

    /// <summary>Adds one leaf; hands over every tile that it completes. The memory MUST be used or copied inside the call.</summary>
    public void Append(Hash leaf, Action<TileId, ReadOnlyMemory<byte>>? whenFull = null)
    {
        var hash = leaf;
        var position = Size++;
        for (var level = 0; ; level++, position /= TileId.FullWidth)
        {
            if (_rows.Count == level) _rows.Add(new byte[TileId.FullWidth * Hash.Length]);
            var slot = (int)(position % TileId.FullWidth);
            hash.CopyTo(_rows[level].AsSpan(slot * Hash.Length));
            if (slot < TileId.FullWidth - 1) return;
            whenFull?.Invoke(new TileId(level, position / TileId.FullWidth, TileId.FullWidth), _rows[level]);
            hash = Rfc6962.Fold(_rows[level]);
        }
    }

    public Hash Root()
    {
        if (Size == 0) return Rfc6962.EmptyRoot;
        Span<byte> items = stackalloc byte[(TileId.FullWidth + 1) * Hash.Length];
        Hash? below = null;
        for (var level = 0; level < _rows.Count; level++)
        {
            var length = WidthAt(level) * Hash.Length;
            _rows[level].AsSpan(0, length).CopyTo(items);
            // What is below is smaller than any complete subtree on this level, so it stands as the last item.
            if (below is { } rest) rest.CopyTo(items[length..]);
            length += below is null ? 0 : Hash.Length;
            if (length > 0) below = Rfc6962.Fold(items[..length]);
        }

        return below!.Value;
    }

    /// <summary>The partial tiles of this tree, with their bytes.</summary>
    public IEnumerable<(TileId Tile, ReadOnlyMemory<byte> Bytes)> Partials()
    {
        for (var level = 0; level < _rows.Count; level++)
        {
            if (PartialAt(level) is { } tile) yield return (tile, _rows[level].AsMemory(0, tile.Width * Hash.Length));
        }
    }

    public ReadOnlySpan<byte> PartialRow(int level) => _rows[level].AsSpan(0, WidthAt(level) * Hash.Length);

    private int WidthAt(int level) => (int)(TileId.CountAt(level, Size) % TileId.FullWidth);

    private TileId? PartialAt(int level) =>
        WidthAt(level) is var width and > 0 ? new TileId(level, TileId.CountAt(level, Size) / TileId.FullWidth, width) : null;

    private static byte[] CheckedTile(TileId tile, Func<TileId, byte[]> readTile)
    {
        var bytes = readTile(tile);
        if (bytes.Length != tile.Width * Hash.Length)
            throw new InvalidDataException($"{tile.Path} has {bytes.Length} bytes; {tile.Width * Hash.Length} were expected");
        return bytes;
    }
}
