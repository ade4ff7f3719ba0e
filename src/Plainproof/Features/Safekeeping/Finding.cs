namespace Plainproof.Features.Safekeeping;

internal enum FindingState
{
    Fine,

    /// <summary>Works, and could be better or safer.</summary>
    Advice,

    /// <summary>Something is broken or will be lost.</summary>
    Broken,

    /// <summary>Could not be looked at.</summary>
    Unknown,
}

/// <summary>One thing the doctor looked at.</summary>
/// <param name="Mend">What to do; null when all is fine.</param>
internal sealed record Finding(FindingState State, string What, string Where, string? Mend = null)
{
    public static Finding Fine(string what, string where) => new(FindingState.Fine, what, where);
}
