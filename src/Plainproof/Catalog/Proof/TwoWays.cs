namespace Plainproof.Catalog.Proof;

/// <summary>What names another is named back, and nothing stands alone.</summary>
internal static class TwoWays
{
    public static IEnumerable<Problem> Problems(Catalogue catalogue) =>
    [
        .. Leads(catalogue), .. GapsOfControls(catalogue), .. ReachableGaps(catalogue), .. AskedControls(catalogue), .. Homes(catalogue),
        .. PolicyControls(catalogue),
    ];

    private static IEnumerable<Problem> Leads(Catalogue catalogue) =>
        from criterion in catalogue.Criteria.Criteria
        where catalogue.By.Control.TryGet(criterion.Lead, out var lead) && !lead.Criteria.Contains(criterion.Id)
        select new Problem("criteria.json", criterion.Id, $"is led by {criterion.Lead}, which does not serve it",
            "Add the criterion to the control, or choose another lead");

    private static IEnumerable<Problem> GapsOfControls(Catalogue catalogue) =>
        from control in catalogue.Controls.Controls
        where catalogue.By.Gap.TryGet(control.Gap, out var gap) && !gap.Controls.Contains(control.Id)
        select new Problem("controls.json", control.Id, $"has the gap {control.Gap}, which does not list it",
            "Add the control to the gap, or choose another gap");

    private static IEnumerable<Problem> ReachableGaps(Catalogue catalogue)
    {
        var reached = catalogue.Controls.Controls.Select(control => control.Gap)
            .Concat(catalogue.Questions.Questions.SelectMany(question => question.Options).SelectMany(option => option.Opens))
            .ToHashSet();
        return
        [
            .. catalogue.Gaps.Gaps.Where(gap => !reached.Contains(gap.Id)).Select(gap =>
                new Problem("gaps.json", gap.Id, "is the gap of no control and no answer opens it",
                    "Name it from a control or an answer, or remove it")),
            .. catalogue.Gaps.Gaps.Where(gap => gap.Controls.Count == 0).Select(gap =>
                new Problem("gaps.json", gap.Id, "names no control", "Name the controls that close it")),
        ];
    }

    private static IEnumerable<Problem> AskedControls(Catalogue catalogue)
    {
        var asked = catalogue.Requests.Requests.SelectMany(request => request.Controls).ToHashSet();
        return catalogue.Controls.Controls.Where(control => !asked.Contains(control.Id)).Select(control =>
            new Problem("controls.json", control.Id, "no request of the auditor asks for it", "Add it to a request"));
    }

    private static IEnumerable<Problem> Homes(Catalogue catalogue)
    {
        var series = catalogue.Criteria.Criteria.Select(criterion => criterion.Series).ToHashSet();
        var sections = catalogue.Questions.Questions.Select(question => question.Section).ToHashSet();
        var ruled = catalogue.Scoping.Categories.Select(rule => rule.Category).ToHashSet();
        return
        [
            .. catalogue.Criteria.Criteria
                .Where(criterion => catalogue.By.Series.TryGet(criterion.Series, out var home) && home.Category != criterion.Category)
                .Select(criterion => new Problem("criteria.json", criterion.Id, "its category is not that of its series", "Make them agree")),
            .. catalogue.Criteria.Series.Where(one => !series.Contains(one.Id)).Select(one =>
                new Problem("criteria.json", one.Id, "the series has no criterion", "Add its criteria, or remove it")),
            .. catalogue.Questions.Sections.Where(one => !sections.Contains(one.Id)).Select(one =>
                new Problem("questions.json", one.Id, "the section has no question", "Add its questions, or remove it")),
            .. catalogue.Criteria.Categories.Where(one => !ruled.Contains(one.Id)).Select(one =>
                new Problem("scoping.json", one.Id, "no rule says when the category is proposed", "Add its rule")),
        ];
    }

    // A policy that names a control is about at least one thing that the control serves.
    private static IEnumerable<Problem> PolicyControls(Catalogue catalogue) =>
        from policy in catalogue.Policies.Policies
        from id in policy.Controls
        where catalogue.By.Control.TryGet(id, out var control) && !control.Criteria.Intersect(policy.Criteria).Any()
        select new Problem("policies.json", policy.Id, $"names {id}, which serves none of its criteria",
            "Add a criterion the control serves, or leave the control out");
}
