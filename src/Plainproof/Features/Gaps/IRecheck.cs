using Plainproof.Facts;
using Plainproof.Features.Standing;
using Person = Plainproof.Features.People.Person;

namespace Plainproof.Features.Gaps;

/// <summary>Reads again what one check needs and runs the checks, so that a mended gap closes now. A feature that can read systems takes its place.</summary>
internal interface IRecheck
{
    /// <returns>What was done, or how to do it, in words for the person.</returns>
    Task<RecheckAnswer> RunAsync(string company, string check, Person person, CancellationToken stop);
}

/// <param name="Command">What to type instead; null when it was done.</param>
/// <param name="Address">Where to watch it being done; null when there is nothing to watch.</param>
internal sealed record RecheckAnswer(string Says, string? Command = null, string? Address = null);

/// <summary>Where nothing can read systems from the browser: the command that does it.</summary>
internal sealed class RecheckByCommand(Standings standings) : IRecheck
{
    public async Task<RecheckAnswer> RunAsync(string company, string check, Person person, CancellationToken stop)
    {
        var standing = await standings.OfAsync(company);
        if (standing.Evaluation(check) is not { } evaluation)
            return new RecheckAnswer("An answer opened this gap. Change the answer, then run the check again.", $"plainproof interview && plainproof check --company {company}");
        var store = await standings.StoreAsync(company);
        var sources = new List<string>();
        foreach (var scope in ScopesOf(standing, evaluation.Check.Info.ReadAspects))
            if (await store.LastCollectionOfAsync(scope.Scope, scope.Aspect, stop) is { Address: { } typed })
                sources.Add($" --source '{typed.Replace("'", "'\\''", StringComparison.Ordinal)}'");
        return new RecheckAnswer("Run this where the system can be reached. Then load this page again.", $"plainproof check --company {company}{(sources.Count > 0 ? " --only" : "")}{string.Concat(sources.Distinct())}");
    }

    private static IEnumerable<Coverage> ScopesOf(CompanyStanding standing, IReadOnlyList<Aspect> aspects) => standing.Coverage.Where(line => aspects.Contains(line.Aspect)).DistinctBy(line => line.Scope);
}
