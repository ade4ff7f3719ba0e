using System.Text.Json.Nodes;
using Plainproof.Cli;
using Plainproof.Evidence;
using Plainproof.Tests.Evidence;
using Plainproof.Tests.Servers;

namespace Plainproof.Tests.Export;

/// <summary>
/// A company with collections, an uploaded file, a frozen population and a time stamp, and its package as a folder and as a zip. Made once for
/// each database; nobody changes it.
/// </summary>
internal sealed class Parcel
{
    private const string Company = "acme";
    private static readonly Lazy<Task<Parcel>> Sqlite = new(() => MakeAsync(null));
    private static readonly Lazy<Task<Parcel>> Postgresql = new(() => MakeAsync(PostgresServer.Shared.NewDatabase()));
    private readonly string _root;

    private Parcel(string root) => _root = root;

    public string Data => Path.Combine(_root, "data");

    public string Folder => Path.Combine(_root, "package");

    public string Zip => Path.Combine(_root, "package.zip");

    /// <summary>The key as the auditor got it earlier.</summary>
    public string KeyFile => Path.Combine(_root, "key.txt");

    public string CaFile => Path.Combine(_root, "ca.pem");

    /// <summary>A checkpoint that was kept when the log was shorter.</summary>
    public string KeptFile => Path.Combine(_root, "kept");

    /// <summary>One whose days were over before anything was read.</summary>
    public string Engagement { get; private set; } = "";

    public static Task<Parcel> OfAsync(bool postgresql) => (postgresql ? Postgresql : Sqlite).Value;

    public string File(string name) => Path.Combine(Folder, name.Replace('/', Path.DirectorySeparatorChar));

    public Task<(int Exit, string Said)> VerifyAsync(string package) => RunAsync("verify", package, "--vkey", KeyFile, "--tsa-ca", CaFile, "--kept", KeptFile);

    /// <summary>The same without starting a command line: for many of them.</summary>
    public Task<VerifyReport> ReportAsync(string package)
    {
        var roots = new System.Security.Cryptography.X509Certificates.X509Certificate2Collection();
        roots.ImportFromPemFile(CaFile);
        return Verifier.VerifyAsync(new VerifyRequest { Folder = package, Vkey = System.IO.File.ReadAllText(KeyFile).Trim(), TimestampRoots = roots, Kept = [("kept", System.IO.File.ReadAllBytes(KeptFile))] }, default);
    }

    /// <summary>With a key alone: what fails, fails without certificates too.</summary>
    public async Task<int> QuickExitAsync(string package) => (await Verifier.VerifyAsync(new VerifyRequest { Folder = package, Vkey = System.IO.File.ReadAllText(KeyFile).Trim() }, default)).ExitCode;

    public async Task<(int Exit, string Said)> RunAsync(params string[] command)
    {
        using var said = new StringWriter();
        var exit = await CommandLine.RunAsync([.. command, "--company", Company, "--data", Data], TextReader.Null, said, said);
        return (exit, said.ToString());
    }

    /// <summary>A copy that a test may spoil.</summary>
    public TemporaryFolder Copy()
    {
        var copy = new TemporaryFolder();
        foreach (var path in Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories))
        {
            var to = copy.File(Path.GetRelativePath(Folder, path));
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            System.IO.File.Copy(path, to);
        }

        return copy;
    }

    private static async Task<Parcel> MakeAsync(string? postgresql)
    {
        var parcel = new Parcel(Directory.CreateTempSubdirectory("plainproof-parcel-").FullName);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(parcel._root, recursive: true);
        Directory.CreateDirectory(parcel.Data);
        using var authority = await TestAuthority.StartAsync();
        System.IO.File.Copy(authority.CaFile, parcel.CaFile);
        var config = new JsonObject { ["timestampAuthorities"] = new JsonArray(new JsonObject { ["name"] = authority.Name, ["address"] = authority.Address.ToString(), ["roots"] = parcel.CaFile }) };
        if (postgresql is not null)
            config["postgresql"] = postgresql;
        await System.IO.File.WriteAllTextAsync(Path.Combine(parcel.Data, "config.json"), config.ToJsonString());
        await parcel.LiveAsync();
        await parcel.DoAsync("export", "--out", parcel.Folder + "/");
        await parcel.DoAsync("export", "--out", parcel.Zip);
        return parcel;
    }

    private async Task LiveAsync()
    {
        var (merges, review) = (Path.Combine(_root, "merges.jsonl"), Path.Combine(_root, "review.csv"));
        await System.IO.File.WriteAllLinesAsync(merges, [Merge(1, "=HYPERLINK(1)", "bob"), Merge(2, "A change", null)]);
        await DoAsync("check", "--only", "--source", $"push={await HeadedAsync(merges)}", "--report", Path.Combine(_root, "report.html"));
        System.IO.File.Copy(Path.Combine(Data, "companies", Company, "log", "checkpoint"), KeptFile);
        System.IO.File.Copy(Path.Combine(Data, "companies", Company, "log", "log.vkey"), KeyFile);
        await System.IO.File.WriteAllTextAsync(review, "account,decision\nann,keep\n");
        await DoAsync("evidence", "add", review, "--control", "AC-06", "--says", "Review of all accounts", "--from", Day(9), "--to", Day(4));
        Engagement = (await DoAsync("engagement", "new", "Last year", "--from", Day(400), "--to", Day(300))).Split(' ')[0];
        await DoAsync("population", "freeze", "changes", "--from", Day(9), "--to", Day(2));
    }

    private static async Task<string> HeadedAsync(string merges)
    {
        var lines = await System.IO.File.ReadAllLinesAsync(merges);
        var head = $$"""{"plainproof":"push/1","kind":"change.merge","scope":"push:forge","completeness":"complete","expected":{{lines.Length}},"says":"All merges.","from":"{{Day(30)}}","to":"{{Day(0)}}"}""";
        await System.IO.File.WriteAllLinesAsync(merges, [head, .. lines]);
        return merges;
    }

    private static string Merge(int number, string title, string? approvedBy) => new JsonObject
    {
        ["subject"] = $"merge/{number}",
        ["value"] = new JsonObject
        {
            ["id"] = $"#{number}",
            ["repository"] = "shop",
            ["author"] = "ann",
            ["mergedBy"] = "ann",
            ["mergedAt"] = $"{Day(5)}T10:00:00Z",
            ["title"] = title,
            ["checksPassed"] = true,
            ["approvals"] = approvedBy is null ? [] : new JsonArray(new JsonObject { ["by"] = approvedBy, ["at"] = $"{Day(5)}T09:00:00Z" }),
            ["tickets"] = new JsonArray("T-1"),
        },
    }.ToJsonString();

    /// <summary>So many days ago.</summary>
    public static string Day(int ago) => DateTimeOffset.UtcNow.AddDays(-ago).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    private async Task<string> DoAsync(params string[] command)
    {
        var (exit, said) = await RunAsync(command);
        if (exit != 0)
            throw new InvalidOperationException($"{string.Join(' ', command)} ended with {exit}: {said}");
        return said;
    }
}
