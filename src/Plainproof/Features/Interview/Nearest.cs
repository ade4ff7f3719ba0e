namespace Plainproof.Features.Interview;

/// <summary>The known word someone most likely meant.</summary>
internal static class Nearest
{
    /// <summary>Null when none is near: a wild guess helps nobody.</summary>
    public static string? To(string word, IEnumerable<string> known)
    {
        // A very long word is near nothing, and comparing it costs its length for each known word.
        if (word.Length is 0 or > 64)
            return null;
        var best = known.Select(one => (Word: one, Far: Distance(word.ToLowerInvariant(), one.ToLowerInvariant())))
            .OrderBy(one => one.Far).FirstOrDefault();
        return best.Word is not null && best.Far <= Math.Max(1, Math.Max(word.Length, best.Word.Length) / 3) ? best.Word : null;
    }

    // Changes, additions and removals of one letter (Levenshtein).
    private static int Distance(string from, string to)
    {
        var row = Enumerable.Range(0, to.Length + 1).ToArray();
        for (var i = 1; i <= from.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= to.Length; j++)
            {
                var changed = diagonal + (from[i - 1] == to[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(changed, Math.Min(row[j], row[j - 1]) + 1);
            }
        }
        return row[^1];
    }
}
