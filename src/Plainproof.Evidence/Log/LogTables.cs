using System.Data.Common;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace Plainproof.Evidence;

/// <summary>The log's SQL, the same on SQLite and PostgreSQL. It decides nothing: order, signing and refusal are the sequencer's.</summary>
internal sealed class LogTables(DbConnection connection, DbTransaction? transaction, string company)
{
    private const int RowsPerStatement = 16;

    public sealed record PendingRow(string Id, string Kind, byte[] Body);

    public sealed record CheckpointRow(long Size, Hash Root, string Note);

    public sealed record EntryRow(long Seq, string Id, string Kind, byte[] Body, Hash Leaf);

    public sealed record AnchorRow(long Size, string Authority, byte[] Request, byte[] Response);

    public Task AddPendingAsync(Entry entry, DateTimeOffset now, CancellationToken stop) => ExecuteAsync(
        "INSERT INTO pending_entry (company, id, kind, body, queued_at) VALUES (@company, @id, @kind, @body, @queued_at)",
        stop, ("@id", entry.Id.ToString()), ("@kind", entry.Kind), ("@body", entry.Body.ToArray()), ("@queued_at", Micros(now)));

    /// <summary>The next waiting entries in order: at most this many, and no more than about this many bytes.</summary>
    public async Task<List<PendingRow>> PendingAsync(int most, long mostBytes, CancellationToken stop)
    {
        var rows = new List<PendingRow>();
        await using var command = Command(
            "SELECT id, kind, body FROM pending_entry WHERE company = @company ORDER BY id LIMIT @most", ("@most", (long)most));
        await using var reader = await command.ExecuteReaderAsync(stop);
        for (var bytes = 0L; bytes < mostBytes && await reader.ReadAsync(stop); bytes += rows[^1].Body.Length)
            rows.Add(new PendingRow(reader.GetString(0), reader.GetString(1), reader.GetFieldValue<byte[]>(2)));
        return rows;
    }

    public async Task<(long Count, long OldestMicros)> PendingSummaryAsync(CancellationToken stop)
    {
        await using var command = Command("SELECT COUNT(*), COALESCE(MIN(queued_at), 0) FROM pending_entry WHERE company = @company");
        await using var reader = await command.ExecuteReaderAsync(stop);
        await reader.ReadAsync(stop);
        return (reader.GetInt64(0), reader.GetInt64(1));
    }

    public async Task MoveIntoLogAsync(IReadOnlyList<PendingRow> rows, IReadOnlyList<Hash> leaves, long firstSeq, CancellationToken stop)
    {
        await using var whole = InsertEntries(RowsPerStatement);
        await using var wholeDelete = DeletePending(RowsPerStatement);
        var from = 0;
        for (; from + RowsPerStatement <= rows.Count; from += RowsPerStatement)
            await MoveAsync(whole, wholeDelete, rows, leaves, firstSeq, from, RowsPerStatement, stop);

        if (from == rows.Count) return;
        await using var rest = InsertEntries(rows.Count - from);
        await using var restDelete = DeletePending(rows.Count - from);
        await MoveAsync(rest, restDelete, rows, leaves, firstSeq, from, rows.Count - from, stop);
    }

    public Task AddCheckpointAsync(CheckpointRow row, DateTimeOffset now, CancellationToken stop) => ExecuteAsync(
        "INSERT INTO log_checkpoint (company, size, root, note, signed_at) VALUES (@company, @size, @root, @note, @signed_at)",
        stop, ("@size", row.Size), ("@root", row.Root.ToBytes()), ("@note", row.Note), ("@signed_at", Micros(now)));

    public Task<CheckpointRow?> NewestCheckpointAsync(CancellationToken stop) =>
        OneCheckpointAsync("SELECT size, root, note FROM log_checkpoint WHERE company = @company ORDER BY size DESC LIMIT 1", 0, stop);

    public Task<CheckpointRow?> CheckpointAtAsync(long size, CancellationToken stop) =>
        OneCheckpointAsync("SELECT size, root, note FROM log_checkpoint WHERE company = @company AND size = @size", size, stop);

    public Task<CheckpointRow?> FirstCheckpointCoveringAsync(long seq, CancellationToken stop) => OneCheckpointAsync(
        "SELECT size, root, note FROM log_checkpoint WHERE company = @company AND size > @size ORDER BY size LIMIT 1", seq, stop);

    public async Task<EntryRow?> EntryAsync(EntryId id, CancellationToken stop)
    {
        await using var command = Command(
            "SELECT seq, id, kind, body, leaf FROM log_entry WHERE company = @company AND id = @id", ("@id", id.ToString()));
        await using var reader = await command.ExecuteReaderAsync(stop);
        return await reader.ReadAsync(stop) ? EntryOf(reader) : null;
    }

    /// <summary>The entries from one number up to another (excluded), in order, read as they come.</summary>
    public async IAsyncEnumerable<EntryRow> EntriesAsync(long from, long to, [EnumeratorCancellation] CancellationToken stop)
    {
        await using var command = Command(
            "SELECT seq, id, kind, body, leaf FROM log_entry WHERE company = @company AND seq >= @from AND seq < @to ORDER BY seq",
            ("@from", from), ("@to", to));
        await using var reader = await command.ExecuteReaderAsync(stop);
        while (await reader.ReadAsync(stop)) yield return EntryOf(reader);
    }

    public async Task<long> EntryCountAsync(CancellationToken stop)
    {
        await using var command = Command("SELECT COALESCE(MAX(seq) + 1, 0) FROM log_entry WHERE company = @company");
        return Convert.ToInt64(await command.ExecuteScalarAsync(stop), CultureInfo.InvariantCulture);
    }

    public Task AddAnchorAsync(AnchorRow row, EntryId entry, DateTimeOffset stampedAt, CancellationToken stop) => ExecuteAsync(
        """
        INSERT INTO log_anchor (company, size, authority, entry, request, response, stamped_at)
        VALUES (@company, @size, @authority, @entry, @request, @response, @stamped_at)
        """,
        stop, ("@size", row.Size), ("@authority", row.Authority), ("@entry", entry.ToString()), ("@request", row.Request),
        ("@response", row.Response), ("@stamped_at", Micros(stampedAt)));

    public async Task<bool> HasAnchorAsync(long size, string authority, CancellationToken stop)
    {
        await using var command = Command(
            "SELECT COUNT(*) FROM log_anchor WHERE company = @company AND size = @size AND authority = @authority",
            ("@size", size), ("@authority", authority));
        return Convert.ToInt64(await command.ExecuteScalarAsync(stop), CultureInfo.InvariantCulture) > 0;
    }

    public async Task<List<AnchorRow>> AnchorsAsync(CancellationToken stop)
    {
        await using var command = Command(
            "SELECT size, authority, request, response FROM log_anchor WHERE company = @company ORDER BY size, authority");
        return await AnchorsAsync(command, stop);
    }

    /// <summary>Those whose own entry has a number from one up to another (excluded).</summary>
    public async Task<List<AnchorRow>> AnchorsLoggedAsync(long from, long to, CancellationToken stop)
    {
        await using var command = Command(
            """
            SELECT a.size, a.authority, a.request, a.response FROM log_anchor a JOIN log_entry e ON e.company = a.company AND e.id = a.entry
            WHERE a.company = @company AND e.seq >= @from AND e.seq < @to ORDER BY a.size, a.authority
            """,
            ("@from", from), ("@to", to));
        return await AnchorsAsync(command, stop);
    }

    /// <summary>The size of the newest stamped checkpoint, or 0.</summary>
    public async Task<long> NewestAnchoredSizeAsync(CancellationToken stop)
    {
        await using var command = Command("SELECT COALESCE(MAX(size), 0) FROM log_anchor WHERE company = @company");
        return Convert.ToInt64(await command.ExecuteScalarAsync(stop), CultureInfo.InvariantCulture);
    }

    /// <summary>How many entries from this number on ask for an anchor: not those about anchors and copies themselves.</summary>
    public async Task<long> EntriesToAnchorAsync(long from, CancellationToken stop)
    {
        await using var command = Command(
            """
            SELECT COUNT(*) FROM log_entry
            WHERE company = @company AND seq >= @from AND kind NOT IN ('anchor', 'anchor.failed', 'copy.made', 'copy.failed')
            """,
            ("@from", from));
        return Convert.ToInt64(await command.ExecuteScalarAsync(stop), CultureInfo.InvariantCulture);
    }

    /// <summary>The number of the first entry of this kind that nothing but its kind, stamps and copies follow; null when there is news after it.</summary>
    public async Task<long?> FirstOfLastAsync(string kind, CancellationToken stop)
    {
        await using var command = Command(
            """
            SELECT COALESCE(MIN(seq), -1) FROM log_entry WHERE company = @company AND kind = @kind AND seq >
              (SELECT COALESCE(MAX(seq), -1) FROM log_entry WHERE company = @company AND kind NOT IN (@kind, 'anchor', 'anchor.failed', 'copy.made', 'copy.failed'))
            """,
            ("@kind", kind));
        return Convert.ToInt64(await command.ExecuteScalarAsync(stop), CultureInfo.InvariantCulture) is var first and > 0 ? first : null;
    }

    private static long Micros(DateTimeOffset at) => (at.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) / TimeSpan.TicksPerMicrosecond;

    private static EntryRow EntryOf(DbDataReader reader) => new(
        reader.GetInt64(0), reader.GetString(1), reader.GetString(2), (byte[])reader.GetValue(3), new Hash((byte[])reader.GetValue(4)));

    private static async Task<List<AnchorRow>> AnchorsAsync(DbCommand command, CancellationToken stop)
    {
        var rows = new List<AnchorRow>();
        await using var reader = await command.ExecuteReaderAsync(stop);
        while (await reader.ReadAsync(stop))
        {
            rows.Add(new AnchorRow(
                reader.GetInt64(0), reader.GetString(1), reader.GetFieldValue<byte[]>(2), reader.GetFieldValue<byte[]>(3)));
        }

        return rows;
    }

    private async Task<CheckpointRow?> OneCheckpointAsync(string sql, long size, CancellationToken stop)
    {
        await using var command = Command(sql);
        if (sql.Contains("@size", StringComparison.Ordinal)) Bind(command, "@size", size);
        await using var reader = await command.ExecuteReaderAsync(stop);
        return await reader.ReadAsync(stop)
            ? new CheckpointRow(reader.GetInt64(0), new Hash(reader.GetFieldValue<byte[]>(1)), reader.GetString(2))
            : null;
    }

    private static async Task MoveAsync(
        DbCommand insert, DbCommand delete, IReadOnlyList<PendingRow> rows, IReadOnlyList<Hash> leaves, long firstSeq, int from, int count,
        CancellationToken stop)
    {
        for (var (i, p) = (0, 1); i < count; i++)
        {
            var row = rows[from + i];
            foreach (var value in (ReadOnlySpan<object>)[firstSeq + from + i, row.Id, row.Kind, row.Body, leaves[from + i].ToBytes()])
                insert.Parameters[p++].Value = value;
            delete.Parameters[i + 1].Value = row.Id;
        }

        await insert.ExecuteNonQueryAsync(stop);
        var deleted = await delete.ExecuteNonQueryAsync(stop);
        if (deleted != count) throw new EvidenceException($"{count} waiting entries were to be numbered, but {deleted} were there");
    }

    private DbCommand InsertEntries(int count)
    {
        var rows = Enumerable.Range(0, count).Select(i => $"(@company, @s{i}, @i{i}, @k{i}, @b{i}, @l{i})");
        var command = Command($"INSERT INTO log_entry (company, seq, id, kind, body, leaf) VALUES {string.Join(", ", rows)}");
        for (var i = 0; i < count; i++)
        {
            foreach (var column in "sikbl") Bind(command, $"@{column}{i}", DBNull.Value);
        }

        return command;
    }

    private DbCommand DeletePending(int count)
    {
        var names = Enumerable.Range(0, count).Select(i => $"@i{i}").ToList();
        var command = Command($"DELETE FROM pending_entry WHERE company = @company AND id IN ({string.Join(", ", names)})");
        foreach (var name in names) Bind(command, name, DBNull.Value);
        return command;
    }

    private async Task ExecuteAsync(string sql, CancellationToken stop, params (string Name, object Value)[] parameters)
    {
        await using var command = Command(sql, parameters);
        await command.ExecuteNonQueryAsync(stop);
    }

    private DbCommand Command(string sql, params (string Name, object Value)[] parameters)
    {
        var command = connection.CreateCommand();
        command.Transaction = transaction;
#pragma warning disable CA2100 // Only the log's own constant texts and parameter names come here; values are always bound.
        command.CommandText = sql;
#pragma warning restore CA2100
        Bind(command, "@company", company);
        foreach (var (name, value) in parameters) Bind(command, name, value);
        return command;
    }

    private static void Bind(DbCommand command, string name, object value)
    {
        var parameter = command.CreateParameter();
        (parameter.ParameterName, parameter.Value) = (name, value);
        command.Parameters.Add(parameter);
    }
}
