using System.Data.Common;
using System.Text;

namespace Plainproof.Evidence;

/// <summary>Holds the rows of the database against the published entries, row by row, while the entries are read.</summary>
internal sealed class DatabaseCheck : IAsyncDisposable
{
    private const string Database = "database";
    private readonly DbConnection _connection;
    private readonly LogTables _tables;
    private readonly IAsyncEnumerator<LogTables.EntryRow> _rows;
    private readonly FindingList _findings;
    private bool _ended;
    private long _read;

    private DatabaseCheck(DbConnection connection, string company, FindingList findings, CancellationToken stop)
    {
        (_connection, _findings) = (connection, findings);
        _tables = new LogTables(connection, null, company);
        _rows = new LogTables(connection, null, company).EntriesAsync(0, long.MaxValue, stop).GetAsyncEnumerator(stop);
    }

    /// <summary>Null, with a finding, when the database cannot be opened.</summary>
    public static async Task<DatabaseCheck?> OpenAsync(ILogDatabase database, string company, FindingList findings, CancellationToken stop)
    {
        try
        {
            return new DatabaseCheck(await database.OpenAsync(stop), company, findings, stop);
        }
        catch (DbException unreachable)
        {
            findings.NotChecked(Database, $"The database could not be opened: {unreachable.Message}");
            return null;
        }
    }

    public async Task CompareAsync(long firstSeq, List<ReadEntry> entries)
    {
        for (var i = 0; i < entries.Count && !_ended; i++)
        {
            if (await _rows.MoveNextAsync()) Compare(firstSeq + i, _rows.Current, entries[i]);
            else _ended = true;
        }
    }

    /// <summary>Reads on where the files end, and holds the newest signed row against everything.</summary>
    public async Task FinishAsync(TreeEdge edge, NoteKey key, CancellationToken stop)
    {
        var published = edge.Size;
        while (!_ended && await _rows.MoveNextAsync())
        {
            var leaf = Rfc6962.Leaf(_rows.Current.Body);
            Compare(edge.Size, _rows.Current, new ReadEntry(_rows.Current.Body, leaf, Understood(_rows.Current.Body)));
            edge.Append(leaf);
        }

        await _rows.DisposeAsync();
        if (_read < published) _findings.Failed(Database, Behind(published));
        else CompareNewest(edge, key, await _tables.NewestCheckpointAsync(stop));
        if (!_findings.HasFailed(Database)) _findings.Checked(Database, $"{Counted.All(_read, "row of the log is as it was", "rows of the log are as they were")} signed.");
        if (_read > published) _findings.Limits.Add($"The database is {Counted.Of(_read - published, "entry", "entries")} ahead of the published files.");
        await ReportPendingAsync(stop);
    }

    public async ValueTask DisposeAsync()
    {
        await _rows.DisposeAsync();
        await _connection.DisposeAsync();
    }

    private string Behind(long published) =>
        $"The database holds {_read} entries of the log; {published} were published. Was an old backup restored?";

    private void Compare(long seq, LogTables.EntryRow row, in ReadEntry entry)
    {
        _read++;
        if (row.Seq != seq) _findings.Failed(Database, $"The row of entry {seq} is missing; the next one is {row.Seq}.");
        else if (!row.Body.AsSpan().SequenceEqual(entry.Body.Span)) _findings.Failed(Database, $"The row of entry {seq} is not what was published.");
        else if (row.Leaf != entry.Leaf) _findings.Failed(Database, $"The row of entry {seq} has a wrong hash.");
        else if (entry.Statement is { } statement && (row.Kind != statement.Kind || row.Id != statement.Id.ToString()))
            _findings.Failed(Database, $"The row of entry {seq} has the id or kind of another entry.");
    }

    private static Statement? Understood(ReadOnlySpan<byte> body)
    {
        try
        {
            return Statement.Read(body);
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    private void CompareNewest(TreeEdge edge, NoteKey key, LogTables.CheckpointRow? newest)
    {
        try
        {
            var signed = newest is null ? null : Checkpoint.Open(Encoding.UTF8.GetBytes(newest.Note), key);
            if (signed is null || signed.Size != edge.Size || signed.Root != edge.Root() || newest!.Size != signed.Size || newest.Root != signed.Root)
                _findings.Failed(Database, "The newest signed row does not fit the entries in the database.");
        }
        catch (NoteException untrusted)
        {
            _findings.Failed(Database, $"The newest signed row cannot be trusted: {untrusted.Message}.");
        }
    }

    private async Task ReportPendingAsync(CancellationToken stop)
    {
        var (count, oldest) = await _tables.PendingSummaryAsync(stop);
        if (count == 0) return;
        var since = DateTimeOffset.UnixEpoch.AddTicks(oldest * TimeSpan.TicksPerMicrosecond);
        _findings.Limits.Add($"{Counted.Of(count, "entry waits", "entries wait")} to be numbered, the oldest since {Entry.Timestamp(since)}. No signature covers that yet.");
    }
}
