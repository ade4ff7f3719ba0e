using System.Data.Common;
using System.Diagnostics;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using Plainproof.Evidence;

namespace Plainproof.Bench.Log;

/// <summary>A log on SQLite with durable commits, as the program keeps it.</summary>
internal sealed class BenchLog(string root) : ILogDatabase
{
    private readonly CompanyFolder _folder = new("bench", Path.Combine(root, "bench"));
    private readonly KeyFolder _keys = new(Path.Combine(root, "keys"));
    private EvidenceLog? _log;
    private long _size;

    public int EntryBytes => AnEntry(1).Body.Length;

    public async Task OpenAsync()
    {
        await using var connection = await OpenAsync(default);
        await using var script = typeof(EvidenceLog).Assembly.GetManifestResourceStream("20261123180000_evidence_log.sql")!;
        using var reader = new StreamReader(script);
        await using var command = connection.CreateCommand();
        command.CommandText = await reader.ReadToEndAsync();
        await command.ExecuteNonQueryAsync();
        _log = await EvidenceLog.OpenAsync(_folder, this, _keys, TimeProvider.System, default);
    }

    public void Close()
    {
        _log!.Dispose();
        SqliteConnection.ClearAllPools();
    }

    public async Task<DbConnection> OpenAsync(CancellationToken stop)
    {
        var connection = new SqliteConnection($"Data Source={Path.Combine(root, "bench.db")}");
        await connection.OpenAsync(stop);
        await using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA busy_timeout = 60000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL";
        await command.ExecuteNonQueryAsync(stop);
        return connection;
    }

    public Task<DbTransaction> BeginExclusiveAsync(DbConnection connection, CancellationToken stop) =>
        Task.FromResult<DbTransaction>(((SqliteConnection)connection).BeginTransaction(deferred: false));

    /// <summary>Entries a second: enqueued in one transaction a batch, sealed, and published.</summary>
    public async Task<double> AppendAsync(int batch, int batches)
    {
        var (clock, before) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
        for (var i = 0; i < batches; i++) await AppendBatchAsync(batch);
        Console.Error.WriteLine($"# batch {batch}: {(Environment.CpuUsage.TotalTime - before).TotalMilliseconds / batches:0.00} ms of processor time a batch");
        return batch * batches / clock.Elapsed.TotalSeconds;
    }

    public async Task GrowToAsync(int size)
    {
        while (_size < size) await AppendBatchAsync(1024);
    }

    public Task<double> VerifyFilesAsync() => VerifyAsync(new VerifyRequest { Folder = _folder.Root, Keys = _keys });

    public Task<double> VerifyAllAsync() => VerifyAsync(new VerifyRequest { Folder = _folder.Root, Keys = _keys, Database = this });

    /// <summary>Megabytes a second of processor time into the vault, of bytes that compress about as well as JSON does.</summary>
    public async Task<double> KeepAsync()
    {
        var page = string.Concat(Enumerable.Range(0, 800_000).Select(n => $"{{\"id\":{n * 7919 % 1_000_003},\"name\":\"user{n % 977}\",\"mfa\":true}},"));
        var bytes = System.Text.Encoding.UTF8.GetBytes(page);
        var before = Environment.CpuUsage.TotalTime;
        await new Vault(_folder, _keys, TimeProvider.System).KeepAsync("application/json", new MemoryStream(bytes), default);
        return bytes.Length / 1e6 / (Environment.CpuUsage.TotalTime - before).TotalSeconds;
    }

    private static Entry AnEntry(int number) => Entry.Create("note.made", DateTimeOffset.UtcNow, new JsonObject { ["number"] = number });

    private async Task AppendBatchAsync(int batch)
    {
        await using (var connection = await OpenAsync(default))
        await using (var transaction = await connection.BeginTransactionAsync())
        {
            for (var n = 0; n < batch; n++) await _log!.EnqueueAsync(AnEntry(n), transaction, default);
            await transaction.CommitAsync();
        }

        await _log!.SealAsync(default);
        _size += batch;
    }

    /// <summary>Entries a second of processor time, as openssl speed counts.</summary>
    private static async Task<double> VerifyAsync(VerifyRequest request)
    {
        var before = Environment.CpuUsage.TotalTime;
        var report = await Verifier.VerifyAsync(request, default);
        if (report.ExitCode != 0) throw new InvalidOperationException(string.Join('\n', report.Findings));
        return report.Size!.Value / (Environment.CpuUsage.TotalTime - before).TotalSeconds;
    }
}
