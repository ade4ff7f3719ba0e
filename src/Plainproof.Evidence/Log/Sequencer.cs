using System.Data.Common;
using System.Text;

namespace Plainproof.Evidence;

/// <summary>
/// Numbers, signs, commits, publishes: the only code that extends a log. Each step holds the folder's lock first, then the database's
/// lease, so two processes on one folder, or two folders on one database, never sign two logs. One call at a time.
/// </summary>
internal sealed class Sequencer(string company, ILogDatabase database, KeyFolder keys, LogFiles files, TimeProvider clock)
{
    private const int MostEntriesPerSeal = 1024;
    private const long MostBytesPerSeal = 16 << 20;
    private const int ReplayStep = 4096;

    private LogKey? _key;

    /// <summary>What is committed and published; null when unknown, then the next step reads it again. Never ahead of the database.</summary>
    private LogTail? _tail;

    private LogTables.CheckpointRow? _inStepWith;

    public NoteKey PublicKey => _key!.Public;

    public async Task OpenAsync(CancellationToken stop)
    {
        await UnderLeaseAsync(
            async (lease, tables) =>
            {
                files.Sweep();
                var newest = await tables.NewestCheckpointAsync(stop);
                _key = keys.LogKey(company, mayCreate: newest is null && files.ReadCheckpoint() is null);
                await GetInStepAsync(lease, tables, newest, stop);
            },
            stop);
        await UnderLeaseAsync(
            async (_, tables) =>
            {
                var newest = (await tables.NewestCheckpointAsync(stop))!;
                if (!files.HasAll(Published()!.Size)) await WriteAgainAsync(tables, newest, rewrite: false, stop);
                await WriteBesidesAsync(tables, stop);
            },
            stop);
    }

    public async Task SealAsync(CancellationToken stop)
    {
        var more = true;
        while (more)
        {
            await UnderLeaseAsync(
                async (lease, tables) =>
                {
                    await GetInStepAsync(lease, tables, await tables.NewestCheckpointAsync(stop), stop);
                    more = await ExtendAsync(lease, tables, stop);
                },
                stop);
        }
    }

    /// <summary>Runs with the lease, the log in step. The work commits the transaction itself; a failure forgets what is in memory.</summary>
    public async Task UnderLeaseAsync(Func<DbTransaction, LogTables, Task> work, CancellationToken stop)
    {
        using var folderLock = await files.LockAsync(stop);
        await using var connection = await database.OpenAsync(stop);
        await using var lease = await database.BeginExclusiveAsync(connection, stop);
        var done = false;
        try
        {
            await work(lease, new LogTables(connection, lease, company));
            done = true;
        }
        finally
        {
            if (!done) _tail = null;
        }
    }

    public Task RepublishAsync(CancellationToken stop) => UnderLeaseAsync(
        async (lease, tables) =>
        {
            var newest = await tables.NewestCheckpointAsync(stop);
            RefuseRollback(await tables.EntryCountAsync(stop), newest, Published());
            await WriteAgainAsync(tables, newest!, rewrite: true, stop);
            await WriteBesidesAsync(tables, stop);
        },
        stop);

    private async Task WriteAgainAsync(LogTables tables, LogTables.CheckpointRow newest, bool rewrite, CancellationToken stop)
    {
        var tail = await ReplayAsync(tables, new LogTail(), newest.Size, rewrite, stop);
        Publish(tail, Agreed(tail, newest), rewrite);
    }

    /// <summary>Numbers the next waiting entries. False when none wait.</summary>
    private async Task<bool> ExtendAsync(DbTransaction lease, LogTables tables, CancellationToken stop)
    {
        var rows = await tables.PendingAsync(MostEntriesPerSeal, MostBytesPerSeal, stop);
        if (rows.Count == 0) return false;
        var leaves = rows.ConvertAll(row => Rfc6962.Leaf(row.Body));
        await tables.MoveIntoLogAsync(rows, leaves, _tail!.Size, stop);
        for (var i = 0; i < rows.Count; i++) _tail.Append(rows[i].Body, leaves[i]);
        await CommitAsync(lease, tables, _tail, stop);
        return true;
    }

    private async Task CommitAsync(DbTransaction lease, LogTables tables, LogTail tail, CancellationToken stop)
    {
        var checkpoint = new Checkpoint(PublicKey.Name, tail.Size, tail.Root());
        var row = new LogTables.CheckpointRow(tail.Size, checkpoint.Root, _key!.Sign(checkpoint.ToText()));
        await tables.AddCheckpointAsync(row, clock.GetUtcNow(), stop);
        await lease.CommitAsync(CancellationToken.None);
        Publish(tail, row, rewrite: false);
    }

    private void Publish(LogTail tail, LogTables.CheckpointRow committed, bool rewrite)
    {
        try
        {
            files.WriteFull(tail, rewrite);
            files.WritePartials(tail, rewrite);
            files.WriteCheckpoint(committed.Note);
            (_tail, _inStepWith) = (tail, committed);
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            throw new EvidenceException(
                $"the log's files could not be written: {failed.Message} All {committed.Size} entries are safe and signed in the database; "
                + "the files follow once there is room and permission", failed);
        }
    }

    /// <summary>
    /// Makes memory and files equal to the newest committed checkpoint, or refuses. Used before every signature: another process may have
    /// gone on, a killed one may have committed without publishing, and someone may have restored an old database.
    /// </summary>
    private async Task GetInStepAsync(DbTransaction lease, LogTables tables, LogTables.CheckpointRow? newest, CancellationToken stop)
    {
        var published = Published();
        if (newest is null)
        {
            RefuseRollback(await tables.EntryCountAsync(stop), newest, published);
            await CommitAsync(lease, tables, new LogTail(), stop);
            return;
        }

        RefuseRollback(newest.Size, newest, published);
        if (_tail is not null && _inStepWith == newest && published?.Size == newest.Size && published.Root == newest.Root) return;

        await RefuseForkAsync(tables, published, stop);
        var tail = await ReplayAsync(tables, TailOf(published), newest.Size, rewrite: false, stop);
        Publish(tail, Agreed(tail, newest), rewrite: false);
    }

    private Checkpoint? Published()
    {
        if (files.ReadCheckpoint() is not { } note) return null;
        try
        {
            return Checkpoint.Open(note, PublicKey);
        }
        catch (NoteException damaged)
        {
            throw new EvidenceException(
                $"{files.CheckpointPath}: {damaged.Message}. The log does not go on over a checkpoint it did not sign. "
                + "If the file is only damaged, move it away: it is written again from the database", damaged);
        }
    }

    private void RefuseRollback(long committed, LogTables.CheckpointRow? newest, Checkpoint? published)
    {
        if (newest is null && committed > 0)
        {
            throw new EvidenceException(
                $"the database has {committed} log entries but no checkpoint: it was changed by hand. Restore it from a backup");
        }

        if (published is null || (newest is not null && published.Size <= newest.Size)) return;
        throw new EvidenceException(
            $"the database holds {newest?.Size ?? 0} log entries, but {files.CheckpointPath} was published with {published.Size}. "
            + "Was an old backup restored? The log refuses to sign a second history. Restore the newest database, or keep this folder "
            + "as it is and begin a new one");
    }

    /// <summary>What was published must be what the database signed at that size.</summary>
    private async Task RefuseForkAsync(LogTables tables, Checkpoint? published, CancellationToken stop)
    {
        if (published is null) return;
        var row = await tables.CheckpointAtAsync(published.Size, stop);
        if (row?.Root == published.Root) return;
        throw new EvidenceException(
            $"the database and {files.CheckpointPath} hold different logs of {published.Size} entries: {files.CheckpointPath} was signed "
            + "over other entries than the database has. The log refuses to sign over either. Restore the database that was published");
    }

    private LogTail TailOf(Checkpoint? published)
    {
        if (published is null) return new LogTail();
        try
        {
            return new LogTail(published, files.Read);
        }
        catch (Exception damaged) when (damaged is InvalidDataException or IOException)
        {
            // The files are a cache; without a sound tail they are made again from the first entry.
            return new LogTail();
        }
    }

    private async Task<LogTail> ReplayAsync(LogTables tables, LogTail tail, long to, bool rewrite, CancellationToken stop)
    {
        await foreach (var entry in tables.EntriesAsync(tail.Size, to, stop))
        {
            if (entry.Seq != tail.Size)
                throw new EvidenceException($"entry {tail.Size} is missing from the database. Restore it from a backup");
            var leaf = Rfc6962.Leaf(entry.Body);
            if (leaf != entry.Leaf) throw new EvidenceException($"entry {entry.Seq} in the database was changed after it was signed");
            tail.Append(entry.Body, leaf);
            if (tail.Size % ReplayStep == 0) files.WriteFull(tail, rewrite);
        }

        files.WriteFull(tail, rewrite);
        return tail;
    }

    private static LogTables.CheckpointRow Agreed(LogTail tail, LogTables.CheckpointRow newest) =>
        tail.Size == newest.Size && tail.Root() == newest.Root
            ? newest
            : throw new EvidenceException(
                $"the entries in the database do not give the root that was signed for {newest.Size} entries: rows were changed or "
                + "removed. The log refuses to sign. Run verify to find them, and restore the database from a backup");

    private async Task WriteBesidesAsync(LogTables tables, CancellationToken stop)
    {
        files.WriteBeside("log.vkey", Encoding.UTF8.GetBytes(PublicKey + "\n"));
        foreach (var anchor in await tables.AnchorsAsync(stop))
        {
            var frozen = await tables.CheckpointAtAsync(anchor.Size, stop);
            files.WriteAnchor(anchor, frozen!.Note);
        }
    }
}
