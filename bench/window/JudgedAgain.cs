using System.Diagnostics;
using Plainproof.Assurance;
using Plainproof.Assurance.Period;
using Plainproof.Assurance.Populations;
using Plainproof.Checks;
using Plainproof.Checks.Own;
using Plainproof.Facts;
using Plainproof.Features.Standing;
using Plainproof.Storage;

namespace Plainproof.Bench.Window;

/// <summary>A year judged again, night by night, as a new version of a check needs it. Nothing is read again from any system.</summary>
internal sealed class JudgedAgain(CompanyStore store, DateTimeOffset now, int days)
{
    private const int OlderThan = 45;
    private readonly ICheck _new = NewVersion();

    private IEnumerable<DateTimeOffset> Nights => Enumerable.Range(0, days).Select(ago => now.AddDays(ago + 1 - days));

    /// <summary>Millions of results a second: all checks; one new check; the same rule as a loop by hand over the same versions.</summary>
    public async Task<(double All, double One, double Loop)> RoundAsync(IReadOnlyList<ICheck> checks)
    {
        var all = await TimedAsync(() => OverAsync(checks));
        var one = await TimedAsync(() => OverAsync([_new]));
        var rows = (await HistoryAsync([Aspect.Of<Account>()])).Versions;
        var loop = await TimedAsync(() => Task.FromResult(Loop(rows)));
        return one.Counts.SequenceEqual(loop.Counts) ? (all.Rate, one.Rate, loop.Rate) : throw new InvalidOperationException("The two do not judge alike, so their times cannot be compared.");
    }

    /// <summary>Versions read at once and versions read for each night MUST say the same.</summary>
    public async Task ProveAsync(IReadOnlyList<ICheck> checks)
    {
        var facts = await HistoryAsync(Needed(checks));
        foreach (var night in Nights.Where((_, i) => i % 90 == 0))
        {
            var (once, stored) = (Count(Judge(checks, facts, night)), Count((await Assessment.OfAsync(store, checks, null, night, default)).Evaluations));
            if (!once.SequenceEqual(stored))
                throw new InvalidOperationException($"The two do not judge {night:yyyy-MM-dd} alike.");
        }
    }

    private async Task<int[]> OverAsync(IReadOnlyList<ICheck> checks)
    {
        var facts = await HistoryAsync(Needed(checks));
        var counts = new int[Enum.GetValues<Outcome>().Length];
        foreach (var night in Nights)
            Add(counts, Count(Judge(checks, facts, night)));
        return counts;
    }

    private async Task<History> HistoryAsync(IReadOnlyCollection<Aspect> aspects) =>
        History.Of(await store.WindowAsync(aspects, new Stretch(now.AddDays(-days), now), now, default), aspects);

    private static IReadOnlyList<Evaluation> Judge(IReadOnlyList<ICheck> checks, History facts, DateTimeOffset at) => Evaluator.Run(checks, facts.At(at), at);

    private static List<Aspect> Needed(IReadOnlyList<ICheck> checks) =>
        [.. checks.SelectMany(check => check.Info.ReadAspects.Concat(check.Info.JoinAspects)).Concat(checks.Count == 1 ? [] : CheckLibrary.Derivations.SelectMany(rule => rule.Reads)).Distinct()];

    private int[] Loop(IReadOnlyList<FactVersion> rows)
    {
        var counts = new int[Enum.GetValues<Outcome>().Length];
        foreach (var night in Nights)
        {
            var results = new List<Result>();
            foreach (var row in rows)
            {
                if (!row.StoodAt(night))
                    continue;
                var it = ((Dated<Account>)row.Fact).Value;
                var outcome = !it.Enabled || it.CreatedAt is not { } created || (night - created).TotalDays <= OlderThan ? Outcome.NotApplicable : it.EmailVerified ? Outcome.Pass : Outcome.Fail;
                results.Add(new Result(row.Fact, outcome));
            }

            foreach (var result in results)
                counts[(int)result.Outcome]++;
        }

        return counts;
    }

    private static int[] Count(IReadOnlyList<Evaluation> evaluations)
    {
        var counts = new int[Enum.GetValues<Outcome>().Length];
        foreach (var evaluation in evaluations)
            foreach (var result in evaluation.Results)
                counts[(int)result.Outcome]++;
        return counts;
    }

    private static void Add(int[] into, int[] counts)
    {
        for (var i = 0; i < into.Length; i++)
            into[i] += counts[i];
    }

    private static ICheck NewVersion()
    {
        var (checks, problems) = OwnChecks.Read("new.yaml", new StringReader(
            $"id: new\ntitle: A new version\nover: account.core\nwhen: {{ enabled: true, createdAt: {{ olderThanDays: {OlderThan} }} }}\npass: {{ emailVerified: true }}\ncriteria: [CC6.1]\n"));
        return problems.Count == 0 ? checks[0] : throw new InvalidOperationException(string.Join('\n', problems));
    }

    private static async Task<(double Rate, int[] Counts)> TimedAsync(Func<Task<int[]>> work)
    {
        GC.Collect();
        var clock = Stopwatch.StartNew();
        var counts = await work();
        return (counts.Sum() / 1e6 / clock.Elapsed.TotalSeconds, counts);
    }
}
