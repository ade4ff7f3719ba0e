using System.Globalization;
using System.Text;

namespace Plainproof.Features.EvidenceFiles.Insides;

/// <summary>
/// How a text is put together: for each of many hash functions the least value over its runs of three words (min-hash). Two texts agree in
/// about as many of them as they have runs in common. Numbers are left out, so that another date makes no other text.
/// </summary>
internal static class Likeness
{
    private const int Functions = 64;
    private const int Run = 3;
    private const int FewestWords = 30;
    private const int Digits = 4;

    /// <returns>Empty for a text that is too short to compare.</returns>
    public static string Of(string text)
    {
        var words = WordsOf(text);
        if (words.Count < FewestWords)
            return "";
        var least = new ulong[Functions];
        Array.Fill(least, ulong.MaxValue);
        for (var i = 0; i + Run <= words.Count; i++)
        {
            var run = Hash(string.Join(' ', words.GetRange(i, Run)));
            for (var function = 0; function < Functions; function++)
                least[function] = Math.Min(least[function], Mixed(run, (ulong)function));
        }

        return string.Concat(least.Select(value => ((ushort)value).ToString("x4", CultureInfo.InvariantCulture)));
    }

    /// <summary>From 0 to 1; null when one of them is too short.</summary>
    public static double? Between(string one, string other) => one.Length != Functions * Digits || other.Length != one.Length ? null
        : Enumerable.Range(0, Functions).Count(i => one.AsSpan(i * Digits, Digits).SequenceEqual(other.AsSpan(i * Digits, Digits))) / (double)Functions;

    private static List<string> WordsOf(string text)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        foreach (var letter in text.Append(' '))
        {
            if (char.IsLetter(letter))
                word.Append(char.ToLowerInvariant(letter));
            else if (word.Length > 0)
            {
                words.Add(word.ToString());
                word.Clear();
            }
        }

        return words;
    }

    private static ulong Hash(string run) => BitConverter.ToUInt64(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(run)));

    /// <summary>The finalizer of MurmurHash3, with another start for each function.</summary>
    private static ulong Mixed(ulong value, ulong function)
    {
        value ^= (function + 1) * 0x9e3779b97f4a7c15;
        value = (value ^ (value >> 33)) * 0xff51afd7ed558ccd;
        value = (value ^ (value >> 33)) * 0xc4ceb9fe1a85ec53;
        return value ^ (value >> 33);
    }
}
