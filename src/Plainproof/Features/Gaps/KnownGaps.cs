using Plainproof.Catalog;
using Plainproof.Features.Standing;

namespace Plainproof.Features.Gaps;

internal static class KnownGaps
{
    /// <summary>The title of a gap that a check or the catalogue knows, open or not; null when there is none.</summary>
    public static string? TitleOf(string id, CompanyStanding now, Catalogue catalogue) =>
        now.Readiness.Gaps.FirstOrDefault(gap => gap.Id == id)?.Title ?? now.Evaluation(id)?.Check.Info.Gap.Title ?? (catalogue.By.Gap.TryGet(id, out var known) ? known.Title : null);
}
