using Plainproof.Assurance;
using Plainproof.Checks;
using Plainproof.Facts;
using Plainproof.Features.Check;
using Plainproof.Storage;

namespace Plainproof.Features.Standing;

/// <summary>What all that a company has stored says at one moment: the one way from rows to results, on the command line and on the web.</summary>
/// <param name="Coverage">How completely each system was last read; what was read too long ago counts as stale.</param>
/// <param name="UnknownKinds">Stored facts of kinds that this build does not know; counted, never judged.</param>
internal sealed record Assessment(DateTimeOffset AsOf, IReadOnlyList<Coverage> Coverage, IReadOnlyList<Evaluation> Evaluations, long UnknownKinds)
{
    /// <param name="numbers">Numbers that go before those the company decided on, this time only.</param>
    public static async Task<Assessment> OfAsync(
        CompanyStore store, IReadOnlyList<ICheck> checks, IReadOnlyDictionary<string, double>? numbers, DateTimeOffset asOf, CancellationToken stop)
    {
        var stored = await store.ReadAsync(asOf, stop);
        IReadOnlyList<Coverage> coverage = [.. stored.Coverage.Select(line => Staleness.Judge(line, asOf))];
        var own = new Dictionary<string, double>(await CompanyNumbers.StoredAsync(store.Database, asOf, stop), StringComparer.Ordinal);
        foreach (var (name, number) in numbers ?? new Dictionary<string, double>())
            own[name] = number;
        Memory.GiveBackAfter(stored.Facts.Count);
        var snapshot = Snapshot.Of(stored.Facts, coverage, stored.Acts, CheckLibrary.Derivations);
        return new Assessment(asOf, coverage, Evaluator.Run(checks, snapshot, asOf, own), stored.UnknownKinds);
    }
}
