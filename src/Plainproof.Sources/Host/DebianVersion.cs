namespace Plainproof.Sources.Host;

/// <summary>Which of two package versions is newer, by Debian Policy, section 5.6.12.</summary>
internal static class DebianVersion
{
    public static int Compare(string left, string right)
    {
        var (a, b) = (Split(left), Split(right));
        return a.Epoch != b.Epoch ? a.Epoch.CompareTo(b.Epoch)
            : ComparePart(a.Upstream, b.Upstream) is var upstream and not 0 ? upstream
            : ComparePart(a.Revision, b.Revision);
    }

    private static (long Epoch, string Upstream, string Revision) Split(string version)
    {
        var colon = version.IndexOf(':');
        var rest = version[(colon + 1)..];
        var dash = rest.LastIndexOf('-');
        return (colon < 0 || !long.TryParse(version.AsSpan(0, colon), out var epoch) ? 0 : epoch, dash < 0 ? rest : rest[..dash], dash < 0 ? "" : rest[(dash + 1)..]);
    }

    /// <summary>Takes turns: a stretch without digits by the order below, then a number by its value.</summary>
    private static int ComparePart(string a, string b)
    {
        var (i, j) = (0, 0);
        while (i < a.Length || j < b.Length)
        {
            while ((i < a.Length && !char.IsAsciiDigit(a[i])) || (j < b.Length && !char.IsAsciiDigit(b[j])))
            {
                var order = OrderAt(a, i).CompareTo(OrderAt(b, j));
                if (order != 0)
                    return order;
                i++;
                j++;
            }

            var left = Number(a, ref i);
            var right = Number(b, ref j);
            var difference = left.Length != right.Length ? left.Length.CompareTo(right.Length) : left.SequenceCompareTo(right);
            if (difference != 0)
                return difference;
        }

        return 0;
    }

    private static ReadOnlySpan<char> Number(string text, ref int at)
    {
        var from = at;
        while (at < text.Length && char.IsAsciiDigit(text[at]))
            at++;
        return text.AsSpan(from, at - from).TrimStart('0');
    }

    /// <summary>A tilde sorts before the end, the end before letters, letters before all else.</summary>
    private static int OrderAt(string text, int at) =>
        at >= text.Length || char.IsAsciiDigit(text[at]) ? 0
        : text[at] == '~' ? -1
        : char.IsAsciiLetter(text[at]) ? text[at]
        : text[at] + 256;
}
