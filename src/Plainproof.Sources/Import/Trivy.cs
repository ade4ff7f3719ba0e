using Plainproof.Facts;

namespace Plainproof.Sources.Import;

/// <summary>Trivy's own JSON (schema version 2): weaknesses, wrong settings and secrets of one artifact.</summary>
internal sealed class Trivy : ReportFormat
{
    private readonly Dictionary<int, string> _targets = [];
    private string? _asset;
    private string? _version;
    private DateTimeOffset? _at;

    public override string Name => "Trivy";

    public override IReadOnlyList<IReadOnlyCollection<string>> Before => [["/ArtifactName", "/CreatedAt", "/Trivy", "/Results/*/Target"]];

    public override IReadOnlyCollection<string> Weaknesses =>
        ["/Results/*/Vulnerabilities/*", "/Results/*/Misconfigurations/*", "/Results/*/Secrets/*", "/Results/*/ExperimentalModifiedFindings/*"];

    public override void Learn(in Found found)
    {
        switch (found.Pattern)
        {
            case "/ArtifactName":
                _asset = found.Value.ToString();
                break;
            case "/CreatedAt":
                _at = found.Value.Time();
                break;
            case "/Trivy":
                _version = found.Value.Text("Version");
                break;
            default:
                _targets[found.Indexes[0]] = found.Value.ToString();
                break;
        }
    }

    public override IEnumerable<Weakness> Read(Found found)
    {
        var part = found.Value;
        var target = _targets.GetValueOrDefault(found.Indexes[0]);
        switch (found.Pattern)
        {
            case "/Results/*/Vulnerabilities/*":
                yield return Vulnerability(part, target);
                break;
            case "/Results/*/Misconfigurations/*" when part.Text("Status") is null or "FAIL":
                yield return New(part.Text("ID") ?? part.Text("AVDID"), part.Text("Severity"), part.Text("Title"), Line(target, part.Text("CauseMetadata", "StartLine")));
                break;
            case "/Results/*/Secrets/*": // The match itself is a secret and stays behind.
                yield return New(part.Text("RuleID"), part.Text("Severity"), part.Text("Title"), Line(target, part.Text("StartLine")));
                break;
            case "/Results/*/ExperimentalModifiedFindings/*" when part.At("Finding") is { } inner:
                var left = part.Text("Status") is "not_affected" or "false_positive" ? WeaknessState.NotAffected : part.Text("Status") == "fixed" ? WeaknessState.Fixed : WeaknessState.Suppressed;
                yield return Vulnerability(inner, target) with { State = left, Justification = part.Text("Statement") };
                break;
            default:
                break;
        }
    }

    public override IEnumerable<(WeaknessScan Scan, string Pointer)> Scans(IReadOnlyDictionary<(string Tool, string Asset), Tally> tallies)
    {
        var tally = tallies.Values.FirstOrDefault() ?? new Tally();
        yield return (new WeaknessScan("Trivy", Told.AssetOr(_asset), tally.All, tally.Open, _version, Told.At ?? _at), "/ArtifactName");
    }

    private Weakness Vulnerability(System.Text.Json.JsonElement part, string? target) =>
        New(part.Text("VulnerabilityID") ?? part.Text("ID"), part.Text("Severity"), part.Text("Title"), part.Text("PkgPath") ?? target) with
        {
            Package = part.Text("PkgName"),
            Installed = part.Text("InstalledVersion"),
            FixedIn = part.Text("FixedVersion"),
        };

    private Weakness New(string? id, string? severity, string? title, string? where) => new(
        "Trivy", Told.AssetOr(_asset), id ?? "unnamed", LevelOf(severity), WeaknessState.Open, severity, _version, JsonWords.Title(title), Where: where);

    private static string? Line(string? target, string? line) => line is null or "0" ? target : $"{target}:{line}";
}
