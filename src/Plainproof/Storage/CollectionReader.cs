using System.Data.Common;
using Plainproof.Facts;
using Plainproof.Sources;

namespace Plainproof.Storage;

/// <summary>Collections with their coverage and calls.</summary>
internal static class CollectionReader
{
    public static Task<IReadOnlyList<StoredCollection>> ReadAsync(Database database, DateTimeOffset from, DateTimeOffset to, CancellationToken stop) => ReadAsync(
        database, "SELECT id FROM collection WHERE company = @company AND finished_at BETWEEN @from AND @to",
        [("company", database.Company), ("from", Micros.Of(from)), ("to", Micros.Of(to))], stop);

    /// <summary>The newest ones, oldest of them first.</summary>
    public static Task<IReadOnlyList<StoredCollection>> NewestAsync(Database database, int most, CancellationToken stop) => ReadAsync(
        database, "SELECT id FROM collection WHERE company = @company ORDER BY finished_at DESC LIMIT @most", [("company", database.Company), ("most", most)], stop);

    public static async Task<StoredCollection?> FindAsync(Database database, string id, CancellationToken stop) =>
        (await ReadAsync(database, "SELECT id FROM collection WHERE company = @company AND id = @id", [("company", database.Company), ("id", id)], stop)).SingleOrDefault();

    /// <summary>The collection that last looked at an aspect of a scope.</summary>
    public static async Task<StoredCollection?> LastOfAsync(Database database, string scope, string aspect, CancellationToken stop) =>
        (await ReadAsync(
            database, "SELECT collection FROM coverage WHERE company = @company AND scope = @scope AND aspect = @aspect ORDER BY at DESC LIMIT 1",
            [("company", database.Company), ("scope", scope), ("aspect", aspect)], stop)).SingleOrDefault();

    /// <param name="which">Selects the ids.</param>
    private static async Task<IReadOnlyList<StoredCollection>> ReadAsync(Database database, string which, (string, object?)[] values, CancellationToken stop)
    {
        await using var connection = await database.OpenAsync(stop);
        await using var within = await database.BeginReadAsync(connection, stop);
        var lines = await within.Command(
            $"SELECT scope, aspect, state, why, mend, read, expected, collection FROM coverage WHERE company = @company AND collection IN ({which}) ORDER BY scope, aspect", values)
            .ListAsync(row => (Collection: row.GetString(7), Line: Line(row)), stop);
        var calls = await within.Command(
            $"SELECT what, pages, items, bytes, milliseconds, status, collection FROM collection_call WHERE company = @company AND collection IN ({which}) ORDER BY number", values)
            .ListAsync(row => (Collection: row.GetString(6), Call: CallOf(row)), stop);
        var linesOf = lines.ToLookup(one => one.Collection, one => one.Line, StringComparer.Ordinal);
        var callsOf = calls.ToLookup(one => one.Collection, one => one.Call, StringComparer.Ordinal);
        return await within.Command(
            $"""
            SELECT id, source, source_version, address, scope, tool_version, principal, completeness, started_at, finished_at, entry
            FROM collection WHERE company = @company AND id IN ({which}) ORDER BY finished_at, id
            """, values).ListAsync(row => Collection(row, linesOf, callsOf), stop);
    }

    public static Coverage Line(DbDataReader row) => new(
        new Aspect(row.GetString(1)), row.GetString(0), Words.Parse<Completeness>(row.GetString(2)),
        row.TextOrNull(3), row.TextOrNull(4), row.GetInt64(5), row.NumberOrNull(6));

    private static Call CallOf(DbDataReader row) =>
        new(row.GetString(0), (int)row.GetInt64(1), row.GetInt64(2), row.GetInt64(3), row.GetDouble(4), row.GetString(5));

    private static StoredCollection Collection(DbDataReader row, ILookup<string, Coverage> lines, ILookup<string, Call> calls) => new(
        row.GetString(0), row.GetString(1), (int)row.GetInt64(2), row.TextOrNull(3), row.GetString(4), row.GetString(5), row.TextOrNull(6),
        Words.Parse<Completeness>(row.GetString(7)), Micros.Time(row.GetInt64(8)), Micros.Time(row.GetInt64(9)), row.TextOrNull(10),
        [.. lines[row.GetString(0)]], [.. calls[row.GetString(0)]]);
}
