using System.Text.Json;
using Plainproof.Facts;

namespace Plainproof.Sources.Restic;

/// <summary>Reads what backups a restic repository (0.14 or newer) holds, and the company's own records of checks and restores.</summary>
internal sealed class ResticSource : ISource
{
    private static readonly Permission Read = new("store of the repository", "list and read, nothing else", "To see which backups there are. Nothing is written, no lock either.");

    public SourceInfo Info { get; } = new(
        "restic", 1, "restic", "A restic repository: the newest backup of each data set, damage, records of checks and restores.",
        "REPOSITORY", "--source \"restic=/srv/backup/main?password-file=restic.password&expect=db1:/var/lib/postgresql\"",
        [
            new SourceOption("password", "The password of the repository.", Secret: true, Required: true),
            new SourceOption("binary", "The restic program: the one on the path unless told.", Kind: OptionKind.Machine),
            new SourceOption("name", "A short name for the repository. Left out: made from the address."),
            new SourceOption("expect", "Data sets that must be there: HOST:PATH,HOST:PATH."),
            new SourceOption("checks", "File with a line for each check: at, clean, sharePercent, by, note (CSV or JSON lines).", Kind: OptionKind.Machine),
            new SourceOption("restores", "File with a line for each restore: dataSet, at, worked, seconds, verifiedBy, note (CSV or JSON lines).", Kind: OptionKind.Machine),
            new SourceOption("timeout", "Seconds that one question may take: 120 unless told. Far stores are slow.", Kind: OptionKind.Number),
        ],
        [
            new Offer(Aspect.Of<BackupSet>(), [Read], "restic snapshots; restic list snapshots, to count them a second way"),
            new Offer(Aspect.Of<BackupRepository>(), [Read], "restic ls of one folder that is not there, which loads the index"),
            new Offer(Aspect.Of<BackupProtection>(), [], "nothing; it reads the address"),
            new Offer(Aspect.Of<BackupVerification>(), [], "reads the file of checks"),
            new Offer(Aspect.Of<BackupRestore>(), [], "reads the file of restores"),
        ],
        "Three short runs of restic, without lock and without cache.");

    public string ScopeOf(Target target) => ResticTarget.Of(target).Scope;

    public async Task CollectAsync(Target target, IReadOnlySet<Aspect> wanted, ISink sink, CancellationToken stop)
    {
        var where = ResticTarget.Of(target);
        await RecordsAsync<BackupVerification>(where, wanted, "check", "checks", where.Checks, one => one.At, sink, stop);
        await RecordsAsync<BackupRestore>(where, wanted, "restore", "restores", where.Restores, one => one.At, sink, stop);
        var program = new ResticProgram(where, target.Option("password-file"), target.Secret("password"), sink);
        await new ResticReading(where, program, sink).ReadAsync(wanted, stop);
    }

    /// <summary>A record the company keeps. All of it is read; with no file there is no record.</summary>
    private static async Task RecordsAsync<T>(
        ResticTarget where, IReadOnlySet<Aspect> wanted, string kind, string option, string? path, Func<T, DateTimeOffset> at, ISink sink, CancellationToken stop) where T : notnull
    {
        if (!wanted.Contains(Aspect.Of<T>()))
            return;
        if (path is null)
        {
            await sink.CoverAsync<T>(
                where.Scope, Completeness.Disabled, $"restic keeps no record of {option}, and none was named.",
                $"Let the job that runs them add a line to a file, and name it with {option}=FILE.", stop);
            return;
        }

        var (bytes, rows) = await RecordFile.ReadAsync<T>(path, stop);
        using var stream = new MemoryStream(bytes, writable: false);
        var digest = await sink.KeepAsync("text/plain", stream, stop);
        foreach (var (value, line) in rows)
            await sink.AddAsync(Fact.Of(Subjects.Of(where.Scope, kind, $"{at(value):yyyy-MM-ddTHH:mm:ssZ}-{line}"), value, new Pointer(digest, $"line:{line}")), stop);
        await sink.CoverCompleteAsync<T>(where.Scope, rows.Count, stop);
    }
}

/// <summary>The part that asks the repository itself.</summary>
internal sealed class ResticReading(ResticTarget where, ResticProgram program, ISink sink)
{
    private static readonly JsonSerializerOptions Loose = new(JsonSerializerDefaults.Web);

    public async Task ReadAsync(IReadOnlySet<Aspect> wanted, CancellationToken stop)
    {
        var version = (await program.RunAsync(stop, "version")).Text;
        var listed = await program.RunAsync(stop, "list", "snapshots");
        if (listed.Code != 0)
            throw ResticTrouble.Explain(listed, where);
        var ids = listed.Text.Split('\n', StringSplitOptions.TrimEntries).Select(Id).Where(id => id.Length == 64).ToHashSet(StringComparer.Ordinal);

        var printed = await program.RunAsync(stop, "snapshots");
        if (printed.Code != 0)
            throw ResticTrouble.Explain(printed, where);
        var digest = await sink.KeepTextAsync("application/json", printed.Text, stop);
        var snapshots = Parse(printed);
        var missing = ids.Where(id => snapshots.All(one => one.Id != id)).ToList();

        if (wanted.Contains(Aspect.Of<BackupSet>()))
            await SetsAsync(snapshots, missing, ids.Count, digest, stop);
        if (wanted.Contains(Aspect.Of<BackupProtection>()))
        {
            await sink.AddAsync(Fact.Of(Subjects.Of(where.Scope, "repository", "protection"), where.Protection(), new Pointer(digest, "")), stop);
            await sink.CoverCompleteAsync<BackupProtection>(where.Scope, 1, stop);
        }

        if (wanted.Contains(Aspect.Of<BackupRepository>()))
            await RepositoryAsync(VersionOf(version), snapshots.Count > 0, missing, stop);
    }

    private async Task SetsAsync(IReadOnlyList<Snapshot> snapshots, IReadOnlyList<string> missing, int expected, Digest digest, CancellationToken stop)
    {
        var sets = snapshots.Select((snapshot, index) => (snapshot, index)).GroupBy(pair => pair.snapshot.DataSet, StringComparer.Ordinal).ToList();
        foreach (var set in sets)
        {
            var newest = set.MaxBy(pair => pair.snapshot.Time);
            var fact = new BackupSet(
                set.Key, newest.snapshot.Hostname, newest.snapshot.Paths, [.. set.SelectMany(pair => pair.snapshot.Tags ?? []).Distinct().Order(StringComparer.Ordinal)],
                set.Count(), newest.snapshot.Time, set.Min(pair => pair.snapshot.Time), where.Expected.Count == 0 ? null : where.Expected.Any(one => newest.snapshot.Holds(one.Host, one.Path)));
            await sink.AddAsync(Fact.Of(Subjects.Of(where.Scope, "backup", set.Key), fact, new Pointer(digest, $"/{newest.index}")), stop);
        }

        foreach (var (host, path) in where.Expected.Where(one => !snapshots.Any(snapshot => snapshot.Holds(one.Host, one.Path))).Distinct())
            await sink.AddAsync(Fact.Of(Subjects.Of(where.Scope, "backup", $"{host}:{path}"), new BackupSet($"{host}:{path}", host, [path], [], 0, Declared: true), new Pointer(digest, "")), stop);
        if (missing.Count == 0)
            await sink.CoverCompleteAsync<BackupSet>(where.Scope, snapshots.Count, stop, expected);
        else
            await sink.CoverAsync<BackupSet>(
                where.Scope, Completeness.Partial, $"{missing.Count} of {expected} backups could not be loaded: {string.Join(", ", missing.Take(3).Select(id => id[..8]))}.",
                "Run restic check, and repair the repository as it says.", stop, snapshots.Count, expected);
    }

    /// <summary>Loads the index, as a restore would. Damage is a finding, not a failure to look.</summary>
    private async Task RepositoryAsync(string version, bool any, IReadOnlyList<string> missing, CancellationToken stop)
    {
        if (!any && missing.Count == 0)
        {
            await sink.CoverCompleteAsync<BackupRepository>(where.Scope, 0, stop);
            return;
        }

        var probe = await program.RunAsync(stop, any ? ["ls", "latest", "/plainproof-looks-for-nothing"] : ["cat", "config"]);
        var damage = missing.Count > 0 ? $"{missing.Count} backups cannot be loaded" : ResticTrouble.IsDamage(probe.Errors) ? ResticTrouble.First(probe.Errors) : null;
        if (probe.Code != 0 && damage is null)
            throw ResticTrouble.Explain(probe, where);
        var digest = await sink.KeepTextAsync("text/plain", $"restic ended with code {probe.Code}\n{probe.Errors}", stop);
        var fact = new BackupRepository("restic", version, damage is null, damage);
        await sink.AddAsync(Fact.Of(Subjects.Of(where.Scope, "repository", "store"), fact, new Pointer(digest, "line:1")), stop);
        await sink.CoverCompleteAsync<BackupRepository>(where.Scope, 1, stop);
    }

    private static IReadOnlyList<Snapshot> Parse(Printed printed)
    {
        try
        {
            return JsonSerializer.Deserialize<List<Snapshot>>(printed.Out, Loose) ?? [];
        }
        catch (JsonException e)
        {
            throw new CannotRead(
                Completeness.Failed, $"restic did not print a list of snapshots at byte {e.BytePositionInLine}.", "Use restic 0.14 or newer, and name it with binary=PATH.", e);
        }
    }

    /// <summary>One id a line; a version may also print each as a JSON text.</summary>
    private static string Id(string line) => line.Trim('"', ',', '[', ']', ' ');

    private static string VersionOf(string printed)
    {
        if (printed.TrimStart().StartsWith('{'))
            return JsonSerializer.Deserialize<VersionLine>(printed, Loose)?.Version ?? "unknown";
        return printed.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [_, var version, ..] ? version : "unknown";
    }

    private sealed record VersionLine(string? Version = null);

    /// <summary>Newer versions tell more; what is not named here is left alone.</summary>
    private sealed record Snapshot(string Id, DateTimeOffset Time, string Hostname, IReadOnlyList<string> Paths, IReadOnlyList<string>? Tags = null)
    {
        public string DataSet => $"{Hostname}:{string.Join(',', Paths.Order(StringComparer.Ordinal))}";

        /// <summary>True when the path is one of those backed up, or lies in one.</summary>
        public bool Holds(string host, string path) => host == Hostname
            && Paths.Any(own => path == own || path.StartsWith(own.TrimEnd('/') + "/", StringComparison.Ordinal));
    }
}
