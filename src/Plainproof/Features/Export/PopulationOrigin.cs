using System.Text.Json;
using System.Text.Json.Nodes;
using Plainproof.Assurance.Period;
using Plainproof.Assurance.Populations;
using Plainproof.Cli;
using Plainproof.Facts;
using Plainproof.Features.Populations;
using Plainproof.Storage;

namespace Plainproof.Features.Export;

/// <summary>Where in the evidence a row was told.</summary>
/// <param name="Row">Its number, from 1.</param>
internal sealed record RowEvidence(int Row, string Blob, string Path);

/// <summary>Where the rows of a frozen population came from: the systems with all looks at them, and for each row the raw bytes that told of it.</summary>
internal sealed record PopulationOrigin(IReadOnlyList<ListSource> Sources, IReadOnlyList<RowEvidence> Rows)
{
    /// <summary>Beside the rows in the package.</summary>
    public const string File = "sources.json";

    /// <summary>The raw bytes that tell of its rows.</summary>
    public IEnumerable<string> Blobs => Rows.Select(row => row.Blob).Distinct(StringComparer.Ordinal);

    /// <summary>As of the moment that the list was made of, so that it is the same whenever it is asked.</summary>
    public static async Task<PopulationOrigin> OfAsync(CompanyStore store, FrozenPopulation frozen, FrozenRows rows, CancellationToken stop) =>
        new(frozen.SourceList(), PopulationKinds.Find(frozen.Kind) is { } kind ? await RowsAsync(store, kind, frozen, rows, stop) : []); // This build may have no such list any more.

    public static PopulationOrigin Parse(byte[] json) => JsonSerializer.Deserialize<PopulationOrigin>(json, FactJson.Options)!;

    /// <param name="mark">The mark of the sample company; null for a real one.</param>
    public string ToText(string? mark) => JsonText.Of(new JsonObject
    {
        [mark is null ? "is" : "SAMPLE"] = mark ?? "where the rows of a frozen population came from",
        ["sources"] = JsonSerializer.SerializeToNode(Sources, FactJson.Options),
        ["rows"] = JsonSerializer.SerializeToNode(Rows, FactJson.Options),
    }) + "\n";

    private static async Task<IReadOnlyList<RowEvidence>> RowsAsync(CompanyStore store, PopulationKind kind, FrozenPopulation frozen, FrozenRows rows, CancellationToken stop)
    {
        var facts = await store.WindowAsync([.. kind.Reads], Stretch.Of(frozen.FirstDay, frozen.LastDay), frozen.AsOf, stop);
        var told = kind.Items(facts).GroupBy(item => item.Id, StringComparer.Ordinal).ToDictionary(some => some.Key, some => some.First().Told.Fact.At, StringComparer.Ordinal);
        return [.. rows.Rows.Index().Select(row => (Number: row.Index + 1, At: told.GetValueOrDefault(row.Item.Cells().GetValueOrDefault(Population.ItemColumn, "")))).Where(row => row.At is not null).Select(row => new RowEvidence(row.Number, row.At!.Blob.ToString(), row.At.Path))];
    }
}
