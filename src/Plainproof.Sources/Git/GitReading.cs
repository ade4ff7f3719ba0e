using System.Globalization;
using Plainproof.Facts;

namespace Plainproof.Sources.Git;

/// <summary>One repository, opened: where its default branch stands and which files are there.</summary>
internal sealed record GitReading(
    GitCommand Git, ISink Sink, string Scope, string Name, DateTimeOffset Since, string? Remote, string? Branch, string? Tip, bool Shallow, IReadOnlyList<TreeFile> Files)
{
    public static async Task<GitReading> OpenAsync(string folder, string scope, string name, DateTimeOffset since, string? branch, ISink sink, CancellationToken stop)
    {
        var git = new GitCommand(folder);
        try
        {
            await git.TextAsync(stop, "rev-parse", "--git-dir");
        }
        catch (GitFailed e)
        {
            throw new CannotRead(Completeness.Disabled, $"{folder} is not a Git repository that can be opened: {e.Complaint}", "Give the path of a clone: --source git=PATH", e);
        }

        try
        {
            var (shown, reference) = await DefaultBranchAsync(git, branch, stop);
            var tip = reference is null ? null : (await git.TextAsync(stop, "rev-parse", "--verify", "--end-of-options", reference + "^{commit}")).Trim();
            var files = tip is null ? [] : await FilesAsync(git, tip, stop);
            var shallow = (await git.TextAsync(stop, "rev-parse", "--is-shallow-repository")).Trim() == "true";
            var remote = await git.MaybeAsync(stop, "config", "--get", "remote.origin.url");
            return new GitReading(git, sink, scope, name, since, remote is null ? null : WithoutCredentials(remote), shown, tip, shallow, files);
        }
        catch (GitFailed e)
        {
            throw new CannotRead(Completeness.Failed, $"git cannot read this repository: {e.Complaint}", "Run git fsck in it, or clone it again.", e);
        }
    }

    /// <summary>What the remote calls its default, as last fetched; else main or master of the remote; else the branch that is checked out.</summary>
    private static async Task<(string? Shown, string? Reference)> DefaultBranchAsync(GitCommand git, string? named, CancellationToken stop)
    {
        var wanted = named is null ? new[] { await git.MaybeAsync(stop, "symbolic-ref", "-q", "refs/remotes/origin/HEAD"), "refs/remotes/origin/main", "refs/remotes/origin/master", await git.MaybeAsync(stop, "symbolic-ref", "-q", "HEAD"), "HEAD" }
            : [$"refs/remotes/origin/{named}", $"refs/heads/{named}"];
        foreach (var reference in wanted.OfType<string>())
        {
            if (await git.MaybeAsync(stop, "rev-parse", "-q", "--verify", "--end-of-options", reference) is not null)
                return (ShortName(reference), reference);
        }

        return named is null
            ? (wanted[3] is { } unborn ? ShortName(unborn) : null, null)
            : throw new CannotRead(Completeness.Disabled, $"There is no branch {named} in this clone.", "Check the name, or run: git fetch");
    }

    private static string ShortName(string reference) =>
        reference.Replace("refs/remotes/origin/", "", StringComparison.Ordinal).Replace("refs/heads/", "", StringComparison.Ordinal);

    /// <summary>Lines ended by a zero byte: <c>100644 blob ID SIZE	PATH</c>. Links and modules are left out: they hold no text of their own.</summary>
    private static async Task<IReadOnlyList<TreeFile>> FilesAsync(GitCommand git, string tip, CancellationToken stop)
    {
        var files = new List<TreeFile>();
        foreach (var line in (await git.TextAsync(stop, "ls-tree", "-r", "-l", "-z", "--full-tree", tip)).Split('\0', StringSplitOptions.RemoveEmptyEntries))
        {
            var tab = line.IndexOf('\t');
            var words = line[..tab].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words is [_, "blob", var id, var size] && words[0] != "120000")
                files.Add(new TreeFile(line[(tab + 1)..], id, long.TryParse(size, CultureInfo.InvariantCulture, out var bytes) ? bytes : TreeFile.Unreadable));
        }

        return files;
    }

    /// <summary>Without user, password and query.</summary>
    internal static string WithoutCredentials(string remote) =>
        Uri.TryCreate(remote, UriKind.Absolute, out var uri) && uri.Host.Length > 0
            ? $"{uri.Scheme}://{uri.Authority}{uri.AbsolutePath}"
            : remote.Contains("://", StringComparison.Ordinal) ? "(an address that cannot be read)"
            : remote.IndexOf('@') is var at and > 0 && remote.IndexOf(':') > at ? remote[(at + 1)..] : remote;
}
