using Plainproof.Facts;

namespace Plainproof.Sources.Host;

/// <summary>The audit trail, and where logs go.</summary>
internal static class LoggingReader
{
    public static async Task ReadAsync(HostReading reading)
    {
        if (!reading.Wants<HostLogging>())
            return;
        var targets = reading.Transcript.Find("log-targets");
        var journal = reading.Transcript.Find("journal");
        var trouble = reading.TroubleWithProcesses() ?? reading.TroubleWith(targets, "where logs go") ?? reading.TroubleWith(journal, "how logs are kept");
        if (trouble is null && targets!.Complaint.Contains("Permission denied", StringComparison.Ordinal))
            trouble = new Trouble(Completeness.Denied, "The account may not read where logs go.", "Let the account read /etc/rsyslog.conf and /etc/rsyslog.d, or read the host as root.");
        if (trouble is not null)
        {
            await reading.CoverAsync<HostLogging>(trouble);
            return;
        }

        var processes = Processes.Of(reading.Transcript.Find("processes"), AccountList.FirstPersonUid(reading.Transcript));
        await reading.OneAsync(
            new HostLogging([.. Targets(targets!, processes)], processes.Runs("auditd"), Persists(journal!), AuditRules(reading), reading.Form), targets!.FirstLine);
    }

    /// <summary>A target written in a file counts only while the program that reads the file runs.</summary>
    private static IEnumerable<string> Targets(Section section, Processes processes)
    {
        var lines = section.Texts.ToList();
        if (processes.Runs("rsyslogd"))
        {
            var named = lines.Where(line => line.StartsWith("rsyslog ", StringComparison.Ordinal)).Select(line => line[8..]).ToList();
            foreach (var at in named.Where(line => line.StartsWith('@')))
                yield return $"rsyslog to {at.TrimStart('@')}";
            var outputs = named.Any(line => line.StartsWith("type=", StringComparison.OrdinalIgnoreCase));
            foreach (var target in named.Where(line => outputs && line.StartsWith("target=", StringComparison.OrdinalIgnoreCase)))
                yield return $"rsyslog to {target[7..].Trim('"')}";
        }

        foreach (var line in lines.Where(line => line.StartsWith("syslog-ng ", StringComparison.Ordinal) && processes.Runs("syslog-ng")))
            yield return $"syslog-ng to {line.Split('"').ElementAtOrDefault(1)}";
        foreach (var line in lines.Where(line => line.StartsWith("syslogd ", StringComparison.Ordinal) && processes.Runs("syslogd")))
            yield return $"syslogd to {line[8..]}";
        if (lines.Contains("journal-upload-state active") && lines.FirstOrDefault(line => line.StartsWith("journal-upload ", StringComparison.Ordinal)) is { } upload)
            yield return $"systemd-journal-upload to {upload[15..]}";
        foreach (var shipper in processes.Known(KnownPrograms.All.Shippers))
            yield return shipper;
    }

    private static bool? Persists(Section journal)
    {
        if (!journal.Values("journal").Any())
            return null;
        var storage = journal.Texts.LastOrDefault(line => line.TrimStart().StartsWith("Storage=", StringComparison.Ordinal))?.Split('=')[1].Trim() ?? "auto";
        return storage == "persistent" || (storage == "auto" && journal.Values("kept").Any());
    }

    private static int? AuditRules(HostReading reading) =>
        reading.Transcript.Find("audit") is { ExitCode: 0 } section ? section.Texts.Count(line => line.StartsWith('-')) : null;
}
