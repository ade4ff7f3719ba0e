namespace Plainproof.Documents.Xlsx;

/// <summary>Names that Excel takes: short, without some characters, no two alike.</summary>
internal static class SheetNames
{
    private const int Longest = 31;
    private const string Forbidden = ":\\/?*[]";

    /// <summary>Excel keeps this name for itself.</summary>
    private const string Reserved = "History";

    public static IReadOnlyList<string> Of(IEnumerable<string> wished)
    {
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { Reserved };
        return [.. wished.Select(name => Unique(Legal(name), taken))];
    }

    private static string Legal(string name)
    {
        var clean = new string([.. CleanText.Of(name).Select(c => Forbidden.Contains(c, StringComparison.Ordinal) || c is '\n' or '\t' ? ' ' : c)]);
        var trimmed = Cut(clean.Trim(' ', '\''), Longest).TrimEnd(' ', '\'');
        return trimmed.Length == 0 ? "Sheet" : trimmed;
    }

    private static string Unique(string name, HashSet<string> taken)
    {
        var unique = name;
        for (var i = 2; !taken.Add(unique); i++)
            unique = $"{Cut(name, Longest - $" ({i})".Length).TrimEnd()} ({i})";
        return unique;
    }

    /// <summary>Never through the middle of a character.</summary>
    internal static string Cut(string text, int longest)
    {
        if (text.Length <= longest)
            return text;
        return char.IsHighSurrogate(text[longest - 1]) ? text[..(longest - 1)] : text[..longest];
    }
}
