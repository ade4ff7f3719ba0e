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
        var unfinished = $"{place}.tmp-{Guid.NewGuid():N}";
        try
        {
            await ExtractAsync(archive, unfinished, stop);
            await PlaceAsync(archive, unfinished, place, stop);
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
        if (folder.Postgresql is null)
            return;
        await ImportAsync(archive, folder.InstallationDatabase(), one => Manifest.IsInstallationRows(one.Path), rows, stop);
        foreach (var company in archive.Manifest.Companies)
            await ImportAsync(archive, folder.DatabaseOf(company), one => Manifest.IsRows(one.Path) && Manifest.CompanyOf(one.Path) == company, rows, stop);
    }

    private async Task ImportAsync(ArchiveReader archive, Database database, Func<ManifestFile, bool> belongs, List<(DbConnection, DbTransaction)> rows, CancellationToken stop)
    {
        await new Migrator(database, clock).RunAsync(stop);
        var within = await PostgresqlRows.ImportAsync(database, archive, [.. archive.Manifest.Files.Where(belongs)], stop);
        rows.Add((within.Connection!, within));
    }
}
