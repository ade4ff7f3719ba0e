using System.Globalization;
using System.Text.RegularExpressions;
using Plainproof.Facts;

namespace Plainproof.Sources.Host;

/// <summary>Security updates that wait, how they arrive, and whether a restart is due.</summary>
internal static partial class UpdateReader
{
    /// <summary>Lists of updates older than this prove nothing about today.</summary>
    public const int StaleListDays = 7;

    private const string What = "which security updates wait";

    public static async Task ReadAsync(HostReading reading)
    {
        if (!reading.Wants<HostUpdates>() && !reading.Wants<PendingUpdate>() && !reading.Wants<UpdateAge>())
            return;
        var (state, pending, listsAt, trouble) = reading.Transcript switch
        {
            var it when it.Find("apt") is { } apt => Apt(reading, apt),
            var it when it.Find("dnf") is { } dnf => Dnf(reading, dnf),
            var it when it.Find("apk") is { } apk => Apk(reading, apk),
            { Finished: true } => (null, [], null, new Trouble(Completeness.Disabled, "No known package tool was found (apt, dnf, yum or apk), so waiting updates cannot be listed.", "Bring in the list from a scanner with the import source.")),
            _ => (null, [], null, reading.TroubleWith((Section?)null, What)),
        };
        trouble ??= Stale(reading, state, listsAt);

        foreach (var it in pending)
        {
            await reading.AddAsync(Subjects.Of(reading.Scope, "update", it.Update.Package), it.Update, it.Line);
            if (it.OutBy is { } outBy)
                await reading.AddAsync(Subjects.Of(reading.Scope, "update", it.Update.Package), new UpdateAge(outBy), it.Line);
        }

        if (state is not null)
            await reading.AddAsync(reading.HostSubject, state, SectionOf(reading).FirstLine);
        if (trouble is null)
        {
            await reading.CompleteAsync<PendingUpdate>(pending.Count);
            await reading.CompleteAsync<UpdateAge>(pending.Count(it => it.OutBy is not null));
            await reading.CompleteAsync<HostUpdates>(1);
        }
        else
        {
            await reading.CoverAsync<PendingUpdate>(trouble, pending.Count);
            await reading.CoverAsync<UpdateAge>(trouble, pending.Count(it => it.OutBy is not null));
            await reading.CoverAsync<HostUpdates>(trouble, state is null ? 0 : 1);
        }
    }

    private static Section SectionOf(HostReading reading) =>
        reading.Transcript.Find("apt") ?? reading.Transcript.Find("dnf") ?? reading.Transcript.Find("apk")!;

    private static Trouble? Stale(HostReading reading, HostUpdates? state, DateTimeOffset? listsAt) =>
        state is null ? null
        : listsAt is not { } at ? new Trouble(Completeness.Partial, "This host has never fetched a list of updates, so it cannot know which wait.", Refresh(state.Tool))
        : (reading.Now - at).TotalDays > StaleListDays ? new Trouble(
            Completeness.Partial, $"The host's list of updates is from {at:yyyy-MM-dd}; newer updates are not in it.", Refresh(state.Tool))
        : null;

    private static string Refresh(string tool) =>
        tool switch { "apt" => "Run: sudo apt-get update", "apk" => "Run: sudo apk update", _ => "Run: sudo dnf makecache" } + ". Let a timer do it every day.";

    private static (HostUpdates?, List<Waiting>, DateTimeOffset?, Trouble?) Apt(HostReading reading, Section apt)
    {
        if ((reading.TroubleWith(apt, What) ?? reading.TroubleWith("apt-automatic", "how updates are installed")) is { } trouble)
            return (null, [], null, trouble);
        var how = reading.Transcript.Find("apt-automatic")!;
        var releases = PointReleases(apt);
        var pending = apt.Lines.Where(line => line.Text.StartsWith("offer ", StringComparison.Ordinal))
            .Select(line => (f: line.Text.Split(' '), line.Number))
            .Where(line => line.f.Length == 4 && DebianVersion.Compare(line.f[2], line.f[3]) < 0)
            .DistinctBy(line => line.f[1]).Select(line => new Waiting(new PendingUpdate(line.f[1], line.f[2]), CameOutBy(line.f[1], line.f[3], releases), line.Number)).ToList();
        var by = AptAutomatic(how);
        var state = new HostUpdates(
            "apt", by is not null, RestartKnown(reading, how.Texts.Any(line => line.StartsWith('/') && !line.EndsWith("apt-compat", StringComparison.Ordinal) && !line.Contains("/bin/", StringComparison.Ordinal))),
            Times(how, "restart").Any(), Times(how, "restart").Cast<DateTimeOffset?>().FirstOrDefault(), AutomaticBy: by, Form: reading.Form);
        return (state, pending, ListsAt(apt), AptBlind(apt));
    }

    /// <summary>
    /// Debian's lists hold no dates. A numbered release of the main archive that holds the same version, or a newer one,
    /// shows that the update came out on the day of that release at the latest.
    /// </summary>
    private static DateTimeOffset? CameOutBy(string package, string version, Dictionary<string, (string Version, DateTimeOffset At)> releases) =>
        releases.TryGetValue(package, out var release) && DebianVersion.Compare(release.Version, version) >= 0 ? release.At : null;

    private static Dictionary<string, (string Version, DateTimeOffset At)> PointReleases(Section apt)
    {
        var releases = new Dictionary<string, (string, DateTimeOffset)>(StringComparer.Ordinal);
        DateTimeOffset? at = null;
        foreach (var line in apt.Texts)
        {
            if (line.StartsWith("Date: ", StringComparison.Ordinal))
                at = DateTimeOffset.TryParseExact(line[6..], "ddd, d MMM yyyy HH:mm:ss 'UTC'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var day) ? day : null;
            else if (at is { } its && line.StartsWith("point ", StringComparison.Ordinal) && line.Split(' ') is [_, var package, _, var version])
                releases[package] = (version, its);
        }

        return releases;
    }

    /// <summary>Without a security list that could be read, "none waits" would be said of a list never seen.</summary>
    private static Trouble? AptBlind(Section apt)
    {
        if (apt.Texts.Any(line => line.StartsWith("unread ", StringComparison.Ordinal)))
            return new Trouble(Completeness.Partial, "A list of security updates on this host could not be opened.", "Run: sudo apt-get update");
        return apt.Texts.Any(line => SecurityList().IsMatch(line))
            ? null
            : new Trouble(Completeness.Partial, "This host has no list of security updates at all.", "Add your distribution's security archive to /etc/apt/sources.list, then run: sudo apt-get update");
    }

    /// <summary>The oldest security list counts: one stale list hides what it would show.</summary>
    private static DateTimeOffset? ListsAt(Section apt)
    {
        var found = new List<DateTimeOffset>();
        DateTimeOffset? at = null;
        foreach (var line in apt.Texts)
        {
            if (line.StartsWith("release ", StringComparison.Ordinal))
                at = Unix(line.Split(' ')[1]);
            else if (at is { } its && SecurityList().IsMatch(line))
                found.Add(its);
        }

        return found.Count == 0 ? null : found.Min();
    }

    private static string? AptAutomatic(Section how)
    {
        var on = how.Texts.Any(line => PeriodicOn().IsMatch(line));
        var program = how.Texts.Any(line => line.Contains("/unattended-upgrade", StringComparison.Ordinal) && line.StartsWith('/'));
        var runs = how.Values("apt-daily-upgrade.timer").Any(state => state is "enabled" or "static") || how.Texts.Any(line => line.EndsWith("apt-compat", StringComparison.Ordinal));
        return on && program && runs ? "unattended-upgrades" : null;
    }

    private static (HostUpdates?, List<Waiting>, DateTimeOffset?, Trouble?) Dnf(HostReading reading, Section dnf)
    {
        if ((reading.TroubleWith(dnf, What) ?? reading.TroubleWith("dnf-state", "how updates are installed")) is { } trouble)
            return (null, [], null, trouble);
        var how = reading.Transcript.Find("dnf-state")!;
        var pending = dnf.Lines.Select(line => DnfUpdate(line.Text, line.Number)).OfType<Waiting>()
            .GroupBy(it => it.Update.Package, StringComparer.Ordinal)
            .Select(same => same.MinBy(it => it.OutBy ?? DateTimeOffset.MaxValue)!).ToList();
        var by = new[] { "dnf-automatic-install.timer", "dnf-automatic.timer", "dnf5-automatic.timer" }.FirstOrDefault(unit => how.Values(unit).Any(state => state == "enabled"));
        if (by is not null && by != "dnf-automatic-install.timer" && !how.Texts.Any(line => ApplyOn().IsMatch(line)))
            by = null;
        var restarting = how.Values("restarting").FirstOrDefault();
        DateTimeOffset? listsAt = Times(how, "list").ToList() is { Count: > 0 } times ? times.Min() : null;
        var state = new HostUpdates("dnf", by is not null, RestartKnown(reading, restarting is not null), restarting == "1", AutomaticBy: by, Form: reading.Form);
        return (state, pending, listsAt, null);
    }

    /// <summary>
    /// <c>RHSA-2026:1234 Important/Sec. openssl-libs-1:3.0.7-27.el9.x86_64</c>, or with a date as dnf 5 prints it:
    /// <c>RHSA-2026:1234 security Important openssl-libs-1:3.0.7-27.el9.x86_64 2026-01-31 10:00:00</c>.
    /// </summary>
    private static Waiting? DnfUpdate(string line, int number)
    {
        var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length < 3 || !words[0].Contains('-', StringComparison.Ordinal) || words.FirstOrDefault(word => PackageFile().IsMatch(word)) is not { } file)
            return null;
        var day = words.FirstOrDefault(word => DateOnly.TryParseExact(word, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _));
        var name = PackageFile().Match(file).Groups[1].Value;
        return new Waiting(
            new PendingUpdate(name, "older than " + file[(name.Length + 1)..], words[1].Contains('/', StringComparison.Ordinal) ? words[1].Split('/')[0] : words[2] == file ? null : words[2]),
            day is null ? null : new DateTimeOffset(DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture), TimeOnly.MinValue, TimeSpan.Zero),
            number);
    }

    private static (HostUpdates?, List<Waiting>, DateTimeOffset?, Trouble?) Apk(HostReading reading, Section apk)
    {
        if ((reading.TroubleWith(apk, What) ?? reading.TroubleWith("apk-state", "how updates are installed")) is { } trouble)
            return (null, [], null, trouble);
        var how = reading.Transcript.Find("apk-state")!;
        var pending = apk.Lines.Select(line => (match: ApkLine().Match(line.Text), line.Number)).Where(line => line.match.Success)
            .Select(line => new Waiting(new PendingUpdate(line.match.Groups[1].Value, line.match.Groups[2].Value), null, line.Number)).ToList();
        DateTimeOffset? listsAt = Times(how, "list").ToList() is { Count: > 0 } times ? times.Min() : null;
        var script = how.Texts.FirstOrDefault(line => line.StartsWith('/'));
        return (new HostUpdates("apk", script is not null, RestartKnown(reading, false), SecurityMarked: false, AutomaticBy: script, Form: reading.Form), pending, listsAt, null);
    }

    /// <summary>A container has no kernel of its own to restart.</summary>
    private static bool RestartKnown(HostReading reading, bool told) => told || reading.Form == HostForm.Container;

    private static IEnumerable<DateTimeOffset> Times(Section section, string word) =>
        section.Texts.Where(line => line.StartsWith(word + " ", StringComparison.Ordinal)).Select(line => Unix(line.Split(' ')[1]));

    private static DateTimeOffset Unix(string seconds) => DateTimeOffset.FromUnixTimeSeconds(long.Parse(seconds, CultureInfo.InvariantCulture));

    [GeneratedRegex(@"^(Label:.*security|Suite:.*-security)", RegexOptions.IgnoreCase)]
    private static partial Regex SecurityList();

    [GeneratedRegex("""^APT::Periodic::Unattended-Upgrade "(?!0")""")]
    private static partial Regex PeriodicOn();

    [GeneratedRegex(@"^\s*apply_updates\s*=\s*(yes|true|1)", RegexOptions.IgnoreCase)]
    private static partial Regex ApplyOn();

    /// <summary>Name, then an optional epoch, version, release and architecture.</summary>
    [GeneratedRegex(@"^(.+)-(?:\d+:)?[^-]+-[^-]+\.(?:x86_64|aarch64|noarch|i686|ppc64le|s390x)$")]
    private static partial Regex PackageFile();

    [GeneratedRegex(@"^(.+?)-(\d[^ ]*)\s+<\s+\S+")]
    private static partial Regex ApkLine();

    private sealed record Waiting(PendingUpdate Update, DateTimeOffset? OutBy, int Line);
}
