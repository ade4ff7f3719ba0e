using Plainproof.Catalog;
using Plainproof.Checks;

namespace Plainproof.Assurance;

/// <summary>How one control looks from what was said alone.</summary>
internal enum ClaimedState
{
    InPlace,
    Partly,
    Missing,
}

/// <summary>
/// The criteria from answers alone. There is no "met" and nothing is green: a claim is not evidence (law 2). Gap: an answer says that
/// something is missing. Partly: something is half there, or nobody knew. No gap seen: what was asked, they say they do.
/// </summary>
internal static class ClaimedPicture
{
    /// <param name="said">By control; several answers may speak of the same one.</param>
    /// <param name="categories">Those in scope.</param>
    public static IReadOnlyList<(Criterion Criterion, CriterionState State)> Of(Catalogue catalogue, ILookup<string, ClaimedState> said, IReadOnlySet<string> categories)
    {
        var serving = catalogue.Controls.Controls.SelectMany(control => control.Criteria.Select(criterion => (criterion, control.Id))).ToLookup(pair => pair.criterion, pair => pair.Id);
        return [.. catalogue.Criteria.Criteria.Where(criterion => categories.Contains(criterion.Category)).Select(criterion => (criterion, StateOf([.. serving[criterion.Id].SelectMany(id => said[id])])))];
    }

    /// <summary>What checks saw fail lowers a criterion. What they saw pass raises none: a claim stays a claim (law 2).</summary>
    public static IReadOnlyList<(Criterion Criterion, CriterionState State)> LoweredBy(IReadOnlyList<Evaluation> seen, IReadOnlyList<(Criterion Criterion, CriterionState State)> said)
    {
        var failing = seen.Where(one => one.Results.Any(result => result.Outcome == Outcome.Fail)).SelectMany(one => one.Check.Info.Criteria).ToLookup(edge => edge.Id, edge => edge.Strength);
        return [.. said.Select(one => (one.Criterion, Lowered(one.State, failing[one.Criterion.Id])))];
    }

    private static CriterionState Lowered(CriterionState said, IEnumerable<Strength> failing) =>
        failing.Contains(Strength.Direct) ? CriterionState.Gap
        : failing.Any() && said != CriterionState.Gap ? CriterionState.Partly
        : said;

    private static CriterionState StateOf(IReadOnlyList<ClaimedState> said) =>
        said.Count == 0 ? CriterionState.NotLookedAt
        : said.Contains(ClaimedState.Missing) ? CriterionState.Gap
        : said.Contains(ClaimedState.Partly) ? CriterionState.Partly
        : CriterionState.NoGapSeen;
}
