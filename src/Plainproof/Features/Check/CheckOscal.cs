using Plainproof.Assurance;
using Plainproof.Checks;
using Plainproof.Cli;

namespace Plainproof.Features.Check;

/// <summary>
/// The run as OSCAL assessment results: an observation for each result, a finding for each open gap. It is management's own checking: no criterion is
/// ever called satisfied, and what could not be looked at is an observation without a method, never a finding.
/// </summary>
internal static class CheckOscal
{
    /// <param name="fileOf">Where the raw bytes lie beside the document, by their digest; null when they are elsewhere.</param>
    public static void Write(TextWriter output, CheckRun run, Func<string, string?>? fileOf = null) => JsonText.WriteWithoutNulls(output, Oscal.Object(("assessment-results", Oscal.Object(
        ("uuid", Oscal.Id(run, "assessment-results", Oscal.Time(run.At))),
        ("metadata", Oscal.Metadata(run, "Management's own checks: results")),
        ("import-ap", Oscal.Object(("href", Oscal.AssessmentPlan))),
        ("results", new[] { ResultOf(run, fileOf ?? (_ => null)) })))));

    private static object ResultOf(CheckRun run, Func<string, string?> fileOf) => Oscal.Object(
        ("uuid", Oscal.Id(run, "result", Oscal.Time(run.At))),
        ("title", "Management's own checks"),
        ("description", Words.NotAnAudit),
        ("start", Oscal.Time(run.At)),
        ("props", Oscal.Properties(Enum.GetValues<Outcome>().Select(outcome => Oscal.Property($"count-{Words.Of(outcome).Replace(' ', '-').Replace("'", "", StringComparison.Ordinal)}", $"{run.Readiness.Count(outcome)}")))),
        ("reviewed-controls", Oscal.Reviewed(run)),
        ("observations", run.Readiness.Evaluations.Any(evaluation => evaluation.Results.Count > 0) ? Observations(run, fileOf) : null),
        ("findings", Oscal.Some(Findings(run))));

    /// <summary>Made as they are written: there may be many.</summary>
    private static IEnumerable<object> Observations(CheckRun run, Func<string, string?> fileOf) =>
        run.Readiness.Evaluations.SelectMany(evaluation => evaluation.Results.Select((result, number) => Observation(run, evaluation, result, number, fileOf)));

    private static Dictionary<string, object> Observation(CheckRun run, Evaluation evaluation, Result result, int number, Func<string, string?> fileOf)
    {
        var at = result.About?.At;
        return Oscal.Object(
            ("uuid", ObservationId(run, evaluation, result, number)),
            ("title", evaluation.Check.Info.Title),
            ("description", evaluation.Message(result) is { Length: > 0 } said ? said : evaluation.Check.Info.Title),
            ("props", Oscal.Properties(
                Oscal.Property("check", $"{evaluation.Check.Info.Id}@{evaluation.Check.Info.Version}"), Oscal.Property("outcome", Words.Of(result.Outcome)),
                Oscal.Property("reason", result.Reason == Reason.None ? null : Words.Of(result.Reason)), Oscal.Property("scope", result.Scope), Oscal.Property("subject", result.Subject),
                Oscal.Property("blob", at?.Blob.ToString()), Oscal.Property("pointer", at?.Path))),
            ("methods", new[] { result.Outcome is Outcome.NotTested or Outcome.Error ? "UNKNOWN" : "EXAMINE" }),
            ("relevant-evidence", at is not null && fileOf(at.Blob.ToString()) is { } file ? new[] { Oscal.Object(("href", file), ("description", "The raw bytes that were read.")) } : null),
            ("collected", Oscal.Time(run.At)),
            ("remarks", $"This does not show: {evaluation.Check.Info.DoesNotProve}"));
    }

    private static List<Dictionary<string, object>> Findings(CheckRun run)
    {
        var inScope = Oscal.InScope(run).Select(criterion => criterion.Id).ToHashSet(StringComparer.Ordinal);
        return [.. run.Readiness.Gaps.Where(gap => gap.Criteria.Any(inScope.Contains)).Select(gap => Finding(run, gap, gap.Criteria.First(inScope.Contains)))];
    }

    private static Dictionary<string, object> Finding(CheckRun run, OpenGap gap, string criterion) => Oscal.Object(
        ("uuid", Oscal.Id(run, "finding", gap.Id)),
        ("title", gap.Title),
        ("description", gap.Why),
        ("props", Oscal.Properties([Oscal.Property("gap", gap.Id), Oscal.Property("weight", $"{gap.Severity}".ToLowerInvariant()), .. gap.Criteria.Select(id => Oscal.Property("criterion", id)), .. gap.Controls.Select(id => Oscal.Property("control", id))])),
        ("target", Oscal.Object(
            ("type", "statement-id"), ("target-id", Oscal.StatementId(criterion)),
            ("status", Oscal.Object(("state", "not-satisfied"), ("reason", gap.Seen.Count > 0 ? "fail" : "other"), ("remarks", gap.Seen.Count > 0 ? "Seen by the company's own check. No auditor concluded this." : "Said by the company itself. No auditor concluded this."))))),
        ("related-observations", Oscal.Some(Related(run, gap))));

    private static List<Dictionary<string, object>> Related(CheckRun run, OpenGap gap) =>
        [.. run.Readiness.Evaluations.Where(evaluation => evaluation.Check.Info.Id == gap.Id)
            .SelectMany(evaluation => evaluation.Results.Select((result, number) => (result, number)).Where(one => one.result.Outcome == Outcome.Fail)
            .Select(one => Oscal.Object(("observation-uuid", ObservationId(run, evaluation, one.result, one.number)))))];

    private static string ObservationId(CheckRun run, Evaluation evaluation, Result result, int number) =>
        Oscal.Id(run, "observation", evaluation.Check.Info.Id, result.Scope, result.Subject, $"{number}");
}
