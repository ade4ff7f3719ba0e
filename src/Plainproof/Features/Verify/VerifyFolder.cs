using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Plainproof.Cli;
using Plainproof.Evidence;
using Plainproof.Storage;

namespace Plainproof.Features.Verify;

internal sealed record VerifiedFolder(string Folder, VerifyReport Report);

/// <param name="Folders">One folder a company; each holds <c>log</c> and <c>blobs</c>.</param>
internal sealed record FolderRequest(
    IReadOnlyList<string> Folders, string? Vkey, X509Certificate2Collection? Roots, IReadOnlyList<(string Name, byte[] Note)> Kept);

/// <summary>Verifies one company's folder, or every company of a data folder, with the keys and the database found there.</summary>
internal sealed class VerifyFolder(FolderRequest request)
{
    /// <exception cref="BadInput">Something named is not there or is not what it should be; tells all of it at once.</exception>
    public static FolderRequest Request(string folder, string? key, string? roots, IReadOnlyList<string> kept)
    {
        var problems = new List<string>();
        var folders = Folders(folder, problems);
        var vkey = key is null ? null : Read(() => File.Exists(key) ? File.ReadAllText(key).Trim() : key, $"--vkey {key}", problems);
        var certificates = roots is null ? null : Read(() => Certificates(roots), $"--tsa-ca {roots}", problems);
        var notes = kept.Select(file => (file, Note: Read(() => File.ReadAllBytes(file), $"--kept {file}", problems))).ToList();
        return problems.Count == 0 ? new FolderRequest(folders, vkey, certificates, [.. notes.Select(one => (one.file, one.Note!))]) : throw new BadInput(problems);
    }

    public async Task<IReadOnlyList<VerifiedFolder>> RunAsync(CancellationToken stop)
    {
        var reports = new List<VerifiedFolder>();
        foreach (var folder in request.Folders)
            reports.Add(new VerifiedFolder(folder, WithMark(folder, await VerifyAsync(folder, stop))));
        return reports;
    }

    private async Task<VerifyReport> VerifyAsync(string folder, CancellationToken stop)
    {
        var data = DataFolderOf(folder);
        var keys = data is null ? null : Path.Combine(data, "keys");
        var files = new VerifyRequest
        {
            Folder = folder,
            Vkey = request.Vkey,
            TimestampRoots = request.Roots,
            Kept = request.Kept,
            Keys = keys is not null && Directory.Exists(keys) ? new KeyFolder(keys) : null,
        };
        using var held = data is null ? null : new HeldDatabase(DataFolder.Open(data), Path.GetFileName(folder));
        if (held?.Database is not { } database)
            return await Verifier.VerifyAsync(files, stop);
        try
        {
            return await database.GuardAsync("The database could not be compared with the log.", () => Verifier.VerifyAsync(files with { Database = new LogDatabase(database) }, stop));
        }
        catch (DataProblem problem)
        {
            // The files stand on their own, such as those on a read-only disk: they are checked although the database could not be asked.
            var report = await Verifier.VerifyAsync(files, stop);
            return report with { Findings = [.. report.Findings, new Finding("database", Outcome.NotChecked, $"The database could not be asked. {problem.Why} {problem.Mend}")] };
        }
    }

    /// <summary>The first entry of a sample company's log says what it is. Whether that entry was changed, the verification tells.</summary>
    private static VerifyReport WithMark(string folder, VerifyReport report)
    {
        var entries = Path.Combine(folder, "log", "tile", "entries");
        var isSample = report.IsSample || Directory.Exists(entries) && Directory.EnumerateFiles(entries, "*", SearchOption.AllDirectories)
            .Where(file => Path.GetRelativePath(entries, file).StartsWith("000", StringComparison.Ordinal))
            .Any(file => File.ReadAllBytes(file).AsSpan().IndexOf("\"urn:plainproof:sample.made\""u8) >= 0);
        return isSample ? report with { Limits = [SampleMark.Words, .. report.Limits] } : report;
    }

    private static IReadOnlyList<string> Folders(string folder, List<string> problems)
    {
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        if (Package.Is(full))
            return [full];
        if (!Directory.Exists(full))
            problems.Add($"{folder}: there is no such folder or package. Name a data folder, the folder of one company, or a package as a folder or a zip.");
        else if (Directory.Exists(Path.Combine(full, "log")))
            return [full];
        else if (Directory.Exists(Path.Combine(full, "companies")) && Directory.GetDirectories(Path.Combine(full, "companies")) is { Length: > 0 } companies)
            return [.. companies.Order(StringComparer.Ordinal)];
        else
            problems.Add($"{folder}: this is no folder of Plainproof: it holds neither companies nor a log. The usual one is {DataFolder.DefaultPath}.");
        return [];
    }

    /// <summary>Null when the company's folder stands alone, such as a copy: then there is no database and no key to look at.</summary>
    private static string? DataFolderOf(string folder)
    {
        var data = Path.GetDirectoryName(Path.GetDirectoryName(folder));
        return Path.GetFileName(Path.GetDirectoryName(folder)) == "companies" && data is not null && File.Exists(Path.Combine(data, "format")) ? data : null;
    }

    private static X509Certificate2Collection Certificates(string file)
    {
        var certificates = new X509Certificate2Collection();
        certificates.ImportFromPemFile(file);
        return certificates.Count > 0 ? certificates : throw new CryptographicException("It holds no certificate in PEM.");
    }

    private static T? Read<T>(Func<T> read, string what, List<string> problems) where T : class
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            problems.Add($"{what}: {e.Message}");
            return null;
        }
    }

    /// <summary>The company's database, let go of when the verification ends.</summary>
    private sealed class HeldDatabase : IDisposable
    {
        public HeldDatabase(DataFolder data, string company) =>
            Database = data.Postgresql is not null || File.Exists(data.DatabaseFile(company)) ? data.DatabaseOf(company) : null;

        public Database? Database { get; }

        public void Dispose() => Database?.Release();
    }
}
