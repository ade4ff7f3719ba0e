using Plainproof.Checks.Work;
using Plainproof.Facts;

namespace Plainproof.Assurance.Populations.Lists;

/// <summary>
/// Production deployments against merged changes. A deployment brings along whatever was merged before it, so a merge is found again when
/// its repository was deployed after it.
/// </summary>
internal sealed class DeploymentsAgainstMerges(Population population, WindowFacts facts)
{
    private const string Id = "deployments";
    private const string Title = "Deployments against merges";
    private const string Left = "deployments for customers";
    private const string Right = "merges";

    public Comparison Compare()
    {
        if (!facts.WasLookedAt(Aspect.Of<Merge>()))
            return Comparison.NotDone(Id, Title, Left, Right, "No source tells of merges. Push the kind change.merge.");
        var changes = new DeployedChanges(facts.Of<Merge>().Select(course => course.Newest.Value), facts.Of<Commit>().Select(course => course.Newest.Value));
        var made = population.Items.Select(item => (item.Id, Deployment: (Deployment)item.Told.Fact.Untyped)).Where(one => one.Deployment.Production)
            .Select(one => (one.Id, one.Deployment, Origin: changes.OriginOf(one.Deployment))).ToList();
        var lost = made.Where(one => one.Origin.Merge is null).ToList();
        return new Comparison(
            Id, Title, Left, Right, made.Count - lost.Count,
            [.. lost.Select(one => new Difference($"left:{one.Id}", $"{one.Deployment.Id} of {one.Deployment.System}", one.Origin.Words))], [.. NotDeployed()]);
    }

    private IEnumerable<Difference> NotDeployed()
    {
        var last = facts.Of<Deployment>().Select(course => course.Newest.Value).Where(it => it is { Production: true, Outcome: DeploymentOutcome.Succeeded })
            .GroupBy(DeployedChanges.RepositoryOf, StringComparer.Ordinal).ToDictionary(some => some.Key, some => some.Max(it => it.At), StringComparer.Ordinal);
        var merges = Events.Of<Merge>(facts, (it, _) => it.MergedAt, _ => []).Select(item => (item.Id, Merge: (Merge)item.Told.Fact.Untyped)).OrderBy(one => one.Merge.MergedAt).ToLookup(one => ChangeName.RepositoryOf(one.Merge.Repository), StringComparer.Ordinal);
        return merges.SelectMany(repository => last.TryGetValue(repository.Key, out var at)
            ? repository.Where(one => one.Merge.MergedAt > at).Select(one => new Difference($"right:{one.Id}", $"{one.Merge.Repository} {one.Merge.Id}", $"The last deployment of it was on {Cell.Of(at)}, before this merge."))
            : [new Difference($"right:{repository.Key}", repository.First().Merge.Repository, $"{repository.Count()} merged, and no deployment of this repository is told.")]);
    }
}
