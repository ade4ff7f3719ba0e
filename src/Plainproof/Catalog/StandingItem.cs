namespace Plainproof.Catalog;

internal sealed record StandingFile
{
    public required IReadOnlyList<StandingItem> Items { get; init; }
}

/// <summary>Work that every company has on the way to a report, whatever its gaps.</summary>
internal sealed record StandingItem
{
    public required string Id { get; init; }
    public required string Item { get; init; }
    public required string Plain { get; init; }
    public IReadOnlyList<string> Controls { get; init; } = [];
    public IReadOnlyList<string> Description { get; init; } = [];
    public required StandingHours Hours { get; init; }

    /// <summary>Null: once. Otherwise what the hours are counted for, such as a month.</summary>
    public string? Per { get; init; }
}

internal sealed record StandingHours
{
    public required decimal Low { get; init; }
    public required decimal High { get; init; }
}
