using System.Data.Common;
using System.Text;

namespace Plainproof.Storage;

/// <summary>Short forms of plain ADO. Statements are shared by both databases; values go in by <c>@name</c>, never as text.</summary>
internal static class Sql
{
    public static DbCommand Command(this DbTransaction within, string sql, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        var command = within.Connection!.Command(sql, values);
        command.Transaction = within;
        return command;
    }

    public static DbCommand Command(this DbConnection connection, string sql, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in values)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = name;
            parameter.Value = Clean(value);
            command.Parameters.Add(parameter);
        }

        return command;
    }

    public static async Task<int> RunAsync(this DbCommand command, CancellationToken stop)
    {
        await using (command)
            return await command.ExecuteNonQueryAsync(stop);
    }

    public static async Task<T?> ValueAsync<T>(this DbCommand command, CancellationToken stop) where T : struct
    {
        await using (command)
            return await command.ExecuteScalarAsync(stop) is T value ? value : null;
    }

    public static async Task<List<T>> ListAsync<T>(this DbCommand command, Func<DbDataReader, T> read, CancellationToken stop)
    {
        await using (command)
        {
            var rows = new List<T>();
            await using var reader = await command.ExecuteReaderAsync(stop);
            while (await reader.ReadAsync(stop))
                rows.Add(read(reader));
            return rows;
        }
    }

    public static string? TextOrNull(this DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    public static long? NumberOrNull(this DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetInt64(column);

    public static object Clean(object? value) => value is string text ? Clean(text) : value ?? DBNull.Value;

    /// <summary>PostgreSQL refuses U+0000 and broken surrogates in text, so neither database gets them.</summary>
    public static string Clean(string text) =>
        text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF') || text.Contains('\0')
            ? Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)).Replace('\0', '\uFFFD')
            : text;
}
