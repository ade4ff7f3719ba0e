using System.Globalization;
using Plainproof.Assurance;
using Plainproof.Catalog;

namespace Plainproof.Features.Interview;

/// <summary>How far the claim goes. None of these says that a control is in place: only evidence does.</summary>
internal enum ClaimLevel
{
    /// <summary>The best answer: the company says it does this.</summary>
    Claimed,
    Partly,
    Missing,

    /// <summary>The answer sets the scope and is neither better nor worse.</summary>
    ScopeOnly,
    DoesNotKnow,

    /// <summary>The company says the question does not fit, with a reason someone has to agree with.</summary>
    NotUs,
}

/// <summary>One answer as the report shows it: a claim with its question, its person and its time.</summary>
internal sealed record Claim(
    string Question, string Ask, ClaimLevel Level, string Words, string? Note, IReadOnlyList<string> Controls, string By, DateTimeOffset At);

/// <summary>Why the interview opens a gap.</summary>
internal enum GapGround
{
    /// <summary>The answer says that it is missing, or only partly there.</summary>
    Said,

    /// <summary>A worse answer to an earlier question leaves no doubt.</summary>
    FollowsFromEarlier,

    /// <summary>Nobody knew. It counts as open until someone finds out.</summary>
    DoesNotKnow,
}

/// <param name="Words">What fits this answer better than the gap's own words; null: use those.</param>
internal sealed record GapSource(string Question, GapGround Ground, string? Words);

/// <summary>A gap the answers open. Whether it counts also hangs on the categories of the report.</summary>
internal sealed record OpenedGap(string Gap, IReadOnlyList<GapSource> Sources)
{
    /// <summary>True when nobody said it is missing: the first step is to find out.</summary>
    public bool IsUnknown => Sources.All(source => source.Ground == GapGround.DoesNotKnow);
}

internal enum Proposal
{
    Proposed,
    CanWait,

    /// <summary>An answer that decides it is missing or was "don't know".</summary>
    Undecided,
}

/// <param name="Say">Why, in plain words.</param>
/// <param name="Questions">The questions that decided it, or that are still to be answered.</param>
internal sealed record CategoryProposal(string Category, Proposal Proposal, string Say, IReadOnlyList<string> Questions);

/// <summary>Something an answer changes beyond gaps, such as a duty beside SOC 2 or a supplier to list.</summary>
internal sealed record AppliedEffect(string Kind, string Value, string? Say, string Question, string Option, string? Note, DateOnly? Day);

/// <summary>A point that is not clear yet, and the question that clears it.</summary>
internal sealed record OpenPoint(string Rule, string Say, string? Ask);

/// <summary>
/// What the answers mean, for the readiness report: claims, open gaps with the question behind each, proposed
/// categories. It shows nothing as met, in place or passed; there is no member that could (law 2).
/// </summary>
internal sealed record InterviewOutcome
{
    public required Answers Answers { get; init; }
    public required Progress Progress { get; init; }
    public required IReadOnlyList<Claim> Claims { get; init; }
    public required IReadOnlyList<OpenedGap> Gaps { get; init; }
    public required IReadOnlyList<CategoryProposal> Categories { get; init; }
    public required IReadOnlyList<AppliedEffect> Effects { get; init; }
    public required IReadOnlyList<OpenPoint> OpenPoints { get; init; }

    /// <summary>Questions not asked, with the reason.</summary>
    public required IReadOnlyDictionary<string, string> Skipped { get; init; }

    /// <summary>How much larger or smaller the work is than for about 20 people.</summary>
    public decimal EffortMultiplier => Effects.FirstOrDefault(effect => effect.Kind == "multiplier") is { } effect
        ? decimal.Parse(effect.Value, CultureInfo.InvariantCulture)
        : 1;

    /// <summary>The day the customer needs the report; null when nobody named one.</summary>
    public DateOnly? TargetDay => Effects.FirstOrDefault(effect => effect is { Kind: "targetDate", Day: not null })?.Day;

    /// <summary>The categories to plan with. An undecided one is left to its question.</summary>
    public IReadOnlySet<string> ProposedCategories =>
        Categories.Where(one => one.Proposal == Proposal.Proposed).Select(one => one.Category).ToHashSet(StringComparer.Ordinal);

    /// <summary>The open gaps with what was said, one for each question behind a gap.</summary>
    public IReadOnlyList<ClaimedGap> ClaimedGaps =>
        [.. from gap in Gaps from source in gap.Sources select new ClaimedGap(gap.Gap, SaidFor(source))];

    private string SaidFor(GapSource source)
    {
        var claim = Claims.FirstOrDefault(claim => claim.Question == source.Question);
        return string.Join(" ", new[] { claim is null ? null : $"{source.Question}: \"{claim.Ask}\" You answered \"{claim.Words}\".", source.Words }.Where(part => part is not null));
    }

    /// <summary>False for a gap that only matters in categories that can wait.</summary>
    public bool Counts(Gap gap) =>
        gap.Categories.Count == 0 || Categories.Any(one => one.Proposal != Proposal.CanWait && gap.Categories.Contains(one.Category));

    /// <exception cref="ArgumentException">The questions or rules name what is not there; the shipped catalogue does not.</exception>
    public static InterviewOutcome Of(QuestionsFile questions, ScopingFile scoping, Answers answers)
    {
        var interview = new ReadinessInterview(questions, answers);
        return new()
        {
            Answers = answers,
            Progress = interview.Progress,
            Claims = [.. interview.All.Where(one => one.Answer is not null).Select(one => ClaimOf(one, answers))],
            Gaps = OpenedGaps.Of(interview),
            Categories = [.. scoping.Categories.Select(rule => CategoryRules.Judge(rule, interview))],
            Effects = [.. interview.All.SelectMany(EffectsOf)],
            OpenPoints = [.. scoping.Ambiguity.Where(rule => rule.When.Holds(interview.Chosen)).Select(rule => new OpenPoint(rule.Id, rule.Say, rule.Ask))],
            Skipped = interview.All.Where(one => one.SkippedBecause is not null).ToDictionary(one => one.Question.Id, one => one.SkippedBecause!),
        };
    }

    private static Claim ClaimOf(QuestionNow now, Answers answers) =>
        new(now.Question.Id, now.Question.Ask, LevelOf(now), AnswerWords.Of(now), now.Answer!.Note, now.Question.Controls,
            now.Answer.AnsweredBy ?? answers.AnsweredBy, now.Answer.AnsweredAt);

    private static ClaimLevel LevelOf(QuestionNow now) => now.Answer switch
    {
        Answer.DoesNotKnow => ClaimLevel.DoesNotKnow,
        Answer.NotUs => ClaimLevel.NotUs,
        _ => now.Chosen.Min(option => option.Score) switch
        {
            null => ClaimLevel.ScopeOnly,
            >= 1 => ClaimLevel.Claimed,
            > 0 => ClaimLevel.Partly,
            _ => ClaimLevel.Missing,
        },
    };

    private static IEnumerable<AppliedEffect> EffectsOf(QuestionNow now) =>
        from option in now.Chosen
        from effect in option.Effects
        select new AppliedEffect(effect.Kind, effect.Value ?? "", effect.Say, now.Question.Id, option.Id, now.Answer!.Note, now.Answer.Day);
}
