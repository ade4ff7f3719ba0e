namespace Plainproof.Catalog;

/// <summary>scoping.json: which categories the company's own promises call for, and what to do when answers are unclear.</summary>
internal sealed record ScopingFile
{
    /// <summary>Said when a category is not proposed.</summary>
    public required string Rule { get; init; }
    public required IReadOnlyList<CategoryRule> Categories { get; init; }
    public required IReadOnlyList<AmbiguityRule> Ambiguity { get; init; }
}

internal sealed record CategoryRule
{
    public required string Category { get; init; }

    /// <summary>Proposed when any of these holds; empty: always in.</summary>
    public required IReadOnlyList<Condition> ProposeWhen { get; init; }
    public required string Say { get; init; }
    public string? Otherwise { get; init; }
}

internal sealed record AmbiguityRule
{
    public required string Id { get; init; }
    public required When When { get; init; }
    public required string Say { get; init; }
    public string? Ask { get; init; }
}
