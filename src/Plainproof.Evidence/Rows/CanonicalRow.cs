using System.Globalization;
using System.Text;

namespace Plainproof.Evidence;

/// <summary>
/// A row as one line of JSON that is the same for everybody who writes it: RFC 8785 for an object of texts. Names in the order of their
/// UTF-16 code units, no blanks, nothing escaped that need not be.
/// </summary>
public static class CanonicalRow
{
    /// <exception cref="ArgumentException">A name is there twice.</exception>
    public static string Of(IEnumerable<KeyValuePair<string, string>> cells)
    {
        var text = new StringBuilder("{");
        string? before = null;
        foreach (var (name, value) in cells.OrderBy(cell => cell.Key, StringComparer.Ordinal))
        {
            if (name == before) throw new ArgumentException($"the row has '{name}' twice", nameof(cells));
            if (before is not null) text.Append(',');
            before = name;
            Write(text, name);
            text.Append(':');
            Write(text, value);
        }

        return text.Append('}').ToString();
    }

    private static void Write(StringBuilder text, string value)
    {
        text.Append('"');
        foreach (var letter in Whole(value))
            _ = letter switch
            {
                '"' => text.Append("\\\""),
                '\\' => text.Append("\\\\"),
                '\b' => text.Append("\\b"),
                '\t' => text.Append("\\t"),
                '\n' => text.Append("\\n"),
                '\f' => text.Append("\\f"),
                '\r' => text.Append("\\r"),
                < ' ' => text.Append(CultureInfo.InvariantCulture, $"\\u{(int)letter:x4}"),
                _ => text.Append(letter),
            };
        text.Append('"');
    }

    /// <summary>Half a surrogate pair has no bytes in UTF-8.</summary>
    private static string Whole(string value) =>
        value.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF') ? Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(value)) : value;
}
