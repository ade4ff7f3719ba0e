using System.Text;
using System.Text.Json;
using Plainproof.Assurance.Period;
using Plainproof.Assurance.Populations;
using Plainproof.Facts;
using Plainproof.Features.Populations;
using Plainproof.Storage;

namespace Plainproof.Features.Export;

/// <summary>Which raw bytes told of a row when its list was frozen.</summary>
/// <param name="Row">Its number, from 1.</param>
internal sealed record RowEvidence(int Row, Pointer At)
{
    /// <summary>Beside the rows of a population, one line of JSON for each row whose bytes are in the package.</summary>
    public const string File = "evidence.jsonl";

    /// <summary>As of the moment that the list was made of, so that it is the same whenever it is asked. Empty when this build has no such list any more.</summary>
    public static async Task<IReadOnlyList<RowEvidence>> OfAsync(CompanyStore store, FrozenPopulation frozen, FrozenRows rows, CancellationToken stop)
    {
        if (PopulationKinds.Find(frozen.Kind) is not { } kind)
            return [];
        var facts = await store.WindowAsync([.. kind.Reads], Stretch.Of(frozen.FirstDay, frozen.LastDay), frozen.AsOf, stop);
        var told = kind.Items(facts).GroupBy(item => item.Id, StringComparer.Ordinal).ToDictionary(some => some.Key, some => some.First().Told.Fact.At, StringComparer.Ordinal);
        return [.. rows.Rows.Select((row, index) => (Number: index + 1, At: told.GetValueOrDefault(row.Cells().GetValueOrDefault(Population.ItemColumn, "")))).Where(one => one.At is not null).Select(one => new RowEvidence(one.Number, one.At!))];
    }

    public static string Written(IEnumerable<RowEvidence> rows) => string.Concat(rows.Select(one => JsonSerializer.Serialize(new Line(one.Row, one.At.Blob.ToString(), one.At.Path), FactJson.Options) + "\n"));

    public static IEnumerable<RowEvidence> Read(byte[] lines) => Encoding.UTF8.GetString(lines).Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Select(line => JsonSerializer.Deserialize<Line>(line, FactJson.Options)!).Select(line => new RowEvidence(line.Row, new Pointer(Digest.Parse(line.Blob), line.Path)));

    private sealed record Line(int Row, string Blob, string Path);
}
