using System.Data.Common;
using System.Security.Cryptography;
using System.Text;

namespace Plainproof.Storage;

/// <summary>Keeps results as intervals. A run that says what the last one said writes one row in all.</summary>
internal static class ResultWriter
{
    private const string Same =
        """
        s.check_id = result.check_id AND s.scope = result.scope AND s.subject = result.subject AND s.check_version = result.check_version
          AND s.parameters_hash = result.parameters_hash AND s.outcome = result.outcome AND s.reason = result.reason
        """;

    private static readonly StagingTable Staged = new(
        "staged_result",
        [
            ("check_id", BulkType.Text), ("check_version", BulkType.Number), ("parameters_hash", BulkType.Text), ("scope", BulkType.Text),
            ("subject", BulkType.Text), ("outcome", BulkType.Text), ("reason", BulkType.Text),
        ],
        "check_id, scope, subject");

    public static async Task SaveAsync(
        Database database, IEnumerable<SavedResult> results, DateTimeOffset asOf, Func<DbConnection, DbTransaction, Task>? with, CancellationToken stop)
    {
        await using var connection = await database.OpenAsync(stop);
        var checks = await StageAsync(database, connection, results, stop);
        await using var within = await database.BeginWriteAsync(connection, stop);
        var newest = await within.Command("SELECT MAX(at) FROM evaluation WHERE company = @company", ("company", database.Company)).ValueAsync<long>(stop);
        var at = Tide.After(newest, asOf, "A run of the checks", database.Where);
        await CloseAsync(within, database.Company, at, stop);
        await OpenAsync(within, database.Company, at, stop);
        await AddEvaluationAsync(within, database.Company, at, checks, stop);
        if (with is not null)
            await with(connection, within);
        await within.CommitAsync(stop);
    }

    private static async Task<SortedSet<(string Id, int Version, string Parameters)>> StageAsync(
        Database database, DbConnection connection, IEnumerable<SavedResult> results, CancellationToken stop)
    {
        var checks = new SortedSet<(string, int, string)>();
        await database.Bulk.CreateAsync(connection, Staged, stop);
        await database.Bulk.AppendAsync(connection, Staged, Rows(results, checks), stop);
        await database.Bulk.IndexAsync(connection, Staged, stop);
        return checks;
    }

    private static IEnumerable<object?[]> Rows(IEnumerable<SavedResult> results, SortedSet<(string Id, int Version, string Parameters)> checks)
    {
        foreach (var one in results)
        {
            checks.Add((one.CheckId, one.CheckVersion, one.ParametersHash));
            yield return [one.CheckId, (long)one.CheckVersion, one.ParametersHash, one.Scope, one.Subject, Words.Of(one.Outcome), Words.Of(one.Reason)];
        }
    }

    /// <summary>Ends what a check of this run said before and does not say now, also when an older version of it said so.</summary>
    private static Task CloseAsync(DbTransaction within, string company, long at, CancellationToken stop) => within.Command(
        $"""
        UPDATE result SET until_at = @at, last_at = run.at
        FROM (SELECT s.check_id, s.check_version, s.parameters_hash, MAX(e.at) AS at FROM evaluation e
              JOIN check_set s ON s.company = e.company AND s.hash = e.check_set
              WHERE e.company = @company GROUP BY s.check_id, s.check_version, s.parameters_hash) AS run
        WHERE result.company = @company AND result.until_at IS NULL AND run.check_id = result.check_id
          AND run.check_version = result.check_version AND run.parameters_hash = result.parameters_hash
          AND result.check_id IN (SELECT check_id FROM staged_result)
          AND NOT EXISTS (SELECT 1 FROM staged_result s WHERE {Same})
        """, ("at", at), ("company", company)).RunAsync(stop);

    private static Task OpenAsync(DbTransaction within, string company, long at, CancellationToken stop) => within.Command(
        $"""
        INSERT INTO result (company, check_id, check_version, parameters_hash, scope, subject, outcome, reason, from_at)
        SELECT DISTINCT @company, s.check_id, s.check_version, s.parameters_hash, s.scope, s.subject, s.outcome, s.reason, @at
        FROM staged_result s
        WHERE NOT EXISTS (SELECT 1 FROM result WHERE result.company = @company AND {Same} AND result.until_at IS NULL)
        """, ("at", at), ("company", company)).RunAsync(stop);

    /// <summary>The row that records that the run happened; which checks it ran is written once for each set of checks.</summary>
    private static async Task AddEvaluationAsync(
        DbTransaction within, string company, long at, SortedSet<(string Id, int Version, string Parameters)> checks, CancellationToken stop)
    {
        var text = string.Join('\n', checks.Select(check => $"{check.Id}@{check.Version} {check.Parameters}"));
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
        var known = await within.Command("SELECT COUNT(*) FROM check_set WHERE company = @company AND hash = @hash", ("company", company), ("hash", hash)).ValueAsync<long>(stop);
        foreach (var check in known > 0 ? [] : checks)
            await within.Command(
                "INSERT INTO check_set (company, hash, check_id, check_version, parameters_hash) VALUES (@company, @hash, @check_id, @check_version, @parameters_hash)",
                ("company", company), ("hash", hash), ("check_id", check.Id), ("check_version", (long)check.Version), ("parameters_hash", check.Parameters)).RunAsync(stop);
        await within.Command(
            "INSERT INTO evaluation (company, at, check_set) VALUES (@company, @at, @hash)", ("company", company), ("at", at), ("hash", hash)).RunAsync(stop);
    }
}
