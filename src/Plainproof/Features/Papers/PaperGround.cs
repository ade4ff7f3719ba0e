using Plainproof.Assurance.Populations;
using Plainproof.Catalog;
using Plainproof.Features.Controls;
using Plainproof.Features.Deviations;
using Plainproof.Features.Engagements;
using Plainproof.Features.Interview;
using Plainproof.Features.Populations;
using Plainproof.Features.Recurring;
using Plainproof.Features.Standing;
using Plainproof.Features.Systems;
using Plainproof.Features.Window;
using Plainproof.Storage;

namespace Plainproof.Features.Papers;

/// <summary>What the company said in the interview, by whom and when.</summary>
internal sealed record SaidThen(ReadinessInterview Interview, string By, DateTimeOffset At);

/// <summary>A control that the company does, or says it does.</summary>
internal sealed record PromisedControl(Control Control, string Title, string Statement, string Owner, string Frequency, Trace Trace);

/// <summary>A policy that somebody approved, as a file tells.</summary>
internal sealed record ApprovedPolicy(string File, string Name, string By, DateOnly On);

/// <summary>Everything that papers of one engagement are drawn from. What is dear to compute is asked for when it is needed, once.</summary>
/// <param name="looks">Looks up the lists and deviations of any days.</param>
internal sealed class PaperGround(PaperLooks looks)
{
    public const int DaysBeforeTypeOne = 90;
    private readonly Dictionary<string, Task<PopulationView?>> _lists = new(StringComparer.Ordinal);
    private Task<IReadOnlyList<(SeenDeviation, DeviationAnswer?)>>? _deviations;

    /// <summary>How people call the company.</summary>
    public required string Company { get; init; }

    public required Engagement Engagement { get; init; }

    public required IReadOnlyList<EngagementStep> Steps { get; init; }

    /// <summary>The engagement that goes on from this one; null when none is planned.</summary>
    public required Engagement? Next { get; init; }

    public required DateOnly Today { get; init; }

    /// <summary>Null when nobody answered the questions.</summary>
    public required SaidThen? Said { get; init; }

    /// <summary>In the order of the catalogue, then the company's own.</summary>
    public required IReadOnlyList<PromisedControl> Controls { get; init; }

    /// <summary>Criteria in the categories of the engagement.</summary>
    public required IReadOnlyList<Criterion> Criteria { get; init; }

    public required IReadOnlyDictionary<string, RelevanceProposal> NotRelevant { get; init; }

    /// <summary>Every wording of every control, oldest first.</summary>
    public required IReadOnlyList<ControlVersion> Wordings { get; init; }

    public required IReadOnlyList<Connection> Systems { get; init; }

    public required IReadOnlyList<ApprovedPolicy> Policies { get; init; }

    /// <summary>Work that was due and found nothing to do.</summary>
    public required IReadOnlyList<ControlOccurrence> Nothings { get; init; }

    public required IReadOnlyList<FrozenPopulation> Frozen { get; init; }

    /// <summary>The newest saved version of each kind.</summary>
    public required IReadOnlyDictionary<string, PaperVersion> Saved { get; init; }

    /// <summary>The first day that the report looks at; for a Type I some days before its own.</summary>
    public DateOnly First => Engagement.Begins ?? Engagement.Ends.AddDays(1 - DaysBeforeTypeOne);

    public DateOnly Last => Engagement.Ends;

    public bool IsWindow => Engagement.Kind == EngagementKind.TypeTwo;

    /// <summary>What the report is about, as a part of a sentence.</summary>
    public string Days => IsWindow ? $"from {StandingParts.Day(First)} to {StandingParts.Day(Last)}" : $"as of {StandingParts.Day(Last)}";

    public string EngagementPage => $"/engagements/{Engagement.Id}";

    public string PaperPage(string kind) => $"/papers/{kind}?engagement={Engagement.Id}";

    public string ListPage(string kind) => $"/populations/{kind}?engagement={Engagement.Id}";

    /// <summary>Our standard words, filled in from the engagement.</summary>
    public Trace FromEngagement => new($"Standard words, with the days, the categories and the firm of “{Engagement.Title}”.", EngagementPage, [Engagement.Id], Wording.Standard);

    /// <summary>Null when its days have not begun.</summary>
    public Task<PopulationView?> ListAsync(string kind, DateOnly first, DateOnly last, CancellationToken stop)
    {
        var key = $"{kind} {Words.Day(first)} {Words.Day(last)}";
        return _lists.TryGetValue(key, out var list) ? list : _lists[key] = looks.ListAsync(kind, first, last, stop);
    }

    /// <summary>Null when its days have not begun.</summary>
    public Task<IReadOnlyList<Population>?> ListsAsync(CancellationToken stop) => looks.ListsAsync(new WindowDays(First, Last, Engagement), stop);

    /// <summary>Each with its newest answer, oldest first.</summary>
    public Task<IReadOnlyList<(SeenDeviation Seen, DeviationAnswer? Answer)>> DeviationsAsync(CancellationToken stop) => _deviations ??= looks.DeviationsAsync(new WindowDays(First, Last, Engagement), stop);

    /// <summary>The answer to a question, when it is more than that nobody knows.</summary>
    public QuestionNow? Answered(string question) => Said?.Interview[question] is { Answer: Answer.Chose or Answer.Wrote or Answer.Dated } now ? now : null;

    /// <summary>Law 2: an answer is what the company said, and no evidence.</summary>
    public Trace FromAnswer(string question, Wording wording = Wording.Own) =>
        new($"The company said so in the interview ({question}; {Said!.By}, {Check.Words.Day(Said.At)}). It is a claim, no evidence.", "/answers", [question], wording);
}

/// <summary>The lists and deviations that papers are drawn from.</summary>
internal sealed class PaperLooks(PopulationBook populations, DeviationBook deviations)
{
    public async Task<PopulationView?> ListAsync(string kind, DateOnly first, DateOnly last, CancellationToken stop) =>
        last < first ? null : await populations.OfAsync(PopulationKinds.Find(kind)!, new WindowDays(first, last, null), stop);

    public Task<IReadOnlyList<Population>?> ListsAsync(WindowDays days, CancellationToken stop) => populations.AllAsync(days, stop);

    public async Task<IReadOnlyList<(SeenDeviation, DeviationAnswer?)>> DeviationsAsync(WindowDays days, CancellationToken stop)
    {
        var answers = DeviationWords.Newest(await deviations.AnswersAsync(stop));
        return [.. (await deviations.OverAsync(days, stop)).Select(one => (one, answers.GetValueOrDefault(one.Key)))];
    }
}
