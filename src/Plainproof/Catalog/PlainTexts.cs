namespace Plainproof.Catalog;

/// <summary>One text that anyone may read, and where it stands.</summary>
internal sealed record PlainText(string File, string Id, string Field, string Text)
{
    /// <summary>The text holds commands and settings to type; their words in capitals are not terms to explain.</summary>
    public bool HasCommands { get; init; }
}

/// <summary>Every text of the catalogue that is for everyone; the control statements are the auditor's and are left out.</summary>
internal static class PlainTexts
{
    public static IEnumerable<PlainText> Of(Catalogue catalogue) =>
    [
        .. OfCriteria(catalogue.Criteria), .. catalogue.Controls.Controls.SelectMany(OfControl), .. catalogue.Gaps.Gaps.SelectMany(OfGap),
        .. catalogue.Standing.Items.SelectMany(OfStanding), .. OfInterview(catalogue.Questions), .. catalogue.Requests.Requests.Select(OfRequest),
        .. catalogue.Policies.Policies.SelectMany(OfPolicy), .. catalogue.Description.Sections.SelectMany(OfDescription),
        .. OfEntityControls(catalogue.EntityControls), .. OfScoping(catalogue.Scoping),
        .. catalogue.Glossary.Terms.Select(term => new PlainText("glossary.json", term.Name, "plain", term.Plain)),
    ];

    private static IEnumerable<PlainText> OfCriteria(CriteriaFile file) =>
        From("criteria.json",
        [
            .. file.Categories.Select(one => (one.Id, "plain", (string?)one.Plain)),
            .. file.Series.Select(one => (one.Id, "title", (string?)one.Title)),
            .. file.Criteria.Select(one => (one.Id, "plain", (string?)one.Plain)),
        ]);

    private static IEnumerable<PlainText> OfControl(Control control) =>
        From("controls.json",
        [
            (control.Id, "title", control.Title), (control.Id, "plain", control.Plain), (control.Id, "frequency", control.Frequency.Text),
            (control.Id, "population", control.Population), .. control.Evidence.Select(way => (control.Id, "evidence", (string?)way.What)),
        ]);

    private static IEnumerable<PlainText> OfGap(Gap gap) =>
        From("gaps.json",
        [
            (gap.Id, "title", gap.Title), (gap.Id, "why", gap.Why), (gap.Id, "fix", gap.Fix),
            (gap.Id, "hours", gap.Hours.Note), (gap.Id, "cost", gap.Cost.Note),
        ]);

    private static IEnumerable<PlainText> OfStanding(StandingItem item) =>
        From("standing.json", [(item.Id, "item", item.Item), (item.Id, "plain", item.Plain)]);

    private static IEnumerable<PlainText> OfInterview(QuestionsFile file) =>
        From("questions.json",
        [
            .. file.Sections.Select(section => (section.Id, "title", (string?)section.Title)),
            .. file.Questions.SelectMany(OfQuestion),
        ]);

    private static IEnumerable<(string, string, string?)> OfQuestion(Question question) =>
    [
        (question.Id, "ask", question.Ask), (question.Id, "help", question.Help), (question.Id, "whenSkipped", question.WhenSkipped?.Say),
        .. question.Options.Select(option => (question.Id, $"option {option.Id}", (string?)option.Text)),
        .. question.Options.SelectMany(option => option.Effects.Select(effect => (question.Id, $"option {option.Id}, {effect.Kind}", effect.Say))),
        .. question.GapText.Select(text => (question.Id, $"gapText {text.Key}", (string?)text.Value)),
    ];

    private static PlainText OfRequest(Request request) => new("requests.json", request.Id, "item", request.Item);

    private static IEnumerable<PlainText> OfPolicy(Policy policy) =>
        From("policies.json",
        [
            (policy.Id, "name", policy.Name), (policy.Id, "plain", policy.Plain),
            .. policy.Sections.Select(section => (policy.Id, $"section {section.Title}", (string?)section.Plain)),
        ]);

    private static IEnumerable<PlainText> OfDescription(DescriptionSection section) =>
        From("description.json",
        [
            (section.Id, "title", section.Title), (section.Id, "plain", section.Plain), .. section.Asks.Select(ask => (section.Id, "asks", (string?)ask)),
        ]);

    private static IEnumerable<PlainText> OfEntityControls(EntityControlsFile file) =>
        From("entity-controls.json",
        [
            .. file.Customer.Select(one => (one.Id, "text", (string?)one.Text)), .. file.Subservice.Select(one => (one.Id, "text", (string?)one.Text)),
        ]);

    private static IEnumerable<PlainText> OfScoping(ScopingFile file) =>
        From("scoping.json",
        [
            ("rule", "rule", file.Rule),
            .. file.Categories.Select(one => (one.Category, "say", (string?)one.Say)), .. file.Categories.Select(one => (one.Category, "otherwise", one.Otherwise)),
            .. file.Ambiguity.Select(one => (one.Id, "say", (string?)one.Say)), .. file.Ambiguity.Select(one => (one.Id, "ask", one.Ask)),
        ]);

    private static IEnumerable<PlainText> From(string file, IEnumerable<(string Id, string Field, string? Text)> texts) =>
        texts.Where(text => text.Text is not null).Select(text => new PlainText(file, text.Id, text.Field, text.Text!));
}
