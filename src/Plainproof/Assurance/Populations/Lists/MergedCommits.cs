using Plainproof.Facts;

namespace Plainproof.Assurance.Populations.Lists;

/// <summary>Which commit came by which merge: the same repository, and the request that the commit names.</summary>
internal sealed class MergedCommits
{
    private readonly HashSet<(string Repository, string Number)> _merges;
    private readonly HashSet<(string Repository, string Number)> _commits;

    public MergedCommits(WindowFacts facts)
    {
        _merges = [.. facts.Of<Merge>().Select(course => Key(course.Newest.Value.Repository, course.Newest.Value.Id)).OfType<(string, string)>()];
        _commits = [.. facts.Of<Commit>().Select(course => Key(course.Newest.Value.Repository, course.Newest.Value.Request)).OfType<(string, string)>()];
    }

    public bool HasMerge(Commit it) => Key(it.Repository, it.Request) is { } key && _merges.Contains(key);

    public bool HasCommit(Merge it) => Key(it.Repository, it.Id) is { } key && _commits.Contains(key);

    /// <summary>Code hosts write <c>#12</c>, <c>!12</c> and <c>owner/name</c>; clones are named by their last part.</summary>
    private static (string Repository, string Number)? Key(string repository, string? request) =>
        request is null || new string([.. request.Where(char.IsAsciiDigit)]) is not { Length: > 0 } number ? null : (NameOf(repository), number);

    private static string NameOf(string repository)
    {
        var name = repository.TrimEnd('/').Split('/')[^1].ToUpperInvariant();
        return name.EndsWith(".GIT", StringComparison.Ordinal) ? name[..^4] : name;
    }
}
