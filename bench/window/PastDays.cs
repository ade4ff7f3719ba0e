using System.Diagnostics;
using Plainproof.Assurance.Period;
using Plainproof.Catalog;
using Plainproof.Checks;
using Plainproof.Features.Standing;
using Plainproof.Storage;

namespace Plainproof.Bench.Window;

/// <summary>How long it takes to know a day of the past, and today, in turn.</summary>
internal sealed class PastDays(CompanyStore lived, CompanyStore young, IReadOnlyList<ICheck> checks, DateTimeOffset now)
{
    /// <summary>Milliseconds: what was said on a day, and today; a day judged from its facts, and today, and the only day of a young company; the window.</summary>
    public async Task<double[]> RoundAsync(int ago)
    {
        var day = now.AddDays(-ago);
        return
        [
            await TimedAsync(() => SaidAsync(lived, day)), await TimedAsync(() => SaidAsync(lived, now)),
            await TimedAsync(() => JudgedAsync(lived, day)), await TimedAsync(() => JudgedAsync(lived, now)), await TimedAsync(() => JudgedAsync(young, now)),
            await TimedAsync(WindowAsync),
        ];
    }

    /// <summary>What the page of a day shows.</summary>
    private static async Task<int> SaidAsync(CompanyStore store, DateTimeOffset at) =>
        (await store.ResultsAsync(at, default)).Count + (await store.CollectionsAsync(at.AddDays(-1), at, default)).Count;

    private async Task<int> JudgedAsync(CompanyStore store, DateTimeOffset at) =>
        (await Assessment.OfAsync(store, checks, null, at, default)).Evaluations.Sum(evaluation => evaluation.Results.Count);

    private async Task<int> WindowAsync()
    {
        var (first, last) = (DateOnly.FromDateTime(now.AddDays(-364).UtcDateTime), DateOnly.FromDateTime(now.UtcDateTime));
        var facts = await lived.PeriodAsync(Stretch.Of(first).From, now, default);
        var due = Enumerable.Empty<DateTimeOffset>().ToLookup(_ => "", StringComparer.Ordinal);
        return PeriodView.Of(facts, due, [.. checks.Select(check => check.Info)], CheckLibrary.Derivations, Catalogue.Shipped.Controls.Controls, first, last, now).Days;
    }

    private static async Task<double> TimedAsync(Func<Task<int>> work)
    {
        var clock = Stopwatch.StartNew();
        return await work() > 0 ? clock.Elapsed.TotalMilliseconds : throw new InvalidOperationException("Nothing was found, so nothing was measured.");
    }
}
