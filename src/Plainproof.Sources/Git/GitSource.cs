using System.Globalization;
using Plainproof.Facts;

namespace Plainproof.Sources.Git;

/// <summary>A clone on this machine: what it holds now, and what reached its default branch within a window.</summary>
internal sealed class GitSource(TimeProvider clock) : ISource
{
    private const int UsualDays = 90;
    private const int UsualTimeout = 120;

    public SourceInfo Info { get; } = new(
        "git", 1, "Git repository",
        "A clone on this machine. It is read where it lies; nothing is fetched, and nothing in it is run.",
        "[PATH]",
        "git=/home/ann/product?since=180",
        [
            new SourceOption("since", "How far back to look for commits: days, or a date such as 2026-01-31; 90 days unless given."),
            new SourceOption("branch", "The branch that releases come from, when it is not the default of the clone."),
            new SourceOption("timeout", "Seconds the whole reading may take; 120 unless given.", Kind: OptionKind.Number),
        ],
        [
            Offer<Repository>("git symbolic-ref, git ls-tree"), Offer<Commit>("git rev-list --first-parent"), Offer<RepositorySecret>("git cat-file of every file at the tip"),
        ],
        "Reads the clone on the disk with one git process at a time.");

    public string ScopeOf(Target target) => $"git:{NameOf(FolderOf(target))}";

    public async Task CollectAsync(Target target, IReadOnlySet<Aspect> wanted, ISink sink, CancellationToken stop)
    {
        var folder = FolderOf(target);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(target.Number("timeout", UsualTimeout, 1, 3600)), clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(stop, limit.Token);
        try
        {
            sink.Progress($"reading {NameOf(folder)}");
            var reading = await GitReading.OpenAsync(folder, ScopeOf(target), NameOf(folder), SinceOf(target), target.Option("branch"), sink, both.Token);
            sink.Principal(Environment.UserName);
            if (wanted.Contains(Aspect.Of<Repository>()))
                await Guard<Repository>(sink, reading.Scope, () => RepositoryReader.ReadAsync(reading, both.Token), stop);
            if (wanted.Contains(Aspect.Of<Commit>()))
                await Guard<Commit>(sink, reading.Scope, () => new CommitReader(reading).ReadAsync(both.Token), stop);
            if (wanted.Contains(Aspect.Of<RepositorySecret>()))
                await Guard<RepositorySecret>(sink, reading.Scope, () => new SecretReader(reading).ReadAsync(both.Token), stop);
        }
        catch (OperationCanceledException e) when (!stop.IsCancellationRequested)
        {
            throw new CannotRead(Completeness.TimedOut, "Reading the repository took too long and was stopped.", "Raise the option timeout.", e);
        }
    }

    /// <summary>A broken part must not spoil the others.</summary>
    private static async Task Guard<T>(ISink sink, string scope, Func<Task> read, CancellationToken stop)
    {
        try
        {
            await read();
        }
        catch (Exception e) when (e is GitFailed or IOException)
        {
            await sink.CoverAsync<T>(scope, Completeness.Failed, $"git could not read a part of the repository: {e.Message}", "Run git fsck in the repository, or clone it again.", stop);
        }
    }

    private DateTimeOffset SinceOf(Target target)
    {
        var now = clock.GetUtcNow();
        if (target.Option("since") is not { } text)
            return now.AddDays(-UsualDays);
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero);
        return int.TryParse(text, CultureInfo.InvariantCulture, out var days) && days is > 0 and < 36500
            ? now.AddDays(-days)
            : throw new BadTarget($"git: since={text} is neither a number of days nor a date. Write since=180 or since=2026-01-31.");
    }

    /// <summary>The folder that holds the repository, looking upwards as git does.</summary>
    private static string FolderOf(Target target)
    {
        var start = Path.GetFullPath(target.Address ?? ".");
        if (!Directory.Exists(start))
            throw new BadTarget($"git: there is no folder {start}. Give the path of a clone: --source git=PATH");
        for (var folder = start; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (Path.Exists(Path.Combine(folder, ".git")) || IsBare(folder))
                return folder;
        }

        return start;
    }

    private static bool IsBare(string folder) => File.Exists(Path.Combine(folder, "HEAD")) && Directory.Exists(Path.Combine(folder, "objects")) && Directory.Exists(Path.Combine(folder, "refs"));

    private static string NameOf(string folder)
    {
        var name = Path.GetFileName(folder.TrimEnd('/'));
        return name.EndsWith(".git", StringComparison.Ordinal) && name.Length > 4 ? name[..^4] : name.Length == 0 ? "root" : name;
    }

    private static Offer Offer<T>(string calls) => new(Aspect.Of<T>(), [new Permission("files", "read access to the clone", "The clone is read as files.")], calls);
}
