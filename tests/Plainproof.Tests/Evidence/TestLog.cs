using System.Data.Common;
using System.Text.Json.Nodes;
using Npgsql;
using Plainproof.Evidence;
using Plainproof.Tests.Servers;

namespace Plainproof.Tests.Evidence;

/// <summary>One company with its own folder, keys and database, gone at the end.</summary>
internal sealed class TestLog : IAsyncDisposable
{
    private readonly NpgsqlDataSource? _postgres;

    private TestLog(string root, NpgsqlDataSource? postgres, ILogDatabase database)
    {
        (Root, _postgres, Database) = (root, postgres, database);
        Folder = new CompanyFolder("acme", Path.Combine(root, "acme"));
        Keys = new KeyFolder(Path.Combine(root, "keys"));
    }

    public string Root { get; }

    public CompanyFolder Folder { get; }

    public KeyFolder Keys { get; }

    public ILogDatabase Database { get; set; }

    public TimeProvider Clock { get; set; } = TimeProvider.System;

    public static string[] Engines => ["sqlite", "postgresql"];

    public string LogFile(string relative) => Path.Combine(Folder.Log, relative);

    public static async Task<TestLog> CreateAsync(string engine = "sqlite", string? root = null)
    {
        root ??= Directory.CreateTempSubdirectory("plainproof-").FullName;
        var log = engine == "sqlite" ? OnSqlite(root) : await OnPostgresAsync(root);
        await using var connection = await log.Database.OpenAsync(default);
        await EvidenceSchema.ApplyAsync(connection);
        return log;
    }

    /// <summary>The same folder again, its schema already there.</summary>
    public static TestLog OnSqlite(string root) => new(root, null, new SqliteLogDatabase(Path.Combine(root, "company.db")));

    public Task<EvidenceLog> OpenAsync() => EvidenceLog.OpenAsync(Folder, Database, Keys, Clock, default);

    public static Entry AnEntry(int number, string kind = "note.made") =>
        Entry.Create(kind, DateTimeOffset.UtcNow, new JsonObject { ["number"] = number });

    public async Task<IReadOnlyList<EntryId>> EnqueueAsync(EvidenceLog log, params IReadOnlyList<Entry> entries)
    {
        await using var connection = await Database.OpenAsync(default);
        await using var transaction = await connection.BeginTransactionAsync();
        foreach (var entry in entries) await log.EnqueueAsync(entry, transaction, default);
        await transaction.CommitAsync();
        return [.. entries.Select(entry => entry.Id)];
    }

    /// <summary>Adds this many entries and seals them.</summary>
    public async Task<IReadOnlyList<EntryId>> GrowAsync(EvidenceLog log, int count)
    {
        var ids = await EnqueueAsync(log, [.. Enumerable.Range(0, count).Select(n => AnEntry(n))]);
        await log.SealAsync(default);
        return ids;
    }

    public async Task ExecuteAsync(string sql)
    {
        await using var connection = await Database.OpenAsync(default);
        await SqliteLogDatabase.Execute(connection, sql);
    }

    public async Task<T> ScalarAsync<T>(string sql)
    {
        await using var connection = await Database.OpenAsync(default);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (T)(await command.ExecuteScalarAsync())!;
    }

    public async ValueTask DisposeAsync()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        if (_postgres is not null) await _postgres.DisposeAsync();
        Directory.Delete(Root, recursive: true);
    }

    private static async Task<TestLog> OnPostgresAsync(string root)
    {
        var address = PostgresServer.Shared.ConnectionString;
        var schema = $"evidence_{Guid.NewGuid():N}";
        await using (var admin = NpgsqlDataSource.Create(address))
        await using (var create = admin.CreateCommand($"CREATE SCHEMA {schema}"))
            await create.ExecuteNonQueryAsync();
        var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(address) { SearchPath = schema });
        return new TestLog(root, source, new PostgresLogDatabase(source, schema));
    }
}
