using System.Text.Json;
using Plainproof.Facts;

namespace Plainproof.Sources.Import;

/// <summary>CycloneDX 1.4 to 1.7 (ECMA-424) with vulnerabilities, and the statements on them (VEX: <c>analysis</c>).</summary>
internal sealed class CycloneDx : ReportFormat
{
    private readonly HashSet<string> _affected = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (string Name, string? Version)> _components = new(StringComparer.Ordinal);
    private string? _asset;
    private string? _tool;
    private string? _version;
    private DateTimeOffset? _at;

    public override string Name => "CycloneDX";

    public override IReadOnlyList<IReadOnlyCollection<string>> Before =>
    [
        ["/metadata", "/vulnerabilities/*"],
        // A component may hold others; its own part is asked for whole, and only those that are affected are kept.
        ["/components/*"],
    ];

    public override IReadOnlyCollection<string> Weaknesses => ["/vulnerabilities/*"];

    public override void Learn(in Found found)
    {
        switch (found.Pattern)
        {
            case "/metadata":
                LearnMetadata(found.Value);
                break;
            case "/vulnerabilities/*":
                foreach (var one in found.Value.Items("affects"))
                    if (one.Text("ref") is { } reference)
                        _affected.Add(reference);
                break;
            default:
                LearnComponent(found.Value);
                break;
        }
    }

    public override IEnumerable<Weakness> Read(Found found)
    {
        var one = found.Value;
        var state = StateOf(one.Text("analysis", "state"));
        var (level, original) = Rate(one);
        var weakness = new Weakness(
            one.Text("source", "name") is { } source && _tool is null ? source : _tool ?? "CycloneDX", Told.AssetOr(_asset), one.Text("id") ?? one.Text("bom-ref") ?? "unnamed",
            level, state, original, _version, JsonWords.Title(one.Text("description")), FirstSeen: null,
            Justification: JsonWords.Title(string.Join(": ", new[] { one.Text("analysis", "justification"), one.Text("analysis", "detail") }.Where(text => text is not null))) is { Length: > 0 } why ? why : null);
        var affects = one.Items("affects").Where(part => part.Text("ref") is not null).ToList();
        if (affects.Count == 0)
            yield return weakness;
        foreach (var part in affects)
            yield return For(weakness, part);
    }

    public override IEnumerable<(WeaknessScan Scan, string Pointer)> Scans(IReadOnlyDictionary<(string Tool, string Asset), Tally> tallies)
    {
        if (tallies.Count == 0)
            yield return (new WeaknessScan(_tool ?? "CycloneDX", Told.AssetOr(_asset), 0, new Tally().Open, _version, Told.At ?? _at), "/metadata");
        foreach (var ((tool, asset), tally) in tallies)
            yield return (new WeaknessScan(tool, asset, tally.All, tally.Open, _version, Told.At ?? _at), "/metadata");
    }

    private Weakness For(Weakness weakness, JsonElement part)
    {
        var reference = part.Text("ref")!;
        var (name, version) = _components.TryGetValue(reference, out var known) ? known : FromPackageUrl(reference);
        var versions = part.Items("versions").ToList();
        var state = weakness.State == WeaknessState.Open && versions.Count > 0 && versions.All(one => one.Text("status") == "unaffected") ? WeaknessState.NotAffected : weakness.State;
        return weakness with { Package = name, Installed = version ?? versions.Select(one => one.Text("version")).FirstOrDefault(), State = state };
    }

    private void LearnMetadata(JsonElement metadata)
    {
        _at = metadata.Time("timestamp");
        var name = metadata.Text("component", "name");
        _asset = metadata.Text("component", "version") is { } version && name is not null ? $"{name}@{version}" : name;
        // Before 1.5 tools is a list; since then it may be an object with components.
        var tool = metadata.Items("tools").Concat(metadata.Items("tools", "components")).FirstOrDefault();
        if (tool.ValueKind == JsonValueKind.Object)
            (_tool, _version) = (tool.Text("name"), tool.Text("version"));
    }

    private void LearnComponent(JsonElement component)
    {
        if (component.Text("bom-ref") is { } reference && _affected.Contains(reference))
            _components[reference] = (component.Text("group") is { } group ? $"{group}/{component.Text("name")}" : component.Text("name") ?? reference, component.Text("version"));
        foreach (var inner in component.Items("components"))
            LearnComponent(inner);
    }

    /// <summary>The worst rating counts; a tool may give several.</summary>
    private static (WeaknessLevel Level, string? Original) Rate(JsonElement one)
    {
        var best = (Level: WeaknessLevel.Unknown, Original: (string?)null);
        foreach (var rating in one.Items("ratings"))
        {
            var level = LevelOf(rating.Text("severity"));
            if (level == WeaknessLevel.Unknown && rating.Number("score") is { } score)
                level = LevelOf(score);
            if (level >= best.Level)
                best = (level, string.Join(' ', new[] { rating.Text("method"), rating.Text("score"), rating.Text("severity") }.Where(text => text is not null)));
        }

        return best;
    }

    private static WeaknessState StateOf(string? state) => state switch
    {
        "resolved" or "resolved_with_pedigree" => WeaknessState.Fixed,
        "exploitable" => WeaknessState.Exploitable,
        "false_positive" or "not_affected" => WeaknessState.NotAffected,
        _ => WeaknessState.Open,
    };

    /// <summary>Package-URL specification: <c>pkg:type/namespace/name@version</c>; anything else stays as it is.</summary>
    private static (string Name, string? Version) FromPackageUrl(string reference)
    {
        var hash = reference.IndexOf("pkg:", StringComparison.Ordinal);
        if (hash < 0)
            return (reference, null);
        var bare = reference[hash..].Split('?', '#')[0];
        var at = bare.LastIndexOf('@');
        return at < 0 ? (bare, null) : (bare[..at], Uri.UnescapeDataString(bare[(at + 1)..]));
    }
}
