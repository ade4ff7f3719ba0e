using System.Buffers.Binary;
using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Plainproof.Facts;
using Plainproof.Sources;

namespace Plainproof.Storage;

/// <summary>What is known of a collection before it reads anything.</summary>
internal sealed record CollectionStart(string Source, int SourceVersion, string? Address, string Scope, string ToolVersion, DateTimeOffset Started);

/// <summary>What a finished collection changed.</summary>
/// <param name="Finished">When it counts from; a moment after the finish given when another collection finished in between.</param>
internal sealed record CollectionEnd(string Id, DateTimeOffset Finished, long Read, long Opened, long Closed);

/// <summary>
/// Takes in one collection. Facts stream into a temporary table in batches, so that memory holds two short hashes a subject and one batch;
/// one transaction at the end makes all of it visible at once. Disposed before that, it leaves nothing. Safe to call from many threads;
/// a source that goes on after it was given up gets an error and adds nothing.
/// </summary>
internal sealed class CollectionWriter : IAsyncDisposable
{
    private const int BatchRows = 1000;
    private const int BatchBytes = 4 << 20;

    private readonly Database _database;
    private readonly DbConnection _connection;
    private readonly CollectionStart _start;
    private readonly SemaphoreSlim _one = new(1);
    private readonly List<object?[]> _batch = [];
    private Dictionary<UInt128, ulong> _seen = [];
    private readonly Dictionary<(string Scope, Aspect Aspect), long> _counts = [];
    private readonly Dictionary<(string Scope, Aspect Aspect), Coverage> _lines = [];
    private readonly List<Call> _calls = [];
    private long _batchBytes;
    private bool _ended;

    private CollectionWriter(Database database, DbConnection connection, CollectionStart start) =>
        (_database, _connection, _start) = (database, connection, start);

    public string Id { get; } = Guid.CreateVersion7().ToString("D");

    /// <summary>Who the source was signed in as.</summary>
    public string? Principal { get; set; }

    /// <summary>Id of this collection's entry in the evidence log, when it gets one.</summary>
    public string? Entry { get; set; }

    /// <summary>Facts taken in so far.</summary>
    public long Read { get; private set; }

    /// <summary>The lines so far.</summary>
    public IReadOnlyList<Coverage> Coverage
    {
        get
        {
            lock (_lines)
                return [.. _lines.Values];
        }
    }

    /// <summary>The calls so far.</summary>
    public IReadOnlyList<Call> Calls
    {
        get
        {
            lock (_calls)
                return [.. _calls];
        }
    }

    public static Task<CollectionWriter> BeginAsync(Database database, CollectionStart start, CancellationToken stop) =>
        database.GuardAsync("The collection could not be started.", async () =>
        {
            var connection = await database.OpenAsync(stop);
            try
            {
                await database.Bulk.CreateAsync(connection, CollectionMerge.Staged, stop);
                return new CollectionWriter(database, connection, start);
            }
            catch
            {
                await connection.DisposeAsync();
                throw;
            }
        });

    /// <param name="scope">Only for a source that reads several systems at once; otherwise the collection's own.</param>
    /// <exception cref="InvalidOperationException">The value is not of the aspect's kind, or the same subject was told before with another value.</exception>
    /// <exception cref="DataProblem">The store cannot take more.</exception>
    public async Task AddAsync(Fact fact, CancellationToken stop, string? scope = null)
    {
        if (Kinds.TypeOf(fact.Aspect) != fact.Value.GetType())
            throw new InvalidOperationException($"{fact.Subject}: {fact.Aspect} carries a {fact.Value.GetType().Name}.");
        var value = JsonSerializer.SerializeToUtf8Bytes(fact.Value, fact.Value.GetType(), FactJson.Options);
        var place = (Scope: scope ?? _start.Scope, fact.Aspect);

        await _one.WaitAsync(stop);
        try
        {
            RefuseWhenEnded();
            if (!IsNew(place.Scope, fact, value))
                return;
            _counts[place] = _counts.GetValueOrDefault(place) + 1;
            _batch.Add([place.Scope, fact.Aspect.Name, fact.Subject, value, fact.At.Blob.ToString(), fact.At.Path]);
            _batchBytes += value.Length;
            if (_batch.Count >= BatchRows || _batchBytes >= BatchBytes)
                await FlushAsync(stop);
        }
        finally
        {
            _one.Release();
        }
    }

    /// <exception cref="InvalidOperationException">The aspect has a line already.</exception>
    public async Task CoverAsync(Coverage line, CancellationToken stop)
    {
        await _one.WaitAsync(stop);
        try
        {
            RefuseWhenEnded();
            lock (_lines)
            {
                if (!_lines.TryAdd((line.Scope, line.Aspect), line))
                    throw new InvalidOperationException($"{line.Scope}: the source said twice how completely it read {line.Aspect}.");
            }
        }
        finally
        {
            _one.Release();
        }
    }

    public void Call(Call call)
    {
        lock (_calls)
            _calls.Add(call);
    }

    /// <summary>Makes the collection visible, all at once.</summary>
    /// <param name="worst">The worst state of its coverage.</param>
    /// <param name="with">Writes what must be there exactly when the collection is: its entry in the evidence log.</param>
    /// <exception cref="DataProblem">The store is as it was before.</exception>
    public async Task<CollectionEnd> FinishAsync(
        DateTimeOffset finished, Completeness worst, Func<DbConnection, DbTransaction, Task>? with, CancellationToken stop)
    {
        await _one.WaitAsync(stop);
        try
        {
            RefuseWhenEnded();
            _ended = true;
            return await _database.GuardAsync("The collection could not be stored.", () => MergeAsync(finished, worst, with, stop));
        }
        finally
        {
            _one.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _one.WaitAsync();
        try
        {
            _ended = true;
            _seen = []; // What comes next needs the room, and the writer may be remembered longer than it is used.
            await _connection.DisposeAsync();
        }
        finally
        {
            _one.Release();
        }
    }

    private async Task<CollectionEnd> MergeAsync(DateTimeOffset finished, Completeness worst, Func<DbConnection, DbTransaction, Task>? with, CancellationToken stop)
    {
        await FlushAsync(stop);
        CoverWhatWasForgotten();
        await _database.Bulk.IndexAsync(_connection, CollectionMerge.Staged, stop);
        await using var within = await _database.BeginWriteAsync(_connection, stop);
        var merge = new CollectionMerge(within, _database, _start, Id, Coverage, [.. _counts.Keys.Select(place => place.Scope).Distinct()]);
        var (at, opened, closed) = await merge.RunAsync(finished, worst, Principal, Entry, Calls, stop);
        if (with is not null)
            await with(_connection, within);
        await within.CommitAsync(stop);
        return new CollectionEnd(Id, at, Read, opened, closed);
    }

    private void RefuseWhenEnded()
    {
        if (_ended)
            throw new InvalidOperationException($"{_start.Scope}: the collection has ended, and takes in nothing more.");
    }

    /// <summary>False when exactly this was told before.</summary>
    private bool IsNew(string scope, Fact fact, byte[] value)
    {
        var key = KeyOf($"{scope}\0{fact.Aspect.Name}\0{fact.Subject}");
        var told = BinaryPrimitives.ReadUInt64BigEndian(SHA256.HashData(value));
        if (_seen.TryAdd(key, told))
        {
            Read++;
            return true;
        }

        return _seen[key] == told
            ? false
            : throw new InvalidOperationException($"{fact.Subject}: the source told {fact.Aspect} twice, with different values. A subject must name one thing.");
    }

    private static UInt128 KeyOf(string name)
    {
        Span<byte> bytes = stackalloc byte[512];
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.TryGetBytes(name, bytes, out var length) ? bytes[..length] : Encoding.UTF8.GetBytes(name), hash);
        return BinaryPrimitives.ReadUInt128BigEndian(hash);
    }

    private async Task FlushAsync(CancellationToken stop)
    {
        if (_batch.Count == 0)
            return;
        await _database.GuardAsync("What the source told could not be put aside.", () => _database.Bulk.AppendAsync(_connection, CollectionMerge.Staged, _batch, stop));
        _batch.Clear();
        _batchBytes = 0;
    }

    /// <summary>Law 1: facts without a word on completeness are never complete.</summary>
    private void CoverWhatWasForgotten()
    {
        lock (_lines)
            foreach (var (place, count) in _counts)
                _lines.TryAdd(place, new Coverage(place.Aspect, place.Scope, Completeness.Failed, "The source did not say how completely it read this. The fault is in Plainproof.", Read: count));
    }
}
