using System.Text.Json;
using System.Text.Json.Serialization;
using Plainproof.Facts;

namespace Plainproof.Checks;

public enum CheckKind
{
    /// <summary>A setting now; the daily series is the operating record.</summary>
    State,

    /// <summary>Every item of a list over a window.</summary>
    Population,

    /// <summary>Whether a thing that must recur was done lately enough.</summary>
    Freshness,
}

public enum Judges
{
    /// <summary>Each fact on its own: what was seen failing stays a fail even when not everything could be seen.</summary>
    Each,

    /// <summary>A whole that a missing part would change: nothing is judged unless all of it was seen.</summary>
    Whole,
}

public enum Severity
{
    Low,
    Medium,
    High,
    Critical,
}

public enum Strength
{
    Direct,
    Supporting,
}

/// <summary>How a check serves a criterion, and why we say so.</summary>
public sealed record Edge(string Id, Strength Strength, string Why);

/// <summary>A number the company sets once; policy, control and check share it.</summary>
public sealed record Parameter(double Default, double Min, double Max, string Unit, string Plain);

public sealed record Span(double Low, double High)
{
    public override string ToString() => Low.Equals(High) ? $"{Low:0.##}" : $"{Low:0.##} to {High:0.##}";
}

/// <summary>What is missing when the check fails, in plain words, and how to mend it.</summary>
/// <param name="Hours">Hours of work for a small company.</param>
/// <param name="Cost">US dollars, first year, besides the hours.</param>
/// <param name="Who">The role that can do it.</param>
/// <param name="Steps">The fix, step by step, in the imperative.</param>
public sealed record GapWords(string Title, string Why, IReadOnlyList<string> Steps, Span Hours, Span Cost, string Who);

/// <summary>A check's words and edges; the JSON file beside its class.</summary>
/// <param name="Reads">Aspects that must be complete in the scope judged; the first one drives which scopes are judged.</param>
/// <param name="Joins">Aspects that must be complete in every scope that has them, and be there at all (a roster).</param>
/// <param name="Covers">Ids of the reference list of automated tests that this check answers.</param>
/// <param name="DoesNotProve">What a pass does not say.</param>
public sealed record CheckInfo(
    string Id, int Version, string Title, CheckKind Kind, Judges Judges, Severity Severity,
    IReadOnlyList<string> Reads, IReadOnlyList<Edge> Criteria, IReadOnlyList<string> Controls, IReadOnlyList<string> Covers,
    GapWords Gap, string DoesNotProve,
    IReadOnlyList<string>? Joins = null, IReadOnlyDictionary<string, Parameter>? Parameters = null)
{
    private static readonly JsonSerializerOptions Format = MakeFormat();

    [JsonIgnore]
    public IReadOnlyList<Aspect> ReadAspects { get; } = [.. Reads.Select(name => new Aspect(name))];

    [JsonIgnore]
    public IReadOnlyList<Aspect> JoinAspects { get; } = [.. (Joins ?? []).Select(name => new Aspect(name))];

    /// <summary>Reads the JSON file that lies beside a check's class and has its name.</summary>
    internal static CheckInfo Beside(Type check)
    {
        var assembly = check.Assembly;
        var name = assembly.GetManifestResourceNames().FirstOrDefault(name => name.EndsWith($"/{check.Name}.json", StringComparison.Ordinal))
            ?? throw new InvalidOperationException($"The check {check.Name} has no {check.Name}.json beside it.");
        using var stream = assembly.GetManifestResourceStream(name)!;
        return Parse(stream, name);
    }

    internal static CheckInfo Parse(Stream json, string file)
    {
        try
        {
            return JsonSerializer.Deserialize<CheckInfo>(json, Format)!;
        }
        catch (JsonException e)
        {
            throw new InvalidOperationException($"{file}: {e.Message}", e);
        }
    }

    private static JsonSerializerOptions MakeFormat() => new(FactJson.Strict) { ReadCommentHandling = JsonCommentHandling.Disallow };
}
