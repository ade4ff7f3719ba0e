using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Plainproof.Cli;
using Plainproof.Evidence;
using Plainproof.Features.People;
using Plainproof.Features.Sampling;
using Plainproof.Storage;
using Plainproof.Storage.Records;

namespace Plainproof.Features.Room;

/// <summary>
/// What an auditor gives to the company of a sample that they issued in their room. How many samples of its list were drawn, issued and
/// dropped leaves with it, and nothing else of the room: no other sample, no attribute and no tick.
/// </summary>
internal sealed class IssueSample(RecordedWork work, CompanyLogs logs, DataFolder data)
{
    /// <returns>Null when this is no room, or there is no such sample.</returns>
    /// <exception cref="BadInput">Not theirs to do, not issued yet, or not drawn here.</exception>
    public async Task<IssuedSample?> OfAsync(string id, CancellationToken stop)
    {
        work.Require(Ability.WriteTests, "give a sample to the company");
        if (!data.IsRoom || await work.Records.Set<DrawnSample>().AsNoTracking().SingleOrDefaultAsync(one => one.Id == id, stop) is not { } sample)
            return null;
        if (!sample.IsIssued)
            throw new BadInput("This sample is not issued. Issue it first: then it can leave the room.");
        var log = await logs.OfAsync(RoomMark.Company);
        await log.SealAsync(stop);
        var (made, drawn, issued) = (await EntryAsync(MakeRoom.MadeKind, null, stop), await EntryAsync("sample.drawn", id, stop), await EntryAsync("sample.issued", id, stop));
        if (made is not { } first || drawn is not { } second || issued is not { } third)
            throw new BadInput("This sample came with the package. The company has it already.");
        return new IssuedSample(log.PublicKey.ToString(), await ProvenAsync(log, first, stop), await ProvenAsync(log, second, stop), await ProvenAsync(log, third, stop));
    }

    /// <param name="sample">Null for the first entry of its kind.</param>
    private async Task<EntryId?> EntryAsync(string kind, string? sample, CancellationToken stop)
    {
        await using var connection = await data.DatabaseOf(RoomMark.Company).OpenAsync(stop);
        var entries = await connection.Command("SELECT id, body FROM log_entry WHERE company = @company AND kind = @kind ORDER BY seq", ("company", RoomMark.Company), ("kind", kind))
            .ListAsync(row => (Id: row.GetString(0), Body: row.GetFieldValue<byte[]>(1)), stop);
        return entries.Where(one => sample is null || (string?)JsonNode.Parse(one.Body)!["predicate"]!["sample"] == sample).Select(one => EntryId.TryParse(one.Id, out var id) ? id : (EntryId?)null).FirstOrDefault();
    }

    private static async Task<ProvenEntry> ProvenAsync(EvidenceLog log, EntryId id, CancellationToken stop) => ProvenEntry.Of(await log.ProveAsync(id, stop));
}
