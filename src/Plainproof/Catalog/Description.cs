namespace Plainproof.Catalog;

internal sealed record DescriptionFile
{
    public required IReadOnlyList<DescriptionSection> Sections { get; init; }
}

/// <summary>What the company's description of its system must tell, DC1 to DC9.</summary>
internal sealed record DescriptionSection
{
    public required string Id { get; init; }
    public required string Title { get; init; }
    public required string Plain { get; init; }
    public required IReadOnlyList<string> Asks { get; init; }
    public IReadOnlyList<string> Controls { get; init; } = [];
}
