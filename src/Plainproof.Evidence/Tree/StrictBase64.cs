namespace Plainproof.Evidence;

/// <summary>RFC 4648 section 4 with one spelling for one value: no spaces, right padding, no stray bits.</summary>
internal static class StrictBase64
{
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
