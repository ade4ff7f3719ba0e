using Plainproof.Assurance;
using Plainproof.Assurance.Planning;
using Plainproof.Catalog;
using Plainproof.Checks;
using Plainproof.Features.Interview;

namespace Plainproof.Features.Advisor;

/// <summary>What the visitor may turn on the result: how many hours a week, how long the window, which day.</summary>
internal sealed record Wishes(double? HoursPerWeek = null, int? WindowMonths = null, DateOnly? Wanted = null);

/// <summary>
/// Everything the answers come to: scope, picture, gaps in order, cost, dates. It rests on claims. What checks saw of the visitor's domain
/// stands beside them: it adds gaps and work, lowers a criterion, and never makes a claim more than a claim.
/// </summary>
/// <param name="Seen">Gaps that checks saw, kept apart from those that answers open.</param>
internal sealed record Advice(
    InterviewOutcome Outcome, IReadOnlySet<string> Categories, IReadOnlyList<(Criterion Criterion, CriterionState State)> Criteria,
    IReadOnlyList<OpenGap> Before, IReadOnlyList<OpenGap> During, IReadOnlyList<OpenGap> Seen, YearCost Cost, Plan Plan, int WindowMonths)
{
    private const string Always = "Security";
    private const double RoundTo = 5;

    public IEnumerable<OpenGap> Gaps => Before.Concat(During);

    /// <summary>What was said, to the good, about a control that the check speaks of too.</summary>
    public IEnumerable<Claim> SpokenOfBy(CheckInfo check) =>
        Outcome.Claims.Where(claim => claim.Level is ClaimLevel.Claimed or ClaimLevel.Partly && claim.Controls.Any(check.Controls.Contains));

    /// <param name="seen">What checks saw of the visitor's domain; null when it was not read.</param>
    public static Advice Of(Catalogue catalogue, Answers answers, Wishes wishes, DateTimeOffset now, IReadOnlyList<Evaluation>? seen = null)
    {
        var outcome = InterviewOutcome.Of(catalogue.Questions, catalogue.Scoping, answers);
        var categories = new HashSet<string>(outcome.ProposedCategories, StringComparer.Ordinal) { Always };
        var gaps = Readiness.Of(catalogue, [], outcome.ClaimedGaps, categories, now).Gaps;
        var known = gaps.Select(gap => catalogue.By.Gap[gap.Id]).ToList();
        var seenGaps = Readiness.Of(catalogue, seen ?? [], [], categories, now).Gaps;
        var size = CompanySize.Of(answers);
        var months = wishes.WindowMonths ?? 6;
        var request = new PlanRequest(
            [.. ReportWork.Of(catalogue, gaps.Where(gap => catalogue.By.Gap[gap.Id].Type1).Concat(seenGaps), (double)outcome.EffortMultiplier)], wishes.HoursPerWeek ?? size.HoursPerWeek, (int)Math.Round(months * 365 / 12.0),
            DateOnly.FromDateTime(now.UtcDateTime), wishes.Wanted ?? outcome.TargetDay, Type1Will: outcome.Effects.Any(effect => effect is { Kind: "engagementType", Value: "type1" }));
        return new Advice(
            outcome, categories, ClaimedPicture.LoweredBy(seen ?? [], ClaimedPicture.Of(catalogue, SaidBy(outcome), categories)),
            [.. gaps.Where(gap => catalogue.By.Gap[gap.Id].Type1)], [.. gaps.Where(gap => !catalogue.By.Gap[gap.Id].Type1)], seenGaps,
            YearCost.Of(known, size.People, (double)outcome.EffortMultiplier), Plan.Of(request), months);
    }

    /// <summary>To the next five: an estimate with more digits claims more than it knows.</summary>
    public static double Rounded(double hours) => Math.Ceiling(hours / RoundTo) * RoundTo;

    private static ILookup<string, ClaimedState> SaidBy(InterviewOutcome outcome) => outcome.Claims
        .Where(claim => claim.Level is not (ClaimLevel.ScopeOnly or ClaimLevel.NotUs))
        .SelectMany(claim => claim.Controls.Select(control => (control, state: StateOf(claim.Level))))
        .ToLookup(pair => pair.control, pair => pair.state, StringComparer.Ordinal);

    private static ClaimedState StateOf(ClaimLevel level) => level switch
    {
        ClaimLevel.Claimed => ClaimedState.InPlace,
        ClaimLevel.Missing => ClaimedState.Missing,
        _ => ClaimedState.Partly,
    };
}

/// <summary>How many people, and how many hours a week such a company usually finds for this.</summary>
internal sealed record CompanySize(int People, double HoursPerWeek)
{
    private const string Question = "S05";

    public static CompanySize Of(Answers answers) => (answers.To(Question) as Answer.Chose)?.Options.FirstOrDefault() switch
    {
        "just-me" => new(1, 6),
        "2-5" => new(4, 8),
        "21-50" => new(35, 20),
        "51-150" => new(90, 30),
        "more" => new(200, 40),
        _ => new(12, 12),
    };
}
