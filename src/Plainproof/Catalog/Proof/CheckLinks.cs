namespace Plainproof.Catalog.Proof;

/// <summary>Each check of the library has its controls and criteria, and they belong together.</summary>
internal static class CheckLinks
{
    public static IEnumerable<Problem> Problems(Catalogue catalogue, IReadOnlyList<CheckReach> checks) =>
        checks.SelectMany(check => OfCheck(catalogue, check));

    private static IEnumerable<Problem> OfCheck(Catalogue catalogue, CheckReach check)
    {
        if (check.Controls.Count == 0)
            yield return new("checks", check.CheckId, "names no control", "Name the controls it shows at work");
        if (check.Criteria.Count == 0)
            yield return new("checks", check.CheckId, "names no criterion", "Name the criteria it speaks to");
        foreach (var missing in catalogue.By.Control.Missing("checks", check.CheckId, check.Controls)
            .Concat(catalogue.By.Criterion.Missing("checks", check.CheckId, check.Criteria)))
            yield return missing;
        foreach (var id in check.Controls)
            if (catalogue.By.Control.TryGet(id, out var control) && !control.Criteria.Intersect(check.Criteria).Any())
                yield return new("checks", check.CheckId, $"names {id}, which serves none of its criteria", "Correct the control or the criteria");
    }
}
