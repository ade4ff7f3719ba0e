using System.Data.Common;
using System.Globalization;
using Plainproof.Evidence;
using Plainproof.Storage;

namespace Plainproof.Features.Safekeeping;

/// <summary>Whether the rows can be reached, are whole and of this build, and a company's agree with its published log.</summary>
internal static class DatabaseExamination
{
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(5);

    public static async Task<IReadOnlyList<Finding>> RunAsync(DataFolder folder, string company, TimeProvider clock, CancellationToken stop)
    {
        if (folder.Postgresql is null && !File.Exists(folder.DatabaseFile(company)))
            return [Finding.Fine($"{company} has no database yet.", folder.DatabaseFile(company))];
        var database = folder.DatabaseOf(company);
        return await database.GuardAsync("The database cannot be looked at.", async () =>
        {
            var findings = new List<Finding>();
            if (await new Migrator(database, clock).PendingAsync(stop) is { Count: > 0 } pending)
            {
                findings.Add(new Finding(FindingState.Advice, $"The database lacks {pending.Count} steps of this build.", database.Where, "The next command brings it up to date."));
                return findings;
            }

            await using var connection = await database.OpenAsync(stop);
            findings.Add(await WholeAsync(database, connection, stop));
            if (database is PostgresqlDatabase)
                findings.AddRange(await WallsAsync(database, stop));
            findings.Add(await TimesAsync(database, connection, clock.GetUtcNow(), stop));
            findings.Add(await LogAsync(database, connection, new CompanyFolder(company, folder.CompanyRoot(company)), stop));
            findings.AddRange(await CopyExamination.RunAsync(folder, database, clock.GetUtcNow(), stop));
            var withheld = await connection.Command("SELECT COUNT(*) FROM connection WHERE company = @company AND withheld IS NOT NULL", ("company", company)).ValueAsync<long>(stop) ?? 0;
            findings.Add(KeyExamination.OfSystems(folder, company, withheld));
            return findings;
        });
    }

    /// <summary>The people's rows. Nothing is told before there are any.</summary>
    public static async Task<IReadOnlyList<Finding>> OfInstallationAsync(DataFolder folder, TimeProvider clock, CancellationToken stop)
    {
        var database = folder.InstallationDatabase();
        if (database is SqliteDatabase && !File.Exists(folder.InstallationFile))
            return [];
        return await database.GuardAsync<IReadOnlyList<Finding>>("The database of people cannot be looked at.", async () =>
        {
            var pending = await new Migrator(database, clock).PendingAsync(stop);
            await using var connection = await database.OpenAsync(stop);
            return !await database.HasTableAsync(connection, "migration", stop) ? []
                : pending.Count > 0 ? [new Finding(FindingState.Advice, $"The database of people lacks {pending.Count} steps of this build.", database.Where, "The next start of the workspace brings it up to date.")]
                : [await WholeAsync(database, connection, stop)];
        });
    }

    private static async Task<Finding> WholeAsync(Database database, DbConnection connection, CancellationToken stop)
    {
        var whose = database.Company == Database.Installation ? "people" : database.Company;
        var fine = Finding.Fine($"The database of {whose} answers and is of this build.", database.Where);
        if (database is not SqliteDatabase)
            return fine;
        var said = await connection.Command("PRAGMA quick_check(3)").ListAsync(row => row.GetString(0), stop);
        return said is ["ok"] ? fine : new Finding(
            FindingState.Broken, $"The database of {whose} is damaged: {string.Join("; ", said)}.", database.Where,
            "Restore your newest backup into a new folder: plainproof restore FILE --data NEWFOLDER.");
    }

    private static async Task<IReadOnlyList<Finding>> WallsAsync(Database database, CancellationToken stop)
    {
        await using var owner = await database.OpenAsOwnerAsync(stop);
        var open = await owner.Command(
            """
            SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
            WHERE c.relkind IN ('r', 'p') AND c.relnamespace = current_schema()::regnamespace AND a.attname = 'company' AND NOT a.attisdropped
              AND NOT (c.relrowsecurity AND c.relforcerowsecurity AND EXISTS (SELECT 1 FROM pg_policy p WHERE p.polrelid = c.oid))
            """).ListAsync(row => row.GetString(0), stop);
        var powerful = await owner.Command("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user").ValueAsync<bool>(stop) == true;
        return
        [
            open.Count == 0
                ? Finding.Fine("Every table keeps companies apart.", database.Where)
                : new Finding(FindingState.Broken, $"Tables without a wall between companies: {string.Join(", ", open)}.", database.Where, "Someone changed the tables by hand. Restore them from a backup."),
            .. powerful
                ? [new Finding(FindingState.Advice, "Plainproof signs in as a user who may pass every wall.", database.Where, "Use a login that owns the database and is no superuser.")]
                : Array.Empty<Finding>(),
        ];
    }

    private static async Task<Finding> TimesAsync(Database database, DbConnection connection, DateTimeOffset now, CancellationToken stop)
    {
        var newest = await connection.Command("SELECT MAX(finished_at) FROM collection WHERE company = @company", ("company", database.Company)).ValueAsync<long>(stop);
        return newest is { } at && Micros.Time(at) > now + Skew
            ? new Finding(
                FindingState.Broken, $"{database.Company} was last read at {Micros.Time(at):yyyy-MM-dd HH:mm} UTC, and the clock says {now:yyyy-MM-dd HH:mm} UTC.", database.Where,
                "Set the clock right. Until then nothing new can be stored for what was read at that time.")
            : Finding.Fine(newest is { } last ? $"{database.Company} was last read at {Micros.Time(last):yyyy-MM-dd HH:mm} UTC." : $"{database.Company} was never read.", database.Where);
    }

    private static async Task<Finding> LogAsync(Database database, DbConnection connection, CompanyFolder folder, CancellationToken stop)
    {
        var signed = await connection.Command("SELECT MAX(size) FROM log_checkpoint WHERE company = @company", ("company", database.Company)).ValueAsync<long>(stop);
        var waiting = await connection.Command("SELECT COUNT(*) FROM pending_entry WHERE company = @company", ("company", database.Company)).ValueAsync<long>(stop);
        var published = PublishedSize(Path.Combine(folder.Log, "checkpoint"));
        return (published ?? 0) > (signed ?? 0)
            ? new Finding(
                FindingState.Broken, $"The log of {database.Company} was published with {published} entries; the database has {signed ?? 0}. Was an old copy put back?", folder.Log,
                "Put the newest database back. The log signs no second history.")
            : published != signed || waiting > 0
            ? new Finding(FindingState.Advice, $"The log of {database.Company} needs repair: {signed ?? 0} entries are signed, {published ?? 0} published, {waiting} wait.", folder.Log, "The next command that stores something repairs it.")
            : Finding.Fine($"The log of {database.Company} is in step: {signed ?? 0} entries. To check them: plainproof verify.", folder.Log);
    }

    /// <summary>The second line of a checkpoint is its size; null when there is none to read.</summary>
    private static long? PublishedSize(string checkpoint) =>
        File.Exists(checkpoint) && File.ReadLines(checkpoint).ElementAtOrDefault(1) is { } line && long.TryParse(line, NumberStyles.None, CultureInfo.InvariantCulture, out var size) ? size : null;
}
