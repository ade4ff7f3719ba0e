using Plainproof.Checks;

namespace Plainproof.Assurance.Period;

/// <summary>The days that were lived, and the time in them.</summary>
internal sealed record PeriodDays(DateOnly First, int Count, Stretch Span)
{
    public DateOnly Last => First.AddDays(Count - 1);

    /// <summary>Marks the days that some stretches touch.</summary>
    public bool[] Touched(IEnumerable<Stretch> some)
    {
        var days = new bool[Count];
        foreach (var one in some)
        {
            if (one.Within(Span) is not { } within)
                continue;
            for (var day = IndexOf(within.From); day <= IndexOf(within.To - TimeSpan.FromTicks(1)); day++)
                days[day] = true;
        }

        return days;
    }

    public int IndexOf(DateTimeOffset at) => Math.Clamp(DateOnly.FromDateTime(at.UtcDateTime).DayNumber - First.DayNumber, 0, Math.Max(0, Count - 1));
}

/// <summary>One check over the days.</summary>
internal sealed record CheckCourse(IReadOnlyList<PairCourse> Pairs)
{
    public static CheckCourse Of(CheckInfo check, IEnumerable<(string Scope, List<Spell> Spells)> pairs, WatchedAspects watch, PeriodDays lived) =>
        new([.. pairs.Select(pair => PairCourse.Of(check, pair.Scope, pair.Spells, watch, lived)).OfType<PairCourse>()]);
}

/// <summary>One check on one system over the days.</summary>
/// <param name="Begins">The first day on which it could look; before that the system was not under watch.</param>
/// <param name="Sees">Days of which some part was seen.</param>
/// <param name="Unseen">Where it could not look, from its beginning on.</param>
internal sealed record PairCourse(string Scope, int Begins, bool[] Sees, bool[] Passes, bool[] Fails, IReadOnlyList<Stretch> Unseen)
{
    /// <returns>Null when it could look at nothing in all the time.</returns>
    public static PairCourse? Of(CheckInfo check, string scope, List<Spell> spells, WatchedAspects watch, PeriodDays lived)
    {
        var tested = Stretch.Union(spells.Where(spell => spell.Outcome is not (Outcome.NotTested or Outcome.Error)).Select(Stretched).Select(when => when.Within(lived.Span)).OfType<Stretch>());
        if (tested.Count == 0)
            return null;
        var life = new Stretch(tested[0].From, lived.Span.To);
        var gaps = Stretch.Union(watch.GapsOf(check, scope).Select(gap => gap.Within(life)).OfType<Stretch>());
        var seen = Stretch.Minus(tested, gaps);
        return new PairCourse(
            scope, lived.IndexOf(life.From), lived.Touched(seen), lived.Touched(Of(spells, Outcome.Pass)), lived.Touched(Of(spells, Outcome.Fail)), Stretch.Minus([life], seen));

        Stretch Stretched(Spell spell) => new(spell.From, spell.Until ?? lived.Span.To);
    }

    private static IEnumerable<Stretch> Of(List<Spell> spells, Outcome outcome) =>
        spells.Where(spell => spell.Outcome == outcome).Select(spell => new Stretch(spell.From, spell.Until ?? DateTimeOffset.MaxValue));
}
