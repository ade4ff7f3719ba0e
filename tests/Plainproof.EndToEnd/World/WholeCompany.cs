using System.Text.Json;
using Plainproof.EndToEnd.Program;
using Xunit;

namespace Plainproof.EndToEnd.World;

/// <summary>A small company with all its systems, read twice into one data folder by the built program.</summary>
public sealed class WholeCompany : IAsyncLifetime
{
    internal Desk Desk { get; } = new();

    internal PlantedDirectory Directory { get; } = new();

    internal PlantedDatabases Databases { get; } = new();

    internal PlantedDomains Domains { get; } = new();

    internal PlantedCode Code { get; } = new();

    internal PlantedBackups Backups { get; } = new();

    internal PlantedReports Reports { get; } = new();

    internal Ran First { get; private set; } = null!;

    internal Ran Second { get; private set; } = null!;

    /// <summary>The report as the first run left it.</summary>
    internal string FirstReport { get; private set; } = "";

    internal IReadOnlyList<string> Sources => [.. Directory.Sources, .. Databases.Sources, .. Domains.Sources, .. Code.Sources, .. Backups.Sources, .. Reports.Sources, "host"];

    internal IReadOnlyList<Flaw> Flaws => [.. PlantedDirectory.Flaws, .. Databases.Flaws, .. PlantedDomains.Flaws, .. PlantedCode.Flaws, .. PlantedBackups.Flaws, .. PlantedReports.Flaws];

    internal JsonElement[] Results => [.. First.Json.GetProperty("results").EnumerateArray()];

    internal JsonElement[] Gaps => [.. First.Json.GetProperty("gaps").EnumerateArray()];

    internal IEnumerable<string> Arguments(string format) =>
        ["check", "--only", "--format", format, "--quiet", .. Sources.SelectMany(source => new[] { "--source", source })];

    public async ValueTask InitializeAsync()
    {
        First = (await Desk.RunAsync(Arguments("json"))).Exits(0);
        FirstReport = await File.ReadAllTextAsync(Desk.Report);
        Second = (await Desk.RunAsync(Arguments("json"))).Exits(0);
    }

    public ValueTask DisposeAsync()
    {
        Desk.Dispose();
        Reports.Dispose();
        Backups.Dispose();
        Code.Dispose();
        Domains.Dispose();
        Databases.Dispose();
        Directory.Dispose();
        return ValueTask.CompletedTask;
    }
}
