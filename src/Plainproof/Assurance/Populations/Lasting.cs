namespace Plainproof.Assurance.Populations;

/// <summary>The days between which something lasts, both included; null where none is told.</summary>
internal readonly record struct Span(DateOnly? First, DateOnly? Last);

/// <summary>Which things that tell their own first and last day were there at some moment of a window.</summary>
internal static class Lasting
{
    /// <summary>
    /// The newest that was told of a thing counts, when by it the thing was there in the window. What was called off before its first day
    /// was never there. Where no first day is told, the first reading stands for it.
    /// </summary>
    /// <param name="belongs">Which of the things are meant; left out: all.</param>
    public static IEnumerable<Item> Of<T>(WindowFacts facts, Func<T, Span> spanOf, Func<T, IReadOnlyList<string>> cells, Func<T, bool>? belongs = null) where T : notnull =>
        from course in facts.Of<T>()
        let told = course.Versions.LastOrDefault(one => belongs?.Invoke(one.Value) != false && WasThere(one.Version, spanOf(one.Value), course.FirstSeen, facts))
        where told is not null
        let first = spanOf(told.Value).First
        select new Item(course.Subject, MomentOf(first) ?? course.FirstSeen, first is not null, cells(told.Value), told.Version, course.GoneAt is { } gone ? $"The source no longer told of it on {Cell.Of(gone)}." : "");

    public static DateTimeOffset? MomentOf(DateOnly? day) => day is { } known ? new DateTimeOffset(known, TimeOnly.MinValue, TimeSpan.Zero) : null;

    private static bool WasThere(FactVersion version, Span span, DateTimeOffset firstSeen, WindowFacts facts)
    {
        var begins = MomentOf(span.First) ?? firstSeen;
        return begins < facts.Lived.To && !(MomentOf(span.Last) < facts.Lived.From)
            && (version.ClosedAt is not { } closed || closed > (begins > facts.Lived.From ? begins : facts.Lived.From));
    }
}
