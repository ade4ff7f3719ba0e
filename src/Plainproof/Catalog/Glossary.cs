namespace Plainproof.Catalog;

internal sealed record GlossaryFile
{
    public required IReadOnlyList<Term> Terms { get; init; }
}

internal sealed record Term
{
    /// <summary>The word or words as texts use them; it is also the id.</summary>
    public required string Name { get; init; }

    /// <summary>Other spellings and short forms that mean the same.</summary>
    public IReadOnlyList<string> Also { get; init; } = [];
    public required string Plain { get; init; }
}
