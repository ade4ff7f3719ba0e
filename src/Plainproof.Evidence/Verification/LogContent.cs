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

    public long FailedAnchors { get; set; }

    public Statement Add(long seq, ReadOnlyMemory<byte> body)
    {
        var statement = Statement.Read(body.Span);
        ClaimedAt.Add(Micros(statement.At));
        foreach (var blob in statement.Blobs) Blobs.Add((seq, blob));
        foreach (var digest in statement.Expired) Expired.Add(digest);
        if (statement.Kind == Anchoring.AnchorKind) Anchors.Add((seq, body.ToArray()));
        if (statement.Kind == Anchoring.FailedKind) FailedAnchors++;
        return statement;
    }

    public static long Micros(DateTimeOffset at) => (at.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) / TimeSpan.TicksPerMicrosecond;
}
