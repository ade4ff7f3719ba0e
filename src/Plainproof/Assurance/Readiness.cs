using Plainproof.Catalog;
using Plainproof.Checks;

namespace Plainproof.Assurance;

/// <summary>How a criterion looks from what was seen and said. There is no "met": only the auditor can say that (law 5).</summary>
internal enum CriterionState
{
    NotLookedAt,
    NoGapSeen,
    Partly,
    Gap,
}

/// <summary>One criterion with what the checks said of it. Not tested stays apart from failed and from passed.</summary>
internal sealed record CriterionView(
    Criterion Criterion, int Pass, int Fail, int NotApplicable, int NeedsReview, int NotTested, int Error,
    IReadOnlyList<string> Checks, IReadOnlyList<string> Gaps, CriterionState State);

/// <summary>What one check saw of one subject. Its words are rendered only when someone looks.</summary>
internal readonly record struct Seen(Evaluation Evaluation, Result Result)
{
    public string Subject => Result.Subject;

    public string Scope => Result.Scope;

    public string Message => Evaluation.Message(Result);
}

/// <summary>Something missing, whether a check saw it or a person said it.</summary>
/// <param name="Id">The id of the check that failed, or of the catalogue's gap that an answer opened.</param>
/// <param name="Seen">What was seen, with names; empty when a person said it.</param>
/// <param name="Said">What was said, and to which question; empty when a check saw it.</param>
/// <param name="NeedsFirst">Gaps to close before this one.</param>
internal sealed record OpenGap(
    string Id, string Title, string Why, IReadOnlyList<string> Steps, Span Hours, Span Cost, string? CostNote, string Who, Checks.Severity Severity,
    IReadOnlyList<string> Criteria, IReadOnlyList<string> Controls, IReadOnlyList<Seen> Seen, IReadOnlyList<string> Said, IReadOnlyList<string> NeedsFirst);

/// <summary>A gap that answers opened, before it is put in order.</summary>
internal sealed record ClaimedGap(string GapId, string Said);

/// <summary>Where the company stands: a pure view of results and answers.</summary>
internal sealed record Readiness(
    DateTimeOffset AsOf, IReadOnlyList<Evaluation> Evaluations, IReadOnlyList<CriterionView> Criteria, IReadOnlyList<OpenGap> Gaps)
{
    public static Readiness Of(
        Catalogue catalogue, IReadOnlyList<Evaluation> evaluations, IReadOnlyList<ClaimedGap> claimed, IReadOnlySet<string> categories, DateTimeOffset asOf)
    {
        var gaps = GapOrder.Sorted([.. FromChecks(catalogue, evaluations), .. FromAnswers(catalogue, claimed, categories)]);
        var criteria = catalogue.Criteria.Criteria
            .Where(criterion => categories.Contains(criterion.Category))
            .Select(criterion => View(criterion, evaluations, gaps))
            .ToList();
        return new Readiness(asOf, evaluations, criteria, gaps);
    }

    public int Count(Outcome outcome) => Evaluations.Sum(evaluation => evaluation.Count(outcome));

    private static IEnumerable<OpenGap> FromChecks(Catalogue catalogue, IReadOnlyList<Evaluation> evaluations)
    {
        foreach (var evaluation in evaluations)
        {
            var info = evaluation.Check.Info;
            var seen = evaluation.Results.Where(result => result.Outcome == Outcome.Fail).Select(result => new Seen(evaluation, result)).ToList();
            if (seen.Count > 0)
                yield return new OpenGap(
                    info.Id, info.Gap.Title, info.Gap.Why, info.Gap.Steps, info.Gap.Hours, info.Gap.Cost, null, info.Gap.Who, info.Severity,
                    [.. info.Criteria.Select(edge => edge.Id)], info.Controls, seen, [], FirstFor(catalogue, info));
        }
    }

    /// <summary>What the catalogue says must come before the control that the check serves first.</summary>
    private static IReadOnlyList<string> FirstFor(Catalogue catalogue, CheckInfo info) =>
        info.Controls.Count > 0 && catalogue.By.Control.TryGet(info.Controls[0], out var control) && catalogue.By.Gap.TryGet(control.Gap, out var gap)
            ? gap.NeedsFirst
            : [];

    private static IEnumerable<OpenGap> FromAnswers(Catalogue catalogue, IReadOnlyList<ClaimedGap> claimed, IReadOnlySet<string> categories)
    {
        foreach (var said in claimed.GroupBy(claim => claim.GapId, StringComparer.Ordinal))
        {
            var gap = catalogue.By.Gap[said.Key];
            if (gap.Categories.Count > 0 && !gap.Categories.Any(categories.Contains))
                continue;
            var controls = gap.Controls.Where(catalogue.By.Control.Has).Select(id => catalogue.By.Control[id]).ToList();
            yield return new OpenGap(
                gap.Id, gap.Title, gap.Why, [gap.Fix], new Span((double)gap.Hours.Low, (double)gap.Hours.High), new Span((double)gap.Cost.Low, (double)gap.Cost.High),
                CostNote(gap), controls.Select(control => control.Owner).FirstOrDefault() ?? "Security owner", SeverityOf(gap),
                [.. controls.SelectMany(control => control.Criteria).Distinct()], gap.Controls, [], [.. said.Select(claim => claim.Said).Distinct()], gap.NeedsFirst);
        }
    }

    private static string? CostNote(Gap gap) =>
        string.Join("; ", new[] { gap.Cost.Per is { } per ? $"per {per}" : null, gap.Cost.Note }.Where(part => part is not null)) is { Length: > 0 } note ? note : null;

    private static Checks.Severity SeverityOf(Gap gap) => gap.Severity switch
    {
        Catalog.Severity.Blocker => Checks.Severity.High,
        Catalog.Severity.Operating => Checks.Severity.Medium,
        _ => Checks.Severity.Low,
    };

    private static CriterionView View(Criterion criterion, IReadOnlyList<Evaluation> evaluations, IReadOnlyList<OpenGap> gaps)
    {
        var serving = evaluations.Where(evaluation => evaluation.Check.Info.Criteria.Any(edge => edge.Id == criterion.Id)).ToList();
        var counts = new int[Enum.GetValues<Outcome>().Length];
        foreach (var result in serving.SelectMany(evaluation => evaluation.Results))
            counts[(int)result.Outcome]++;
        var open = gaps.Where(gap => gap.Criteria.Contains(criterion.Id)).ToList();
        return new CriterionView(
            criterion, counts[(int)Outcome.Pass], counts[(int)Outcome.Fail], counts[(int)Outcome.NotApplicable], counts[(int)Outcome.NeedsReview],
            counts[(int)Outcome.NotTested], counts[(int)Outcome.Error],
            [.. serving.Select(evaluation => evaluation.Check.Info.Id)], [.. open.Select(gap => gap.Id)], StateOf(criterion, serving, open, counts));
    }

    private static CriterionState StateOf(Criterion criterion, List<Evaluation> serving, List<OpenGap> open, int[] counts)
    {
        var direct = serving.Where(evaluation => evaluation.Check.Info.Criteria.Any(edge => edge.Id == criterion.Id && edge.Strength == Strength.Direct));
        if (open.Any(gap => gap.Said.Count > 0) || direct.Any(evaluation => evaluation.Results.Any(result => result.Outcome == Outcome.Fail)))
            return CriterionState.Gap;
        if (open.Count > 0 || counts[(int)Outcome.NeedsReview] > 0)
            return CriterionState.Partly;
        return counts[(int)Outcome.Pass] > 0 ? CriterionState.NoGapSeen : CriterionState.NotLookedAt;
    }
}

/// <summary>What to do first: what others wait for, then the worst, then the quickest.</summary>
internal static class GapOrder
{
    public static IReadOnlyList<OpenGap> Sorted(IReadOnlyList<OpenGap> gaps)
    {
        var waiting = gaps
            .OrderByDescending(gap => gap.Severity)
            .ThenBy(gap => gap.Hours.Low)
            .ThenBy(gap => gap.Id, StringComparer.Ordinal)
            .ToList();
        var open = waiting.Select(gap => gap.Id).ToHashSet(StringComparer.Ordinal);
        var sorted = new List<OpenGap>(gaps.Count);
        while (waiting.Count > 0)
        {
            // The catalogue proves that there is no cycle; should one slip in, the worst goes first rather than none.
            var next = waiting.FirstOrDefault(gap => !gap.NeedsFirst.Any(open.Contains)) ?? waiting[0];
            waiting.Remove(next);
            open.Remove(next.Id);
            sorted.Add(next);
        }

        return sorted;
    }
}
