using Plainproof.Catalog;

namespace Plainproof.Features.Requests;

/// <summary>Finds the line of our catalogue that an auditor's own line is like, by the rarer words that both have. It only ever leads to proposals.</summary>
internal sealed class LikeRequests
{
    private const double Least = 0.3;
    private const int ShortestWord = 4;
    private static readonly HashSet<string> Plain = ["please", "provide", "with", "that", "this", "from", "they", "their", "your", "during", "period", "window", "list", "each", "which", "were", "have", "what", "when", "type", "evidence", "documentation", "copy", "copies", "sampled", "sample", "including", "other", "and", "for", "the", "complete", "population", "report"];
    private readonly List<(Request Request, HashSet<string> Words)> _known;
    private readonly Dictionary<string, double> _weights;

    public LikeRequests(Catalogue catalogue)
    {
        _known = [.. catalogue.Requests.Requests.Select(one => (one, WordsOf(one.Item)))];
        _weights = _known.SelectMany(one => one.Words).CountBy(word => word).ToDictionary(one => one.Key, one => Math.Log((double)(_known.Count + 1) / one.Value), StringComparer.Ordinal);
    }

    /// <summary>Null when it is like none.</summary>
    public Request? Find(RequestLine line)
    {
        if (_known.FirstOrDefault(one => one.Request.Id.Equals(line.Number, StringComparison.OrdinalIgnoreCase) && one.Request.Item == line.Item) is { Request: { } same })
            return same;
        var words = WordsOf(line.Item);
        var whole = words.Sum(Weight);
        return _known.Select(one => (one.Request, Likeness: Likeness(one.Words, words, whole) + Shared(one.Request, line)))
            .Where(one => one.Likeness >= Least).OrderByDescending(one => one.Likeness).ThenBy(one => one.Request.Id, StringComparer.Ordinal).Select(one => one.Request).FirstOrDefault();
    }

    /// <summary>Short endings go, so that "leavers" and "leaver" are one.</summary>
    public static HashSet<string> WordsOf(string text) =>
    [
        .. text.ToLowerInvariant().Split([.. text.Where(letter => !char.IsLetterOrDigit(letter)).Distinct()], StringSplitOptions.RemoveEmptyEntries)
            .Where(word => word.Length >= ShortestWord && !Plain.Contains(word)).Select(Stem),
    ];

    private static string Stem(string word) => word switch
    {
        _ when word.EndsWith("ies", StringComparison.Ordinal) => word[..^3] + "y",
        _ when word.EndsWith("ing", StringComparison.Ordinal) && word.Length > 6 => word[..^3],
        _ when word.EndsWith("ed", StringComparison.Ordinal) && word.Length > 5 => word[..^2],
        _ when word.EndsWith('s') && !word.EndsWith("ss", StringComparison.Ordinal) => word[..^1],
        _ => word,
    };

    private double Likeness(HashSet<string> known, HashSet<string> words, double whole)
    {
        var common = known.Where(words.Contains).ToList();
        var least = Math.Min(known.Sum(Weight), whole);
        return common.Count < 2 || least <= 0 ? 0 : common.Sum(Weight) / Math.Max(least, 1) * Math.Min(1, common.Count / 3.0);
    }

    /// <summary>The same control or criterion makes a likeness stronger.</summary>
    private static double Shared(Request known, RequestLine line) =>
        (known.Controls.Intersect(line.ControlList).Any() ? 0.2 : 0) + (known.Criteria.Count < 10 && known.Criteria.Intersect(line.CriterionList).Any() ? 0.1 : 0);

    /// <summary>A word that no known line has tells nothing.</summary>
    private double Weight(string word) => _weights.GetValueOrDefault(word, 0.5);
}
