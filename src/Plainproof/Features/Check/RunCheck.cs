using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Plainproof.Assurance;
using Plainproof.Catalog;
using Plainproof.Checks;
using Plainproof.Evidence;
using Plainproof.Features.Standing;
using Plainproof.Sources;
using Plainproof.Storage;

namespace Plainproof.Features.Check;

/// <summary>What to check, every part already proven to be well-formed.</summary>
/// <param name="By">Who runs it, for the record.</param>
/// <param name="Limit">How long one source may take.</param>
internal sealed record CheckRequest(
    IReadOnlyList<(ISource Source, Target Target)> Sources, IReadOnlyList<ICheck> Checks, IReadOnlyDictionary<string, string> Claims,
    IReadOnlyList<ClaimedGap> ClaimedGaps, IReadOnlySet<string> Categories, IReadOnlyDictionary<string, double> Numbers, string By, TimeSpan Limit);

/// <summary>How far one source is, for the person who waits.</summary>
internal sealed record SourceProgress(string Source, string Doing, long Done, long? Of, SourceRun? Ended);

/// <summary>Reads the sources, stores and seals what they told, runs the checks over all the company knows, and says where it stands.</summary>
internal sealed class RunCheck(DataFolder data, string company, TimeProvider clock)
{
    public async Task<CheckRun> RunAsync(CheckRequest request, Action<SourceProgress> progress, CancellationToken stop)
    {
        await using var store = await CompanyStore.OpenAsync(data, company, clock, stop);
        var folder = new CompanyFolder(company, store.Root);
        var keys = new KeyFolder(data.Keys);
        using var log = await EvidenceLog.OpenAsync(folder, new LogDatabase(store.Database), keys, clock, stop);
        IReadOnlyList<SourceRun> runs;
        try
        {
            runs = await ReadAllAsync(request, store, new Vault(folder, keys, clock), log, progress, stop);
        }
        catch (BadTarget)
        {
            await log.SealAsync(stop); // What the other sources told is stored, and stays provable.
            throw;
        }

        var asOf = clock.GetUtcNow();
        var seen = await Assessment.OfAsync(store, request.Checks, request.Numbers, asOf, stop);
        await SaveAsync(store, log, seen.Evaluations, asOf, request.By, stop);
        await log.SealAsync(stop);
        var unstamped = await OutsideStamps.AddAsync(data, log, clock, stop);

        var readiness = Readiness.Of(Catalogue.Shipped, seen.Evaluations, request.ClaimedGaps, request.Categories, asOf);
        return new CheckRun(company, asOf, runs, readiness, Catalogue.Shipped, request.Claims, request.Categories, runs.Count + 1, store.Root, seen.UnknownKinds, unstamped);
    }

    /// <summary>Sources are read side by side; one that fails does not hold up the others.</summary>
    /// <exception cref="BadTarget">What was named turned out not to be readable at all; told for all sources at once, when the others are stored.</exception>
    private async Task<IReadOnlyList<SourceRun>> ReadAllAsync(
        CheckRequest request, CompanyStore store, Vault vault, IEvidenceLog log, Action<SourceProgress> progress, CancellationToken stop)
    {
        var reader = new ReadSource(store, vault, log, clock, request.By);
        var runs = new ConcurrentDictionary<int, SourceRun>();
        var wrong = new ConcurrentDictionary<int, BadTarget>();
        await Parallel.ForEachAsync(
            request.Sources.Select((one, i) => (one.Source, one.Target, Number: i)),
            new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = stop },
            async (one, stopped) =>
            {
                var name = one.Target.AsTyped;
                progress(new SourceProgress(name, "connecting", 0, null, null));
                try
                {
                    var run = await reader.RunAsync(one.Source, one.Target, request.Limit, (doing, done, of) => progress(new SourceProgress(name, doing, done, of, null)), stopped);
                    runs[one.Number] = run;
                    progress(new SourceProgress(name, "done", run.Facts, run.Facts, run));
                }
                catch (BadTarget e)
                {
                    wrong[one.Number] = e;
                }
            });
        if (!wrong.IsEmpty)
            throw new BadTarget([.. wrong.OrderBy(pair => pair.Key).SelectMany(pair => pair.Value.Problems)]);
        return [.. runs.OrderBy(pair => pair.Key).Select(pair => pair.Value)];
    }

    private static async Task SaveAsync(CompanyStore store, IEvidenceLog log, IReadOnlyList<Evaluation> evaluations, DateTimeOffset asOf, string by, CancellationToken stop)
    {
        var results = evaluations.SelectMany(evaluation => evaluation.Results.Select(result => new SavedResult(
            evaluation.Check.Info.Id, evaluation.Check.Info.Version, ParametersHash(evaluation.Given), result.Scope, result.Subject, result.Outcome, result.Reason))).ToList();
        var entry = Entry.Create("checks.evaluated", asOf, Told(evaluations, results, asOf, by));
        await store.SaveResultsAsync(results, asOf, stop, async (_, within) => await log.EnqueueAsync(entry, within, stop));
    }

    private static JsonObject Told(IReadOnlyList<Evaluation> evaluations, List<SavedResult> results, DateTimeOffset asOf, string by) => new()
    {
        ["asOf"] = asOf.ToString("O"),
        ["by"] = by,
        ["toolVersion"] = ReadSource.ToolVersion,
        ["checks"] = new JsonArray([.. evaluations.Select(evaluation => (JsonNode)$"{evaluation.Check.Info.Id}@{evaluation.Check.Info.Version}")]),
        ["outcomes"] = new JsonObject(results.GroupBy(result => result.Outcome).Select(group => KeyValuePair.Create(group.Key.ToString(), (JsonNode?)group.Count()))),
        ["resultsSha256"] = DigestOf(results),
    };

    /// <summary>SHA-256 over one tab-separated line a result, sorted by ordinal: check@version, scope, subject, outcome, reason.</summary>
    private static string DigestOf(List<SavedResult> results)
    {
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var check in results.GroupBy(one => $"{one.CheckId}@{one.CheckVersion}\t").OrderBy(check => check.Key, StringComparer.Ordinal))
        {
            // One check at a time, or the lines of a large directory fill the memory; the order is that of all lines together.
            foreach (var line in check.Select(one => $"{check.Key}{one.Scope}\t{one.Subject}\t{one.Outcome}\t{one.Reason}\n").Order(StringComparer.Ordinal))
                sha.AppendData(Encoding.UTF8.GetBytes(line));
        }

        return Convert.ToHexStringLower(sha.GetHashAndReset());
    }

    private static string ParametersHash(Given given) => given.Parameters.Count == 0
        ? ""
        : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', given.Parameters.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}={pair.Value:R}")))))[..16];
}
