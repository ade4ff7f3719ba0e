using System.Text.Json;
using Plainproof.Assurance;
using Plainproof.Checks;

namespace Plainproof.Features.Check;

/// <summary>The run as OCSF 1.8 Compliance Findings (class 2003), one line of JSON for each result.</summary>
internal static class CheckOcsf
{
    private const int Findings = 2;
    private const int ComplianceFinding = 2003;
    private const int Created = 1;

    private static readonly JsonSerializerOptions AsWritten = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping, DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull };

    /// <summary>Written as it is made: there may be many.</summary>
    public static void Write(TextWriter output, CheckRun run)
    {
        foreach (var evaluation in run.Readiness.Evaluations)
            foreach (var result in evaluation.Results)
                output.Write(JsonSerializer.Serialize(Event(run, evaluation, result), AsWritten) + "\n");
    }

    private static object Event(CheckRun run, Evaluation evaluation, Result result)
    {
        var info = evaluation.Check.Info;
        var (said, status) = (evaluation.Message(result), Status(result.Outcome));
        return new
        {
            activity_id = Created,
            category_uid = Findings,
            class_uid = ComplianceFinding,
            type_uid = (ComplianceFinding * 100) + Created,
            time = run.At.ToUnixTimeMilliseconds(),
            severity_id = result.Outcome == Outcome.Fail ? SeverityOf(info.Severity) : 1,
            message = run.Mark is null ? said : $"{run.Mark} {said}",
            metadata = new
            {
                version = "1.8.0",
                product = new { name = "Plainproof", vendor_name = "Plainproof", version = ReadSource.ToolVersion },
                tenant_uid = run.Company,
                labels = run.Mark is null ? null : new[] { "SAMPLE" },
            },
            finding_info = new { uid = Oscal.Id(run, "finding", info.Id, result.Scope, result.Subject, Words.Of(result.Outcome)), title = info.Title, desc = said },
            compliance = new
            {
                standards = new[] { $"SOC 2, criteria {run.Catalogue.Criteria.Edition}" },
                requirements = info.Criteria.Select(edge => edge.Id),
                control = info.Controls.FirstOrDefault(),
                checks = new[] { new { uid = info.Id, name = info.Title, version = $"{info.Version}" } },
                status_id = status,
                status = Words.Of(result.Outcome),
                status_details = result.Reason == Reason.None ? null : new[] { Words.Of(result.Reason) },
                desc = "The company's own checking. No auditor's conclusion.",
            },
            resources = new[] { new { uid = result.Subject.Length > 0 ? result.Subject : "company", name = result.Subject.Length > 0 ? result.Subject : "company", @namespace = result.Scope.Length > 0 ? result.Scope : null } },
            evidences = result.About?.At is { } at ? new[] { new { uid = at.Blob.ToString(), data = new { pointer = at.Path } } } : null,
            remediation = result.Outcome == Outcome.Fail ? new { desc = string.Join('\n', info.Gap.Steps) } : null,
        };
    }

    /// <summary>Pass, fail, and 2 for what gave no result because something was missing; everything else is other.</summary>
    private static int Status(Outcome outcome) => outcome switch
    {
        Outcome.Pass => 1,
        Outcome.NotTested or Outcome.Error => 2,
        Outcome.Fail => 3,
        _ => 99,
    };

    private static int SeverityOf(Severity severity) => severity switch
    {
        Severity.Critical => 5,
        Severity.High => 4,
        Severity.Medium => 3,
        _ => 2,
    };
}
