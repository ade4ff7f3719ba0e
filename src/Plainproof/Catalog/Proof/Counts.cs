namespace Plainproof.Catalog.Proof;

/// <summary>The catalogue is whole: as many of each as it promises.</summary>
internal static class Counts
{
    public static IEnumerable<Problem> Problems(Catalogue catalogue, CatalogueCounts counts) =>
    [
        .. Exactly("criteria.json", "categories", catalogue.Criteria.Categories.Count, counts.Categories),
        .. Exactly("criteria.json", "criteria", catalogue.Criteria.Criteria.Count, counts.Criteria),
        .. Exactly("criteria.json", "points of focus", catalogue.Criteria.Criteria.Sum(one => one.PointsOfFocus), counts.PointsOfFocus),
        .. Exactly("controls.json", "controls", catalogue.Controls.Controls.Count, counts.Controls),
        .. Exactly("questions.json", "questions", catalogue.Questions.Questions.Count, counts.Questions),
        .. Exactly("standing.json", "standing items", catalogue.Standing.Items.Count, counts.Standing),
        .. Exactly("requests.json", "requests", catalogue.Requests.Requests.Count, counts.Requests),
        .. Exactly("policies.json", "policies", catalogue.Policies.Policies.Count, counts.Policies),
        .. AtLeast("gaps.json", "gaps", catalogue.Gaps.Gaps.Count, counts.AtLeastGaps),
        .. Sections(catalogue, counts.Description),
    ];

    private static IEnumerable<Problem> Exactly(string file, string what, int found, int expected) =>
        found == expected ? [] : [new(file, "", $"has {found} {what}, not {expected}", "Add what is missing, or take out what is too much")];

    private static IEnumerable<Problem> AtLeast(string file, string what, int found, int expected) =>
        found >= expected ? [] : [new(file, "", $"has {found} {what}, fewer than {expected}", "Add what is missing")];

    private static IEnumerable<Problem> Sections(Catalogue catalogue, IReadOnlyList<string> expected)
    {
        var found = catalogue.Description.Sections.Select(section => section.Id).ToArray();
        return found.SequenceEqual(expected)
            ? []
            : [new("description.json", "", $"has the sections {string.Join(", ", found)}, not {string.Join(", ", expected)}",
                "Give each section once, in order")];
    }
}
