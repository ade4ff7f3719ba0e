using Plainproof.Assurance;
using Plainproof.Checks;
using Plainproof.Cli;

namespace Plainproof.Features.Check;

/// <summary>The run as JSON for machines. Members are added, never renamed.</summary>
internal static class CheckJson
{
    /// <summary>Written as it is made: every result is in it, and there may be many.</summary>
    public static void Write(TextWriter output, CheckRun run) => JsonText.Write(output, new
    {
        Format = "plainproof-check/1",
        run.Company,
        run.At,
        Edition = run.Catalogue.Criteria.Edition,
        Notice = run.Mark is null ? Words.NotAnAudit : $"{run.Mark} {Words.NotAnAudit}",
        Categories = run.Categories.Order(StringComparer.Ordinal),
        Collections = run.Sources.Select(Collection),
        Results = run.Readiness.Evaluations.SelectMany(evaluation => evaluation.Results.Select(result => ResultOf(evaluation, result))),
        Criteria = run.Readiness.Criteria.Select(Criterion),
        Gaps = run.Readiness.Gaps.Select(Gap),
        Claims = run.Claims,
        Evidence = new { run.SealedEntries, Folder = run.EvidenceFolder, run.Unstamped },
        FactsOfUnknownKinds = run.Skipped,
    });

    private static object Collection(SourceRun source) => new
    {
        source.Source,
        source.Address,
        source.Scope,
        source.Principal,
        source.Completeness,
        Coverage = source.Coverage.Select(line => new { Aspect = line.Aspect.Name, line.Scope, line.State, line.Why, line.Mend, line.Read, line.Expected }),
        Calls = source.Calls.Select(call => new { call.What, call.Pages, call.Items, call.Bytes, Milliseconds = Math.Round(call.Milliseconds, 1), call.Status }),
        source.Facts,
        source.Started,
        source.Finished,
    };

    private static object ResultOf(Evaluation evaluation, Result result) => new
    {
        Check = evaluation.Check.Info.Id,
        evaluation.Check.Info.Version,
        result.Subject,
        result.Scope,
        result.Outcome,
        result.Reason,
        Criteria = evaluation.Check.Info.Criteria.Select(edge => edge.Id),
        Message = evaluation.Message(result),
        Evidence = result.About?.At is { } at ? new { Blob = at.Blob.ToString(), at.Path } : null,
    };

    private static object Criterion(CriterionView view) => new
    {
        view.Criterion.Id,
        view.Criterion.Category,
        view.Criterion.Plain,
        view.State,
        view.Pass,
        view.Fail,
        view.NotApplicable,
        view.NeedsReview,
        view.NotTested,
        view.Error,
        view.Checks,
        view.Gaps,
    };

    private static object Gap(OpenGap gap) => new
    {
        gap.Id,
        gap.Title,
        gap.Severity,
        gap.Why,
        Fix = gap.Steps,
        gap.Hours,
        Cost = new { gap.Cost.Low, gap.Cost.High, Currency = "USD", Note = gap.CostNote },
        gap.Who,
        gap.Criteria,
        gap.Controls,
        Subjects = gap.Seen.Select(seen => new { seen.Subject, seen.Scope, seen.Message }),
        gap.Said,
        gap.NeedsFirst,
    };
}
