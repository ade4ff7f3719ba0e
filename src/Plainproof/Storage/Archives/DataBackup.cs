using System.Reflection;

namespace Plainproof.Storage.Archives;

/// <summary>
/// One file with all that an installation keeps. Others may read and write meanwhile: for each company the log's files come first, then
/// the rows as of one later moment, then the blobs. So the rows never lack what a file speaks of, and the log's files can be made from them.
/// </summary>
internal sealed class DataBackup(DataFolder folder, TimeProvider clock)
{
    private static readonly TimeSpan LogPatience = TimeSpan.FromSeconds(60);

    public static string Version { get; } = typeof(DataBackup).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0";

    /// <param name="to">Must not be there.</param>
    /// <exception cref="DataProblem">The file is there, lies in the data folder, or cannot be written. Nothing is left.</exception>
    public async Task<Manifest> WriteAsync(string to, CancellationToken stop)
    {
        Refuse(to);
        try
        {
            await using var archive = new ArchiveWriter(to);
            foreach (var path in Directory.EnumerateFiles(folder.Path).Where(path => IsKept(path) && !path.StartsWith(folder.InstallationFile, StringComparison.Ordinal)))
                await AddFileAsync(archive, path, stop);
            await AddFolderAsync(archive, folder.Keys, stop);
            await AddRowsAsync(archive, folder.InstallationDatabase(), folder.InstallationFile, Manifest.InstallationFolder, stop);
            foreach (var company in folder.Companies)
                await AddCompanyAsync(archive, company, stop);
            return await archive.FinishAsync(
                files => new Manifest(DataFolder.ReadFormat(folder.Path), Version, Micros.Round(clock.GetUtcNow()), folder.Postgresql is null ? "sqlite" : "postgresql", files), stop);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DataProblem("The backup could not be written.", to, e.Message, "Check free space and who may write there, then run the same command again.", e);
        }
    }

    private void Refuse(string to)
    {
        if (File.Exists(to) || Directory.Exists(to))
            throw new DataProblem("The backup was not written.", to, "There is something of that name already.", "Choose another name. Old backups are never replaced.");
        if (Path.GetFullPath(to).StartsWith(folder.Path + Path.DirectorySeparatorChar, StringComparison.Ordinal) && !Path.GetFileName(to).StartsWith(DataFolder.BeforeFormat, StringComparison.Ordinal))
            throw new DataProblem("The backup was not written.", to, "It would lie in the folder that it protects, and be lost with it.", "Choose a place on another disk.");
    }

    private async Task AddCompanyAsync(ArchiveWriter archive, string company, CancellationToken stop)
    {
        var root = folder.CompanyRoot(company);
        using (await LogAtRestAsync(Path.Combine(root, "log"), stop))
            await AddFolderAsync(archive, Path.Combine(root, "log"), stop);
        await AddRowsAsync(archive, folder.DatabaseOf(company), folder.DatabaseFile(company), $"companies/{company}", stop);
        foreach (var path in Directory.EnumerateFiles(root).Where(path => IsKept(path) && !Path.GetFileName(path).StartsWith("plainproof.db", StringComparison.Ordinal)))
            await AddFileAsync(archive, path, stop);
        foreach (var inner in Directory.EnumerateDirectories(root).Where(inner => Path.GetFileName(inner) != "log"))
            await AddFolderAsync(archive, inner, stop);
    }

    private async Task AddRowsAsync(ArchiveWriter archive, Database database, string file, string into, CancellationToken stop)
    {
        if (database is SqliteDatabase sqlite && File.Exists(file))
            await AddDatabaseAsync(archive, sqlite, file, stop);
        else if (database is PostgresqlDatabase)
            await PostgresqlRows.ExportAsync(database, into, archive, stop);
    }

    private async Task AddDatabaseAsync(ArchiveWriter archive, SqliteDatabase database, string file, CancellationToken stop)
    {
        var copy = archive.Unfinished + ".db";
        try
        {
            await database.GuardAsync("The database could not be copied.", () => database.CopyAsync(copy, stop));
            await using var bytes = File.OpenRead(copy);
            await archive.AddAsync(NameOf(file), bytes, packed: false, stop);
        }
        finally
        {
            File.Delete(copy);
        }
    }

    private async Task AddFolderAsync(ArchiveWriter archive, string path, CancellationToken stop)
    {
        if (!Directory.Exists(path))
            return;
        foreach (var file in Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories).Where(IsKept).Order(StringComparer.Ordinal))
            await AddFileAsync(archive, file, stop);
    }

    private async Task AddFileAsync(ArchiveWriter archive, string path, CancellationToken stop)
    {
        FileStream bytes;
        try
        {
            bytes = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return; // Retention shredded it between listing and opening; its rows say so.
        }

        var name = NameOf(path);
        await using (bytes)
            await archive.AddAsync(name, bytes, packed: name.Contains("/blobs/", StringComparison.Ordinal), stop);
    }

    private string NameOf(string path) => Path.GetRelativePath(folder.Path, path).Replace(Path.DirectorySeparatorChar, '/');

    private static bool IsKept(string path)
    {
        var name = Path.GetFileName(path);
        return !name.Contains(".tmp-", StringComparison.Ordinal) && !name.EndsWith(".lock", StringComparison.Ordinal)
            && !name.StartsWith("before-", StringComparison.Ordinal) && !path.Contains("/blobs/incoming/", StringComparison.Ordinal);
    }

    /// <summary>Waits until nobody publishes, and keeps it so: the lock is the one the log itself takes.</summary>
    private static async Task<IDisposable?> LogAtRestAsync(string log, CancellationToken stop)
    {
        var path = Path.Combine(log, ".lock");
        for (var waited = TimeSpan.Zero; File.Exists(path); waited += TimeSpan.FromMilliseconds(20))
        {
            try
            {
                return new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (waited < LogPatience)
            {
                await Task.Delay(20, stop);
            }
        }

        return null;
    }
}
