namespace Plainproof.Assurance.Period;

/// <summary>How often something comes round.</summary>
internal enum Cadence
{
    Weekly,
    Monthly,
    Quarterly,
    HalfYearly,
    Yearly,
}

/// <summary>What the company set itself to do, from a day on.</summary>
/// <param name="Begins">The first day it holds. Of two that begin on one day, the one later in the list holds.</param>
/// <param name="Cadence">Null when nothing is due from then on.</param>
/// <param name="FirstDue">The first day by which it is to be done.</param>
/// <param name="Grace">Days after the due day that still count as on time.</param>
internal sealed record Promise(DateOnly Begins, Cadence? Cadence, DateOnly FirstDue, int Grace);

/// <summary>What somebody wrote down as done.</summary>
/// <param name="DueOn">The due day it was done for.</param>
/// <param name="DoneOn">The day it was done on, as they say.</param>
/// <param name="ToldOn">The day they wrote it down.</param>
internal sealed record Told(string Id, DateOnly DueOn, DateOnly DoneOn, DateOnly ToldOn);

internal enum OccurrenceState
{
    /// <summary>The due day has not come.</summary>
    ToCome,

    /// <summary>The due day is over, and it still counts as on time.</summary>
    Due,
    OnTime,

    /// <summary>Not done by the due day and its grace, and the next due day has not come.</summary>
    Overdue,

    /// <summary>Done after the grace, before the next due day.</summary>
    Late,

    /// <summary>Nobody wrote it down before the next due day. It stays missed.</summary>
    Missed,

    /// <summary>Missed, and written down later as done in its time. An auditor decides what that is worth (law 3).</summary>
    ToldTooLate,
}

/// <summary>One time that something was to be done.</summary>
/// <param name="Opens">From then on it can be done for this due day.</param>
/// <param name="Closes">The last day on which it can be done, late, for this due day.</param>
internal sealed record Occurrence(DateOnly Opens, DateOnly Due, DateOnly LastOnTime, DateOnly Closes, OccurrenceState State, Told? Told)
{
    public bool IsOpen => State is OccurrenceState.ToCome or OccurrenceState.Due or OccurrenceState.Overdue;

    /// <summary>Something an auditor would ask about.</summary>
    public bool Deviates => State is OccurrenceState.Overdue or OccurrenceState.Late or OccurrenceState.Missed or OccurrenceState.ToldTooLate;
}

/// <summary>Computes when something was due, and what became of it.</summary>
internal static class Occurrences
{
    /// <param name="promises">In the order they were written.</param>
    /// <param name="told">What was not taken back; of several for one due day the first written counts.</param>
    /// <returns>Those due from the first to the last day, oldest first.</returns>
    public static List<Occurrence> Of(IReadOnlyList<Promise> promises, IReadOnlyList<Told> told, DateOnly first, DateOnly last, DateOnly today)
    {
        var dues = DueDays(promises, last).ToList();
        var done = told.GroupBy(one => one.DueOn).ToDictionary(group => group.Key, group => group.MinBy(one => one.ToldOn)!);
        return [.. dues.Select((due, i) => Of(due, i + 1 < dues.Count ? dues[i + 1].Day : null, done.GetValueOrDefault(due.Day), today)).Where(one => one.Due >= first && one.Due <= last)];
    }

    /// <summary>The due day that comes a number of rounds after another. Counted from the first, so that the 31st comes back after a short month.</summary>
    public static DateOnly Step(DateOnly from, Cadence cadence, int rounds) => cadence switch
    {
        Cadence.Weekly => from.AddDays(7 * rounds),
        Cadence.Monthly => from.AddMonths(rounds),
        Cadence.Quarterly => from.AddMonths(3 * rounds),
        Cadence.HalfYearly => from.AddMonths(6 * rounds),
        _ => from.AddYears(rounds),
    };

    /// <summary>All up to a day, and the one after it, so that each knows when the next is due.</summary>
    private static IEnumerable<DueDay> DueDays(IReadOnlyList<Promise> promises, DateOnly last)
    {
        var order = promises.Select((promise, i) => (promise, i)).OrderBy(one => one.promise.Begins).ThenBy(one => one.i).Select(one => one.promise).ToList();
        for (var i = 0; i < order.Count; i++)
        {
            var (promise, until) = (order[i], i + 1 < order.Count ? order[i + 1].Begins : DateOnly.MaxValue);
            if (promise.Cadence is not { } cadence)
                continue;
            for (var round = 0; ; round++)
            {
                var day = Step(promise.FirstDue, cadence, round);
                if (day >= until)
                    break;
                yield return new DueDay(day, Step(promise.FirstDue, cadence, round - 1).AddDays(1), Step(promise.FirstDue, cadence, round + 1), promise.Grace);
                if (day > last)
                    yield break;
            }
        }
    }

    private static Occurrence Of(DueDay due, DateOnly? next, Told? told, DateOnly today)
    {
        var (onTime, closes) = (due.Day.AddDays(due.Grace), (next ?? due.Next).AddDays(-1));
        onTime = onTime < closes ? onTime : closes;
        return new Occurrence(due.Opens, due.Day, onTime, closes, StateOf(due.Day, onTime, closes, told, today), told);
    }

    private static OccurrenceState StateOf(DateOnly due, DateOnly onTime, DateOnly closes, Told? told, DateOnly today) => told switch
    {
        null => today <= due ? OccurrenceState.ToCome : today <= onTime ? OccurrenceState.Due : today <= closes ? OccurrenceState.Overdue : OccurrenceState.Missed,
        _ when told.ToldOn > closes => OccurrenceState.ToldTooLate,
        _ => told.DoneOn <= onTime ? OccurrenceState.OnTime : OccurrenceState.Late,
    };

    private readonly record struct DueDay(DateOnly Day, DateOnly Opens, DateOnly Next, int Grace);
}
