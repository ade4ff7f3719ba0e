using Plainproof.Features.Engagements;
using Plainproof.Features.Standing;

namespace Plainproof.Features.Papers.Kinds;

/// <summary>
/// Management's own word about the days since the last report. Only after a Type II that is in hand; it says that no auditor looked at it, and
/// it tells every key change and every incident.
/// </summary>
internal sealed class BridgeLetter : IPaperKind
{
    private const int UsualMonths = 3;

    public string Id => "bridge-letter";

    public string Title => "Bridge letter";

    public string Plain => "Management tells a customer what changed since the last report ended. No auditor looks at it, and it replaces no report.";

    public string Term => "bridge letter";

    public int Place => 70;

    public bool IsFor(Engagement it) => it.Kind == EngagementKind.TypeTwo;

    public SigningRule Signing => SigningRule.WhenOver;

    public IReadOnlyList<string> MustTell { get; } = [Telling.Change, Telling.Incident];

    public Task<string?> WhyNotAsync(PaperGround ground, CancellationToken stop) => Task.FromResult(
        ground.Today <= ground.Last ? $"A bridge letter begins where a window ends. This one ends on {StandingParts.Day(ground.Last)}."
        : ground.Steps.All(step => step.Kind != StepKind.ReportReceived) ? "A bridge letter names a report that customers have. Write down in the engagement that the report was received."
        : null);

    public async Task<IReadOnlyList<Section>> DrawAsync(PaperGround ground, CancellationToken stop)
    {
        var after = ground.Last.AddDays(1);
        var changes = await Telling.ChangesAsync(ground, after, ground.Today, stop);
        var incidents = await Telling.IncidentsAsync(ground, after, ground.Today, $"No incident was noticed since {StandingParts.Day(after)}.", stop);
        return
        [
            Section.Of("about", "What this letter is", About(ground, after)),
            Section.Of("changes", "What changed since", [.. changes, Sentence.Asked("changes", "Tell of other large changes since then, or say that you know of none", "/controls/RSK-03")]),
            Section.Of("incidents", "Incidents since", incidents),
            Section.Of("next", "The next report", [Next(ground), Of(ground, "ends", "This letter ends when the next report is there, and replaces no report.")]),
        ];
    }

    public IEnumerable<Finding> Look(PaperGround ground, PaperText text)
    {
        if (ground.Today > ground.Last.AddMonths(UsualMonths))
            yield return new Finding($"The window ended more than {UsualMonths} months ago. Customers rarely accept a letter for so long, and ask for the next report.", Weight.Look);
    }

    private static IEnumerable<Sentence> About(PaperGround ground, DateOnly after)
    {
        yield return Of(ground, "own", $"This letter is from the management of {ground.Company}. No auditor examined it.");
        yield return Of(ground, "last", $"Our last report is a SOC 2 Type II report {ground.Days}.{(ground.Engagement.Firm.Length > 0 ? $" {ground.Engagement.Firm} wrote it." : "")}");
        yield return Of(ground, "days", $"This letter is about the days from {StandingParts.Day(after)} to the day on which it is signed.");
    }

    private static Sentence Next(PaperGround ground) => ground.Next is { } next
        ? Sentence.Drawn("next", new Trace($"The engagement “{next.Title}”.", $"/engagements/{next.Id}", [next.Id]), next.Begins is { } first ? $"The next report is planned for the days from {StandingParts.Day(first)} to {StandingParts.Day(next.Ends)}." : $"The next report is planned as of {StandingParts.Day(next.Ends)}.")
        : Sentence.Asked("next", "Say for which days the next report is planned", $"{ground.EngagementPage}#next");

    private static Sentence Of(PaperGround ground, string key, string text) => Sentence.Drawn(key, ground.FromEngagement, text);
}
