using Plainproof.Features.Controls;
using Plainproof.Features.Standing;

namespace Plainproof.Features.Papers.Kinds;

/// <summary>Management's description of its system, DC1 to DC9.</summary>
internal sealed class SystemDescription : IPaperKind
{
    public const string Name = "system-description";
    private static readonly string[] TableOfControls = ["Control", "What we do", "Criteria", "Who", "How often"];

    /// <summary>As a reader of the report finds them; the catalogue's own titles speak to whoever writes.</summary>
    private static readonly Dictionary<string, string> Titles = new(StringComparer.Ordinal)
    {
        ["DC1"] = "The services",
        ["DC2"] = "The main promises, and what the system needs for them",
        ["DC3"] = "The parts of the system",
        ["DC4"] = "Incidents",
        ["DC5"] = "Criteria and controls",
        ["DC6"] = "Controls that customers run",
        ["DC7"] = "Subservice organisations",
        ["DC8"] = "Criteria that are not relevant",
        ["DC9"] = "Changes in the window",
    };

    public string Id => Name;

    public string Title => "System description";

    public string Plain => "Management tells what the system is, what it promises and how it keeps that. It opens the report that customers read.";

    public string Term => "description";

    public int Place => 10;

    public SigningRule Signing => SigningRule.WhenOver;

    public bool IsOwnStory => true;

    public async Task<IReadOnlyList<Section>> DrawAsync(PaperGround ground, CancellationToken stop)
    {
        var sections = new List<Section>
        {
            Part("DC1", Offer(ground)), Part("DC2", Promises(ground)), Part("DC3", Parts(ground)), Part("DC4", await IncidentsAsync(ground, stop)), Part("DC5", Criteria(ground)),
            Section.Table("controls", "The controls", TableOfControls, Controls(ground)),
            Section.Table("DC6", TitleOf("DC6"), UserEntityControls.Columns, UserEntityControls.Rows(ground)),
            Part("DC7", await SubserviceControls.SentencesAsync(ground, stop)), Part("DC8", NotRelevant(ground)),
        };
        if (ground.IsWindow)
            sections.Add(Part("DC9", await ChangesAsync(ground, stop)));
        return sections;
    }

    private static string TitleOf(string id) => $"{id} {Titles[id]}";

    private static Section Part(string id, IEnumerable<Sentence> sentences) => Section.Of(id, TitleOf(id), sentences);

    private static IEnumerable<Sentence> Offer(PaperGround ground)
    {
        yield return Sentence.Drawn("about", ground.FromEngagement, $"{ground.Company} describes its system {ground.Days}, for {Telling.And(ground.Engagement.CategoryList)}.");
        yield return ground.Answered("S02") is { Answer: Interview.Answer.Wrote { Text: var text } }
            ? Sentence.Drawn("answer/S02", ground.FromAnswer("S02"), Telling.Whole(text))
            : Sentence.Asked("S02", "Say what the product is called and what it does for a customer", "/answers");
        yield return Sentence.Asked("users", "Say who uses it, and in which countries", "/answers");
        yield return Sentence.Asked("reach", "Say how customers reach it: a website, an app, an interface for programs, or people", "/answers");
        yield return Sentence.Asked("left-out", "Say which products or parts are left out, and why", "/sources/scope");
    }

    private static IEnumerable<Sentence> Promises(PaperGround ground) =>
    [
        .. AnswerSentences.Of(ground, "S07", "S08", "S11"),
        Sentence.Asked("promises", "List each main promise about security, with the document, the clause and its date", "/controls/GOV-07"),
        Sentence.Asked("needs", "Say what the system must do for each promise to hold", "/controls/GOV-07"),
    ];

    /// <summary>Infrastructure, software, people, procedures and data, in this order.</summary>
    private static IEnumerable<Sentence> Parts(PaperGround ground) =>
    [
        .. AnswerSentences.Of(ground, "S04", "S13"),
        .. ground.Systems.Select(one => Sentence.Drawn($"system/{one.Id}", new Trace($"Connected as a source by {one.ConnectedBy} on {Telling.DayOf(one.ConnectedAt)}.", "/sources", [one.Id]), $"{one.Name} is one of its systems ({one.Scope}).")),
        .. AnswerSentences.Of(ground, "S06"),
        Sentence.Asked("bought", "Name the software that you buy for the service", "/controls/AST-01"),
        .. AnswerSentences.Of(ground, "S05"),
        Sentence.Asked("teams", "Say which teams build it, run it and support it", "/controls/GOV-02"),
        .. ground.Policies.Select(one => Sentence.Drawn($"policy/{one.File}", new Trace("A file that people added tells so.", $"/files/{one.File}", [one.File]), $"{Telling.Whole(one.Name)} {one.By} approved it on {StandingParts.Day(one.On)}.")),
        .. ground.Policies.Count == 0 ? [Sentence.Asked("procedures", "Say which procedures people follow, and where they are written", "/controls/GOV-04")] : Array.Empty<Sentence>(),
        .. AnswerSentences.Of(ground, "S03"),
        Sentence.Asked("data", "Say which data comes in, where it is kept, who sees it, and when it leaves", "/controls/AST-02"),
    ];

    private static async Task<IEnumerable<Sentence>> IncidentsAsync(PaperGround ground, CancellationToken stop)
    {
        var days = $"from {StandingParts.Day(ground.First)} to {StandingParts.Day(ground.Last)}";
        var told = await Telling.IncidentsAsync(ground, ground.First, ground.Last, $"No incident was noticed {days}.", stop);
        return told.Count == 0
            ? [Sentence.Asked("incidents", "The days have not begun. Come back when they have", ground.ListPage("incidents"))]
            : ground.Answered("S12") is { Chosen: [{ Id: "yes" }] } && !told.Any(one => one.Key.StartsWith(Telling.Incident, StringComparison.Ordinal))
                ? [.. told, Sentence.Asked("S12", "You said that a problem seriously affected customers. Tell of it, or say why it does not belong here", "/answers")]
                : told;
    }

    private static IEnumerable<Sentence> Criteria(PaperGround ground)
    {
        yield return Sentence.Drawn("criteria", ground.FromEngagement, $"The report looks at {ground.Criteria.Count} criteria: {string.Join(", ", ground.Criteria.Select(one => one.Id))}.");
        yield return Sentence.Asked("risks", "Say how you found your risks, and which were the largest", "/controls/RSK-01");
        if (ControlMatrix.Bare(ground, ground.Criteria) is { } bare)
            yield return bare;
    }

    private static IEnumerable<Sentence> Controls(PaperGround ground) =>
        ground.Controls.Select(one => Sentence.Drawn($"control/{one.Control.Id}", one.Trace, $"{one.Control.Id} {one.Title}", one.Statement, string.Join(" ", one.Control.Criteria), one.Owner, one.Frequency));

    private static IEnumerable<Sentence> NotRelevant(PaperGround ground)
    {
        var proposed = ground.Criteria.Where(one => ground.NotRelevant.ContainsKey(one.Id)).Select(one => ground.NotRelevant[one.Id]).ToList();
        return proposed.Count == 0
            ? [Sentence.Drawn("all-relevant", new Trace("No criterion is proposed as not relevant.", "/criteria", [], Wording.Standard), "Management proposes no criterion of these categories as not relevant.")]
            : proposed.Select(one => Sentence.Drawn($"not-relevant/{one.CriterionId}", new Trace($"Proposed by {one.ProposedBy}: {RelevanceWords.Short(one)}.", $"/criteria/{one.CriterionId}", [one.Id]), $"{one.CriterionId} is not relevant: {Telling.Whole(one.Reason)}"));
    }

    private static async Task<IEnumerable<Sentence>> ChangesAsync(PaperGround ground, CancellationToken stop) =>
    [
        .. await Telling.ChangesAsync(ground, ground.First, ground.Last, stop),
        Sentence.Asked("changes", "Tell of other large changes in these days, or say that there were none", "/controls/RSK-03"),
    ];
}
