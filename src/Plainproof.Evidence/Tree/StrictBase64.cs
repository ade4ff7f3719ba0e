namespace Plainproof.Evidence;

/// <summary>RFC 4648 section 4 with one spelling for one value: no spaces, right padding, no stray bits.</summary>
internal static class StrictBase64
{
    /// <summary>The same into room of exactly that length, without copies: for what is decoded in great numbers.</summary>
    public static bool TryDecode(ReadOnlySpan<char> text, Span<byte> bytes)
    {
        Span<char> strict = stackalloc char[(bytes.Length + 2) / 3 * 4];
        return Convert.TryFromBase64Chars(text, bytes, out var written) && written == bytes.Length
            && Convert.TryToBase64Chars(bytes, strict, out _) && text.SequenceEqual(strict);
    }

    public static bool TryDecode(string text, out byte[] bytes)
    {
        bytes = [];
        var room = new byte[text.Length];
        if (!Convert.TryFromBase64String(text, room, out var written)) return false;
        if (!string.Equals(Convert.ToBase64String(room, 0, written), text, StringComparison.Ordinal)) return false;
        bytes = room[..written];
        return true;
    }
}
