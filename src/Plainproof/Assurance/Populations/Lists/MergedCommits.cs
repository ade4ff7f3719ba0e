using Plainproof.Checks.Work;
using Plainproof.Facts;

namespace Plainproof.Assurance.Populations.Lists;

/// <summary>Which commit came by which merge: the same repository, and the request that the commit names.</summary>
internal sealed class MergedCommits
{
    private readonly HashSet<ChangeName> _merges;
    private readonly HashSet<ChangeName> _commits;

    public MergedCommits(WindowFacts facts)
    {
        _merges = [.. facts.Of<Merge>().Select(course => ChangeName.Of(course.Newest.Value.Repository, course.Newest.Value.Id)).OfType<ChangeName>()];
        _commits = [.. facts.Of<Commit>().Select(course => ChangeName.Of(course.Newest.Value.Repository, course.Newest.Value.Request)).OfType<ChangeName>()];
    }

    public bool HasMerge(Commit it) => ChangeName.Of(it.Repository, it.Request) is { } name && _merges.Contains(name);

    public bool HasCommit(Merge it) => ChangeName.Of(it.Repository, it.Id) is { } name && _commits.Contains(name);
}
