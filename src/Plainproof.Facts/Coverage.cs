namespace Plainproof.Facts;

/// <summary>How much of an aspect a collection could read. Only <see cref="Complete"/> can carry a pass (law 1).</summary>
public enum Completeness
{
    /// <summary>All of it was read, and the source can show so.</summary>
    Complete,

    /// <summary>A part was read; the rest was cut off (a limit, a broken page, a filter by role).</summary>
    Partial,

    /// <summary>Something was read, and nothing shows that it is all (an imported file, a pushed list that does not say).</summary>
    Unproven,

    /// <summary>The system refused: the permission is missing.</summary>
    Denied,

    /// <summary>The system asked us to slow down, and the time ran out.</summary>
    Throttled,

    /// <summary>No connection.</summary>
    Unreachable,

    /// <summary>Connected, and the answer did not come in time.</summary>
    TimedOut,

    /// <summary>The plan the company pays for does not include it.</summary>
    NotLicensed,

    /// <summary>Switched off, or not installed, so there is nothing to read.</summary>
    Disabled,

    /// <summary>It was read in full, and too long ago to say so of today.</summary>
    Stale,

    /// <summary>Our reading failed. Our fault until shown otherwise.</summary>
    Failed,
}

/// <summary>What one collection could see of one aspect of one scope.</summary>
/// <param name="Why">Plain words; required unless <see cref="Completeness.Complete"/>.</param>
/// <param name="Mend">How to let Plainproof read it; required where a person can do something.</param>
/// <param name="Read">Things read.</param>
/// <param name="Expected">Things there are by an independent count. An empty list is proven only when this is 0.</param>
/// <param name="At">When the collection finished; null while it runs, and for what is derived.</param>
public sealed record Coverage(
    Aspect Aspect, string Scope, Completeness State, string? Why = null, string? Mend = null, long Read = 0, long? Expected = null, DateTimeOffset? At = null)
{
    /// <summary>True when nothing is there and that is proven, so that "none" may be said.</summary>
    public bool ProvenEmpty => State == Completeness.Complete && Read == 0 && Expected == 0;
}
