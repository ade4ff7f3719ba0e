using System.Globalization;
using System.Text;

namespace Plainproof.Documents;

/// <summary>Takes out of text what no XML file may hold: control characters, halves of characters, and the two non-characters.</summary>
internal static class CleanText
{
    private const char Replacement = '\uFFFD';

    /// <summary>Line ends become <c>\n</c>. Tabs and line ends stay.</summary>
    public static string Of(string text)
    {
        var lines = text.Contains('\r', StringComparison.Ordinal) ? text.ReplaceLineEndings("\n") : text;
        return lines.AsSpan().IndexOfAnyExceptInRange(' ', '~') < 0 ? lines : Cleaned(lines);
    }

    private static string Cleaned(string text)
    {
        var clean = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
                clean.Append(c).Append(text[++i]);
            else if (char.IsSurrogate(c) || c >= '\uFFFE')
                clean.Append(Replacement);
            else if (c is '\t' or '\n' || char.GetUnicodeCategory(c) != UnicodeCategory.Control)
                clean.Append(c);
        }

        return clean.ToString();
    }
}
