using System.Data.Common;
using System.Text;

namespace Plainproof.Evidence;

/// <summary>
/// The log of one company: entries wait in the database beside the rows they speak of, a <see cref="Sequencer"/> numbers and signs them.
/// </summary>
public sealed class EvidenceLog : IEvidenceLog, IDisposable
{
    private readonly CompanyFolder _folder;
    private readonly ILogDatabase _database;
    private readonly TimeProvider _clock;
    private readonly LogFiles _files;
    private readonly Sequencer _sequencer;
    private readonly SemaphoreSlim _oneAtATime = new(1, 1);
    private readonly Lock _sharing = new();
    private Task? _queuedSeal;

    private EvidenceLog(CompanyFolder folder, ILogDatabase database, KeyFolder keys, TimeProvider clock)
    {
        (_folder, _database, _clock) = (folder, database, clock);
        _files = new LogFiles(folder.Log);
        _sequencer = new Sequencer(folder.Company, database, keys, _files, clock);
    }

    /// <summary>
    /// Opens the log, makes key and folder on the first run, and brings the files in step with the database.
    /// </summary>
    /// <exception cref="EvidenceException">The key is missing, or database and published files contradict each other.</exception>
    public static async Task<EvidenceLog> OpenAsync(
        CompanyFolder folder, ILogDatabase database, KeyFolder keys, TimeProvider clock, CancellationToken stop)
    {
        var log = new EvidenceLog(folder, database, keys, clock);
        await log._sequencer.OpenAsync(stop);
        return log;
    }

    /// <summary>Give this line to the auditor now: a log is only as trusted as the way its key was received.</summary>
    public NoteKey PublicKey => _sequencer.PublicKey;

    public CompanyFolder Folder => _folder;

    public async ValueTask<EntryId> EnqueueAsync(Entry entry, DbTransaction with, CancellationToken stop)
    {
        var connection = with.Connection ?? throw new ArgumentException("the transaction has ended", nameof(with));
        await new LogTables(connection, with, _folder.Company).AddPendingAsync(entry, _clock.GetUtcNow(), stop);
        return entry.Id;
    }

    public Task SealAsync(CancellationToken stop)
    {
        lock (_sharing)
        {
            // A seal that has not begun will see all that is committed now, so everyone who asks until then shares it.
            _queuedSeal ??= SealInTurnAsync();
            return _queuedSeal.WaitAsync(stop);
        }
    }

    public async Task<Receipt> SealedAsync(EntryId id, CancellationToken stop)
    {
        if (await FindPublishedAsync(id, stop) is { } done) return done;
        await SealAsync(stop);
        return await FindPublishedAsync(id, stop)
            ?? throw new EvidenceException($"entry {id} is not in the log: the transaction that made it did not commit");
    }

    public async Task<Proof> ProveAsync(EntryId id, CancellationToken stop)
    {
        await SealedAsync(id, stop);
        await using var connection = await _database.OpenAsync(stop);
        var entry = (await new LogTables(connection, null, _folder.Company).EntryAsync(id, stop))!;
        return Prove(id, entry);
    }

    /// <summary>Writes every file of the log again from the database, whatever is there. For a folder that does not verify.</summary>
    public Task RepublishAsync(CancellationToken stop) => InTurnAsync(() => _sequencer.RepublishAsync(stop), stop);

    /// <returns>The signed checkpoint of that size; null when none was signed there.</returns>
    public async Task<string?> CheckpointAsync(long size, CancellationToken stop)
    {
        await using var connection = await _database.OpenAsync(stop);
        return (await new LogTables(connection, null, _folder.Company).CheckpointAtAsync(size, stop))?.Note;
    }

    /// <summary>The published files that a copy lacks. No key is among them but the public one.</summary>
    /// <param name="from">The size of the copy's newest checkpoint; 0 when there is no copy.</param>
    public async Task<Publication> PublishedSinceAsync(long from, CancellationToken stop)
    {
        var note = Encoding.UTF8.GetString(_files.ReadCheckpoint()!);
        var size = Checkpoint.Open(Encoding.UTF8.GetBytes(note), PublicKey).Size;
        await using var connection = await _database.OpenAsync(stop);
        var tables = new LogTables(connection, null, _folder.Company);
        var stamps = new List<PublishedFile>();
        foreach (var anchor in await tables.AnchorsLoggedAsync(from, size, stop))
            stamps.AddRange(LogFiles.Of(anchor, (await tables.CheckpointAtAsync(anchor.Size, stop))!.Note));
        return new Publication(size, note, Since(from, size).Concat(stamps).Append(LogFiles.Frozen(size, note)).DistinctBy(file => file.Name));
    }

    /// <summary>
    /// Seals what waits and cuts the log for somebody who takes it away. Entries of the kind <paramref name="handedOver"/>, and stamps and copies
    /// after them, are left out at its end: that a log was handed over is no news for the next hand-over.
    /// </summary>
    public async Task<LogCut> CutAsync(string handedOver, CancellationToken stop)
    {
        await SealAsync(stop);
        await using var connection = await _database.OpenAsync(stop);
        var tables = new LogTables(connection, null, _folder.Company);
        var at = await tables.FirstOfLastAsync(handedOver, stop) is { } first
            ? await tables.FirstCheckpointCoveringAsync(first - 1, stop)
            : await tables.NewestCheckpointAsync(stop);
        var stamps = new List<PublishedFile>();
        foreach (var anchor in await tables.AnchorsLoggedAsync(0, at!.Size, stop))
            stamps.AddRange(LogFiles.Of(anchor, (await tables.CheckpointAtAsync(anchor.Size, stop))!.Note));
        return new LogCut(at.Note, PublicKey, [.. stamps.DistinctBy(file => file.Name)], _files.Read);
    }

    public void Dispose() => _oneAtATime.Dispose();

    internal ILogDatabase Database => _database;

    /// <summary>Runs with the log's lease; the work commits. For records that belong to the log itself.</summary>
    internal Task RecordAsync(Func<DbTransaction, LogTables, LogFiles, Task> work, CancellationToken stop) =>
        InTurnAsync(() => _sequencer.UnderLeaseAsync((lease, tables) => work(lease, tables, _files), stop), stop);

    /// <summary>Even a part of a tile keeps its bytes: its width is in its name.</summary>
    private IEnumerable<PublishedFile> Since(long from, long size)
    {
        if (from == 0) yield return new PublishedFile("log.vkey", File.ReadAllBytes(_files.At("log.vkey")));
        foreach (var tile in TileId.All(size).Except(TileId.All(from))) yield return new PublishedFile(tile.Path, _files.Read(tile));
    }

    private async Task SealInTurnAsync()
    {
        await Task.Yield();
        await InTurnAsync(
            () =>
            {
                lock (_sharing) _queuedSeal = null;
                return _sequencer.SealAsync(CancellationToken.None);
            },
            CancellationToken.None);
    }

    private async Task InTurnAsync(Func<Task> work, CancellationToken stop)
    {
        await _oneAtATime.WaitAsync(stop);
        try
        {
            await work();
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    private async Task<Receipt?> FindPublishedAsync(EntryId id, CancellationToken stop)
    {
        await using var connection = await _database.OpenAsync(stop);
        var tables = new LogTables(connection, null, _folder.Company);
        if (await tables.EntryAsync(id, stop) is not { } entry) return null;
        if (_files.ReadCheckpoint() is not { } note || Checkpoint.Open(note, PublicKey).Size <= entry.Seq) return null;
        var first = await tables.FirstCheckpointCoveringAsync(entry.Seq, stop);
        return new Receipt(id, entry.Seq, first!.Note);
    }

    private Proof Prove(EntryId id, LogTables.EntryRow entry)
    {
        try
        {
            var note = Encoding.UTF8.GetString(_files.ReadCheckpoint()!);
            var checkpoint = Checkpoint.Open(Encoding.UTF8.GetBytes(note), PublicKey);
            var path = new TileTree(checkpoint.Size, checkpoint.Root, _files.Read).Inclusion(entry.Seq);
            var proof = new TlogProof(entry.Seq, path, note);
            return proof.Proves(entry.Body, PublicKey)
                ? new Proof(id, entry.Seq, entry.Body, path, note, proof.ToString())
                : throw new InvalidDataException($"entry {entry.Seq} in the database is not the one that was logged");
        }
        catch (Exception damaged) when (damaged is InvalidDataException or IOException)
        {
            throw new EvidenceException($"no proof for entry {id}: {damaged.Message}. Run verify to see what else differs", damaged);
        }
    }
}
