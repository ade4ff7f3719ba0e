namespace Plainproof.Evidence;

/// <summary>An entry with what reading it gave, so that nothing is hashed or parsed twice.</summary>
/// <param name="Statement">Null when it cannot be understood, which is reported where it is read.</param>
internal readonly record struct ReadEntry(ReadOnlyMemory<byte> Body, Hash Leaf, Statement? Statement);

/// <summary>
/// Recomputes the whole tree from the entries alone and holds every tile and the signed root against it.
/// </summary>
internal sealed class TreeCheck
{
    private const string Entries = "entries";
    private const string Tiles = "tiles";
    private readonly PublishedLog _files;
    private readonly Checkpoint _signed;
    private readonly FindingList _findings;
    private readonly TreeEdge _edge = new();
    private readonly Action<TileId, ReadOnlyMemory<byte>> _compareFull;
    private long _tilesChecked;

    public TreeCheck(PublishedLog files, Checkpoint signed, FindingList findings)
    {
        (_files, _signed, _findings) = (files, signed, findings);
        _compareFull = (tile, bytes) => Compare(tile, bytes.Span);
    }

    public LogContent Content { get; } = new();

    /// <summary>The tree as it stands after the entries of the files.</summary>
    public TreeEdge Edge => _edge;

    /// <summary>False when the entries cannot be trusted, so that nothing that rests on them can be checked.</summary>
    public async Task<bool> RunAsync(DatabaseCheck? database, CancellationToken stop)
    {
        foreach (var bundle in TileId.All(_signed.Size).TakeWhile(tile => tile.Level == TileId.EntriesLevel))
        {
            stop.ThrowIfCancellationRequested();
            if (!TryBundle(bundle, out var entries)) return false;
            if (database is not null) await database.CompareAsync(bundle.Index * TileId.FullWidth, entries);
        }

        foreach (var (tile, bytes) in _edge.Partials()) Compare(tile, bytes.Span);
        return Conclude();
    }

    private bool TryBundle(TileId bundle, out List<ReadEntry> entries)
    {
        entries = new List<ReadEntry>(bundle.Width);
        try
        {
            foreach (var body in EntryBundle.Split(_files.Read(bundle), bundle.Width)) entries.Add(AddEntry(body));
            return true;
        }
        catch (InvalidDataException damaged)
        {
            _findings.Failed(Entries, $"log/{bundle.Path}: {damaged.Message}. The entries from {bundle.Index * TileId.FullWidth} on cannot be read.");
            return false;
        }
    }

    private ReadEntry AddEntry(ReadOnlyMemory<byte> body)
    {
        var (seq, leaf) = (_edge.Size, Rfc6962.Leaf(body.Span));
        _edge.Append(leaf, _compareFull);
        try
        {
            return new ReadEntry(body, leaf, Content.Add(seq, body));
        }
        catch (InvalidDataException unreadable)
        {
            Content.ClaimedAt.Add(LogContent.NoTime);
            _findings.Failed(Entries, $"Entry {seq} cannot be understood: {unreadable.Message}.");
            return new ReadEntry(body, leaf, null);
        }
    }

    private void Compare(TileId tile, ReadOnlySpan<byte> expected)
    {
        _tilesChecked++;
        try
        {
            if (!_files.Read(tile).AsSpan().SequenceEqual(expected))
                _findings.Failed(Tiles, $"log/{tile.Path} does not hold the hashes of the entries. The tile or the entries were changed.");
        }
        catch (InvalidDataException missing)
        {
            _findings.Failed(Tiles, $"{missing.Message}.");
        }
    }

    private bool Conclude()
    {
        if (!_findings.HasFailed(Tiles)) _findings.Checked(Tiles, $"{Counted.All(_tilesChecked, "tile holds", "tiles hold")} the hashes of the entries.");
        if (_edge.Root() == _signed.Root)
        {
            _findings.Checked(Entries, $"{Counted.All(_signed.Size, "entry gives", "entries together give")} the signed root.");
            return true;
        }

        _findings.Failed(Entries, $"The {Counted.Of(_signed.Size, "entry does", "entries do")} not give the signed root. One was changed, swapped, added or removed.");
        return false;
    }
}
