using Plainproof.Assurance.Period;
using Plainproof.Features.Engagements;
using Plainproof.Features.Standing;
using Words = Plainproof.Features.Check.Words;

namespace Plainproof.Features.Recurring;

/// <summary>What an auditor would ask about recurring work in an engagement. The auditor decides, not we; nothing here stops anybody.</summary>
internal sealed class RecurringWarnings(RecurringBook book) : IWarnings
{
    private const int Named = 5;

    public async Task<IEnumerable<Warning>> ForAsync(Engagement it, CancellationToken stop) => For(it, await book.AllAsync(stop));

    private static IEnumerable<Warning> For(Engagement it, IReadOnlyList<RecurringControl> all)
    {
        var usual = all.Where(one => one.Rhythms.Count == 0 && RecurringWords.Suggested(one.Control) is not null).ToList();
        if (usual.Count > 0)
            yield return new("no-rhythm", $"{Words.Many(usual.Count, "control")} that people do again and again {(usual.Count == 1 ? "has" : "have")} no rhythm yet. Nobody is reminded of {(usual.Count == 1 ? "it" : "them")}.");
        var rhythmic = all.Where(one => one.Holding is { Cadence: not null } || one.Rhythms.Any(rhythm => rhythm.Cadence is not null)).ToList();
        var yearly = rhythmic.Where(one => CadenceOf(one) == Cadence.Yearly && !IsDoneOrPlanned(one, it.Ends.AddYears(-1).AddDays(1), it.Ends)).ToList();
        if (yearly.Count > 0)
            yield return new("yearly-not-done", $"Done once a year, and not once in the twelve months before {StandingParts.Day(it.Ends)}: {NamesOf(yearly)}.");
        var outside = it.Begins is { } first ? rhythmic.Where(one => CadenceOf(one) == Cadence.Yearly && !IsDoneOrPlanned(one, first, it.Ends) && !yearly.Contains(one)).ToList() : [];
        if (outside.Count > 0)
            yield return new("yearly-before", $"Done once a year, and only before the window begins: {NamesOf(outside)}. Many auditors accept that. Ask yours.");
        var late = it.Begins is { } begins ? rhythmic.Where(one => CadenceOf(one) == Cadence.Quarterly && !IsDoneOrPlanned(one, Later(begins, it.Ends.AddMonths(-3)), it.Ends.AddDays(-14))).ToList() : [];
        if (late.Count > 0)
            yield return new("quarterly-late", $"Done each quarter, but not due between three months and two weeks before {StandingParts.Day(it.Ends)}: {NamesOf(late)}. A late one could not be mended.");
        var missed = it.Begins is { } start ? rhythmic.Where(one => one.Over(start, it.Ends).Any(time => time.Deviates)).ToList() : [];
        if (missed.Count > 0)
            yield return new("work-missed", $"Late or missed in the window: {NamesOf(missed)}. Write down why, and what you changed.");
    }

    private static Cadence? CadenceOf(RecurringControl one) => (one.Holding ?? one.Rhythms[^1]).Cadence;

    private static bool IsDoneOrPlanned(RecurringControl one, DateOnly first, DateOnly last) =>
        one.Over(first.AddYears(-1), last.AddYears(1)).Any(time => time.Told is { } told ? told.DoneOn >= first && told.DoneOn <= last : time.IsOpen && time.Due >= first && time.Due <= last);

    private static DateOnly Later(DateOnly one, DateOnly other) => one > other ? one : other;

    private static string NamesOf(List<RecurringControl> some) => Words.Some([.. some.Select(one => one.Control.Id)], Named);
}
