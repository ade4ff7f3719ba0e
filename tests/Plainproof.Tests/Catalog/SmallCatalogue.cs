using Plainproof.Catalog;

namespace Plainproof.Tests.Catalog;

/// <summary>A catalogue of a few things that holds together, for tests that break one thing in it.</summary>
internal static class SmallCatalogue
{
    public static readonly CatalogueCounts Counts = new()
    {
        Categories = 2,
        Criteria = 2,
        PointsOfFocus = 7,
        Controls = 2,
        Questions = 3,
        AtLeastGaps = 2,
        Standing = 1,
        Requests = 1,
        Policies = 1,
        Description = ["DC1"],
    };

    public static readonly IReadOnlyList<CheckReach> Checks = [new("second-step", ["AC-01"], ["CC6.1"])];

    public static Catalogue Whole() => new()
    {
        Criteria = new()
        {
            Edition = "test",
            Categories = [new() { Id = "Security", Title = "Security", Plain = "Keep strangers out." }, new() { Id = "Privacy", Title = "Privacy", Plain = "Keep data as told." }],
            Series = [new() { Id = "CC6", Title = "Who gets in", Category = "Security" }, new() { Id = "P1", Title = "Telling people", Category = "Privacy" }],
            Criteria =
            [
                new() { Id = "CC6.1", Category = "Security", Series = "CC6", Plain = "Only the right people get in.", PointsOfFocus = 5, Lead = "AC-01" },
                new() { Id = "P1.1", Category = "Privacy", Series = "P1", Plain = "People are told.", PointsOfFocus = 2, Lead = "PRV-01" },
            ],
        },
        Controls = new() { Controls = [Control("AC-01", "CC6.1", "G-AC-1"), Control("PRV-01", "P1.1", "G-PRV-1")] },
        Gaps = new() { Gaps = [Gap("G-AC-1", "AC-01"), Gap("G-PRV-1", "PRV-01") with { NeedsFirst = ["G-AC-1"], Categories = ["Privacy"] }] },
        Standing = new()
        {
            Items = [new() { Id = "W-01", Item = "Plan", Plain = "Make a plan.", Controls = ["AC-01"], Description = ["DC1"], Hours = new() { Low = 1, High = 2 } }],
        },
        Questions = new()
        {
            Sections = [new() { Id = "scope", Title = "Scope" }, new() { Id = "access", Title = "Access" }],
            Questions = [Scope(), Parent(), Child()],
        },
        Requests = new()
        {
            Requests =
            [
                new()
                {
                    Id = "R-001", Group = "CC6", Item = "List of users.", Kind = [RequestKind.Population], Types = new() { Type1 = InTypeOne.One, Type2 = true },
                    Criteria = ["CC6.1", "DC1"], Controls = ["AC-01", "PRV-01"],
                },
            ],
        },
        Policies = new()
        {
            Policies =
            [
                new()
                {
                    Id = "POL-01", Name = "Access", Plain = "Who may get in.", Sections = [new() { Title = "Rules", Plain = "Write the rules." }],
                    Criteria = ["CC6.1"], Controls = ["AC-01"],
                },
            ],
        },
        Description = new() { Sections = [new() { Id = "DC1", Title = "What you offer", Plain = "Say what it is.", Asks = ["What is it?"], Controls = ["AC-01"] }] },
        EntityControls = new()
        {
            Customer = [new() { Id = "CUEC-01", Text = "Customers keep their keys safe.", Criteria = ["CC6.1"] }],
            Subservice = [new() { Id = "CSOC-01", Kind = "cloud", Text = "Guards the building.", Criteria = ["CC6.1"] }],
        },
        Scoping = new()
        {
            Rule = "Start small.",
            Categories =
            [
                new() { Category = "Security", ProposeWhen = [], Say = "Always." },
                new() { Category = "Privacy", ProposeWhen = [new() { Question = "S01", In = ["data"] }], Say = "You hold data." },
            ],
            Ambiguity = [new() { Id = "AMB-01", When = new() { All = [new() { Question = "S01", In = ["none"] }] }, Say = "Ask again.", Ask = "Why?" }],
        },
        Glossary = new() { Terms = [new() { Name = "MFA", Also = ["second factor"], Plain = "A second proof at sign-in." }] },
    };

    public static Catalogue WithCriterion(this Catalogue all, string id, Func<Criterion, Criterion> change) =>
        all with { Criteria = all.Criteria with { Criteria = Changed(all.Criteria.Criteria, one => one.Id == id, change) } };

    public static Catalogue WithControl(this Catalogue all, string id, Func<Control, Control> change) =>
        all with { Controls = new() { Controls = Changed(all.Controls.Controls, one => one.Id == id, change) } };

    public static Catalogue WithGap(this Catalogue all, string id, Func<Gap, Gap> change) =>
        all with { Gaps = new() { Gaps = Changed(all.Gaps.Gaps, one => one.Id == id, change) } };

    public static Catalogue WithQuestion(this Catalogue all, string id, Func<Question, Question> change) =>
        all with { Questions = all.Questions with { Questions = Changed(all.Questions.Questions, one => one.Id == id, change) } };

    public static Catalogue WithRequest(this Catalogue all, Func<Request, Request> change) =>
        all with { Requests = new() { Requests = Changed(all.Requests.Requests, _ => true, change) } };

    public static Catalogue WithPolicy(this Catalogue all, Func<Policy, Policy> change) =>
        all with { Policies = new() { Policies = Changed(all.Policies.Policies, _ => true, change) } };

    /// <summary>The question with one of its options changed.</summary>
    public static Question WithOption(this Question question, string id, Func<Option, Option> change) =>
        question with { Options = Changed(question.Options, one => one.Id == id, change) };

    private static List<T> Changed<T>(IReadOnlyList<T> all, Func<T, bool> which, Func<T, T> change) =>
        [.. all.Select(one => which(one) ? change(one) : one)];

    private static Control Control(string id, string criterion, string gap) => new()
    {
        Id = id,
        Family = "Access",
        Title = "Right people",
        Statement = "Users authenticate with MFA.",
        Plain = "We check who gets in.",
        Criteria = [criterion],
        Frequency = new() { Text = "Always", Every = [Rhythm.Continuous] },
        Nature = Nature.Manual,
        Owner = "CEO",
        Tier = Tier.Core,
        Evidence = [new() { What = "List of users", By = EvidenceWay.Upload }],
        Gap = gap,
    };

    private static Gap Gap(string id, string control) => new()
    {
        Id = id,
        Title = "Missing",
        Severity = Severity.Blocker,
        Type1 = true,
        Runs = false,
        Why = "A stranger could get in.",
        Fix = "Turn it on.",
        Hours = new() { Low = 1, High = 2 },
        Cost = new() { Low = 0, High = 0, Currency = "USD" },
        LeadDays = new() { Low = 1, High = 2 },
        Controls = [control],
    };

    private static Question Scope() => new()
    {
        Id = "S01",
        Section = "scope",
        Ask = "What do you hold?",
        Answer = AnswerKind.Many,
        Options =
        [
            new() { Id = "data", Text = "Data", Effects = [new() { Kind = "proposeCategory", Value = "Privacy" }] },
            new() { Id = "none", Text = "Nothing" },
        ],
    };

    private static Question Parent() => new()
    {
        Id = "A01",
        Section = "access",
        Ask = "Do you check who gets in?",
        Answer = AnswerKind.One,
        Controls = ["AC-01"],
        Options =
        [
            new() { Id = "yes", Text = "Yes", Score = 1 },
            new() { Id = "some", Text = "Some", Score = 0.5m, Opens = ["G-AC-1"] },
            new() { Id = "no", Text = "No", Score = 0, Opens = ["G-AC-1"] },
        ],
    };

    private static Question Child() => new()
    {
        Id = "A02",
        Section = "access",
        Ask = "Do you tell people?",
        Answer = AnswerKind.One,
        Controls = ["PRV-01"],
        When = new() { All = [new() { Question = "A01", NotIn = ["no"] }] },
        Options = [new() { Id = "yes", Text = "Yes", Score = 1 }, new() { Id = "no", Text = "No", Score = 0, Opens = ["G-PRV-1"] }],
        WhenSkipped = new() { Opens = ["G-PRV-1"], Say = "Nobody checks, so nobody is told." },
        GapText = new Dictionary<string, string> { ["no"] = "People are not told." },
    };
}
