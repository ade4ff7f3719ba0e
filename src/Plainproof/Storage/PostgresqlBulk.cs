using System.Data.Common;
using Npgsql;
using NpgsqlTypes;

namespace Plainproof.Storage;

/// <summary>
/// Binary COPY into a temporary table. PostgreSQL refuses COPY straight into a table with row-level security,
/// so the rows pass the wall in the INSERT that merges them.
/// </summary>
internal sealed class PostgresqlBulk : IBulk
{
    public async Task CreateAsync(DbConnection connection, StagingTable table, CancellationToken stop)
    {
        var columns = table.Columns.Select(column => $"{column.Name} {Word(column.Type)}");
        await connection.Command($"DROP TABLE IF EXISTS pg_temp.{table.Name}; CREATE TEMP TABLE {table.Name} ({string.Join(", ", columns)})").RunAsync(stop);
    }

    public async Task AppendAsync(DbConnection connection, StagingTable table, IEnumerable<object?[]> rows, CancellationToken stop)
    {
        var types = table.Columns.Select(column => TypeOf(column.Type)).ToArray();
        await using var copy = await ((NpgsqlConnection)connection)
            .BeginBinaryImportAsync($"COPY pg_temp.{table.Name} ({table.ColumnNames}) FROM STDIN (FORMAT BINARY)", stop);
        foreach (var row in rows)
        {
            await copy.StartRowAsync(stop);
            for (var i = 0; i < types.Length; i++)
                await WriteAsync(copy, row[i], types[i], stop);
        }

        await copy.CompleteAsync(stop);
    }

    public async Task IndexAsync(DbConnection connection, StagingTable table, CancellationToken stop)
    {
        if (table.Index is not null)
            await connection.Command($"CREATE INDEX ON pg_temp.{table.Name} ({table.Index}); ANALYZE pg_temp.{table.Name}").RunAsync(stop);
    }

    private static Task WriteAsync(NpgsqlBinaryImporter copy, object? value, NpgsqlDbType type, CancellationToken stop) => value switch
    {
        null => copy.WriteNullAsync(stop),
        string text => copy.WriteAsync(Sql.Clean(text), type, stop),
        long number => copy.WriteAsync(number, type, stop),
        byte[] bytes => copy.WriteAsync(bytes, type, stop),
        _ => throw new ArgumentException($"{value.GetType().Name} cannot be appended."),
    };

    private static string Word(BulkType type) => type switch { BulkType.Text => "TEXT", BulkType.Number => "BIGINT", _ => "BYTEA" };

    private static NpgsqlDbType TypeOf(BulkType type) =>
        type switch { BulkType.Text => NpgsqlDbType.Text, BulkType.Number => NpgsqlDbType.Bigint, _ => NpgsqlDbType.Bytea };
}
