using System.Text.RegularExpressions;

namespace Plainproof.Catalog;

internal sealed record GlossaryFile
{
    public required IReadOnlyList<Term> Terms { get; init; }

    /// <summary>The term with this name in any case, or else the one that has it as another form; null when there is none.</summary>
    public Term? Find(string word) =>
        Terms.FirstOrDefault(term => Same(term.Name, word)) ?? Terms.FirstOrDefault(term => term.Also.Any(also => Same(also, word)));

    private static bool Same(string a, string b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);
}

internal sealed partial record Term
{
    /// <summary>The word or words as texts use them; it is also the id.</summary>
    public required string Name { get; init; }

    /// <summary>Other spellings and short forms that mean the same.</summary>
    public IReadOnlyList<string> Also { get; init; } = [];
    public required string Plain { get; init; }

    /// <summary>Its id on the page of the glossary: the name in small letters, digits and dashes.</summary>
    public string Anchor() => NotInIds().Replace(Name.ToLowerInvariant(), "-");

    [GeneratedRegex("[^a-z0-9]+")]
    private static partial Regex NotInIds();
}
