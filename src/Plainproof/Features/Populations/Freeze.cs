using System.Text.Json;
using System.Text.Json.Nodes;
using Plainproof.Evidence;
using Plainproof.Facts;
using Words = Plainproof.Storage.Words;

namespace Plainproof.Features.Populations;

/// <summary>One population on its way into the vault and the log: what is recorded, and what the log is told.</summary>
internal sealed record Freeze(string Id, PopulationView View, string? Engagement, DateOnly First, DateOnly Last, FrozenRows Rows, string By)
{
    public const string EntryKind = RowTree.FrozenKind;

    /// <summary>An entry of the log holds 64 KB. The record has all of it.</summary>
    private const int HolesTold = 40;

    private const int LongestHole = 600;

    /// <param name="kept">The sealed rows.</param>
    /// <param name="entry">Of <see cref="Told"/>.</param>
    public FrozenPopulation RecordOf(Sealed kept, Entry entry, DateTimeOffset at) => new()
    {
        Id = Id,
        Kind = View.List.Kind.Id,
        Engagement = Engagement,
        FirstDay = First,
        LastDay = Last,
        Query = PopulationWords.Query(View.List.Kind, First, Last),
        RowCount = Rows.Rows.Count,
        Root = Rows.Tree.Root.ToString(),
        Digest = kept.Digest.ToString(),
        Holes = JsonSerializer.Serialize(View.List.Holes.Select(hole => hole.Words), FactJson.Options),
        Sources = JsonSerializer.Serialize(View.Sources, FactJson.Options),
        AsOf = View.List.AsOf,
        FrozenAt = at,
        FrozenBy = By,
        Entry = entry.Id.ToString(),
    };

    /// <summary>What the log is told, for ever.</summary>
    public JsonObject Told() => new()
    {
        ["population"] = Id,
        ["kind"] = View.List.Kind.Id,
        ["engagement"] = Engagement,
        ["first"] = Words.Day(First),
        ["last"] = Words.Day(Last),
        ["timeZone"] = "UTC",
        ["query"] = PopulationWords.Query(View.List.Kind, First, Last),
        ["rows"] = Rows.Rows.Count,
        ["root"] = Rows.Tree.Root.ToString(),
        ["tree"] = "RFC 6962 over SHA-256(0x00, salt, row)",
        ["asOf"] = View.List.AsOf.ToString("O"),
        ["complete"] = View.List.IsWhole,
        ["holes"] = new JsonArray([.. View.List.Holes.Take(HolesTold).Select(hole => (JsonNode)(hole.Words.Length <= LongestHole ? hole.Words : hole.Words[..LongestHole]))]),
        ["holeCount"] = View.List.Holes.Count,
        ["sources"] = new JsonArray([.. View.Sources.Take(HolesTold).Select(source => (JsonNode)new JsonObject
        {
            ["scope"] = source.Scope,
            ["source"] = source.Source,
            ["sent"] = source.Sent,
            ["principals"] = new JsonArray([.. source.Principals.Take(3).Select(one => (JsonNode)one)]),
            ["looks"] = source.Looks,
            ["whole"] = source.Whole,
            ["lastCollection"] = source.LastCollection,
        })]),
        ["by"] = By,
    };
}
