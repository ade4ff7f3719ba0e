using Plainproof.Catalog;
using Plainproof.Checks;
using Plainproof.Facts;

namespace Plainproof.Assurance.Period;

/// <summary>A day of a system.</summary>
internal enum ReadDay
{
    /// <summary>Nobody had looked at it before.</summary>
    NotYet,
    NotRead,

    /// <summary>Of what it can tell, some was read in full.</summary>
    InPart,
    InFull,
}

/// <summary>A day of a control.</summary>
internal enum ControlDay
{
    /// <summary>There was nothing that it applies to.</summary>
    Nothing,

    /// <summary>Nobody looked, or not at all of it. Never counted as holding (law 1).</summary>
    NotSeen,
    Holding,
    Deviating,
}

/// <summary>One system over the days.</summary>
/// <param name="Gaps">Where nothing of it was read in time, from the first look on.</param>
internal sealed record SourceCourse(string Scope, IReadOnlyList<ReadDay> Days, IReadOnlyList<Stretch> Gaps)
{
    public int Count(ReadDay state) => Days.Count(day => day == state);

    /// <summary>Days since somebody first looked.</summary>
    public int Watched => Days.Count - Count(ReadDay.NotYet);
}

/// <summary>A while in which something that a control needs was not seen.</summary>
internal sealed record Unseen(string Scope, Stretch When);

/// <summary>One control over the days, as its checks saw it. Management's own look; an auditor tests for themselves.</summary>
/// <param name="Unseen">By system, oldest first.</param>
/// <param name="NotLooked">Checks that serve it and could look at nothing in all the time.</param>
internal sealed record ControlCourse(
    Control Control, IReadOnlyList<ControlDay> Days, IReadOnlyList<Deviation> Deviations, IReadOnlyList<Unseen> Unseen, IReadOnlyList<CheckInfo> NotLooked)
{
    public int Count(ControlDay state) => Days.Count(day => day == state);

    /// <summary>The days that there was something to see on.</summary>
    public int Seeable => Days.Count - Count(ControlDay.Nothing);
}

/// <summary>A window as it was lived: the movie to the photo that <see cref="Readiness"/> is.</summary>
/// <param name="First">The first day, UTC.</param>
/// <param name="Last">The last day that has begun.</param>
/// <param name="Controls">Those that a check can see.</param>
internal sealed record PeriodView(DateOnly First, DateOnly Last, IReadOnlyList<SourceCourse> Sources, IReadOnlyList<ControlCourse> Controls)
{
    public int Days => Last.DayNumber - First.DayNumber + 1;

    /// <summary>Days on which some system was under watch and none was left out.</summary>
    public int WatchedDays => Enumerable.Range(0, Days).Count(day => Sources.All(source => source.Days[day] != ReadDay.NotRead) && Sources.Any(source => source.Days[day] != ReadDay.NotYet));

    /// <param name="due">Planned moments by system, oldest first.</param>
    /// <param name="now">What comes later has not happened.</param>
    public static PeriodView Of(
        PeriodFacts facts, ILookup<string, DateTimeOffset> due, IReadOnlyList<CheckInfo> checks, IReadOnlyList<IDerivation> derivations, IReadOnlyList<Control> controls,
        DateOnly first, DateOnly last, DateTimeOffset now)
    {
        var span = Stretch.Of(first, last).Within(new Stretch(DateTimeOffset.MinValue, now)) ?? new Stretch(Stretch.Of(first).From, Stretch.Of(first).From);
        var lived = new PeriodDays(first, Math.Max(0, DateOnly.FromDateTime((span.To - TimeSpan.FromTicks(1)).UtcDateTime).DayNumber - first.DayNumber + 1), span);
        var watch = new WatchedAspects(facts.Looks, due, derivations, span);
        var spells = facts.Spells.ToLookup(spell => spell.Check, StringComparer.Ordinal);
        var deviations = facts.Deviations.ToLookup(one => one.Check, StringComparer.Ordinal);
        var courses = checks.ToDictionary(check => check.Id, check => PairCourse.Of(check, spells[check.Id], watch, lived), StringComparer.Ordinal);
        var serving = controls.Select(control => (Control: control, Checks: checks.Where(check => check.Controls.Contains(control.Id)).ToList())).Where(one => one.Checks.Count > 0);
        return new PeriodView(
            first, lived.Last, [.. watch.Scopes.Select(scope => watch.CourseOf(scope, lived))],
            [.. serving.Select(one => CourseOf(one.Control, one.Checks, courses, [.. one.Checks.SelectMany(check => deviations[check.Id]).OrderBy(deviation => deviation.From)], lived))]);
    }

    private static ControlCourse CourseOf(Control control, List<CheckInfo> checks, Dictionary<string, List<PairCourse>> courses, IReadOnlyList<Deviation> deviations, PeriodDays lived)
    {
        var pairs = checks.SelectMany(check => courses[check.Id]).ToList();
        var days = new ControlDay[lived.Count];
        for (var day = 0; day < days.Length; day++)
            days[day] = DayOf(pairs, day);
        return new ControlCourse(
            control, days, deviations,
            [.. pairs.SelectMany(pair => pair.Unseen.Select(when => (pair.Scope, when))).GroupBy(one => one.Scope, StringComparer.Ordinal)
                .SelectMany(scope => Stretch.Union(scope.Select(one => one.when)).Select(when => new Unseen(scope.Key, when))).OrderBy(one => one.When.From).ThenBy(one => one.Scope, StringComparer.Ordinal)],
            [.. checks.Where(check => courses[check.Id].Count == 0)]);
    }

    /// <summary>Law 1 for one day: it holds only when all that has come under watch was seen, and nothing failed.</summary>
    private static ControlDay DayOf(List<PairCourse> pairs, int day)
    {
        var watched = pairs.Where(pair => day >= pair.Begins).ToList();
        return pairs.Any(pair => pair.Fails[day]) ? ControlDay.Deviating
            : watched.Count == 0 || watched.Any(pair => !pair.Sees[day]) ? ControlDay.NotSeen
            : watched.Any(pair => pair.Passes[day]) ? ControlDay.Holding
            : ControlDay.Nothing;
    }
}
