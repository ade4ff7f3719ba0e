namespace Plainproof.Assurance.Populations;

/// <summary>Which events of a window the facts tell.</summary>
internal static class Events
{
    /// <param name="eventOf">When it happened; null when the fact tells of no event.</param>
    public static IEnumerable<Item> Of<T>(WindowFacts facts, Func<T, Course<T>, DateTimeOffset?> eventOf, Func<T, IReadOnlyList<string>> cells, bool isDay = false) where T : notnull =>
        facts.Of<T>().Select(course => ItemOf(course, facts, eventOf, cells, isDay)).OfType<Item>();

    /// <summary>
    /// An item belongs to the list when a reading told of its event and was still the newest when the event came. What a later reading
    /// leaves out or moves stays on the list, with a note; what was planned and called off before its day never happened.
    /// </summary>
    private static Item? ItemOf<T>(Course<T> course, WindowFacts facts, Func<T, Course<T>, DateTimeOffset?> eventOf, Func<T, IReadOnlyList<string>> cells, bool isDay) where T : notnull
    {
        var told = course.Versions.LastOrDefault(one => eventOf(one.Value, course) is { } at && at >= facts.Lived.From && at < facts.Lived.To && (one.Version.ClosedAt is null || one.Version.ClosedAt > at));
        if (told is null)
            return null;
        var when = eventOf(told.Value, course)!.Value;
        return new Item(course.Subject, when, isDay, cells(told.Value), told.Version, Note(course, told, eventOf(course.Newest.Value, course) == when));
    }

    private static string Note<T>(Course<T> course, Told<T> told, bool isSameNow) where T : notnull =>
        course.GoneAt is { } gone ? $"The source no longer told of it on {Cell.Of(gone)}."
        : isSameNow || ReferenceEquals(told, course.Newest) ? ""
        : $"A later reading, first on {Cell.Of(course.Newest.Version.FirstSeen)}, tells another time.";
}
