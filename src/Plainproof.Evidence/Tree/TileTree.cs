namespace Plainproof.Evidence;

/// <summary>
/// Reads a tree out of its tiles for one checkpoint. No hash leaves this class before it is proven: the partial tiles together must
/// give the signed root, and every full tile must give the hash that its parent tile holds for it (never trust a child by its
/// neighbour: that is how CVE-2026-56865 accepted forged leaves). Safe for many threads; one computes at a time.
/// </summary>
internal sealed class TileTree
{
    private const int LowestKept = 3;
    private readonly Lock _one = new();
    private readonly Func<TileId, byte[]> _read;
    private readonly TreeEdge _edge;
    private readonly Dictionary<(int Level, long Index), byte[]> _proven = [];

    /// <summary>Hashes over eight leaves or more: many proofs need the same ones.</summary>
    private readonly Dictionary<(int Height, long Index), Hash> _folded = [];

    /// <exception cref="InvalidDataException">The tiles do not belong to this checkpoint.</exception>
    public TileTree(long size, Hash root, Func<TileId, byte[]> readTile)
    {
        _read = readTile;
        _edge = TreeEdge.Read(size, readTile);
        if (_edge.Root() != root) throw new InvalidDataException($"the partial tiles do not give the signed root of size {size}");
    }

    public long Size => _edge.Size;

    public IReadOnlyList<Hash> Inclusion(long index) => Inclusion(index, Size);

    /// <summary>The proof that entry <paramref name="index"/> is in the tree of the first <paramref name="size"/> entries.</summary>
    public IReadOnlyList<Hash> Inclusion(long index, long size) =>
        TreeProofs.Inclusion(index, Within(size), Node);

    /// <summary>The proof that the tree of <paramref name="oldSize"/> is a prefix of this tree.</summary>
    public IReadOnlyList<Hash> Consistency(long oldSize) => TreeProofs.Consistency(oldSize, Size, Node);

    public Hash RootAt(long size) => Within(size) == 0 ? Rfc6962.EmptyRoot : TreeProofs.Subtree(0, size, Node);

    public Hash LeafAt(long index) => Node(0, index);

    private long Within(long size) => size <= Size ? size : throw new ArgumentOutOfRangeException(nameof(size));

    private Hash Node(int height, long index)
    {
        lock (_one)
        {
            if (height % 8 < LowestKept) return Folded(height, index);
            if (!_folded.TryGetValue((height, index), out var known)) _folded.Add((height, index), known = Folded(height, index));
            return known;
        }
    }

    private Hash Folded(int height, long index)
    {
        var (level, within) = (height / 8, height % 8);
        var first = index << within;
        var row = ProvenRow(level, first / TileId.FullWidth);
        var offset = (int)(first % TileId.FullWidth) * Hash.Length;
        return Rfc6962.Fold(row.Slice(offset, (1 << within) * Hash.Length));
    }

    private ReadOnlySpan<byte> ProvenRow(int level, long index)
    {
        if (index == TileId.CountAt(level, Size) / TileId.FullWidth) return _edge.PartialRow(level);
        if (_proven.TryGetValue((level, index), out var known)) return known;

        var tile = new TileId(level, index, TileId.FullWidth);
        var bytes = _read(tile);
        if (bytes.Length != TileId.FullWidth * Hash.Length)
            throw new InvalidDataException($"{tile.Path} has {bytes.Length} bytes; a full tile has 8192");
        var parent = ProvenRow(level + 1, index / TileId.FullWidth);
        var expected = new Hash(parent.Slice((int)(index % TileId.FullWidth) * Hash.Length, Hash.Length));
        if (Rfc6962.Fold(bytes) != expected) throw new InvalidDataException($"{tile.Path} does not belong to the signed tree");
        _proven.Add((level, index), bytes);
        return bytes;
    }
}
