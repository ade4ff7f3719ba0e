using Plainproof.Assurance.Period;
using Plainproof.Checks;
using Plainproof.Cli;
using Plainproof.Facts;
using Plainproof.Features.Engagements;
using Plainproof.Features.People;
using Plainproof.Features.Standing;
using Plainproof.Features.Systems;
using Plainproof.Storage;
using Engagement = Plainproof.Features.Engagements.Engagement;
using Words = Plainproof.Storage.Words;

namespace Plainproof.Features.Window;

/// <summary>The days to look at.</summary>
/// <param name="Engagement">Whose window they are; null for any other days.</param>
internal sealed record WindowDays(DateOnly First, DateOnly Last, Engagement? Engagement)
{
    public int Count => Last.DayNumber - First.DayNumber + 1;
}

/// <summary>A day as it stood at its end, or stands now when it is not over.</summary>
/// <param name="Results">What checks said then, worst first.</param>
/// <param name="Collections">What was read on the day, oldest first.</param>
/// <param name="Runs">What was to be read on the day.</param>
/// <param name="IsFirst">Nothing is known of the days before.</param>
internal sealed record DayAsItWas(DateOnly Day, bool IsFirst, DateTimeOffset AsOf, IReadOnlyList<StoredResult> Results, IReadOnlyList<StoredCollection> Collections, IReadOnlyList<PlannedRun> Runs);

/// <summary>The window as it was lived, day by day, from what is stored. Nothing is judged anew.</summary>
internal sealed class WindowBook(EngagementBook engagements, Standings standings, PlannedRuns runs, CurrentCompany company, TimeProvider clock)
{
    public const int MostDays = 400;
    private const int UsualDays = 90;
    private static readonly Outcome[] Order = [Outcome.Fail, Outcome.Error, Outcome.NeedsReview, Outcome.NotTested, Outcome.Pass, Outcome.NotApplicable];

    /// <summary>What is asked for; else the open engagement whose window has begun; else the last months.</summary>
    /// <exception cref="BadInput">No days, or no such engagement.</exception>
    public async Task<WindowDays> ChooseAsync(string? engagement, string? from, string? to, CancellationToken stop)
    {
        var today = await TodayAsync();
        if (from is { Length: > 0 } || to is { Length: > 0 })
            return new WindowDays(DayOf(from, "from"), DayOf(to, "to"), null) is { Count: >= 1 and <= MostDays } asked
                ? asked
                : throw new BadInput($"A window has at least one day, and at most {MostDays}. 'from' is the first of them, 'to' the last.");
        var all = await engagements.AllAsync(stop);
        if (engagement is { Length: > 0 })
            return all.FirstOrDefault(one => one.Id == engagement) is { } wanted
                ? Of(wanted, today)
                : throw new BadInput("There is no such engagement.");
        return all.FirstOrDefault(one => one.IsOpen && one.Begins <= today) is { } lived ? Of(lived, today) : new WindowDays(today.AddDays(1 - UsualDays), today, null);
    }

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
        var wanted = DayOf(day, "day");
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

    private static WindowDays Of(Engagement it, DateOnly today) => it.Begins is { } first
        ? new WindowDays(first, it.Ends, it)
        : new WindowDays((it.Ends < today ? it.Ends : today).AddDays(1 - UsualDays), it.Ends < today ? it.Ends : today, it);

    private static DateOnly DayOf(string? typed, string name)
    {
        try
        {
            return Words.Day(typed) is { Year: > 1 and < 9999 } day ? day : throw new FormatException();
        }
        catch (FormatException)
        {
            throw new BadInput($"'{name}' is a day such as 2027-03-31.");
        }
    }
}
