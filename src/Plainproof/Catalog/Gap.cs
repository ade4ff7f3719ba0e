namespace Plainproof.Catalog;

internal sealed record GapsFile
{
    public required IReadOnlyList<Gap> Gaps { get; init; }
}

/// <summary>What is missing, why it matters, how to mend it, what that takes and what comes first.</summary>
internal sealed record Gap
{
    public required string Id { get; init; }
    public required string Title { get; init; }
    public required Severity Severity { get; init; }

    /// <summary>Must be in place on the as-of date of a Type I, or on the first day of a window.</summary>
    public required bool Type1 { get; init; }

    /// <summary>Must then be seen to run through the window of a Type II.</summary>
    public required bool Runs { get; init; }

    /// <summary>The gap counts only when one of these categories is in scope; empty: always.</summary>
    public IReadOnlyList<string> Categories { get; init; } = [];
    public required string Why { get; init; }
    public required string Fix { get; init; }
    public required Hours Hours { get; init; }
    public required Cost Cost { get; init; }
    public required LeadDays LeadDays { get; init; }

    /// <summary>Gaps that must be closed before this one can be.</summary>
    public IReadOnlyList<string> NeedsFirst { get; init; } = [];

    /// <summary>Gaps that make this one easier when closed before it.</summary>
    public IReadOnlyList<string> HelpedBy { get; init; } = [];
    public required IReadOnlyList<string> Controls { get; init; }
}

/// <summary>Working hours for about 20 people, one product and one cloud: once, and again for each of something.</summary>
internal sealed record Hours
{
    public required decimal Low { get; init; }
    public required decimal High { get; init; }
    public RepeatedHours? Then { get; init; }
    public string? Note { get; init; }
}

internal sealed record RepeatedHours
{
    public required decimal Low { get; init; }
    public required decimal High { get; init; }
    public required string Per { get; init; }
}

/// <summary>Money paid to others, own hours left out. Without <see cref="Per"/> it is paid once.</summary>
internal sealed record Cost
{
    public required decimal Low { get; init; }
    public required decimal High { get; init; }
    public required string Currency { get; init; }
    public string? Per { get; init; }
    public string? Note { get; init; }
}

/// <summary>Days that pass from start to done, waiting included.</summary>
internal sealed record LeadDays
{
    public required int Low { get; init; }
    public required int High { get; init; }
}

/// <summary>Blocker: must be in place. Operating: must be in place and then run. Improvement: seldom stops a report.</summary>
internal enum Severity { Blocker, Operating, Improvement }
