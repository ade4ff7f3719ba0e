using System.Data.Common;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Plainproof.Storage;

/// <summary>
/// One prepared statement, run for every row in a transaction that touches the temporary file only. It is run below ADO, which looks up
/// each parameter by its name for each row and so takes most of the time.
/// </summary>
internal sealed class SqliteBulk : IBulk
{
    public async Task CreateAsync(DbConnection connection, StagingTable table, CancellationToken stop)
    {
        var columns = table.Columns.Select(column => $"{column.Name} {Word(column.Type)}");
        await connection.Command($"DROP TABLE IF EXISTS temp.{table.Name}; CREATE TEMP TABLE {table.Name} ({string.Join(", ", columns)})").RunAsync(stop);
    }

    public async Task AppendAsync(DbConnection connection, StagingTable table, IEnumerable<object?[]> rows, CancellationToken stop)
    {
        await using var within = ((SqliteConnection)connection).BeginTransaction(deferred: true);
        Insert(((SqliteConnection)connection).Handle!, table, rows);
        await within.CommitAsync(stop);
    }

    public async Task IndexAsync(DbConnection connection, StagingTable table, CancellationToken stop)
    {
        if (table.Index is not null)
            await connection.Command($"CREATE INDEX temp.{table.Name}_index ON {table.Name} ({table.Index})").RunAsync(stop);
    }

    private static void Insert(sqlite3 database, StagingTable table, IEnumerable<object?[]> rows)
    {
        var text = $"INSERT INTO temp.{table.Name} VALUES ({string.Join(", ", table.Columns.Select(_ => "?"))})";
        SqliteException.ThrowExceptionForRC(raw.sqlite3_prepare_v2(database, text, out var insert), database);
        using (insert)
        {
            foreach (var row in rows)
            {
                for (var i = 0; i < row.Length; i++)
                    SqliteException.ThrowExceptionForRC(Bind(insert, i + 1, Sql.Clean(row[i])), database);
                if (raw.sqlite3_step(insert) is not raw.SQLITE_DONE and var failed)
                    SqliteException.ThrowExceptionForRC(failed, database);
                raw.sqlite3_reset(insert);
            }
        }
    }

    private static int Bind(sqlite3_stmt insert, int column, object? value) => value switch
    {
        string text => raw.sqlite3_bind_text(insert, column, text),
        byte[] { Length: 0 } => raw.sqlite3_bind_zeroblob(insert, column, 0),
        byte[] bytes => raw.sqlite3_bind_blob(insert, column, bytes),
        long number => raw.sqlite3_bind_int64(insert, column, number),
        null or DBNull => raw.sqlite3_bind_null(insert, column),
        _ => throw new ArgumentException($"A {value.GetType().Name} is no value of a bulk row."),
    };

    private static string Word(BulkType type) => type switch { BulkType.Text => "TEXT", BulkType.Number => "BIGINT", _ => "BYTEA" };
}
