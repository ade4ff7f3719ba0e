namespace Plainproof.Catalog;

/// <summary>entity-controls.json: what others must do for the company's promises to hold.</summary>
internal sealed record EntityControlsFile
{
    public required IReadOnlyList<CustomerControl> Customer { get; init; }
    public required IReadOnlyList<SubserviceControl> Subservice { get; init; }
}

/// <summary>A complementary user entity control (CUEC): the customer does it.</summary>
internal sealed record CustomerControl
{
    public required string Id { get; init; }
    public required string Text { get; init; }
    public required IReadOnlyList<string> Criteria { get; init; }
    public When? When { get; init; }
}

/// <summary>A complementary subservice organisation control (CSOC): a provider of this kind does it.</summary>
internal sealed record SubserviceControl
{
    public required string Id { get; init; }
    public required string Kind { get; init; }
    public required string Text { get; init; }
    public required IReadOnlyList<string> Criteria { get; init; }
}
