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

/// <summary>One check on one system over the days.</summary>
/// <param name="Begins">The first day on which the system was known to it; before that the system was not under watch.</param>
/// <param name="Sees">Days of which some part was seen.</param>
/// <param name="Unseen">Where it could not look, from its beginning on.</param>
internal sealed record PairCourse(string Scope, int Begins, bool[] Sees, bool[] Passes, bool[] Fails, IReadOnlyList<Stretch> Unseen)
{
    /// <summary>The systems of a check. What stands for "nothing is connected" is no system.</summary>
    public static List<PairCourse> Of(CheckInfo check, IEnumerable<Spell> spells, WatchedAspects watch, PeriodDays lived) =>
        [.. spells.GroupBy(spell => spell.Scope, StringComparer.Ordinal).Select(scope => Of(check, scope.Key, [.. scope], watch, lived)).Where(pair => pair.Scope.Length > 0 || pair.Sees.Contains(true))];

    private static PairCourse Of(CheckInfo check, string scope, List<Spell> spells, WatchedAspects watch, PeriodDays lived)
    {
        var life = new Stretch(spells.Min(spell => spell.From), lived.Span.To).Within(lived.Span) ?? new Stretch(lived.Span.To, lived.Span.To);
        var tested = Stretch.Union(Said(spells, lived, outcome => outcome is not (Outcome.NotTested or Outcome.Error)));
        var seen = Stretch.Minus(tested, Stretch.Union(watch.GapsOf(check, scope)));
        return new PairCourse(
            scope, lived.IndexOf(life.From), lived.Touched(seen), lived.Touched(Said(spells, lived, outcome => outcome == Outcome.Pass)),
            lived.Touched(Said(spells, lived, outcome => outcome == Outcome.Fail)), Stretch.Minus([life], seen));
    }

    private static IEnumerable<Stretch> Said(List<Spell> spells, PeriodDays lived, Func<Outcome, bool> isWanted) =>
        spells.Where(spell => isWanted(spell.Outcome)).Select(spell => new Stretch(spell.From, spell.Until ?? lived.Span.To).Within(lived.Span)).OfType<Stretch>();
}
