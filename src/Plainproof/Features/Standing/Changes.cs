using Plainproof.Checks;
using Plainproof.Storage;

namespace Plainproof.Features.Standing;

/// <summary>What one check said of one subject before, and says now.</summary>
/// <param name="Before">Null when it said nothing.</param>
/// <param name="Now">Null when it says nothing any more.</param>
internal sealed record Change(string Check, string Scope, string Subject, Outcome? Before, Outcome? Now)
{
    /// <summary>What needs attention comes first: new fails, then what is mended, then the rest.</summary>
    public int Place => Now == Outcome.Fail ? 0 : Before == Outcome.Fail ? 1 : 2;
}

internal static class Changes
{
    /// <param name="results">Those that began or ended after the moment.</param>
    public static IReadOnlyList<Change> Since(DateTimeOffset moment, IEnumerable<StoredResult> results) =>
    [
        .. results.GroupBy(result => (result.Result.CheckId, result.Result.Scope, result.Result.Subject))
            .Select(group => new Change(
                group.Key.CheckId, group.Key.Scope, group.Key.Subject,
                Worst(group.Where(result => result.From <= moment)), Worst(group.Where(result => result.Until is null))))
            .Where(change => change.Before != change.Now)
            .OrderBy(change => change.Place).ThenBy(change => change.Check, StringComparer.Ordinal).ThenBy(change => change.Subject, StringComparer.Ordinal),
    ];

    private static Outcome? Worst(IEnumerable<StoredResult> results) => results.Select(result => (Outcome?)result.Result.Outcome).OrderBy(Ranks.Of).FirstOrDefault();
}

/// <summary>What people want to see first.</summary>
internal static class Ranks
{
    public static int Of(Outcome? outcome) => outcome switch
    {
        Outcome.Fail => 0,
        Outcome.Error => 1,
        Outcome.NeedsReview => 2,
        Outcome.NotTested => 3,
        Outcome.Pass => 4,
        _ => 5,
    };
}
