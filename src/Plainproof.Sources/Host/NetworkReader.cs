using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Plainproof.Facts;

namespace Plainproof.Sources.Host;

/// <summary>Ports that accept connections.</summary>
internal static partial class ListenerReader
{
    public static async Task ReadAsync(HostReading reading)
    {
        if (!reading.Wants<HostListener>())
            return;
        var section = reading.Transcript.Find("listeners") ?? reading.Transcript.Find("netstat");
        if (reading.TroubleWith(section, "which ports accept connections") is { } trouble)
        {
            await reading.CoverAsync<HostListener>(section?.ExitCode == 127
                ? new Trouble(Completeness.Disabled, "Neither ss nor netstat is there, so ports cannot be listed.", "Install iproute2.") : trouble);
            return;
        }

        var isSs = section!.Name == "listeners";
        var rows = section.Lines.Where(line => isSs || line.Text.StartsWith("tcp", StringComparison.Ordinal) || line.Text.StartsWith("udp", StringComparison.Ordinal)).ToList();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var unread = 0;
        foreach (var (number, text) in rows)
        {
            if (Parse(text, isSs) is not { } it)
                unread++;
            else if (seen.Add($"{it.Protocol}/{it.Address}:{it.Port}"))
                await reading.AddAsync(Subjects.Of(reading.Scope, "port", $"{it.Protocol}/{it.Address}:{it.Port}"), it, number);
        }

        await (unread == 0
            ? reading.CompleteAsync<HostListener>(seen.Count)
            : reading.CoverAsync<HostListener>(new Trouble(Completeness.Partial, $"{unread} of {rows.Count} lines about ports could not be understood."), seen.Count, rows.Count));
    }

    /// <summary>
    /// ss: <c>tcp LISTEN 0 128 0.0.0.0:22 0.0.0.0:* users:(("sshd",pid=1,fd=3))</c>;
    /// netstat: <c>tcp 0 0 0.0.0.0:22 0.0.0.0:* LISTEN 1/sshd</c>.
    /// </summary>
    private static HostListener? Parse(string line, bool isSs)
    {
        var f = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (f.Length < (isSs ? 6 : 5))
            return null;
        var local = isSs ? f[4] : f[3];
        var colon = local.LastIndexOf(':');
        if (colon < 0 || !int.TryParse(local.AsSpan(colon + 1), CultureInfo.InvariantCulture, out var port))
            return null;
        var device = local[..colon];
        var address = device.Split('%')[0].Trim('[', ']');
        address = address == "*" ? "::" : address;
        var program = isSs ? Program().Match(line).Groups[1].Value : f[^1].Contains('/', StringComparison.Ordinal) ? f[^1][(f[^1].IndexOf('/') + 1)..] : "";
        return new HostListener(
            f[0].StartsWith("tcp", StringComparison.Ordinal) ? "tcp" : "udp", address, port,
            device.EndsWith("%lo", StringComparison.Ordinal) || (IPAddress.TryParse(address, out var ip) && IPAddress.IsLoopback(ip.IsIPv4MappedToIPv6 ? ip.MapToIPv4() : ip)),
            program.Length == 0 ? null : program);
    }

    [GeneratedRegex("""users:\(\("([^"]+)""")]
    private static partial Regex Program();
}

/// <summary>Whether something keeps the clock right, and how far off it is.</summary>
internal static class ClockReader
{
    public static async Task ReadAsync(HostReading reading)
    {
        if (!reading.Wants<HostClock>())
            return;
        if (reading.TroubleWithProcesses() is { } trouble)
        {
            await reading.CoverAsync<HostClock>(trouble);
            return;
        }

        var services = Processes.Of(reading.Transcript.Find("processes"), AccountList.FirstPersonUid(reading.Transcript)).Known(KnownPrograms.All.Clocks);
        var (synchronised, offset, line) = Chrony(reading) ?? Ntp(reading) ?? System(reading) ?? Kernel(reading) ?? (null, null, reading.Transcript.Find("processes")!.FirstLine);
        if (synchronised is null && services.Count > 0)
            await reading.CoverAsync<HostClock>(new Trouble(Completeness.Failed, $"{services[0]} runs, and nothing on this host tells whether the clock is right.", "Install chrony, which tells."));
        else
            await reading.OneAsync(new HostClock(synchronised ?? false, services.Count > 0 ? services[0] : null, offset is { } off ? Math.Round(off, 1) : null, reading.Form), line);
    }

    /// <summary>Fields of <c>chronyc -c tracking</c>: 5 is the system offset in seconds, the last the leap state.</summary>
    private static (bool? Synchronised, double? Offset, int Line)? Chrony(HostReading reading) =>
        reading.Transcript.Find("chronyc") is { ExitCode: 0, Lines: [var line, ..] } && line.Text.Split(',') is { Length: > 12 } f
            ? (f[^1] is not "Not synchronised" and not "", double.TryParse(f[4], CultureInfo.InvariantCulture, out var offset) ? offset : null, line.Number)
            : null;

    /// <summary><c>ntpq -c rv</c>: leap_alarm means not synchronised; the offset is in milliseconds.</summary>
    private static (bool? Synchronised, double? Offset, int Line)? Ntp(HostReading reading)
    {
        if (reading.Transcript.Find("ntpq") is not { ExitCode: 0, Lines.Count: > 0 } section || !section.Text.Contains("leap", StringComparison.Ordinal))
            return null;
        var offset = section.Text.Split([',', '\n', ' ']).FirstOrDefault(word => word.StartsWith("offset=", StringComparison.Ordinal));
        return (!section.Text.Contains("leap_alarm", StringComparison.Ordinal) && !section.Text.Contains("leap=11", StringComparison.Ordinal),
            offset is not null && double.TryParse(offset.AsSpan(7), CultureInfo.InvariantCulture, out var ms) ? ms / 1000 : null, section.FirstLine);
    }

    private static (bool? Synchronised, double? Offset, int Line)? System(HostReading reading) =>
        reading.Transcript.Find("timedatectl") is { ExitCode: 0 } section && section.Values("NTPSynchronized").FirstOrDefault() is { } word ? (word == "yes", null, section.FirstLine) : null;

    /// <summary>What the kernel itself believes; only "yes" counts, because a container's kernel speaks for its host.</summary>
    private static (bool? Synchronised, double? Offset, int Line)? Kernel(HostReading reading) =>
        reading.Transcript.Find("kernel-clock") is { ExitCode: 0 } section && section.Text.Contains("clock synchronized", StringComparison.Ordinal) ? (true, null, section.FirstLine) : null;
}
