using Plainproof.Catalog.Proof;
using Plainproof.Checks;

namespace Plainproof.Catalog;

/// <summary>What one check of the library says it reaches, and what it says to everyone.</summary>
internal sealed record CheckReach(string CheckId, IReadOnlyList<string> Controls, IReadOnlyList<string> Criteria)
{
    public IReadOnlyList<PlainText> Texts { get; init; } = [];

    public static CheckReach Of(CheckInfo info) =>
        new(info.Id, info.Controls, [.. info.Criteria.Select(edge => edge.Id)]) { Texts = [.. TextsOf(info)] };

    private static IEnumerable<PlainText> TextsOf(CheckInfo info) =>
        from text in (IEnumerable<(string Field, string Text)>)
        [
            ("title", info.Title), ("gap title", info.Gap.Title), ("why", info.Gap.Why), ("doesNotProve", info.DoesNotProve),
            .. info.Gap.Steps.Select(step => ("steps", step)),
            .. info.Criteria.Select(edge => ($"why for {edge.Id}", edge.Why)),
        ]
        select new PlainText("checks", info.Id, text.Field, text.Text) { HasCommands = text.Field == "steps" };
}

/// <summary>How many of each the catalogue must have.</summary>
internal sealed record CatalogueCounts
{
    /// <summary>The 2017 criteria with the 2022 points of focus, and what this catalogue promises around them.</summary>
    public static readonly CatalogueCounts Shipped = new()
    {
        Categories = 5,
        Criteria = 61,
        PointsOfFocus = 330,
        Controls = 106,
        Questions = 72,
        AtLeastGaps = 57,
        Standing = 12,
        Requests = 97,
        Policies = 14,
        Description = [.. Enumerable.Range(1, 9).Select(number => $"DC{number}")],
    };

    public required int Categories { get; init; }
    public required int Criteria { get; init; }
    public required int PointsOfFocus { get; init; }
    public required int Controls { get; init; }
    public required int Questions { get; init; }
    public required int AtLeastGaps { get; init; }
    public required int Standing { get; init; }
    public required int Requests { get; init; }
    public required int Policies { get; init; }
    public required IReadOnlyList<string> Description { get; init; }
}

/// <summary>Proves that the catalogue holds together; returns every problem it finds, in the order of the rules.</summary>
internal static class CatalogueCheck
{
    public static IReadOnlyList<Problem> Problems(Catalogue catalogue, IReadOnlyList<CheckReach> checks, CatalogueCounts counts) =>
    [
        .. catalogue.By.RepeatedIds(),
        .. References.Problems(catalogue),
        .. TwoWays.Problems(catalogue),
        .. Chain.Problems(catalogue, checks),
        .. CheckLinks.Problems(catalogue, checks),
        .. GapOrder.Problems(catalogue),
        .. Amounts.Problems(catalogue),
        .. AskableQuestions.Problems(catalogue),
        .. SkippedQuestions.Problems(catalogue),
        .. Counts.Problems(catalogue, counts),
        .. PlainWords.Problems(catalogue, [.. PlainTexts.Of(catalogue), .. checks.SelectMany(check => check.Texts)]),
    ];
}
