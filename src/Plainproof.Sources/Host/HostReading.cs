using Plainproof.Facts;

namespace Plainproof.Sources.Host;

/// <summary>One reading of one host, as the readers of its parts see it.</summary>
internal sealed class HostReading(string scope, Transcript transcript, Digest blob, IReadOnlySet<Aspect> wanted, ISink sink, DateTimeOffset now, CancellationToken stop)
{
    public const string GrantMend =
        "Give the account the lines that 'plainproof permissions host' prints, in /etc/sudoers.d/plainproof, or read the host as root.";

    public string Scope => scope;

    public Transcript Transcript => transcript;

    public DateTimeOffset Now => now;

    /// <summary>Set by the reader of the host itself, before all others.</summary>
    public HostForm Form { get; set; }

    public string Name { get; set; } = "";

    public string HostSubject => Subjects.Of(scope, "host", Name);

    public bool IsRoot => transcript.Find("who")?.Values("as").FirstOrDefault() == "root";

    public bool Wants<T>() => wanted.Contains(Aspect.Of<T>());

    public string AccountSubject(string name) => Subjects.Of(scope, "account", name);

    public ValueTask AddAsync<T>(string subject, T value, int line) where T : notnull =>
        Wants<T>() ? sink.AddAsync(Fact.Of(subject, value, new Pointer(blob, $"line:{line}")), stop) : ValueTask.CompletedTask;

    public ValueTask CompleteAsync<T>(long read, long? expected = null) =>
        Wants<T>() ? sink.CoverCompleteAsync<T>(scope, read, stop, expected) : ValueTask.CompletedTask;

    public ValueTask CoverAsync<T>(Trouble trouble, long read = 0, long? expected = null) =>
        Wants<T>() ? sink.CoverAsync<T>(scope, trouble.State, trouble.Why, trouble.Mend, stop, read, expected) : ValueTask.CompletedTask;

    /// <summary>One fact about the host itself, which is all there is of its kind.</summary>
    public async ValueTask OneAsync<T>(T value, int line) where T : notnull
    {
        await AddAsync(HostSubject, value, line);
        await CompleteAsync<T>(1);
    }

    /// <summary>What kept a section from being read in full; null when nothing did.</summary>
    public Trouble? TroubleWith(string section, string what) => TroubleWith(transcript.Find(section), what);

    public Trouble? TroubleWith(Section? section, string what)
    {
        if (section is null)
            return transcript.Finished
                ? new Trouble(Completeness.Failed, $"The host did not answer for: {what}.")
                : Late(what);
        if (!section.Ended || section.ExitCode is null or 124 or 137 or 143)
            return Late(what);
        if (section.CutOff)
            return new Trouble(Completeness.Partial, $"The list was too long and was cut off: {what}.", "Tell us how long it is; the limit can be raised.");
        if (section.ExitCode == 0)
            return null;
        return IsRefusal(section)
            ? new Trouble(Completeness.Denied, $"The account may not read: {what}.", GrantMend)
            : new Trouble(Completeness.Failed, $"The host could not tell: {what}. It said: {FirstLine(section)}");
    }

    public static bool IsRefusal(Section section) => section.ExitCode == 126 || Refusals.Any(words => section.Complaint.Contains(words, StringComparison.OrdinalIgnoreCase));

    /// <summary>Null unless other people's processes are hidden, so that "does not run" cannot be said.</summary>
    public Trouble? TroubleWithProcesses() =>
        TroubleWith("processes", "running programs")
        ?? (transcript.Find("processes")!.Values("first").Any()
            ? null
            : new Trouble(Completeness.Denied, "This host hides the programs of other users from the account.", GrantMend));

    private static readonly string[] Refusals =
    [
        "needs root", "password is required", "is not allowed to", "may not run", "not in the sudoers", "permission denied",
        "operation not permitted", "must be root", "need to be root", "must be run as root", "must be superuser", "no hostkeys available",
    ];

    private static Trouble Late(string what) =>
        new(Completeness.TimedOut, $"The host took too long to tell: {what}.", "Try again when it is less busy, or raise the option timeout.");

    private static string FirstLine(Section section) =>
        section.Complaint.Split('\n').FirstOrDefault(line => line.Length > 0) is { } line ? line : $"exit code {section.ExitCode}.";
}

/// <summary>Why something could not be read, and how to mend that.</summary>
internal sealed record Trouble(Completeness State, string Why, string? Mend = null);
