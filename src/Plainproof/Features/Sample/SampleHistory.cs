using System.Text.Json;
using System.Text.Json.Nodes;
using Plainproof.Checks;
using Plainproof.Evidence;
using Plainproof.Facts;
using Plainproof.Features.Standing;
using Plainproof.Sources;
using Plainproof.Storage;
using Digest = Plainproof.Facts.Digest;

namespace Plainproof.Features.Sample;

/// <summary>
/// Writes the made-up year the way a real one comes in: raw bytes are sealed, facts point into them, one transaction for each collection with
/// its log entry, the real checks after each week. What is said to have happened is dated in the made-up year. What is really done is not:
/// each entry of the log bears the moment at which it was written, says that it was made up, and tells the made-up time as such (law 3).
/// </summary>
internal sealed class SampleHistory(CompanyStore store, Vault vault, IEvidenceLog log, TimeProvider clock, SampleCalendar year)
{
    private static readonly JsonSerializerOptions Readable = new(FactJson.Options) { WriteIndented = true };

    public async Task WriteAsync(CancellationToken stop)
    {
        foreach (var ago in SampleCalendar.Weeks)
        {
            foreach (var (reading, i) in Readings(year, ago).Select((reading, i) => (reading, i)))
                await CollectAsync(reading, year.ReadAt(ago).AddSeconds(20 * i), stop);
            await JudgeAsync(year.At(ago), stop);
        }

        await log.SealAsync(stop);
    }

    /// <summary>An entry that says of itself that it speaks of nothing real.</summary>
    /// <param name="when">The time in the made-up year.</param>
    public static Entry Told(string kind, TimeProvider clock, DateTimeOffset when, JsonObject content, params IReadOnlyList<Sealed> blobs)
    {
        content["sample"] = SampleMark.Words;
        content["madeUpTime"] = when.ToString("O");
        return Entry.Create(kind, Micros.Round(clock.GetUtcNow()), content, blobs);
    }

    /// <summary>What was read of each system in one week.</summary>
    public static IEnumerable<SampleReading> Readings(SampleCalendar year, int ago) =>
    [
        SampleOffice.Roster(year, ago), SampleOffice.Accounts(year, ago), SampleMachines.Host(year, ago, "web1"), SampleMachines.Host(year, ago, "db1"),
        SampleMachines.Database(year, ago), SampleWork.Code(year, ago), SampleDomain.Domain(year, ago), SampleBackups.Store(year, ago), SampleBackups.Scans(year, ago),
        SampleWork.Forge(year, ago), SampleWork.Desk(year, ago), SampleTrade.Office(year, ago), SampleTrade.Billing(year, ago),
    ];

    private async Task CollectAsync(SampleReading reading, DateTimeOffset started, CancellationToken stop)
    {
        var finished = started.AddSeconds(8);
        await using var writer = await store.BeginCollectionAsync(reading.Source, 1, null, reading.Scope, SampleMark.ToolVersion, started, stop);
        var bytes = Bytes(reading, finished);
        var blob = await vault.KeepAsync("application/json", new MemoryStream(bytes), stop);
        await TellAsync(reading, writer, blob, stop);
        writer.Principal = reading.Principal;
        writer.Call(new Call(reading.Asked, Items: writer.Read, Bytes: bytes.Length, Milliseconds: 8000, Status: reading.Problem is null ? "ok" : "no answer"));
        var entry = Told("sample.collected", clock, finished, new JsonObject { ["source"] = reading.Source, ["scope"] = reading.Scope, ["facts"] = writer.Read }, blob);
        writer.Entry = entry.Id.ToString();
        await writer.FinishAsync(finished, reading.Problem?.State ?? Completeness.Complete, async (_, within) => await log.EnqueueAsync(entry, within, stop), stop);
    }

    private static async Task TellAsync(SampleReading reading, CollectionWriter writer, Sealed blob, CancellationToken stop)
    {
        var digest = Digest.Parse(blob.Digest.ToString());
        foreach (var told in reading.All)
        {
            if (reading.Problem is { } problem)
            {
                await writer.CoverAsync(new Coverage(told.Aspect, reading.Scope, problem.State, problem.Why, problem.Mend), stop);
                continue;
            }

            foreach (var ((subject, value), i) in told.Things.Select((thing, i) => (thing, i)))
                await writer.AddAsync(new Fact(subject, told.Aspect, value, new Pointer(digest, $"/{told.Aspect.Name}/{i}")), stop);
            await writer.CoverAsync(new Coverage(told.Aspect, reading.Scope, Completeness.Complete, Read: told.Things.Count, Expected: told.Things.Count), stop);
        }
    }

    /// <summary>The raw bytes that the facts point into. They say in their first line what they are.</summary>
    private static byte[] Bytes(SampleReading reading, DateTimeOffset finished)
    {
        var whole = new JsonObject { ["SAMPLE"] = SampleMark.Words, ["source"] = reading.Source, ["scope"] = reading.Scope, ["madeUpTime"] = finished.ToString("O") };
        if (reading.Problem is { } problem)
            whole["problem"] = problem.Why;
        foreach (var told in reading.Problem is null ? reading.All : [])
            whole[told.Aspect.Name] = new JsonArray([.. told.Things.Select(thing => (JsonNode?)new JsonObject
            {
                ["subject"] = thing.Subject,
                ["value"] = JsonSerializer.SerializeToNode(thing.Value, thing.Value.GetType(), FactJson.Options),
            })]);
        return JsonSerializer.SerializeToUtf8Bytes(whole, Readable);
    }

    private async Task JudgeAsync(DateTimeOffset at, CancellationToken stop)
    {
        var seen = await Assessment.OfAsync(store, CheckLibrary.All, null, at, stop);
        var entry = Told("sample.evaluated", clock, at, new JsonObject
        {
            ["checks"] = seen.Evaluations.Count,
            ["outcomes"] = new JsonObject(seen.Evaluations.SelectMany(one => one.Results).CountBy(result => result.Outcome).Select(one => KeyValuePair.Create(one.Key.ToString(), (JsonNode?)one.Value))),
        });
        await store.SaveResultsAsync(seen.Evaluations.SelectMany(Check.RunCheck.Saved), at, stop, async (_, within) => await log.EnqueueAsync(entry, within, stop));
    }
}
