using Plainproof.Assurance;
using Plainproof.Catalog;
using Plainproof.Cli;
using Plainproof.Features.Check;
using Plainproof.Features.Gaps;

namespace Plainproof.Features.Export;

/// <summary>
/// A company as OSCAL documents that lead to each other: catalogue and profile in our own words, what the company does, how it is looked at, what its own
/// checks said, and what is still to mend. Nothing in them is an auditor's.
/// </summary>
/// <param name="waivers">Risks that somebody accepted, and that hold.</param>
internal sealed class PackageOscal(CheckRun run, string title, IReadOnlyList<GapWaiver> waivers)
{
    /// <summary>Every document but the assessment results, which <see cref="CheckOscal"/> writes.</summary>
    public IEnumerable<(string Name, object Document)> Documents()
    {
        yield return (Oscal.Catalog, CatalogOf());
        yield return (Oscal.Profile, ProfileOf());
        yield return ("component-definition.json", ComponentsOf());
        yield return (Oscal.Plan, PlanOf());
        yield return (Oscal.AssessmentPlan, AssessmentPlanOf());
        if (run.Readiness.Gaps.Count > 0) // OSCAL has no such document without an item.
            yield return ("plan-of-action-and-milestones.json", GapsOf());
    }

    public static void Write(TextWriter output, object document) => JsonText.WriteWithoutNulls(output, document);

    private IEnumerable<Control> Controls()
    {
        var inScope = Oscal.InScope(run).Select(criterion => criterion.Id).ToHashSet(StringComparer.Ordinal);
        return run.Catalogue.Controls.Controls.Where(control => control.Criteria.Any(inScope.Contains));
    }

    private object CatalogOf() => Oscal.Object(("catalog", Oscal.Object(
        ("uuid", Oscal.Id(run, "catalog")),
        ("metadata", Oscal.Metadata(run, "Trust services criteria, by their numbers and in our own words")),
        ("groups", run.Catalogue.Criteria.Series.Select(Group)))));

    private Dictionary<string, object> Group(Series series) => Oscal.Object(
        ("id", $"series-{Oscal.ControlId(series.Id)}"), ("title", $"{series.Id} {series.Title}"), ("controls", run.Catalogue.Criteria.Criteria.Where(one => one.Series == series.Id).Select(InCatalog)));

    private static Dictionary<string, object> InCatalog(Criterion criterion) => Oscal.Object(
        ("id", Oscal.ControlId(criterion.Id)), ("title", criterion.Id), ("props", Oscal.Properties(Oscal.Property("label", criterion.Id), Oscal.Property("category", criterion.Category))),
        ("parts", new[] { Oscal.Object(("id", Oscal.StatementId(criterion.Id)), ("name", "statement"), ("prose", criterion.Plain)) }));

    private object ProfileOf() => Oscal.Object(("profile", Oscal.Object(
        ("uuid", Oscal.Id(run, "profile")),
        ("metadata", Oscal.Metadata(run, $"Criteria that the report of {title} is to cover")),
        ("imports", new[] { Oscal.Object(("href", Oscal.Catalog), ("include-controls", new[] { Oscal.Object(("with-ids", Oscal.InScope(run).Select(one => Oscal.ControlId(one.Id)))) })) }),
        ("merge", Oscal.Object(("as-is", true))))));

    private object ComponentsOf() => Oscal.Object(("component-definition", Oscal.Object(
        ("uuid", Oscal.Id(run, "component-definition")),
        ("metadata", Oscal.Metadata(run, "Controls, and the criteria that they serve")),
        ("components", Controls().Select(Defined)))));

    private Dictionary<string, object> Defined(Control control) => Oscal.Object(
        ("uuid", Oscal.Id(run, "component", control.Id)), ("type", "process-procedure"), ("title", $"{control.Id} {control.Title}"), ("description", control.Statement),
        ("control-implementations", new[]
        {
            Oscal.Object(
                ("uuid", Oscal.Id(run, "control-implementation", control.Id)), ("source", Oscal.Profile), ("description", control.Plain),
                ("implemented-requirements", Oscal.InScope(run).Where(one => control.Criteria.Contains(one.Id)).Select(one => Serves(control, one)))),
        }));

    private Dictionary<string, object> Serves(Control control, Criterion criterion) => Oscal.Object(
        ("uuid", Oscal.Id(run, "serves", control.Id, criterion.Id)), ("control-id", Oscal.ControlId(criterion.Id)), ("description", control.Statement));

    private object PlanOf() => Oscal.Object(("system-security-plan", Oscal.Object(
        ("uuid", Oscal.Id(run, "system-security-plan")),
        ("metadata", Oscal.Metadata(run, $"What {title} does for its criteria")),
        ("import-profile", Oscal.Object(("href", Oscal.Profile))),
        ("system-characteristics", Oscal.Object(
            ("system-ids", new[] { Oscal.Object(("id", Oscal.Id(run, "system"))) }),
            ("system-name", title),
            ("description", "The system is described in management's own description. This document only leads to its controls."),
            ("system-information", Oscal.Object(("information-types", new[] { Oscal.Object(("uuid", Oscal.Id(run, "information")), ("title", "What customers entrust"), ("description", "See management's own description.")) }))),
            ("status", Oscal.Object(("state", "operational"))),
            ("authorization-boundary", Oscal.Object(("description", "The systems that are connected, and those that the company named. See the index of this package."))))),
        ("system-implementation", Oscal.Object(
            ("users", new[] { Oscal.Object(("uuid", Oscal.Id(run, "users")), ("title", "People of the company")) }),
            ("components", Systems()))),
        ("control-implementation", Oscal.Object(
            ("description", "A control stands here because the catalogue has it for these criteria. Whether it is in place is told by the results."),
            ("implemented-requirements", Oscal.InScope(run).Select(Requirement)))))));

    /// <summary>The system as a whole first; then what was read.</summary>
    private IEnumerable<Dictionary<string, object>> Systems() =>
        run.Sources.Select(source => (source.Scope, source.Source)).Distinct().OrderBy(one => one.Scope, StringComparer.Ordinal)
            .Select(one => Component(one.Scope, "service", one.Scope, $"Read by the source {one.Source}."))
            .Prepend(Component("", "this-system", title, "The system that the report is about."));

    private Dictionary<string, object> Component(string thing, string type, string name, string description) => Oscal.Object(
        ("uuid", Oscal.Id(run, "system-component", thing)), ("type", type), ("title", name), ("description", description), ("status", Oscal.Object(("state", "operational"))));

    private Dictionary<string, object> Requirement(Criterion criterion) => Oscal.Object(
        ("uuid", Oscal.Id(run, "requirement", criterion.Id)), ("control-id", Oscal.ControlId(criterion.Id)),
        ("props", Oscal.Properties(Controls().Where(control => control.Criteria.Contains(criterion.Id)).Select(control => Oscal.Property("control", control.Id)))),
        ("by-components", new[] { Oscal.Object(("component-uuid", Oscal.Id(run, "system-component", "")), ("uuid", Oscal.Id(run, "by-component", criterion.Id)), ("description", criterion.Plain)) }));

    private object AssessmentPlanOf() => Oscal.Object(("assessment-plan", Oscal.Object(
        ("uuid", Oscal.Id(run, "assessment-plan")),
        ("metadata", Oscal.Metadata(run, "How the company looks at itself")),
        ("import-ssp", Oscal.Object(("href", Oscal.Plan))),
        ("reviewed-controls", Oscal.Reviewed(run)))));

    private object GapsOf() => Oscal.Object(("plan-of-action-and-milestones", Oscal.Object(
        ("uuid", Oscal.Id(run, "plan-of-action-and-milestones")),
        ("metadata", Oscal.Metadata(run, "Open gaps, and risks that were accepted")),
        ("import-ssp", Oscal.Object(("href", Oscal.Plan))),
        ("risks", run.Readiness.Gaps.Select(Risk)),
        ("poam-items", run.Readiness.Gaps.Select(gap => Oscal.Object(
            ("uuid", Oscal.Id(run, "gap", gap.Id)), ("title", gap.Title), ("description", string.Join('\n', gap.Steps)), ("props", Oscal.Properties(Oscal.Property("gap", gap.Id))),
            ("related-risks", new[] { Oscal.Object(("risk-uuid", Oscal.Id(run, "risk", gap.Id))) })))))));

    /// <summary>An accepted risk stays a gap; it has an end.</summary>
    private Dictionary<string, object> Risk(OpenGap gap)
    {
        var waiver = waivers.Where(one => one.GapId == gap.Id).MaxBy(one => (one.Until, one.GivenAt, one.Id));
        return Oscal.Object(
            ("uuid", Oscal.Id(run, "risk", gap.Id)), ("title", gap.Title), ("description", gap.Why), ("statement", gap.Why),
            ("props", Oscal.Properties([Oscal.Property("weight", $"{gap.Severity}".ToLowerInvariant()), Oscal.Property("accepted-by", waiver?.GivenBy), Oscal.Property("accepted-because", waiver?.Reason), .. gap.Criteria.Select(id => Oscal.Property("criterion", id))])),
            ("status", waiver is null ? "open" : "deviation-approved"),
            ("deadline", waiver is null ? null : Oscal.Time(new DateTimeOffset(waiver.Until.AddDays(1), TimeOnly.MinValue, TimeSpan.Zero).AddSeconds(-1))));
    }
}
