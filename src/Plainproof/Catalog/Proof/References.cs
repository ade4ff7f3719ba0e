namespace Plainproof.Catalog.Proof;

/// <summary>Every id that one thing names exists.</summary>
internal static class References
{
    public static IEnumerable<Problem> Problems(Catalogue catalogue)
    {
        var by = catalogue.By;
        return
        [
            .. catalogue.Criteria.Series.SelectMany(one => by.Category.Missing("criteria.json", one.Id, [one.Category])),
            .. catalogue.Criteria.Criteria.SelectMany(one => OfCriterion(one, by)),
            .. catalogue.Controls.Controls.SelectMany(one => OfControl(one, by)),
            .. catalogue.Gaps.Gaps.SelectMany(one => OfGap(one, by)),
            .. catalogue.Standing.Items.SelectMany(one => OfStanding(one, by)),
            .. catalogue.Questions.Questions.SelectMany(one => OfQuestion(one, by)),
            .. catalogue.Requests.Requests.SelectMany(one => OfRequest(one, by)),
            .. catalogue.Policies.Policies.SelectMany(one => OfPolicy(one, by)),
            .. catalogue.Description.Sections.SelectMany(one => by.Control.Missing("description.json", one.Id, one.Controls)),
            .. catalogue.EntityControls.Customer.SelectMany(one => OfCustomer(one, by)),
            .. catalogue.EntityControls.Subservice.SelectMany(one => by.Criterion.Missing("entity-controls.json", one.Id, one.Criteria)),
            .. catalogue.Scoping.Categories.SelectMany(one => OfCategoryRule(one, by)),
            .. catalogue.Scoping.Ambiguity.SelectMany(one => OfWhen("scoping.json", one.Id, one.When, by)),
        ];
    }

    private static IEnumerable<Problem> OfCriterion(Criterion one, CatalogueIndex by) =>
    [
        .. by.Category.Missing("criteria.json", one.Id, [one.Category]),
        .. by.Series.Missing("criteria.json", one.Id, [one.Series]),
        .. by.Control.Missing("criteria.json", one.Id, [one.Lead]),
    ];

    private static IEnumerable<Problem> OfControl(Control one, CatalogueIndex by) =>
        [.. by.Criterion.Missing("controls.json", one.Id, one.Criteria), .. by.Gap.Missing("controls.json", one.Id, [one.Gap])];

    private static IEnumerable<Problem> OfGap(Gap one, CatalogueIndex by) =>
    [
        .. by.Category.Missing("gaps.json", one.Id, one.Categories),
        .. by.Gap.Missing("gaps.json", one.Id, one.NeedsFirst.Concat(one.HelpedBy)),
        .. by.Control.Missing("gaps.json", one.Id, one.Controls),
    ];

    private static IEnumerable<Problem> OfStanding(StandingItem one, CatalogueIndex by) =>
        [.. by.Control.Missing("standing.json", one.Id, one.Controls), .. by.Description.Missing("standing.json", one.Id, one.Description)];

    private static IEnumerable<Problem> OfQuestion(Question one, CatalogueIndex by) =>
    [
        .. by.Section.Missing("questions.json", one.Id, [one.Section]),
        .. by.Control.Missing("questions.json", one.Id, one.Controls),
        .. by.Gap.Missing("questions.json", one.Id, one.Options.SelectMany(option => option.Opens).Concat(one.WhenSkipped?.Opens ?? [])),
        .. one.Options.SelectMany(option => option.Effects).SelectMany(effect => OfEffect(one, effect, by)),
        .. OfWhen("questions.json", one.Id, one.When, by),
        .. one.GapText.Keys.Where(key => one.Options.All(option => option.Id != key)).Select(key =>
            new Problem("questions.json", one.Id, $"has a gapText for option {key}, which it does not have", "Name one of its options")),
    ];

    private static IEnumerable<Problem> OfEffect(Question question, Effect effect, CatalogueIndex by)
    {
        var value = effect.Value ?? "(none)";
        return effect.Kind switch
        {
            "proposeCategory" => by.Category.Missing("questions.json", question.Id, [value]),
            "skipSection" => by.Section.Missing("questions.json", question.Id, [value]),
            "disclose" => by.Description.Missing("questions.json", question.Id, [value]),
            "control" => by.Control.Missing("questions.json", question.Id, [value]),
            "subservice" when !by.SubserviceKinds.Contains(value) =>
                [new("questions.json", question.Id, $"names the subservice kind {value}, for which entity-controls.json has nothing",
                    "Correct the kind, or say what such a provider must do")],
            _ => [],
        };
    }

    // The auditor asks for parts of the description beside criteria.
    private static IEnumerable<Problem> OfRequest(Request one, CatalogueIndex by) =>
    [
        .. by.Criterion.Missing("requests.json", one.Id, one.Criteria.Where(id => !by.Description.Has(id))),
        .. by.Control.Missing("requests.json", one.Id, one.Controls),
    ];

    private static IEnumerable<Problem> OfPolicy(Policy one, CatalogueIndex by) =>
        [.. by.Criterion.Missing("policies.json", one.Id, one.Criteria), .. by.Control.Missing("policies.json", one.Id, one.Controls)];

    private static IEnumerable<Problem> OfCustomer(CustomerControl one, CatalogueIndex by) =>
        [.. by.Criterion.Missing("entity-controls.json", one.Id, one.Criteria), .. OfWhen("entity-controls.json", one.Id, one.When, by)];

    private static IEnumerable<Problem> OfCategoryRule(CategoryRule one, CatalogueIndex by) =>
    [
        .. by.Category.Missing("scoping.json", one.Category, [one.Category]),
        .. one.ProposeWhen.SelectMany(condition => OfCondition("scoping.json", one.Category, condition, by)),
    ];

    private static IEnumerable<Problem> OfWhen(string file, string id, When? when, CatalogueIndex by)
    {
        if (when is null)
            return [];
        return (when.All is null) == (when.Any is null)
            ? [new(file, id, "has a condition that gives neither or both of all and any", "Give one of them")]
            : when.Conditions.SelectMany(condition => OfCondition(file, id, condition, by));
    }

    private static IEnumerable<Problem> OfCondition(string file, string id, Condition condition, CatalogueIndex by)
    {
        if (!by.Question.TryGet(condition.Question, out var question))
            return by.Question.Missing(file, id, [condition.Question]);
        if ((condition.In is null) == (condition.NotIn is null))
            return [new(file, id, $"has a condition on {question.Id} that gives neither or both of in and notIn", "Give one of them")];
        return condition.Named.Where(named => question.Options.All(option => option.Id != named)).Select(named =>
            new Problem(file, id, $"depends on option {named} of {question.Id}, which has no such option", "Name one of its options"));
    }
}
