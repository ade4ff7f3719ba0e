using System.Data.Common;

namespace Plainproof.Storage;

/// <summary>
/// Brings the schema up to this build: every step once, in order, all in one transaction under a lock.
/// A process that dies half-way leaves the schema as it was; a second process waits and then finds nothing to do.
/// </summary>
internal sealed class Migrator(Database database, IReadOnlyList<Migration> steps, TimeProvider clock)
{
    private const string Table = "CREATE TABLE IF NOT EXISTS migration (name TEXT NOT NULL PRIMARY KEY, checksum TEXT NOT NULL, applied_at BIGINT NOT NULL)";

    public Migrator(Database database, TimeProvider clock)
        : this(database, database.Company == Database.Installation ? Migration.OfInstallation(database.Dialect) : Migration.All(database.Dialect), clock)
    {
    }

    /// <exception cref="DataProblem">The schema is newer than this build, a step was changed after it ran, or the database refuses.</exception>
    public Task RunAsync(CancellationToken stop) => database.GuardAsync("The database could not be brought up to date.", async () =>
    {
        await using var owner = await database.OpenAsOwnerAsync(stop);
        var applied = await AppliedAsync(owner, null, stop);
        if (Pending(applied).Count == 0)
            return;
        if (applied.Count > 0)
            await database.CopyAsideAsync(applied.Keys.Max(StringComparer.Ordinal)!, stop);
        await using var within = await database.BeginMigrationAsync(owner, stop);
        await ApplyAsync(within, stop);
        await within.CommitAsync(stop);
    });

    /// <summary>Names of steps that this build has and the database has not.</summary>
    public async Task<IReadOnlyList<string>> PendingAsync(CancellationToken stop)
    {
        await using var owner = await database.OpenAsOwnerAsync(stop);
        return [.. Pending(await AppliedAsync(owner, null, stop)).Select(step => step.Name)];
    }

    /// <summary>Names of steps that the database has.</summary>
    public async Task<IReadOnlyCollection<string>> DoneAsync(CancellationToken stop)
    {
        await using var owner = await database.OpenAsOwnerAsync(stop);
        return (await AppliedAsync(owner, null, stop)).Keys;
    }

    private async Task ApplyAsync(DbTransaction within, CancellationToken stop)
    {
        await within.Command(Table).RunAsync(stop);
        var pending = Pending(await AppliedAsync(within.Connection!, within, stop));
        if (pending.Count == 0)
            return;
        await database.LowerWallsAsync(within, stop);
        foreach (var step in pending)
        {
            await within.Command(step.Text).RunAsync(stop);
            await within.Command(
                "INSERT INTO migration (name, checksum, applied_at) VALUES (@name, @checksum, @at)",
                ("name", step.Name), ("checksum", step.Checksum), ("at", Micros.Of(clock.GetUtcNow()))).RunAsync(stop);
        }

        await database.RaiseWallsAsync(within, stop);
    }

    private async Task<Dictionary<string, string>> AppliedAsync(DbConnection connection, DbTransaction? within, CancellationToken stop)
    {
        if (within is null && !await database.HasTableAsync(connection, "migration", stop))
            return [];
        var command = connection.Command("SELECT name, checksum FROM migration");
        command.Transaction = within;
        var rows = await command.ListAsync(row => (row.GetString(0), row.GetString(1)), stop);
        return rows.ToDictionary(StringComparer.Ordinal);
    }

    private List<Migration> Pending(Dictionary<string, string> applied)
    {
        RefuseForeign(applied, steps, "The database", database.Where);
        return [.. steps.Where(step => !applied.ContainsKey(step.Name))];
    }

    /// <param name="applied">Names and checksums of the steps that a database or a backup has.</param>
    /// <exception cref="DataProblem">One of them is not of this build, or is another one here.</exception>
    public static void RefuseForeign(IReadOnlyDictionary<string, string> applied, IReadOnlyList<Migration> steps, string what, string where)
    {
        var known = steps.Select(step => step.Name).ToHashSet(StringComparer.Ordinal);
        if (applied.Keys.FirstOrDefault(name => !known.Contains(name)) is { } newer)
            throw new DataProblem(
                $"{what} was made by a newer Plainproof.", where, $"It holds the schema step {newer}, which this build does not know.",
                "Use the newer Plainproof, or restore a backup made before the upgrade.");
        if (steps.FirstOrDefault(step => applied.TryGetValue(step.Name, out var checksum) && checksum != step.Checksum) is { } changed)
            throw new DataProblem(
                $"{what} does not fit this build.", where, $"The schema step {changed.Name} was changed after it had run here.",
                "Use an official build of Plainproof.");
    }
}
