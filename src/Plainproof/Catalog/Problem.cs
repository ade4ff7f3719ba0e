namespace Plainproof.Catalog;

/// <summary>One thing wrong with the catalogue: where it is (file, then id), what is wrong, and how to mend it.</summary>
internal sealed record Problem(string File, string Id, string What, string Mend)
{
    public override string ToString() => Id.Length == 0 ? $"{File}: {What}. {Mend}." : $"{File}, {Id}: {What}. {Mend}.";
}

/// <summary>The catalogue cannot be used; carries every problem found, not only the first.</summary>
internal sealed class BrokenCatalogueException(IReadOnlyList<Problem> problems)
    : Exception(string.Join(Environment.NewLine, problems))
{
    public IReadOnlyList<Problem> Problems { get; } = problems;
}
