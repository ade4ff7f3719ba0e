using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using Plainproof.Assurance;
using Plainproof.Checks;
using Plainproof.Cli;
using Plainproof.Facts;

namespace Plainproof.Features.Check;

/// <summary>The run as SARIF 2.1.0 (OASIS, errata 01): checks are rules, criteria a taxonomy, results keep their kind.</summary>
internal static class CheckSarif
{
    private const string Guid = "6f0b6f8e-3a1b-5f0e-9a55-2d1f5c3a7e10";

    private const string Schema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

    /// <summary>Written as it is made, like the JSON of our own.</summary>
    public static void Write(TextWriter output, CheckRun run) => JsonText.WriteWithoutNulls(output, new Log(
        Schema,
        "2.1.0",
        [
            new
            {
                tool = new
                {
                    driver = new
                    {
                        name = "Plainproof",
                        semanticVersion = Assembly.GetExecutingAssembly().GetName().Version!.ToString(3),
                        rules = run.Readiness.Evaluations.Select(evaluation => Rule(evaluation.Check.Info)),
                        supportedTaxonomies = new[] { new { name = run.Catalogue.Criteria.Edition, guid = Guid } },
                    },
                },
                taxonomies = new[] { Taxonomy(run) },
                properties = run.Mark is null ? null : new { sample = run.Mark },
                columnKind = "utf16CodeUnits",
                results = run.Readiness.Evaluations.SelectMany((evaluation, index) => evaluation.Results.Select(result => ResultOf(evaluation, index, result))),
                invocations = new[]
                {
                    new
                    {
                        executionSuccessful = run.Readiness.Count(Outcome.Error) == 0,
                        endTimeUtc = run.At.UtcDateTime,
                        toolExecutionNotifications = run.Unread().Select(unread => new
                        {
                            level = "warning",
                            message = new { text = $"{Kinds.PlainOf(unread.Line.Aspect)} of {unread.Source.Scope}: {unread.Line.Why} {unread.Line.Mend}".Trim() },
                        }),
                    },
                },
            },
        ]));

    private static object Rule(CheckInfo info) => new
    {
        id = info.Id,
        shortDescription = new { text = info.Title },
        fullDescription = new { text = info.Gap.Why },
        help = new { text = string.Join('\n', info.Gap.Steps.Select((step, i) => $"{i + 1}. {step}")) },
        defaultConfiguration = new { level = LevelOf(info.Severity) },
        properties = new { version = info.Version, doesNotProve = info.DoesNotProve, controls = info.Controls },
        relationships = info.Criteria.Select(edge => new { target = new { id = edge.Id, toolComponent = new { name = "criteria", guid = Guid } }, kinds = new[] { "relevant" } }),
    };

    private static object Taxonomy(CheckRun run) => new
    {
        name = "criteria",
        guid = Guid,
        version = run.Catalogue.Criteria.Edition,
        taxa = run.Catalogue.Criteria.Criteria.Select(criterion => new { id = criterion.Id, shortDescription = new { text = criterion.Plain } }),
    };

    private static object ResultOf(Evaluation evaluation, int index, Result result) => new
    {
        ruleId = evaluation.Check.Info.Id,
        ruleIndex = index,
        kind = KindOf(result.Outcome),
        level = result.Outcome == Outcome.Fail ? LevelOf(evaluation.Check.Info.Severity) : "none",
        message = new { text = evaluation.Message(result) },
        locations = new[] { new { logicalLocations = new[] { new { fullyQualifiedName = result.Subject.Length == 0 ? "company" : result.Subject } } } },
        partialFingerprints = new { checkAndSubject = Fingerprint(evaluation.Check.Info.Id, result.Subject) },
        properties = new { outcome = result.Outcome, reason = result.Reason, blob = result.About?.At?.Blob.ToString(), pointer = result.About?.At?.Path },
    };

    private static string Fingerprint(string check, string subject) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{check}\n{subject}")))[..32];

    private static string KindOf(Outcome outcome) => outcome switch
    {
        Outcome.Pass => "pass",
        Outcome.Fail => "fail",
        Outcome.NotApplicable => "notApplicable",
        Outcome.NeedsReview => "review",
        _ => "open",
    };

    private static string LevelOf(Severity severity) => severity switch
    {
        Severity.Critical or Severity.High => "error",
        Severity.Medium => "warning",
        _ => "note",
    };

    private sealed record Log([property: JsonPropertyName("$schema")] string Schema, string Version, IReadOnlyList<object> Runs);
}
