using System.Data.Common;
using Plainproof.Checks;

namespace Plainproof.Storage;

/// <summary>Results that held at some moment of a span.</summary>
internal static class ResultReader
{
    public static Task<IReadOnlyList<StoredResult>> ReadAsync(Database database, DateTimeOffset from, DateTimeOffset to, CancellationToken stop) =>
        ReadAsync(database, "from_at <= @to AND (until_at IS NULL OR until_at > @from)", [("from", Micros.Of(from))], to, stop);

    /// <summary>Those that began or ended after the one moment, up to the other.</summary>
    public static Task<IReadOnlyList<StoredResult>> ChangedAsync(Database database, DateTimeOffset after, DateTimeOffset to, CancellationToken stop) =>
        ReadAsync(database, "((from_at > @after AND from_at <= @to) OR (until_at > @after AND until_at <= @to))", [("after", Micros.Of(after))], to, stop);

    /// <summary>All that one check ever said of one subject, oldest first.</summary>
    public static async Task<IReadOnlyList<StoredResult>> HistoryAsync(Database database, string check, string scope, string subject, DateTimeOffset to, CancellationToken stop) =>
        [.. (await ReadAsync(
            database, "check_id = @check AND scope = @scope AND subject = @subject AND from_at <= @to",
            [("check", check), ("scope", scope), ("subject", subject)], to, stop)).OrderBy(result => result.From)];

    private static async Task<IReadOnlyList<StoredResult>> ReadAsync(Database database, string which, (string, object?)[] values, DateTimeOffset to, CancellationToken stop)
    {
        (string, object?)[] span = [("company", database.Company), ("to", Micros.Of(to))];
        await using var connection = await database.OpenAsync(stop);
        await using var within = await database.BeginReadAsync(connection, stop);
        var runs = await within.Command(
            """
            SELECT s.check_id, s.check_version, s.parameters_hash, MAX(e.at) FROM evaluation e
            JOIN check_set s ON s.company = e.company AND s.hash = e.check_set
            WHERE e.company = @company AND e.at <= @to GROUP BY s.check_id, s.check_version, s.parameters_hash
            """, span).ListAsync(row => (Check: (row.GetString(0), (int)row.GetInt64(1), row.GetString(2)), At: row.GetInt64(3)), stop);
        var lastRun = runs.ToDictionary(run => run.Check, run => run.At);
        return await within.Command(
            $"""
            SELECT check_id, check_version, parameters_hash, scope, subject, outcome, reason, from_at, until_at, last_at FROM result
            WHERE company = @company AND {which}
            """, [.. span, .. values]).ListAsync(row => Read(row, lastRun), stop);
    }

    private static StoredResult Read(DbDataReader row, Dictionary<(string Id, int Version, string Parameters), long> lastRun)
    {
        var result = new SavedResult(
            row.GetString(0), (int)row.GetInt64(1), row.GetString(2), row.GetString(3), row.GetString(4),
            Words.Parse<Outcome>(row.GetString(5)), Words.Parse<Reason>(row.GetString(6)));
        var run = lastRun[(result.CheckId, result.CheckVersion, result.ParametersHash)];
        var last = row.NumberOrNull(9) is { } ended ? Math.Min(ended, run) : run;
        return new StoredResult(
            result, Micros.Time(row.GetInt64(7)), Micros.Time(last), row.NumberOrNull(8) is { } until ? Micros.Time(until) : null);
    }
}
