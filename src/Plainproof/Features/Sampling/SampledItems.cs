using Plainproof.Assurance.Populations;
using Plainproof.Facts;
using Plainproof.Features.Populations;
using Plainproof.Features.Room;
using Plainproof.Features.Window;

namespace Plainproof.Features.Sampling;

/// <summary>One item of a sample, with what stands ready for it.</summary>
/// <param name="Number">Of the row in the frozen list, from 1.</param>
/// <param name="Cells">As they were frozen, in the order of the columns.</param>
/// <param name="Findings">What the company found when it checked the item itself. Never a test (law 5).</param>
/// <param name="Evidence">The raw bytes that tell of it; null when they are not there.</param>
internal sealed record SampledItem(int Number, IReadOnlyList<KeyValuePair<string, string>> Cells, IReadOnlyList<Finding> Findings, Pointer? Evidence)
{
    public string Name => Text(Population.ItemColumn);

    public string When => Text(Population.TimeColumn);

    private string Text(string column) => Cells.FirstOrDefault(cell => cell.Key == column).Value ?? "";
}

/// <summary>What is gathered for the items of a sample by itself: the row as it was frozen, the raw evidence, and what the company found.</summary>
internal sealed class SampledItems(Freezing freezing, PopulationBook populations, RoomContents room)
{
    /// <summary>In the order they were drawn.</summary>
    /// <exception cref="Evidence.EvidenceException">The sealed rows are damaged or gone.</exception>
    public async Task<IReadOnlyList<SampledItem>> OfAsync(DrawnSample sample, FrozenPopulation frozen, CancellationToken stop)
    {
        var rows = await freezing.RowsAsync(frozen, stop);
        var known = await KnownAsync(frozen, stop);
        return
        [
            .. sample.RowList().Select(number =>
            {
                var cells = rows.Rows[number - 1].Cells();
                var found = known.GetValueOrDefault(cells.GetValueOrDefault(Population.ItemColumn, ""));
                return new SampledItem(number, [.. rows.Columns.Select(column => KeyValuePair.Create(column, cells.GetValueOrDefault(column, "")))], found?.Findings ?? [], found?.Item.Told.Fact.At ?? room.EvidenceOf(frozen.Id, number));
            }),
        ];
    }

    /// <summary>Empty when this build has no such list any more.</summary>
    private async Task<Dictionary<string, CheckedItem>> KnownAsync(FrozenPopulation frozen, CancellationToken stop) =>
        PopulationKinds.Find(frozen.Kind) is { } kind
            ? (await populations.CheckedAsync(kind, new WindowDays(frozen.FirstDay, frozen.LastDay, null), stop)).GroupBy(one => one.Item.Id, StringComparer.Ordinal).ToDictionary(some => some.Key, some => some.First(), StringComparer.Ordinal)
            : [];
}
