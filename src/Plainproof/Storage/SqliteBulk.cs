using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Plainproof.Storage;

/// <summary>One prepared statement, run for every row in a transaction that touches the temporary file only.</summary>
internal sealed class SqliteBulk : IBulk
{
    public async Task CreateAsync(DbConnection connection, StagingTable table, CancellationToken stop)
    {
        var columns = table.Columns.Select(column => $"{column.Name} {Word(column.Type)}");
        await connection.Command($"DROP TABLE IF EXISTS temp.{table.Name}; CREATE TEMP TABLE {table.Name} ({string.Join(", ", columns)})").RunAsync(stop);
    }

    public async Task AppendAsync(DbConnection connection, StagingTable table, IReadOnlyList<object?[]> rows, CancellationToken stop)
    {
        await using var within = ((SqliteConnection)connection).BeginTransaction(deferred: true);
        await using var insert = within.Command($"INSERT INTO temp.{table.Name} VALUES ({string.Join(", ", table.Columns.Select(column => $"@{column.Name}"))})");
        var parameters = table.Columns.Select(column => ((SqliteCommand)insert).Parameters.Add($"@{column.Name}", TypeOf(column.Type))).ToArray();
        await insert.PrepareAsync(stop);
        foreach (var row in rows)
        {
            for (var i = 0; i < parameters.Length; i++)
                parameters[i].Value = Sql.Clean(row[i]);
            insert.ExecuteNonQuery();
        }

        await within.CommitAsync(stop);
    }

    public async Task IndexAsync(DbConnection connection, StagingTable table, CancellationToken stop)
    {
        if (table.Index is not null)
            await connection.Command($"CREATE INDEX temp.{table.Name}_index ON {table.Name} ({table.Index})").RunAsync(stop);
    }

    private static string Word(BulkType type) => type switch { BulkType.Text => "TEXT", BulkType.Number => "BIGINT", _ => "BYTEA" };

    private static SqliteType TypeOf(BulkType type) =>
        type switch { BulkType.Text => SqliteType.Text, BulkType.Number => SqliteType.Integer, _ => SqliteType.Blob };
}
