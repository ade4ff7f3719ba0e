using Plainproof.Assurance.Period;
using Plainproof.Catalog;
using Plainproof.Features.Standing;

namespace Plainproof.Features.Recurring;

/// <summary>How recurring work is said, and what we suggest for it.</summary>
internal static class RecurringWords
{
    public static string Of(Cadence? cadence) => cadence switch
    {
        Cadence.Weekly => "every week",
        Cadence.Monthly => "every month",
        Cadence.Quarterly => "every quarter",
        Cadence.HalfYearly => "every half-year",
        Cadence.Yearly => "every year",
        _ => "not any more",
    };

    public static string Of(OccurrenceState state) => state switch
    {
        OccurrenceState.ToCome => "to come",
        OccurrenceState.Due => "due now",
        OccurrenceState.OnTime => "on time",
        OccurrenceState.Overdue => "overdue",
        OccurrenceState.Late => "late",
        OccurrenceState.Missed => "missed",
        _ => "missed, told later",
    };

    public static string ClassOf(OccurrenceState state) => state switch
    {
        OccurrenceState.OnTime => "good",
        OccurrenceState.Overdue or OccurrenceState.Missed => "bad",
        OccurrenceState.Due or OccurrenceState.Late or OccurrenceState.ToldTooLate => "attention",
        _ => "",
    };

    /// <summary>What became of several, in one sentence; an empty text for none.</summary>
    public static string Of(IReadOnlyList<Occurrence> all) => string.Join(", ", Enum.GetValues<OccurrenceState>()
        .Select(state => (state, Count: all.Count(one => one.State == state))).Where(one => one.Count > 0).Select(one => $"{one.Count} {Of(one.state)}"));

    public static int UsualGrace(Cadence cadence) => cadence switch { Cadence.Weekly => 2, Cadence.Monthly => 7, Cadence.Quarterly => 14, Cadence.HalfYearly => 21, _ => 30 };

    public static int MostGrace(Cadence cadence) => cadence switch { Cadence.Weekly => 5, Cadence.Monthly => 20, Cadence.Quarterly => 45, _ => RecurringBook.MostGrace };

    /// <summary>The shortest round that the catalogue names; null for a control that nothing but a system or an event sets off.</summary>
    public static Cadence? Suggested(Control control) =>
        control.Frequency.Every.Contains(Rhythm.Weekly) ? Cadence.Weekly
        : control.Frequency.Every.Contains(Rhythm.Monthly) ? Cadence.Monthly
        : control.Frequency.Every.Contains(Rhythm.Quarterly) ? Cadence.Quarterly
        : control.Frequency.Every.Contains(Rhythm.Annually) ? Cadence.Yearly
        : null;

    /// <summary>
    /// A first due day, so that in an engagement the last one falls two weeks before its end (a month for what is done once a year): then
    /// there is time to mend it.
    /// </summary>
    public static DateOnly SuggestedFirst(Cadence cadence, Features.Engagements.Engagement? engagement, DateOnly today)
    {
        var soonest = today.AddDays(cadence == Cadence.Weekly ? 3 : 14);
        var anchor = engagement?.Ends.AddDays(cadence == Cadence.Yearly ? -30 : -14) is { } wanted && wanted >= soonest ? wanted : Occurrences.Step(soonest, cadence, 1).AddDays(-1);
        var rounds = 0;
        while (Occurrences.Step(anchor, cadence, rounds - 1) >= soonest)
            rounds--;
        return Occurrences.Step(anchor, cadence, rounds);
    }

    public static string Sentence(ControlRhythm? rhythm) => rhythm switch
    {
        null => "No rhythm is set yet.",
        { Cadence: null } => $"Nothing is due since {StandingParts.Day(rhythm.Begins)}.",
        _ => $"{StandingParts.Sentence(Of(rhythm.Cadence))}, first by {StandingParts.Day(rhythm.FirstDue)}, with {rhythm.GraceDays} days of grace.",
    };
}
