namespace Plainproof.Catalog.Proof;

/// <summary>Every criterion has a control, every control a gap that scope does not hide and a way to be evidenced, every gap a fix.</summary>
internal static class Chain
{
    public static IEnumerable<Problem> Problems(Catalogue catalogue, IReadOnlyList<CheckReach> checks) =>
        [.. Criteria(catalogue), .. Controls(catalogue, checks), .. LeadGaps(catalogue), .. Gaps(catalogue)];

    private static IEnumerable<Problem> Criteria(Catalogue catalogue) =>
        catalogue.Criteria.Criteria.Where(criterion => !catalogue.By.ControlsFor(criterion.Id).Any()).Select(criterion =>
            new Problem("criteria.json", criterion.Id, "no control serves it", "Add it to a control's criteria"));

    private static IEnumerable<Problem> Controls(Catalogue catalogue, IReadOnlyList<CheckReach> checks)
    {
        var @checked = checks.SelectMany(check => check.Controls).ToHashSet();
        return
        [
            .. catalogue.Controls.Controls.Where(control => control.Criteria.Count == 0).Select(control =>
                new Problem("controls.json", control.Id, "serves no criterion", "Name the criteria it serves")),
            .. catalogue.Controls.Controls.Where(control => control.Gap.Length == 0).Select(control =>
                new Problem("controls.json", control.Id, "has no gap", "Name the gap that is open while it is missing")),
            .. catalogue.Controls.Controls.Where(control => control.Frequency.Every.Count == 0).Select(control =>
                new Problem("controls.json", control.Id, "has no rhythm", "Say how often it happens")),
            .. catalogue.Controls.Controls.Where(control => !CanBeEvidenced(control, @checked)).Select(control =>
                new Problem("controls.json", control.Id, "has no way to be evidenced", "Add evidence a person can give, or a check that covers it")),
        ];
    }

    // A collection that no check of the library reads leaves the company with nothing to show.
    private static bool CanBeEvidenced(Control control, HashSet<string> @checked) =>
        control.Evidence.Any(way => way.By != EvidenceWay.Collection) || (control.Evidence.Count > 0 && @checked.Contains(control.Id));

    // A gap counts only in its categories; the gap of a lead control must count where the criterion does.
    private static IEnumerable<Problem> LeadGaps(Catalogue catalogue) =>
        from criterion in catalogue.Criteria.Criteria
        where catalogue.By.Control.TryGet(criterion.Lead, out var lead)
            && catalogue.By.Gap.TryGet(lead.Gap, out var gap)
            && gap.Categories.Count > 0 && !gap.Categories.Contains(criterion.Category)
        select new Problem("gaps.json", catalogue.By.Control[criterion.Lead].Gap,
            $"does not count in {criterion.Category}, where its control {criterion.Lead} leads {criterion.Id}",
            "Add the category, or give the control another gap");

    private static IEnumerable<Problem> Gaps(Catalogue catalogue) =>
    [
        .. catalogue.Gaps.Gaps.Where(gap => string.IsNullOrWhiteSpace(gap.Fix)).Select(gap =>
            new Problem("gaps.json", gap.Id, "has no fix", "Write the steps that close it")),
        .. catalogue.Gaps.Gaps.Where(gap => string.IsNullOrWhiteSpace(gap.Why)).Select(gap =>
            new Problem("gaps.json", gap.Id, "does not say why it matters", "Write what could go wrong or what cannot be seen")),
    ];
}
