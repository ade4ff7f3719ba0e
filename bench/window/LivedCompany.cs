using Plainproof.Features.Check;
using Plainproof.Storage;

namespace Plainproof.Bench.Window;

/// <summary>
/// A company whose systems are read and judged every night, as <c>plainproof check</c> does it: bytes sealed, one transaction a collection with
/// its log entry, the results of all checks, the log signed and published.
/// </summary>
internal sealed class LivedCompany(DataFolder data, string name, SteppedClock clock, Office office)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    public string Name => name;

    public static LivedCompany Begin(DataFolder data, string name, SteppedClock clock, OfficeSize size, int seed)
    {
        OwnRules.Write(data, name);
        return new LivedCompany(data, name, clock, new Office(size, seed, clock.Now));
    }

    public void Step() => office.Step(clock.Now);

    public async Task<CheckRun> NightAsync()
    {
        var request = new CheckRequest(
            [.. office.Systems.Select(system => ((Plainproof.Sources.ISource)system, system.Target))], OwnRules.Read(data, name), new Dictionary<string, string>(), [],
            new HashSet<string> { "Security" }, new Dictionary<string, double>(), "bench", Limit);
        return await new RunCheck(data, name, clock).RunAsync(request, _ => { }, default);
    }

    /// <summary>The bytes of the values that systems told and of the entries in the log alone: nothing can keep them in less and pack nothing.</summary>
    public async Task<long> LeastAsync()
    {
        await using var connection = await data.DatabaseOf(name).OpenAsync(default);
        return await connection.Command("SELECT (SELECT SUM(LENGTH(value)) FROM fact_version) + (SELECT SUM(LENGTH(body)) FROM log_entry)").ValueAsync<long>(default) ?? 0;
    }

    /// <summary>Everything that the company's folder holds besides raw evidence: database, log and checks; then the raw evidence.</summary>
    public (long Store, long Raw) Bytes()
    {
        var root = data.CompanyRoot(name);
        var raw = Path.Combine(root, "blobs") + Path.DirectorySeparatorChar;
        var files = new DirectoryInfo(root).EnumerateFiles("*", SearchOption.AllDirectories).ToLookup(file => file.FullName.StartsWith(raw, StringComparison.Ordinal), file => file.Length);
        return (files[false].Sum(), files[true].Sum());
    }
}
