using System.Text;

namespace Plainproof.Evidence;

/// <summary>
/// A log as it stood at one signed checkpoint, for somebody who takes it away. It is always whole: that is what shows that nothing is missing.
/// Files are read as they are asked for, and nothing is handed out that the checkpoint does not sign.
/// </summary>
public sealed class LogCut
{
    private readonly IReadOnlyList<PublishedFile> _stamps;
    private readonly Func<TileId, byte[]> _read;
    private readonly Checkpoint _signed;
    private readonly Lazy<TileTree> _tree;

    internal LogCut(string note, NoteKey key, IReadOnlyList<PublishedFile> stamps, Func<TileId, byte[]> read)
    {
        (Note, Key, _stamps, _read) = (note, key, stamps, read);
        _signed = Checkpoint.Open(Encoding.UTF8.GetBytes(note), key);
        _tree = new Lazy<TileTree>(() => new TileTree(_signed.Size, _signed.Root, read));
    }

    /// <summary>The signed checkpoint.</summary>
    public string Note { get; }

    public NoteKey Key { get; }

    public long Size => _signed.Size;

    public Hash Root => _signed.Root;

    /// <summary>Everything of the log, by its names in the log folder.</summary>
    public IEnumerable<PublishedFile> Files() =>
    [
        new PublishedFile("checkpoint", Encoding.UTF8.GetBytes(Note)),
        new PublishedFile("log.vkey", Encoding.UTF8.GetBytes(Key + "\n")),
        .. _stamps,
    ];

    /// <summary>The tiles and entries, by their names in the log folder.</summary>
    public IEnumerable<PublishedFile> Tiles() => TileId.All(Size).Select(tile => new PublishedFile(tile.Path, Read(tile)));

    /// <summary>Every entry in order. Read to the end: only there the entries are held against the signed root.</summary>
    /// <exception cref="EvidenceException">The files are damaged.</exception>
    public IEnumerable<LoggedEntry> Entries()
    {
        var edge = new TreeEdge();
        foreach (var bundle in TileId.All(Size).TakeWhile(tile => tile.Level == TileId.EntriesLevel))
            foreach (var body in Split(bundle))
            {
                yield return new LoggedEntry(edge.Size, body);
                edge.Append(Rfc6962.Leaf(body.Span));
            }

        if (edge.Root() != _signed.Root) throw Damaged("the entries do not give the signed root");
    }

    /// <summary>One entry, as it lies there: <see cref="Entries"/> holds all of them against the signed root.</summary>
    /// <returns>Null when the log has no entry of this number.</returns>
    /// <exception cref="EvidenceException">The files are damaged.</exception>
    public LoggedEntry? EntryAt(long seq)
    {
        if (seq < 0 || seq >= Size) return null;
        var first = seq / TileId.FullWidth * TileId.FullWidth;
        var bundle = new TileId(TileId.EntriesLevel, seq / TileId.FullWidth, (int)Math.Min(TileId.FullWidth, Size - first));
        return new LoggedEntry(seq, Split(bundle)[(int)(seq - first)]);
    }

    /// <summary>A C2SP tlog-proof that the entry is in this log.</summary>
    /// <exception cref="EvidenceException">The files are damaged.</exception>
    public string ProofOf(long seq)
    {
        try
        {
            return new TlogProof(seq, _tree.Value.Inclusion(seq), Note).ToString();
        }
        catch (Exception damaged) when (damaged is InvalidDataException or IOException)
        {
            throw Damaged(damaged.Message);
        }
    }

    private byte[] Read(TileId tile)
    {
        try
        {
            return _read(tile);
        }
        catch (IOException unreadable)
        {
            throw Damaged(unreadable.Message);
        }
    }

    private List<ReadOnlyMemory<byte>> Split(TileId bundle)
    {
        try
        {
            return EntryBundle.Split(Read(bundle), bundle.Width);
        }
        catch (InvalidDataException damaged)
        {
            throw Damaged(damaged.Message);
        }
    }

    private static EvidenceException Damaged(string why) => new($"The files of the evidence log are damaged: {why}. Run plainproof verify to see what else differs");
}

/// <param name="Seq">Its number in the log.</param>
/// <param name="Body">The exact bytes that were logged.</param>
public sealed record LoggedEntry(long Seq, ReadOnlyMemory<byte> Body);
