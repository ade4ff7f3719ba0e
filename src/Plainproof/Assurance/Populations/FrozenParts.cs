namespace Plainproof.Assurance.Populations;

/// <summary>Days that were frozen, both included.</summary>
internal readonly record struct FrozenDays(DateOnly First, DateOnly Last);

/// <summary>Whether the frozen parts of a window join to the whole. A window that is frozen as a whole is its own only part.</summary>
/// <param name="Missing">Days of the window that no part has.</param>
internal sealed record FrozenParts(IReadOnlyList<FrozenDays> Parts, IReadOnlyList<FrozenDays> Missing)
{
    public bool CoverTheWindow => Missing.Count == 0;

    public static FrozenParts Of(FrozenDays window, IEnumerable<FrozenDays> frozen)
    {
        var parts = frozen.Where(one => one.First >= window.First && one.Last <= window.Last).Distinct().OrderBy(one => one.First).ThenByDescending(one => one.Last).ToList();
        var (missing, next) = (new List<FrozenDays>(), window.First);
        foreach (var part in parts)
        {
            if (part.First > next)
                missing.Add(new FrozenDays(next, part.First.AddDays(-1)));
            if (part.Last >= next)
                next = part.Last.AddDays(1);
        }

        if (next <= window.Last)
            missing.Add(new FrozenDays(next, window.Last));
        return new FrozenParts(parts, missing);
    }

    /// <summary>Why these days cannot become a part beside the others; null when they can.</summary>
    public static string? Refusal(FrozenDays wanted, FrozenDays window, IEnumerable<FrozenDays> frozen)
    {
        if (wanted == window)
            return null;
        if (wanted.First < window.First || wanted.Last > window.Last)
            return "The days lie outside the window. A part of a window is within it.";
        var parts = frozen.Where(one => one != window && one.First >= window.First && one.Last <= window.Last).Distinct().ToList();
        if (parts.Contains(wanted))
            return null;
        foreach (var other in parts.Where(one => one.First <= wanted.Last && wanted.First <= one.Last))
            return $"The days overlap a part that is frozen: {other.First:yyyy-MM-dd} to {other.Last:yyyy-MM-dd}. An item must not be in two parts.";
        var begins = parts.Count == 0 ? window.First : parts.Max(one => one.Last).AddDays(1);
        return wanted.First == begins ? null : $"The next part begins on {begins:yyyy-MM-dd}. Parts join without a gap.";
    }
}
