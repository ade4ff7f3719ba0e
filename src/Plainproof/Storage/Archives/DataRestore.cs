using System.Data.Common;

namespace Plainproof.Storage.Archives;

/// <summary>Brings a backup back into an empty place. Every hash is checked before anything is written; then all of it appears, or nothing.</summary>
internal sealed class DataRestore(string file, string target, TimeProvider clock)
{
    private const long SpareBytes = 16 << 20;
    private const int MostProblemsTold = 10;

    /// <exception cref="DataProblem">The target is as it was.</exception>
    public async Task<Manifest> RunAsync(CancellationToken stop)
    {
        var place = Path.GetFullPath(target);
        RefuseFull(place);
        using var archive = ArchiveReader.Open(file);
        await CheckAsync(archive, stop);
        await new ArchivedSteps(archive).RefuseNewerAsync(stop);
        var unfinished = $"{place}.tmp-{Guid.NewGuid():N}";
        try
        {
            await ExtractAsync(archive, unfinished, stop);
            await PlaceAsync(archive, unfinished, place, stop);
            await UpgradeAsync(place, archive.Manifest, stop);
            return archive.Manifest;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new DataProblem("The backup was not restored.", place, e.Message, "Check free space and who may write there, then run the same command again.", e);
        }
        finally
        {
            if (Directory.Exists(unfinished))
                Directory.Delete(unfinished, recursive: true);
        }
    }

    private static void RefuseFull(string place)
    {
        if (File.Exists(place) || (Directory.Exists(place) && Directory.EnumerateFileSystemEntries(place).Any()))
            throw new DataProblem("The backup was not restored.", place, "The place is not empty, and nothing is ever replaced.", "Choose a new folder with --data DIR.");
    }

    private async Task CheckAsync(ArchiveReader archive, CancellationToken stop)
    {
        if (archive.Manifest.Format > DataFolder.CurrentFormat)
            throw new DataProblem("The backup was made by a newer Plainproof.", file, $"Its format is {archive.Manifest.Format}; this build knows formats up to {DataFolder.CurrentFormat}.", "Use the newer Plainproof.");
        var problems = await archive.ProblemsAsync(stop);
        if (problems.Count > 0)
            throw new DataProblem("The backup is damaged. Nothing was restored.", file, string.Join(" ", problems.Take(MostProblemsTold)), "Take another backup.");
        var needed = archive.Manifest.Files.Sum(one => one.Bytes) + SpareBytes;
        if (FreeBytes(Path.GetFullPath(target)) is { } free && free < needed)
            throw new DataProblem("The backup was not restored.", target, $"It needs {needed >> 20} MB and the disk has {free >> 20} MB free.", "Free some space, or choose another disk with --data DIR.");
    }

    private static long? FreeBytes(string place)
    {
        var there = place;
        while (!Directory.Exists(there) && Path.GetDirectoryName(there) is { } parent)
            there = parent;
        return new DriveInfo(there) is { IsReady: true } drive ? drive.AvailableFreeSpace : null;
    }

    private static async Task ExtractAsync(ArchiveReader archive, string unfinished, CancellationToken stop)
    {
        Private.CreateFolder(unfinished);
        foreach (var one in archive.Manifest.Files.Where(one => !Manifest.IsRows(one.Path)))
        {
            var path = Path.Combine([unfinished, .. one.Path.Split('/')]);
            CreateFolders(unfinished, Path.GetDirectoryName(path)!);
            await using var to = Private.Create(path);
            await archive.CopyAsync(one, to, stop);
            to.Flush(flushToDisk: true);
        }

        foreach (var company in archive.Manifest.Companies)
            CreateFolders(unfinished, Path.Combine(unfinished, "companies", company));
    }

    private static void CreateFolders(string root, string path)
    {
        if (path.Length <= root.Length || Directory.Exists(path))
            return;
        CreateFolders(root, Path.GetDirectoryName(path)!);
        Private.CreateFolder(path);
    }

    /// <summary>The folder gets its name when all companies' rows are in and checked; they are committed last, and the name goes when that fails.</summary>
    private async Task PlaceAsync(ArchiveReader archive, string unfinished, string place, CancellationToken stop)
    {
        var rows = new List<(DbConnection Connection, DbTransaction Within)>();
        try
        {
            await ImportAsync(archive, DataFolder.Open(unfinished), rows, stop);
            if (Directory.Exists(place))
                Directory.Delete(place);
            Directory.Move(unfinished, place);
            await CommitAsync(rows, () => Directory.Move(place, unfinished), stop);
        }
        finally
        {
            foreach (var (connection, within) in rows)
            {
                await within.DisposeAsync();
                await connection.DisposeAsync();
            }
        }
    }

    private static async Task CommitAsync(List<(DbConnection Connection, DbTransaction Within)> rows, Action undo, CancellationToken stop)
    {
        try
        {
            foreach (var (_, within) in rows)
                await within.CommitAsync(stop);
        }
        catch
        {
            undo();
            throw;
        }
    }

    private async Task ImportAsync(ArchiveReader archive, DataFolder folder, List<(DbConnection, DbTransaction)> rows, CancellationToken stop)
    {
        if (archive.Manifest.Database == "postgresql" && folder.Postgresql is null)
            throw new DataProblem("The backup was not restored.", file, "It holds rows of a PostgreSQL, and none is configured here.", $"Name an empty database in {DataFolder.PostgresqlVariable}, and run the same command again.");
        if (archive.Manifest.Database != "postgresql" && folder.Postgresql is not null)
            throw new DataProblem("The backup was not restored.", file, "It holds SQLite files, and a PostgreSQL is configured here.", $"Unset {DataFolder.PostgresqlVariable}, and run the same command again.");
        var steps = new ArchivedSteps(archive);
        foreach (var database in DatabasesOf(archive.Manifest, folder))
        {
            if (folder.Postgresql is null)
                await RefuseNewerAsync(database, stop);
            else
                await ImportAsync(archive, await steps.OfAsync(database, stop), database, rows, stop);
        }
    }

    private static IEnumerable<Database> DatabasesOf(Manifest manifest, DataFolder folder)
    {
        if (folder.Postgresql is not null || File.Exists(folder.InstallationFile))
            yield return folder.InstallationDatabase();
        foreach (var company in manifest.Companies.Where(company => folder.Postgresql is not null || File.Exists(folder.DatabaseFile(company))))
            yield return folder.DatabaseOf(company);
    }

    /// <summary>A file of SQLite tells its steps itself. An older one is brought up to date when it is opened, as any other.</summary>
    private async Task RefuseNewerAsync(Database database, CancellationToken stop)
    {
        try
        {
            await database.GuardAsync("The backup was not restored.", () => new Migrator(database, clock).PendingAsync(stop));
        }
        catch (DataProblem e)
        {
            throw new DataProblem(e.What.Replace("The database", "The backup", StringComparison.Ordinal), file, e.Why, e.Mend, e);
        }
        finally
        {
            database.Release();
        }
    }

    /// <summary>The tables become those that the backup was made from, and no newer: its rows fit no others.</summary>
    private async Task ImportAsync(ArchiveReader archive, IReadOnlyList<Migration> steps, Database database, List<(DbConnection, DbTransaction)> rows, CancellationToken stop)
    {
        await RefuseFurtherAsync(database, steps, stop);
        await new Migrator(database, steps, clock).RunAsync(stop);
        var within = await PostgresqlRows.ImportAsync(database, archive, archive.Manifest.RowsOf(database.Company), stop);
        rows.Add((within.Connection!, within));
    }

    private Task RefuseFurtherAsync(Database database, IReadOnlyList<Migration> steps, CancellationToken stop) => database.GuardAsync("The backup was not restored.", async () =>
    {
        var done = await new Migrator(database, clock).DoneAsync(stop);
        if (done.Except(steps.Select(step => step.Name), StringComparer.Ordinal).Min(StringComparer.Ordinal) is { } further)
            throw new DataProblem(
                "The backup was not restored.", database.Where, $"The database has the schema step {further} already, and the backup was made before it.",
                $"Name an empty database in {DataFolder.PostgresqlVariable}, and run the same command again.");
    });

    /// <summary>As any upgrade. Should it fail, all is there as it was backed up, and whoever opens it tries again.</summary>
    private async Task UpgradeAsync(string place, Manifest manifest, CancellationToken stop)
    {
        var folder = DataFolder.Open(place);
        if (folder.Postgresql is null)
            return;
        try
        {
            foreach (var database in DatabasesOf(manifest, folder))
                await new Migrator(database, clock).RunAsync(stop);
        }
        catch (DataProblem e)
        {
            throw new DataProblem("The backup is restored as it was made, and was not brought up to this build.", e.Where, e.Why, $"{e.Mend} It is tried again when you use the folder.", e);
        }
    }
}
