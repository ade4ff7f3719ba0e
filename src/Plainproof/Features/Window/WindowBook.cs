using Plainproof.Assurance.Period;
using Plainproof.Checks;
using Plainproof.Cli;
using Plainproof.Facts;
using Plainproof.Features.Engagements;
using Plainproof.Features.People;
using Plainproof.Features.Standing;
using Plainproof.Features.Systems;
using Plainproof.Storage;

namespace Plainproof.Features.Window;

/// <summary>A day as it stood at its end, or stands now when it is not over.</summary>
/// <param name="Results">What checks said then, worst first.</param>
/// <param name="Collections">What was read on the day, oldest first.</param>
/// <param name="Runs">What was to be read on the day.</param>
/// <param name="IsFirst">Nothing is known of the days before.</param>
internal sealed record DayAsItWas(DateOnly Day, bool IsFirst, DateTimeOffset AsOf, IReadOnlyList<StoredResult> Results, IReadOnlyList<StoredCollection> Collections, IReadOnlyList<PlannedRun> Runs);

/// <summary>The window as it was lived, day by day, from what is stored. Nothing is judged anew.</summary>
internal sealed class WindowBook(EngagementBook engagements, Standings standings, PlannedRuns runs, CurrentCompany company, TimeProvider clock)
{
    private static readonly Outcome[] Order = [Outcome.Fail, Outcome.Error, Outcome.NeedsReview, Outcome.NotTested, Outcome.Pass, Outcome.NotApplicable];

    /// <summary>What is asked for; else the open engagement whose window has begun; else the last months.</summary>
    /// <exception cref="BadInput">No days, or no such engagement.</exception>
    public async Task<WindowDays> ChooseAsync(string? engagement, string? from, string? to, CancellationToken stop) => WindowDays.Choose(await engagements.AllAsync(stop), await TodayAsync(), engagement, from, to);

    /// <summary>Null when the window has not begun.</summary>
    public async Task<PeriodView?> ViewAsync(WindowDays days, CancellationToken stop)
    {
        var store = await standings.StoreAsync(company.Name);
        var now = store.Now(clock);
        if (Stretch.Of(days.First).From >= now)
            return null;
        var span = Stretch.Of(days.First, days.Last);
        var end = span.To < now ? span.To : now;
        var facts = await store.PeriodAsync(span.From, end, stop);
        var due = (await runs.OverAsync(company.Name, span.From - Watch.Longest, end, stop)).ToLookup(run => run.Scope, run => run.DueAt, StringComparer.Ordinal);
        var standing = await standings.OfAsync(company.Name);
        return PeriodView.Of(
            facts, due, [.. standing.Readiness.Evaluations.Select(evaluation => evaluation.Check.Info)], CheckLibrary.Derivations,
            [.. standing.Controls.Select(view => view.Control)], days.First, days.Last, end);
    }

    /// <summary>Null for a day that has not begun.</summary>
    /// <exception cref="BadInput">No day.</exception>
    public async Task<DayAsItWas?> DayAsync(string day, CancellationToken stop)
    {
        var wanted = WindowDays.DayOf(day, "day");
        var store = await standings.StoreAsync(company.Name);
        var (now, whole) = (store.Now(clock), Stretch.Of(wanted));
        if (whole.From > now)
            return null;
        var end = whole.To <= now ? whole.To - TimeSpan.FromMicroseconds(1) : now;
        return new DayAsItWas(
            wanted, (await store.FirstReadAsync(stop) ?? now) >= whole.From, end,
            [.. (await store.ResultsAsync(end, stop)).OrderBy(one => Array.IndexOf(Order, one.Result.Outcome)).ThenBy(one => one.Result.CheckId, StringComparer.Ordinal).ThenBy(one => one.Result.Scope, StringComparer.Ordinal).ThenBy(one => one.Result.Subject, StringComparer.Ordinal)],
            await store.CollectionsAsync(whole.From, end, stop), await runs.OverAsync(company.Name, whole.From, whole.To - TimeSpan.FromMicroseconds(1), stop));
    }

    /// <summary>Where in the raw evidence the facts stand that a check read then, by subject.</summary>
    /// <param name="check">Null when this build does not know it any more; then nothing can be told.</param>
    public async Task<IReadOnlyDictionary<string, Pointer>> BytesAsync(DateTimeOffset asOf, CheckInfo? check, CancellationToken stop)
    {
        var kinds = check is null ? [] : check.ReadAspects.Select(Kinds.TypeOf).OfType<Type>().ToHashSet();
        var facts = kinds.Count == 0 ? [] : (await (await standings.StoreAsync(company.Name)).ReadAsync(asOf, stop)).Facts;
        return facts.Where(fact => fact.At is not null && kinds.Contains(fact.Untyped.GetType())).DistinctBy(fact => fact.Subject, StringComparer.Ordinal).ToDictionary(fact => fact.Subject, fact => fact.At!, StringComparer.Ordinal);
    }

    public async Task<DateOnly> TodayAsync() => DateOnly.FromDateTime((await standings.StoreAsync(company.Name)).Now(clock).UtcDateTime);
}
