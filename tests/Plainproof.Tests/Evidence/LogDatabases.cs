using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;
using Plainproof.Evidence;

namespace Plainproof.Tests.Evidence;

/// <summary>A SQLite file that makes a commit durable and waits for its lock.</summary>
internal sealed class SqliteLogDatabase(string path) : ILogDatabase
{
    public async Task<DbConnection> OpenAsync(CancellationToken stop)
    {
        var connection = new SqliteConnection($"Data Source={path};Pooling=True");
        await connection.OpenAsync(stop);
        await Execute(connection, "PRAGMA busy_timeout = 60000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL");
        return connection;
    }

    public Task<DbTransaction> BeginExclusiveAsync(DbConnection connection, CancellationToken stop) =>
        Task.FromResult<DbTransaction>(((SqliteConnection)connection).BeginTransaction(deferred: false));

    internal static async Task Execute(DbConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }
}

/// <summary>PostgreSQL, with the lease as an advisory lock that ends with its transaction.</summary>
internal sealed class PostgresLogDatabase(NpgsqlDataSource source, string company) : ILogDatabase
{
    public async Task<DbConnection> OpenAsync(CancellationToken stop) => await source.OpenConnectionAsync(stop);

    public async Task<DbTransaction> BeginExclusiveAsync(DbConnection connection, CancellationToken stop)
    {
        var transaction = await connection.BeginTransactionAsync(stop);
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT pg_advisory_xact_lock(hashtext(@company))";
        command.Parameters.Add(new NpgsqlParameter("@company", company));
        await command.ExecuteNonQueryAsync(stop);
        return transaction;
    }
}

internal static class EvidenceSchema
{
    public static async Task ApplyAsync(DbConnection connection)
    {
        await using var script = typeof(EvidenceLog).Assembly.GetManifestResourceStream("20261123180000_evidence_log.sql")!;
        using var reader = new StreamReader(script);
        foreach (var statement in (await reader.ReadToEndAsync()).Split(";\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            await SqliteLogDatabase.Execute(connection, statement);
    }
}
