using System.Globalization;
using Plainproof.Facts;

namespace Plainproof.Sources.Host;

/// <summary>Effective settings of the SSH servers that run, as the server program itself works them out.</summary>
internal static class SshdReader
{
    private const string What = "the settings of the SSH server";

    public static async Task ReadAsync(HostReading reading)
    {
        if (!reading.Wants<SshServer>())
            return;
        var running = reading.Transcript.Find("sshd-running");
        if ((reading.TroubleWithProcesses() ?? reading.TroubleWith(running, What)) is { } blind)
        {
            await reading.CoverAsync<SshServer>(blind);
            return;
        }

        var servers = reading.Transcript.Family("sshd-T").ToList();
        var read = 0;
        Trouble? trouble = null;
        foreach (var (file, section) in servers)
        {
            var lines = reading.Transcript.Find($"sshd-lines:{file}");
            var its = reading.TroubleWith(section, What) ?? TroubleWithLines(reading, lines);
            trouble ??= its;
            if (section is not { ExitCode: 0, Ended: true, CutOff: false } || lines is null)
                continue;
            read++;
            await reading.AddAsync(Subjects.Of(reading.Scope, "sshd", file), Server(file, section, reading.Transcript.Find($"sshd-T-root:{file}"), lines), section.FirstLine);
        }

        trouble ??= Unread(reading, running!, servers.Count);
        await (trouble is null ? reading.CompleteAsync<SshServer>(read, servers.Count) : reading.CoverAsync<SshServer>(trouble, read, servers.Count));
    }

    private static Trouble? Unread(HostReading reading, Section running, int servers) =>
        running.Values("other").Any() ? new Trouble(Completeness.Partial, "Another SSH server than OpenSSH runs here (Dropbear or Tailscale). Plainproof cannot read its settings.", "Use OpenSSH, or show its settings by hand.")
        : servers == 0 && running.Texts.Any(line => line.Contains("[listener]", StringComparison.Ordinal) || line.StartsWith("socket=", StringComparison.Ordinal))
            ? reading.Transcript.Finished
                ? new Trouble(Completeness.Failed, "An SSH server runs here, and its program was not found.", "Put sshd into /usr/sbin, or read the host as root.")
                : new Trouble(Completeness.TimedOut, $"The host took too long to tell: {What}.")
        : null;

    /// <summary>Blocks that hold for some people only are not in what the server prints; they must be readable.</summary>
    private static Trouble? TroubleWithLines(HostReading reading, Section? lines) =>
        reading.TroubleWith(lines, What)
        ?? (lines!.Complaint.Contains("Permission denied", StringComparison.OrdinalIgnoreCase)
            ? new Trouble(Completeness.Partial, "The files of the SSH server may not be read, so exceptions for some people could hide there.", "Read the host as root, or let the account read /etc/ssh/sshd_config and its folder.")
            : null);

    private static SshServer Server(string file, Section section, Section? asRoot, Section lines)
    {
        var settings = Settings(section);
        return new SshServer(
            file,
            [.. section.Texts.Where(line => line.StartsWith("port ", StringComparison.Ordinal)).Select(line => int.Parse(line.AsSpan(5), CultureInfo.InvariantCulture))],
            settings.GetValueOrDefault("permitrootlogin", "unknown"),
            Yes(settings, "passwordauthentication"),
            Yes(settings, "kbdinteractiveauthentication") || Yes(settings, "challengeresponseauthentication"),
            Yes(settings, "permitemptypasswords"),
            Loosened(lines),
            asRoot is { ExitCode: 0 } ? Settings(asRoot).GetValueOrDefault("permitrootlogin") : null,
            Yes(settings, "usepam"),
            settings.GetValueOrDefault("authenticationmethods"),
            int.TryParse(settings.GetValueOrDefault("maxauthtries"), CultureInfo.InvariantCulture, out var tries) ? tries : null);
    }

    private static Dictionary<string, string> Settings(Section section) => section.Texts
        .Select(line => line.Split(' ', 2))
        .Where(pair => pair.Length == 2)
        .GroupBy(pair => pair[0].ToLowerInvariant(), StringComparer.Ordinal)
        .ToDictionary(group => group.Key, group => group.First()[1], StringComparer.Ordinal);

    private static bool Yes(Dictionary<string, string> settings, string name) => settings.GetValueOrDefault(name) == "yes";

    /// <summary>Lines are <c>12:  PasswordAuthentication yes</c> beneath <c>== FILE</c>. A Match block lasts to the next one, or to the end of its file.</summary>
    private static List<string> Loosened(Section lines)
    {
        var loosened = new List<string>();
        string? block = null;
        foreach (var line in lines.Texts)
        {
            if (line.StartsWith("== ", StringComparison.Ordinal))
            {
                block = null;
                continue;
            }

            var words = line[(line.IndexOf(':') + 1)..].Split([' ', '\t', '='], StringSplitOptions.RemoveEmptyEntries);
            if (words.Length > 1 && words[0].Equals("match", StringComparison.OrdinalIgnoreCase))
                block = words[1].Equals("all", StringComparison.OrdinalIgnoreCase) ? null : string.Join(' ', words);
            else if (block is not null && words.Length > 1 && words[1].Equals("yes", StringComparison.OrdinalIgnoreCase))
                loosened.Add($"{block}: {words[0]} yes");
        }

        return loosened;
    }
}
