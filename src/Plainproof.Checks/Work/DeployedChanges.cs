using Plainproof.Facts;

namespace Plainproof.Checks.Work;

/// <summary>The merged change behind a deployment.</summary>
/// <param name="Merge">Null when none was found.</param>
/// <param name="IsKnown">False when the facts do not allow it to be said.</param>
/// <param name="Words">What was found, or what is missing, as a sentence.</param>
public sealed record Origin(Merge? Merge, bool IsKnown, string Words);

/// <summary>Follows deployments to the changes that they came from: by the change that they name, else by their commit.</summary>
public sealed class DeployedChanges
{
    private const int ShortestSha = 7;
    private readonly Dictionary<ChangeName, Merge> _merges;
    private readonly ILookup<(string Repository, string Start), Commit> _commits;

    public DeployedChanges(IEnumerable<Merge> merges, IEnumerable<Commit> commits)
    {
        _merges = merges.Select(merge => (Name: ChangeName.Of(merge.Repository, merge.Id), Merge: merge)).Where(one => one.Name is not null).DistinctBy(one => one.Name).ToDictionary(one => one.Name!.Value, one => one.Merge);
        _commits = commits.Where(commit => commit.Sha.Length >= ShortestSha).ToLookup(commit => (ChangeName.RepositoryOf(commit.Repository), StartOf(commit.Sha)));
    }

    public static string RepositoryOf(Deployment it) => ChangeName.RepositoryOf(it.Repository ?? it.System);

    public Origin OriginOf(Deployment it) =>
        it.Change is { } change ? ByRequest(it, change, $"It names {change}")
        : it.Commit is not { Length: >= ShortestSha } sha ? new Origin(null, false, "It names neither a change nor a commit.")
        : CommitOf(it, sha) is not { } commit ? new Origin(null, false, $"Its commit {Short(sha)} is on no default branch that was read.")
        : commit.Request is { } request ? ByRequest(it, request, $"Its commit {Short(sha)} names request {request}")
        : commit.First ? new Origin(null, false, $"Its commit {Short(sha)} is the first of the repository.")
        : new Origin(null, true, $"Its commit {Short(sha)} came without a request.");

    private Origin ByRequest(Deployment it, string request, string words) =>
        ChangeName.Of(RepositoryOf(it), request) is { } name && _merges.TryGetValue(name, out var merge)
            ? new Origin(merge, true, $"It came from {merge.Repository} {merge.Id}, merged by {merge.MergedBy}.")
            : new Origin(null, true, $"{words}, which is not among the merges.");

    private Commit? CommitOf(Deployment it, string sha) => _commits[(RepositoryOf(it), StartOf(sha))].FirstOrDefault(commit => commit.Sha.StartsWith(sha, StringComparison.OrdinalIgnoreCase));

    private static string StartOf(string sha) => sha[..ShortestSha].ToUpperInvariant();

    private static string Short(string sha) => sha[..Math.Min(10, sha.Length)];
}
