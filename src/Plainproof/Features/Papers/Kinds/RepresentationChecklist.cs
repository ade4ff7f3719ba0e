using Plainproof.Features.Engagements;
using Plainproof.Features.Standing;

namespace Plainproof.Features.Papers.Kinds;

/// <summary>What management has to tell the auditor in writing at the end, and where each point stands. The letter itself is the auditor's form.</summary>
internal sealed class RepresentationChecklist : IPaperKind
{
    private static readonly string[] Columns = ["What you will be asked to say", "Where it stands"];

    public string Id => "representation-checklist";

    public string Title => "Checklist for the representation letter";

    public string Plain => "At the end your auditor asks you to confirm in writing that you told them everything. This shows what is ready.";

    public string Term => "representation letter";

    public int Place => 80;

    public SigningRule Signing => SigningRule.AnyDay;

    public async Task<IReadOnlyList<Section>> DrawAsync(PaperGround ground, CancellationToken stop) =>
        [Section.Table("points", "Points of the letter", Columns, [.. Own(ground), .. await ToldAsync(ground, stop), .. await SinceAsync(ground, stop)])];

    private static IEnumerable<Sentence> Own(PaperGround ground)
    {
        yield return Paper(ground, SystemDescription.Name, "We answer for the description of the system, and it is true and whole.");
        yield return Paper(ground, "assertion", "We answer for our assertion, and had a basis for it.");
        yield return Paper(ground, "control-matrix", "We chose the criteria, and named every control that serves them.");
        yield return Row("access", new Trace("What the auditor may open here is everything.", "/people", []), "We gave the auditor everything they asked for, and let them speak to whom they wanted.", "Look through the requests with your auditor");
        yield return Row("fraud", new Trace("No data tells this.", "/controls/GOV-05", []), "We told of every fraud, and every broken law, that we know of.", "Ask leadership, and note their answer");
    }

    private static async Task<IEnumerable<Sentence>> ToldAsync(PaperGround ground, CancellationToken stop)
    {
        var deviations = await ground.DeviationsAsync(stop);
        var incidents = await ground.ListAsync("incidents", ground.First, ground.Last, stop);
        return
        [
            Row("deviations", new Trace("The list of deviations.", $"/deviations?engagement={ground.Engagement.Id}", []), "We told of every deviation that we know of.", $"{Check.Words.Many(deviations.Count, "deviation")} known, {deviations.Count(one => one.Answer is null)} without an answer"),
            Row("incidents", new Trace("The list of incidents.", ground.ListPage("incidents"), []), "We told of every incident that broke a promise or showed a failed control.", incidents is null ? "The days have not begun" : $"{Check.Words.Many(incidents.List.Items.Count, "incident")} known{(incidents.List.IsWhole ? "" : "; the list may lack some")}"),
        ];
    }

    private static async Task<IEnumerable<Sentence>> SinceAsync(PaperGround ground, CancellationToken stop)
    {
        var after = ground.Last.AddDays(1);
        var changes = ground.Today < after ? [] : await Telling.ChangesAsync(ground, after, ground.Today, stop);
        return
        [
            Row("since", new Trace("Controls and vendors since the last day.", "/controls", [.. changes.Select(one => one.Key)]), $"We told of what happened after {StandingParts.Day(ground.Last)} and matters to the report.", ground.Today < after ? "That day has not come" : $"{Check.Words.Many(changes.Count, "change")} known since"),
            Row("firm", new Trace("The engagement.", ground.EngagementPage, [ground.Engagement.Id]), "We dated the letter as the report is dated.", ground.Steps.Any(step => step.Kind == StepKind.DraftReceived) ? "The draft of the report is there" : "The draft of the report is not there yet"),
        ];
    }

    private static Sentence Paper(PaperGround ground, string kind, string says) => ground.Saved.TryGetValue(kind, out var saved)
        ? Row(kind, new Trace($"Saved by {saved.SavedBy}.", $"/papers/versions/{saved.Id}", [saved.Id]), says, $"Version {saved.Number} is saved")
        : Row(kind, new Trace("No version is saved.", ground.PaperPage(kind), []), says, "No version is saved yet");

    private static Sentence Row(string key, Trace trace, string says, string stands) => Sentence.Drawn($"point/{key}", trace, says, stands);
}
