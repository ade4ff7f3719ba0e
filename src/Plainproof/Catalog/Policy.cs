namespace Plainproof.Catalog;

internal sealed record PoliciesFile
{
    public required IReadOnlyList<Policy> Policies { get; init; }
}

internal sealed record Policy
{
    public required string Id { get; init; }
    public required string Name { get; init; }
    public required string Plain { get; init; }
    public required IReadOnlyList<PolicySection> Sections { get; init; }
    public required IReadOnlyList<string> Criteria { get; init; }
    public required IReadOnlyList<string> Controls { get; init; }
}

internal sealed record PolicySection
{
    public required string Title { get; init; }
    public required string Plain { get; init; }
}
