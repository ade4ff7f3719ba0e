namespace Plainproof.Evidence;

/// <summary>What one pass over all entries found. Times are microseconds since 1970.</summary>
internal sealed class LogContent
{
    /// <summary>Stands for the time of an entry that could not be read.</summary>
    public const long NoTime = long.MinValue;

    /// <summary>The claimed time of each entry, by number.</summary>
    public List<long> ClaimedAt { get; } = [];

    public List<(long Seq, BlobName Blob)> Blobs { get; } = [];

    public HashSet<string> Expired { get; } = new(StringComparer.Ordinal);

    public List<(long Seq, byte[] Body)> Anchors { get; } = [];

    /// <summary>The entries about frozen populations: a root over rows each.</summary>
    public List<byte[]> Populations { get; } = [];

    public long FailedAnchors { get; set; }

    /// <summary>An entry says that the log is of the sample company.</summary>
    public bool IsSample { get; private set; }

    public Statement Add(long seq, ReadOnlyMemory<byte> body)
    {
        var statement = Statement.Read(body.Span);
        ClaimedAt.Add(Micros(statement.At));
        foreach (var blob in statement.Blobs) Blobs.Add((seq, blob));
        foreach (var digest in statement.Expired) Expired.Add(digest);
        if (statement.Kind == Anchoring.AnchorKind) Anchors.Add((seq, body.ToArray()));
        IsSample |= statement.Kind == "sample.made";
        if (statement.Kind == RowTree.FrozenKind) Populations.Add(body.ToArray());
        if (statement.Kind == Anchoring.FailedKind) FailedAnchors++;
        return statement;
    }

    public static long Micros(DateTimeOffset at) => (at.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) / TimeSpan.TicksPerMicrosecond;
}
