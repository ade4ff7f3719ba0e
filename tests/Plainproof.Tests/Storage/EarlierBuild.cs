using System.Text.Json;
using Plainproof.Facts;
using Plainproof.Storage;

namespace Plainproof.Tests.Storage;

/// <summary>Databases as a build left them whose facts were still in one table, and whose people named no firm.</summary>
internal static class EarlierBuild
{
    /// <summary>Alice changed on the second day, when bob was told first.</summary>
    public static async Task FillAsync(Database database)
    {
        await new Migrator(database, [.. Migration.All(database.Dialect).TakeWhile(step => !step.Name.EndsWith("_fact_courses", StringComparison.Ordinal))], TimeProvider.System).RunAsync(default);
        await using var connection = await database.OpenAsync(default);
        for (var day = 0; day < 2; day++)
            await connection.Command(
                """
                INSERT INTO collection (company, id, source, source_version, scope, tool_version, completeness, started_at, finished_at) VALUES (@company, @id, 'directory', 1, 'directory:x', '0.1.0', 'complete', @at, @at);
                INSERT INTO coverage (company, scope, aspect, at, collection, state, read) VALUES (@company, 'directory:x', 'account.core', @at, @id, 'complete', 1)
                """, ("company", database.Company), ("id", $"{day}"), ("at", Micros.Of(StoreTests.Day.AddDays(day)))).RunAsync(default);
        foreach (var (account, day, closed) in new (Account, int, int?)[] { (new("alice", true), 0, 1), (new("alice", false), 1, null), (new("bob", true), 1, null) })
            await connection.Command(
                """
                INSERT INTO fact (company, scope, aspect, subject, first_seen, closed_at, collection, closed_by, value, hash, blob, path)
                VALUES (@company, 'directory:x', 'account.core', @subject, @at, @closed, @id, @closed_by, @value, @value, @blob, '/0')
                """,
                ("company", database.Company), ("subject", StoreTests.FactAbout(account).Subject), ("at", Micros.Of(StoreTests.Day.AddDays(day))), ("closed", closed is { } gone ? Micros.Of(StoreTests.Day.AddDays(gone)) : null), ("id", $"{day}"), ("closed_by", closed is null ? null : $"{closed}"),
                ("value", JsonSerializer.SerializeToUtf8Bytes(account, FactJson.Options)), ("blob", StoreTests.FactAbout(account).At.Blob.ToString())).RunAsync(default);
    }

    public static async Task FillInstallationAsync(Database database)
    {
        await new Migrator(database, [.. Migration.OfInstallation(database.Dialect).TakeWhile(step => !step.Name.EndsWith("_firms", StringComparison.Ordinal))], TimeProvider.System).RunAsync(default);
        await using var connection = await database.OpenAsync(default);
        await connection.Command("INSERT INTO company (id, version, title, created_at, created_by) VALUES ('acme', 1, 'Acme', @at, 'ops')", ("at", Micros.Of(StoreTests.Day))).RunAsync(default);
    }
}
