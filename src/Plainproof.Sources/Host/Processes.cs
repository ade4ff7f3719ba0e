using System.Globalization;
using Plainproof.Facts;

namespace Plainproof.Sources.Host;

/// <summary>The programs that run as root or as a system account: a person's own program can take any name.</summary>
internal sealed class Processes
{
    private const int NameLength = 15;

    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    private Processes()
    {
    }

    public static Processes Of(Section? section, int firstPersonUid)
    {
        var processes = new Processes();
        var name = "";
        foreach (var line in section?.Texts ?? [])
        {
            var (field, value) = Field(line);
            if (field == "Name")
                name = value;
            else if (field == "Uid" && int.TryParse(value.Split('\t')[0], CultureInfo.InvariantCulture, out var uid) && uid < firstPersonUid)
                processes._names.Add(name);
        }

        return processes;
    }

    public bool Runs(string process) => _names.Contains(process.Length > NameLength ? process[..NameLength] : process);

    /// <summary>Known programs that run, by the names people know.</summary>
    public IReadOnlyList<string> Known(IReadOnlyList<KnownProgram> programs) =>
        [.. programs.Where(program => Runs(program.Process)).Select(program => program.Name).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>Lines are <c>/proc/1/status:Name:	init</c>.</summary>
    private static (string Field, string Value) Field(string line)
    {
        var parts = line.Split(':', 3);
        return parts.Length == 3 ? (parts[1], parts[2].Trim()) : ("", "");
    }
}

internal sealed record KnownProgram(string Process, string Name);

internal sealed record KnownPrograms(string About, IReadOnlyList<KnownProgram> Protection, IReadOnlyList<KnownProgram> Shippers, IReadOnlyList<KnownProgram> Clocks)
{
    private static readonly Lazy<KnownPrograms> Loaded = new(() => SourceData.Read<KnownPrograms>("programs"));

    public static KnownPrograms All => Loaded.Value;
}

/// <summary>Malware protection that runs.</summary>
internal static class AgentReader
{
    public static async Task ReadAsync(HostReading reading)
    {
        if (!reading.Wants<HostAgents>())
            return;
        if (reading.TroubleWithProcesses() is { } trouble)
        {
            await reading.CoverAsync<HostAgents>(trouble);
            return;
        }

        var section = reading.Transcript.Find("processes")!;
        await reading.OneAsync(new HostAgents(Processes.Of(section, AccountList.FirstPersonUid(reading.Transcript)).Known(KnownPrograms.All.Protection), reading.Form), section.FirstLine);
    }
}
