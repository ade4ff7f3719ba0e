using System.Text;

namespace Plainproof.Documents.Pdf;

/// <summary>
/// Letters with their accents. Some systems write them as two characters, which no line of type can set side by side.
/// The runtime joins them only with tables that this program goes without.
/// </summary>
internal static class Accents
{
    private static readonly Dictionary<char, (string Letters, string Joined)> Known = new()
    {
        ['\u0300'] = ("AEIOUaeiouNnWwYy", "ÀÈÌÒÙàèìòùǸǹẀẁỲỳ"),
        ['\u0301'] = ("AEIOUYaeiouyCLNRSZclnrsz", "ÁÉÍÓÚÝáéíóúýĆĹŃŔŚŹćĺńŕśź"),
        ['\u0302'] = ("AEIOUaeiouCGHJSWYcghjswy", "ÂÊÎÔÛâêîôûĈĜĤĴŜŴŶĉĝĥĵŝŵŷ"),
        ['\u0303'] = ("ANOanoIUiu", "ÃÑÕãñõĨŨĩũ"),
        ['\u0304'] = ("AEIOUaeiou", "ĀĒĪŌŪāēīōū"),
        ['\u0306'] = ("AEGIOUaegiou", "ĂĔĞĬŎŬăĕğĭŏŭ"),
        ['\u0307'] = ("CEGIZcegz", "ĊĖĠİŻċėġż"),
        ['\u0308'] = ("AEIOUYaeiouy", "ÄËÏÖÜŸäëïöüÿ"),
        ['\u030A'] = ("AUau", "ÅŮåů"),
        ['\u030B'] = ("OUou", "ŐŰőű"),
        ['\u030C'] = ("CDENRSTZcdenrstzGg", "ČĎĚŇŘŠŤŽčďěňřšťžǦǧ"),
        ['\u0327'] = ("CGKLNRSTcgklnrst", "ÇĢĶĻŅŖŞŢçģķļņŗşţ"),
        ['\u0328'] = ("AEIUaeiu", "ĄĘĮŲąęįų"),
    };

    public static bool IsAccent(char c) => c is >= '\u0300' and <= '\u036F';

    public static string Joined(string text)
    {
        if (text.AsSpan().IndexOfAnyInRange('\u0300', '\u036F') < 0)
            return text;
        var joined = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (joined.Length > 0 && Join(joined[^1], c) is { } both)
                joined[^1] = both;
            else
                joined.Append(c);
        }

        return joined.ToString();
    }

    private static char? Join(char letter, char accent) =>
        Known.TryGetValue(accent, out var known) && known.Letters.IndexOf(letter, StringComparison.Ordinal) is >= 0 and var at ? known.Joined[at] : null;
}
