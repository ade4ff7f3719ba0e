using Plainproof.Catalog;

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

    private static CriterionState StateOf(IReadOnlyList<ClaimedState> said) =>
        said.Count == 0 ? CriterionState.NotLookedAt
        : said.Contains(ClaimedState.Missing) ? CriterionState.Gap
        : said.Contains(ClaimedState.Partly) ? CriterionState.Partly
        : CriterionState.NoGapSeen;
}
