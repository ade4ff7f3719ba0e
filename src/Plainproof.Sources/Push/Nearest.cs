namespace Plainproof.Sources.Push;

/// <summary>The known word that was probably meant.</summary>
internal static class Nearest
{
    /// <returns><c> Did you mean 'x'?</c>, or nothing when no word is near.</returns>
    public static string Hint(string typed, IEnumerable<string> known)
    {
        var best = known.Select(word => (word, steps: Distance(typed.ToLowerInvariant(), word.ToLowerInvariant())))
            .OrderBy(pair => pair.steps).FirstOrDefault((word: "", steps: int.MaxValue));
        return best.steps <= Math.Max(2, typed.Length / 3) ? $" Did you mean '{best.word}'?" : "";
    }

    /// <summary>Letters to add, drop or change (Levenshtein).</summary>
    private static int Distance(string a, string b)
    {
        if (Math.Abs(a.Length - b.Length) > 8 || a.Length > 80)
            return int.MaxValue;
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var (before, corner) = (i, i - 1);
            for (var j = 1; j <= b.Length; j++)
            {
                var cost = Math.Min(Math.Min(row[j] + 1, before + 1), corner + (a[i - 1] == b[j - 1] ? 0 : 1));
                (corner, row[j - 1]) = (row[j], before);
                before = cost;
            }

            row[b.Length] = before;
        }

        return row[b.Length];
    }
}
