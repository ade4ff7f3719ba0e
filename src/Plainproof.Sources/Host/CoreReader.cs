using Plainproof.Facts;
using HostFact = Plainproof.Facts.Host;

namespace Plainproof.Sources.Host;

/// <summary>The host itself: name, system, kernel, what it runs on, and how long its system gets security fixes.</summary>
internal static class CoreReader
{
    /// <summary>
    /// The number the kernel gives its first process namespace (PROC_PID_INIT_INO). A container never has it,
    /// so leftovers of a container image in a virtual machine do not deceive.
    /// </summary>
    private const string FirstNamespace = "pid:[4026531836]";

    public static async Task ReadAsync(HostReading reading)
    {
        var who = reading.Transcript.Find("who");
        var lines = who?.Texts.ToList() ?? [];
        reading.Name = lines.Count > 3 ? lines[3] : Subjects.ShortName(reading.Scope, reading.Scope);
        (reading.Form, var formName) = FormOf(reading.Transcript.Find("form"));
        if (!reading.Wants<HostFact>())
            return;

        if ((reading.TroubleWith(who, "its name and kernel") ?? reading.TroubleWith("os-release", "its operating system")) is { } trouble)
        {
            await reading.CoverAsync<HostFact>(trouble);
            return;
        }

        var section = reading.Transcript.Find("os-release")!;
        var about = Parse(section);
        var id = about.GetValueOrDefault("ID", "linux");
        var version = about.GetValueOrDefault("VERSION_ID", "");
        var life = EndOfLife.Table.Find(id, version);
        await reading.OneAsync(
            new HostFact(
                reading.Name, $"{id} {version}".Trim(), about.GetValueOrDefault("PRETTY_NAME", id), lines[2], reading.Form, EndOfLife.Table.CheckedOn,
                life?.Until, life?.Rolling ?? false, formName),
            section.FirstLine);
    }

    private static Dictionary<string, string> Parse(Section section) => section.Texts
        .Select(line => line.Split('=', 2))
        .Where(pair => pair.Length == 2)
        .GroupBy(pair => pair[0], StringComparer.Ordinal)
        .ToDictionary(group => group.Key, group => group.Last()[1].Trim('"', '\''), StringComparer.Ordinal);

    private static (HostForm Form, string? Name) FormOf(Section? section)
    {
        if (section is not { ExitCode: 0 })
            return (HostForm.Unknown, null);
        if (!section.Values("processes").Contains(FirstNamespace) && section.Values("container").FirstOrDefault(value => value != "none") is { } container)
            return (HostForm.Container, container);
        if (section.Values("vm").FirstOrDefault(value => value != "none") is { } machine)
            return (HostForm.Virtual, machine);
        return section.Values("product").Any() ? (HostForm.Physical, section.Values("product").Last()) : (HostForm.Unknown, null);
    }
}
