using System.Text.Json;
using Plainproof.Facts;

namespace Plainproof.Sources.Import;

/// <summary>Grype's own JSON: matches, and matches that a rule of its configuration leaves out.</summary>
internal sealed class Grype : ReportFormat
{
    private string? _asset;
    private string? _version;
    private DateTimeOffset? _at;

    public override string Name => "Grype";

    public override IReadOnlyList<IReadOnlyCollection<string>> Before => [["/source", "/descriptor/version", "/descriptor/timestamp"]];

    public override IReadOnlyCollection<string> Weaknesses => ["/matches/*", "/ignoredMatches/*"];

    public override void Learn(in Found found)
    {
        switch (found.Pattern)
        {
            case "/source":
                _asset = found.Value.Text("target", "userInput") ?? found.Value.Text("target");
                break;
            case "/descriptor/version":
                _version = found.Value.ToString();
                break;
            default:
                _at = found.Value.Time();
                break;
        }
    }

    public override IEnumerable<Weakness> Read(Found found)
    {
        var part = found.Value;
        var severity = part.Text("vulnerability", "severity");
        var ignored = found.Pattern == "/ignoredMatches/*";
        yield return new Weakness(
            "Grype", Told.AssetOr(_asset), part.Text("vulnerability", "id") ?? "unnamed", LevelOf(severity), StateOf(part, ignored), severity, _version,
            JsonWords.Title(part.Text("vulnerability", "description")), part.Text("artifact", "name"), part.Text("artifact", "version"),
            part.At("vulnerability", "fix") is { } fix ? fix.Items("versions").Select(version => version.ToString()).FirstOrDefault() : null,
            part.At("artifact") is { } artifact ? artifact.Items("locations").Select(place => place.Text("path")).FirstOrDefault() : null,
            KnownExploited: part.Items("vulnerability", "knownExploited").Any(),
            Justification: ignored ? part.Items("appliedIgnoreRules").Select(Reason).FirstOrDefault(text => text is not null) : null);
    }

    public override IEnumerable<(WeaknessScan Scan, string Pointer)> Scans(IReadOnlyDictionary<(string Tool, string Asset), Tally> tallies)
    {
        var tally = tallies.Values.FirstOrDefault() ?? new Tally();
        yield return (new WeaknessScan("Grype", Told.AssetOr(_asset), tally.All, tally.Open, _version, Told.At ?? _at), "/descriptor");
    }

    private static WeaknessState StateOf(JsonElement part, bool ignored) =>
        !ignored ? WeaknessState.Open
        : part.Items("appliedIgnoreRules").Any(rule => rule.Text("vex-status") is "not_affected") ? WeaknessState.NotAffected
        : part.Items("appliedIgnoreRules").Any(rule => rule.Text("vex-status") is "fixed") ? WeaknessState.Fixed
        : WeaknessState.Suppressed;

    private static string? Reason(JsonElement rule) => rule.Text("reason") ?? rule.Text("vex-justification");
}
