using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Plainproof.Assurance;
using Plainproof.Catalog;
using Plainproof.Checks;
using Plainproof.Evidence;
using Plainproof.Features.Stamps;
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

        Memory.GiveBackAfter(runs.Sum(run => run.Facts));
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
        var entry = Entry.Create("checks.evaluated", asOf, Told(evaluations, asOf, by));
        await store.SaveResultsAsync(evaluations.SelectMany(Saved), asOf, stop, async (_, within) => await log.EnqueueAsync(entry, within, stop));
    }

    /// <summary>Made one by one as they are written: all at once, those of a large directory would fill the memory a second time.</summary>
    public static IEnumerable<SavedResult> Saved(Evaluation evaluation)
    {
        var (info, parameters) = (evaluation.Check.Info, ParametersHash(evaluation.Given));
        return evaluation.Results.Select(result => new SavedResult(info.Id, info.Version, parameters, result.Scope, result.Subject, result.Outcome, result.Reason));
    }

    private static JsonObject Told(IReadOnlyList<Evaluation> evaluations, DateTimeOffset asOf, string by) => new()
    {
        ["asOf"] = asOf.ToString("O"),
        ["by"] = by,
        ["toolVersion"] = ReadSource.ToolVersion,
        ["checks"] = new JsonArray([.. evaluations.Select(evaluation => (JsonNode)$"{evaluation.Check.Info.Id}@{evaluation.Check.Info.Version}")]),
        ["outcomes"] = new JsonObject(evaluations.SelectMany(evaluation => evaluation.Results).CountBy(result => result.Outcome).Select(one => KeyValuePair.Create(one.Key.ToString(), (JsonNode?)one.Value))),
        ["resultsSha256"] = DigestOf(evaluations),
    };

    /// <summary>
    /// SHA-256 over one tab-separated line a result: check@version, scope, subject, outcome, reason; sorted by ordinal, the checks first,
    /// then each of the others in turn.
    /// </summary>
    private static string DigestOf(IReadOnlyList<Evaluation> evaluations)
    {
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (check, results) in evaluations
            .Select(evaluation => (Check: $"{evaluation.Check.Info.Id}@{evaluation.Check.Info.Version}\t", evaluation.Results))
            .OrderBy(one => one.Check, StringComparer.Ordinal))
        {
            Result[] sorted = [.. results];
            Array.Sort(sorted, InOrder);
            foreach (var one in sorted)
                sha.AppendData(Encoding.UTF8.GetBytes($"{check}{one.Scope}\t{one.Subject}\t{one.Outcome}\t{one.Reason}\n"));
        }

        return Convert.ToHexStringLower(sha.GetHashAndReset());
    }

    private static int InOrder(Result one, Result other) =>
        string.CompareOrdinal(one.Scope, other.Scope) is var scope and not 0 ? scope
        : string.CompareOrdinal(one.Subject, other.Subject) is var subject and not 0 ? subject
        : string.CompareOrdinal(one.Outcome.ToString(), other.Outcome.ToString()) is var outcome and not 0 ? outcome
        : string.CompareOrdinal(one.Reason.ToString(), other.Reason.ToString());

    private static string ParametersHash(Given given) => given.Parameters.Count == 0
        ? ""
        : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', given.Parameters.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}={pair.Value:R}")))))[..16];
}
