namespace Plainproof.Evidence;

/// <summary>
/// Recomputes the whole tree from the entries alone and holds every tile and the signed root against it.
/// </summary>
internal sealed class TreeCheck(PublishedLog files, Checkpoint signed, FindingList findings)
{
    private const string Entries = "entries";
    private const string Tiles = "tiles";
    private readonly TreeEdge _edge = new();
    private long _tilesChecked;

    public LogContent Content { get; } = new();

    /// <summary>The tree as it stands after the entries of the files.</summary>
    public TreeEdge Edge => _edge;

    /// <summary>False when the entries cannot be trusted, so that nothing that rests on them can be checked.</summary>
    public async Task<bool> RunAsync(DatabaseCheck? database, CancellationToken stop)
    {
        foreach (var bundle in TileId.All(signed.Size).TakeWhile(tile => tile.Level == TileId.EntriesLevel))
        {
            stop.ThrowIfCancellationRequested();
            if (!TryBundle(bundle, out var bodies)) return false;
            if (database is not null) await database.CompareAsync(bundle.Index * TileId.FullWidth, bodies);
        }

        foreach (var (tile, bytes) in _edge.Partials()) Compare(tile, bytes.Span);
        return Conclude();
    }

    private bool TryBundle(TileId bundle, out List<ReadOnlyMemory<byte>> bodies)
    {
        try
        {
            bodies = EntryBundle.Split(files.Read(bundle), bundle.Width);
        }
        catch (InvalidDataException damaged)
        {
            bodies = [];
            findings.Failed(Entries, $"log/{bundle.Path}: {damaged.Message}. The entries from {bundle.Index * TileId.FullWidth} on cannot be read.");
            return false;
        }

        foreach (var body in bodies) AddEntry(body);
        return true;
    }

    private void AddEntry(ReadOnlyMemory<byte> body)
    {
        var seq = _edge.Size;
        _edge.Append(Rfc6962.Leaf(body.Span), (tile, bytes) => Compare(tile, bytes.Span));
        try
        {
            Content.Add(seq, body);
        }
        catch (InvalidDataException unreadable)
        {
            Content.ClaimedAt.Add(LogContent.NoTime);
            findings.Failed(Entries, $"Entry {seq} cannot be understood: {unreadable.Message}.");
        }
    }

    private void Compare(TileId tile, ReadOnlySpan<byte> expected)
    {
        _tilesChecked++;
        try
        {
            if (!files.Read(tile).AsSpan().SequenceEqual(expected))
                findings.Failed(Tiles, $"log/{tile.Path} does not hold the hashes of the entries. The tile or the entries were changed.");
        }
        catch (InvalidDataException missing)
        {
            findings.Failed(Tiles, $"{missing.Message}.");
        }
    }

    private bool Conclude()
    {
        if (!findings.HasFailed(Tiles)) findings.Checked(Tiles, $"All {_tilesChecked} tiles hold the hashes of the entries.");
        if (_edge.Root() == signed.Root)
        {
            findings.Checked(Entries, $"All {signed.Size} entries together give the signed root.");
            return true;
        }

        findings.Failed(Entries, $"The {signed.Size} entries do not give the signed root. One was changed, swapped, added or removed.");
        return false;
    }
}
