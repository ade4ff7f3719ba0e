namespace Plainproof.Assurance.Period;

/// <summary>From one moment up to another, which is no part of it.</summary>
internal readonly record struct Stretch(DateTimeOffset From, DateTimeOffset To)
{
    public TimeSpan Length => To - From;

    /// <summary>One day, UTC.</summary>
    public static Stretch Of(DateOnly day) => new(new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero), new DateTimeOffset(day.AddDays(1), TimeOnly.MinValue, TimeSpan.Zero));

    public static Stretch Of(DateOnly first, DateOnly last) => new(Of(first).From, Of(last).To);

    public bool Touches(Stretch other) => From < other.To && other.From < To;

    /// <summary>What lies within another; null when nothing does.</summary>
    public Stretch? Within(Stretch other) => Touches(other) ? new Stretch(From > other.From ? From : other.From, To < other.To ? To : other.To) : null;

    /// <summary>In order, with what touches joined.</summary>
    public static List<Stretch> Union(IEnumerable<Stretch> some)
    {
        var joined = new List<Stretch>();
        foreach (var one in some.Where(one => one.Length > TimeSpan.Zero).OrderBy(one => one.From))
        {
            if (joined.Count > 0 && one.From <= joined[^1].To)
                joined[^1] = joined[^1] with { To = one.To > joined[^1].To ? one.To : joined[^1].To };
            else
                joined.Add(one);
        }

        return joined;
    }

    /// <summary>What of some is in none of the others. Both MUST come from <see cref="Union"/>.</summary>
    public static List<Stretch> Minus(IReadOnlyList<Stretch> some, IReadOnlyList<Stretch> others)
    {
        var left = new List<Stretch>();
        foreach (var one in some)
        {
            var from = one.From;
            foreach (var other in others.Where(other => other.Touches(one)))
            {
                if (other.From > from)
                    left.Add(new Stretch(from, other.From));
                from = other.To > from ? other.To : from;
            }

            if (from < one.To)
                left.Add(new Stretch(from, one.To));
        }

        return left;
    }
}
