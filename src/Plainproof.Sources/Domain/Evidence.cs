using System.Text.Json;
using System.Text.Json.Serialization;
using Plainproof.Facts;

namespace Plainproof.Sources.Domain;

/// <summary>
/// What was asked and what came back, in order, for one aspect: a labelled transcript, kept as one JSON array before any fact points into it.
/// </summary>
internal sealed class Evidence
{
    private static readonly JsonSerializerOptions Format = new()
    {
        WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly Lock _one = new();
    private readonly List<object> _entries = [];

    /// <summary>Writes one exchange down and returns its JSON pointer.</summary>
    public string Add(object exchange)
    {
        lock (_one)
        {
            _entries.Add(exchange);
            return $"/{_entries.Count - 1}";
        }
    }

    public string ToJson()
    {
        lock (_one)
            return JsonSerializer.Serialize(_entries, Format);
    }
}

/// <summary>One value read, and where in the evidence it stands.</summary>
internal sealed record Seen(string Kind, string Id, object Value, string Path);

/// <summary>Everything one aspect yielded. The source seals the evidence first, then tells the facts, then the coverage.</summary>
internal sealed record AspectRead(Evidence Evidence, IReadOnlyList<Seen> Facts, Completeness State, long Read, long? Expected, string? Why = null, string? Mend = null)
{
    public static AspectRead Complete(Evidence evidence, params IReadOnlyList<Seen> facts) =>
        new(evidence, facts, Completeness.Complete, facts.Count, facts.Count);

    /// <summary>Nothing of this kind is there, and that is proven; <paramref name="why"/> stays in the coverage line.</summary>
    public static AspectRead ProvenEmpty(Evidence evidence, string why) =>
        new(evidence, [], Completeness.Complete, 0, 0, why);
}

/// <summary>Counts hosts that were read and those that were not, with each reason kept apart.</summary>
internal sealed class Tally
{
    private readonly List<Seen> _facts = [];
    private readonly List<CannotRead> _misses = [];

    public void Read(Seen fact) => _facts.Add(fact);

    public void Missed(CannotRead why) => _misses.Add(why);

    public AspectRead ToRead(Evidence evidence)
    {
        var expected = _facts.Count + _misses.Count;
        if (_misses.Count == 0)
            return AspectRead.Complete(evidence, _facts);
        var same = _facts.Count == 0 && _misses.Select(miss => miss.State).Distinct().Count() == 1;
        return new AspectRead(
            evidence, _facts, same ? _misses[0].State : Completeness.Partial, _facts.Count, expected,
            string.Join(' ', _misses.Select(miss => miss.Message).Distinct(StringComparer.Ordinal)),
            string.Join(' ', _misses.Select(miss => miss.Mend).OfType<string>().Distinct(StringComparer.Ordinal)));
    }
}
