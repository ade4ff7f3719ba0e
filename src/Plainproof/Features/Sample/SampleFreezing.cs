using Plainproof.Assurance.Period;
using Plainproof.Assurance.Populations;
using Plainproof.Evidence;
using Plainproof.Features.Populations;
using Plainproof.Features.Systems;
using Plainproof.Sources;
using Plainproof.Storage;
using Plainproof.Storage.Records;

namespace Plainproof.Features.Sample;

/// <summary>The first five months of the made-up window, frozen for its made-up auditor soon after they were over.</summary>
internal sealed class SampleFreezing(CompanyStore store, Vault vault, IEvidenceLog log, TimeProvider clock, SampleCalendar year)
{
    private const int FirstDay = 180;
    private const int LastDay = 31;
    private const int Frozen = 24;

    /// <returns>The id of the frozen list.</returns>
    public async Task<string> WriteAsync(string kindId, string engagement, CancellationToken stop)
    {
        var kind = PopulationKinds.Find(kindId)!;
        var (first, last, at) = (year.Day(FirstDay), year.Day(LastDay), year.At(Frozen, 15));
        var facts = await store.WindowAsync(kind.Reads, Stretch.Of(first, last), at, stop);
        var collections = await store.CollectionsAsync(facts.Window.From, at, stop);
        var view = new PopulationView(
            Population.Of(kind, facts, Array.Empty<PlannedRun>().ToLookup(run => run.Scope, run => run.DueAt)), ListSource.Of(kind.Reads, collections, new SourceLibrary(clock)), null, []);
        var rows = FrozenRows.Of(view.List.Columns, view.List.Items.Select(view.List.RowOf));
        var freeze = new Freeze(Guid.CreateVersion7(at).ToString("D"), view, engagement, first, last, rows, Larkfield.Ines.Email);
        var kept = await rows.SealAsync(vault, freeze.Id, SampleMark.Words, stop);
        await using var records = new CompanyRecords(store.Database);
        await records.ActAsync(log, () =>
        {
            var entry = SampleHistory.Told(Freeze.EntryKind, clock, at, freeze.Told(), kept);
            records.Add(freeze.RecordOf(kept, entry, at));
            return Task.FromResult(entry);
        }, stop);
        return freeze.Id;
    }
}
