using System.Text.Json;
using Plainproof.Facts;

namespace Plainproof.Sources.Import;

/// <summary>SARIF 2.1.0 (OASIS). Section numbers below are those of the standard.</summary>
internal sealed class Sarif : ReportFormat
{
    /// <summary>What is remembered of the tables that results point into, so that memory stays bounded whatever the file holds.</summary>
    private const int MostRemembered = 250_000;

    private readonly Dictionary<int, Run> _runs = [];

    public override string Name => "SARIF";

    public override IReadOnlyList<IReadOnlyCollection<string>> Before =>
    [
        [
            "/runs/*/tool/driver/name", "/runs/*/tool/driver/version", "/runs/*/tool/driver/semanticVersion", "/runs/*/tool/driver/rules/*",
            "/runs/*/tool/extensions/*/rules/*", "/runs/*/invocations/*", "/runs/*/versionControlProvenance/*", "/runs/*/artifacts/*",
        ],
    ];

    public override IReadOnlyCollection<string> Weaknesses => ["/runs/*/results/*"];

    public override void Learn(in Found found)
    {
        var run = RunOf(found.Indexes[0]);
        switch (found.Pattern)
        {
            case "/runs/*/tool/driver/name":
                run.Tool = found.Value.ToString();
                break;
            case "/runs/*/tool/driver/version" or "/runs/*/tool/driver/semanticVersion":
                run.Version ??= found.Value.ToString();
                break;
            case "/runs/*/invocations/*":
                run.At = found.Value.Time("endTimeUtc") ?? found.Value.Time("startTimeUtc") ?? run.At;
                break;
            case "/runs/*/versionControlProvenance/*":
                run.Repository ??= found.Value.Text("repositoryUri");
                break;
            case "/runs/*/artifacts/*":
                if (run.Artifacts.Count < MostRemembered)
                    run.Artifacts[found.Indexes[1]] = found.Value.Text("location", "uri");
                break;
            default:
                Learn(run, found);
                break;
        }
    }

    public override IEnumerable<Weakness> Read(Found found)
    {
        var (run, result) = (RunOf(found.Indexes[0]), found.Value);
        if (result.Text("kind") is { } kind and not ("fail" or "open" or "review")) // 3.27.9: what was looked at and is well.
            yield break;
        var id = result.Text("ruleId") ?? result.Text("rule", "id");
        var rule = RuleOf(run, result, id);
        var (level, original) = Rate(result, rule);
        var suppressions = result.Items("suppressions").ToList();
        var place = result.Items("locations").FirstOrDefault();
        yield return new Weakness(
            run.Tool ?? "unknown tool", Told.AssetOr(run.Repository), id ?? rule?.Id ?? "unnamed rule", level, StateOf(result, suppressions), original, run.Version,
            JsonWords.Title(result.Text("message", "text") ?? rule?.Title), Where: WhereOf(run, place), FirstSeen: result.Time("provenance", "firstDetectionTimeUtc"),
            Justification: suppressions.Select(one => one.Text("justification")).FirstOrDefault(text => text is not null));
    }

    public override IEnumerable<(WeaknessScan Scan, string Pointer)> Scans(IReadOnlyDictionary<(string Tool, string Asset), Tally> tallies)
    {
        foreach (var (index, run) in _runs.OrderBy(pair => pair.Key))
        {
            var asset = Told.AssetOr(run.Repository);
            var tally = tallies.GetValueOrDefault((run.Tool ?? "unknown tool", asset)) ?? new Tally();
            yield return (new WeaknessScan(run.Tool ?? "unknown tool", asset, tally.All, tally.Open, run.Version, Told.At ?? run.At), $"/runs/{index}");
        }
    }

    private static void Learn(Run run, in Found found)
    {
        var rule = new Rule(
            found.Value.Text("id"), found.Value.Text("defaultConfiguration", "level"), found.Value.Number("properties", "security-severity"),
            found.Value.Text("shortDescription", "text") ?? found.Value.Text("name"));
        // 3.52.4: a rule of an extension is named by its place in that extension.
        var place = found.Indexes.Count == 2 ? (-1, found.Indexes[1]) : (found.Indexes[1], found.Indexes[2]);
        if (run.ByPlace.Count >= MostRemembered)
            return;
        run.ByPlace[place] = rule;
        if (rule.Id is not null)
            run.ById.TryAdd(rule.Id, rule);
    }

    private static Rule? RuleOf(Run run, JsonElement result, string? id)
    {
        var index = result.Number("ruleIndex") ?? result.Number("rule", "index");
        var extension = result.Number("rule", "toolComponent", "index");
        return index is { } place && run.ByPlace.TryGetValue(((int?)extension ?? -1, (int)place), out var rule) ? rule
            : id is not null ? run.ById.GetValueOrDefault(id) ?? run.ById.GetValueOrDefault(id.Split('/')[0]) : null;
    }

    /// <summary>A score when the rule has one (as GitHub reads it), else the level; 3.27.10: warning when nobody says.</summary>
    private static (WeaknessLevel Level, string Original) Rate(JsonElement result, Rule? rule)
    {
        if ((result.Number("properties", "security-severity") ?? rule?.Score) is { } score)
            return (LevelOf(score), FormattableString.Invariant($"security-severity {score:0.0}"));
        var level = result.Text("level") ?? rule?.Level ?? "warning";
        return (level switch
        {
            "error" => WeaknessLevel.High,
            "warning" => WeaknessLevel.Medium,
            "note" => WeaknessLevel.Low,
            "none" => WeaknessLevel.Info,
            _ => WeaknessLevel.Unknown,
        }, $"level {level}");
    }

    /// <summary>3.27.23: suppressed only when every suppression is accepted, and one that says nothing counts as accepted.</summary>
    private static WeaknessState StateOf(JsonElement result, IReadOnlyList<JsonElement> suppressions) =>
        result.Text("baselineState") == "absent" ? WeaknessState.Fixed
        : suppressions.Count > 0 && suppressions.All(one => (one.Text("status") ?? "accepted") == "accepted") ? WeaknessState.Suppressed
        : WeaknessState.Open;

    private static string? WhereOf(Run run, JsonElement place)
    {
        if (place.ValueKind != JsonValueKind.Object)
            return null;
        var uri = place.Text("physicalLocation", "artifactLocation", "uri")
            ?? (place.Number("physicalLocation", "artifactLocation", "index") is { } index ? run.Artifacts.GetValueOrDefault((int)index, $"file number {index} of the report") : null)
            ?? place.Items("logicalLocations").Select(one => one.Text("fullyQualifiedName") ?? one.Text("name")).FirstOrDefault();
        return place.Text("physicalLocation", "region", "startLine") is { } line ? $"{uri}:{line}" : uri;
    }

    private Run RunOf(int index) => _runs.TryGetValue(index, out var run) ? run : _runs[index] = new Run();

    private sealed record Rule(string? Id, string? Level, double? Score, string? Title);

    private sealed class Run
    {
        public string? Tool { get; set; }

        public string? Version { get; set; }

        public string? Repository { get; set; }

        public DateTimeOffset? At { get; set; }

        public Dictionary<int, string?> Artifacts { get; } = [];

        public Dictionary<(int Extension, int Index), Rule> ByPlace { get; } = [];

        public Dictionary<string, Rule> ById { get; } = new(StringComparer.Ordinal);
    }
}
