namespace Plainproof.Assurance.Populations;

/// <summary>What a list knows its things by: ids, addresses and names. Case, spaces and marks do not count.</summary>
internal sealed class KnownNames(IEnumerable<string?> names)
{
    private readonly HashSet<string> _plain = [.. names.Select(Plain).Where(name => name.Length > 0)];

    public bool HasOneOf(IEnumerable<string?> names) => names.Any(name => _plain.Contains(Plain(name)));

    private static string Plain(string? name) => new([.. (name ?? "").Where(char.IsLetterOrDigit).Select(char.ToUpperInvariant)]);
}
