using System.Net.Sockets;
using System.Reflection;
using System.Text.Json.Nodes;
using Plainproof.Evidence;
using Plainproof.Facts;
using Plainproof.Sources;
using Plainproof.Storage;

namespace Plainproof.Features.Check;

/// <summary>
/// Runs one source once: reads, stores and logs it in one piece. Whatever goes wrong ends as coverage with its reason;
/// nothing of a failed run is taken for all there is.
/// </summary>
internal sealed class ReadSource(CompanyStore store, Vault vault, IEvidenceLog log, TimeProvider clock, string by)
{
    private const int BlobsAnEntry = 150;
    private const int CallsAnEntry = 60;
    private const int LinesAnEntry = 60;

    public static string ToolVersion { get; } = Assembly.GetExecutingAssembly().GetName().Version!.ToString(3);

    public async Task<SourceRun> RunAsync(ISource source, Target target, TimeSpan limit, Action<string, long, long?> progress, CancellationToken stop)
    {
        var scope = source.ScopeOf(target);
        var started = clock.GetUtcNow();
        await using var writer = await store.BeginCollectionAsync(source.Info.Name, source.Info.Version, target.AsTyped, scope, ToolVersion, started, stop);
        var sink = new CollectionSink(writer, vault, progress);
        var wanted = source.OffersOf(target).Select(offer => offer.Aspect).ToHashSet();

        var problem = await CollectAsync(source, target, wanted, sink, limit, stop);
        foreach (var aspect in wanted.Where(aspect => writer.Coverage.All(line => line.Aspect != aspect)))
            await writer.CoverAsync(new Coverage(aspect, scope, problem.State, problem.Message, problem.Mend), stop);

        var run = new SourceRun(source.Info.Name, target.AsTyped, scope, writer.Principal, started, clock.GetUtcNow(), [.. writer.Coverage], [.. writer.Calls], writer.Read);
        var entries = Entries(source, run, sink).ToList();
        writer.Entry = entries[0].Id.ToString();
        await writer.FinishAsync(
            run.Finished, run.Completeness,
            async (_, within) =>
            {
                foreach (var entry in entries)
                    await log.EnqueueAsync(entry, within, stop);
            },
            stop);
        return run;
    }

    /// <summary>What kept the source from saying how completely it read an aspect.</summary>
    public static async Task<CannotRead> CollectAsync(ISource source, Target target, HashSet<Aspect> wanted, ISink sink, TimeSpan limit, CancellationToken stop)
    {
        using var timed = CancellationTokenSource.CreateLinkedTokenSource(stop);
        timed.CancelAfter(limit);
        try
        {
            await source.CollectAsync(target, wanted, sink, timed.Token).WaitAsync(timed.Token);
            return new CannotRead(Completeness.Failed, "The source did not say how completely it read this. The fault is in Plainproof.");
        }
        catch (CannotRead e)
        {
            return e;
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return new CannotRead(Completeness.TimedOut, $"It did not finish within {limit.TotalSeconds:0} seconds.", "Give it longer with --limit SECONDS, or see why the system is slow.");
        }
        catch (Exception e) when (e is SocketException or HttpRequestException)
        {
            return new CannotRead(Completeness.Unreachable, $"No connection: {e.Message}", "Check the address, and that this machine may reach it.", e);
        }
        catch (Exception e) when (e is not (OperationCanceledException or DataProblem or EvidenceException or BadTarget or OutOfMemoryException))
        {
            return new CannotRead(Completeness.Failed, $"Reading failed: {e.Message} The fault is in Plainproof until shown otherwise.", "Please report it.", e);
        }
    }

    /// <summary>What the evidence log keeps of the run. Many blobs take several entries; the first one tells all the rest.</summary>
    private IEnumerable<Entry> Entries(ISource source, SourceRun run, CollectionSink sink)
    {
        var blobs = sink.Blobs;
        var parts = Math.Max(1, (blobs.Count + BlobsAnEntry - 1) / BlobsAnEntry);
        for (var part = 0; part < parts; part++)
        {
            var content = part == 0 ? Told(source, run, sink) : new JsonObject { ["source"] = run.Source, ["scope"] = run.Scope };
            content["part"] = part + 1;
            content["parts"] = parts;
            yield return Entry.Create("evidence.collected", run.Finished, content, [.. blobs.Skip(part * BlobsAnEntry).Take(BlobsAnEntry)]);
        }
    }

    private JsonObject Told(ISource source, SourceRun run, CollectionSink sink) => new()
    {
        ["source"] = run.Source,
        ["sourceVersion"] = source.Info.Version,
        ["toolVersion"] = ToolVersion,
        ["address"] = run.Address,
        ["scope"] = run.Scope,
        ["principal"] = run.Principal,
        ["by"] = by,
        ["started"] = run.Started.ToString("O"),
        ["finished"] = run.Finished.ToString("O"),
        ["completeness"] = run.Completeness.ToString(),
        ["facts"] = run.Facts,
        ["coverage"] = new JsonArray([.. run.Coverage.Take(LinesAnEntry).Select(line => (JsonNode)new JsonObject
        {
            ["aspect"] = line.Aspect.Name,
            ["state"] = line.State.ToString(),
            ["why"] = Short(line.Why),
            ["read"] = line.Read,
            ["expected"] = line.Expected,
        })]),
        ["redaction"] = new JsonObject
        {
            ["version"] = Redaction.Version,
            ["removed"] = new JsonObject(sink.Removed.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value))),
        },
        ["callCount"] = run.Calls.Count,
        ["calls"] = new JsonArray([.. run.Calls.Take(CallsAnEntry).Select(call => (JsonNode)new JsonObject
        {
            ["what"] = Short(call.What),
            ["pages"] = call.Pages,
            ["items"] = call.Items,
            ["bytes"] = call.Bytes,
            ["status"] = Short(call.Status),
        })]),
    };

    private static string? Short(string? text) => text is { Length: > 300 } ? text[..300] + "…" : text;
}
