using Plainproof.Catalog;

namespace Plainproof.Features.Requests;

/// <summary>Finds the line of our catalogue that an auditor's own line is like, by the rarer words that both have. It only ever leads to proposals.</summary>
internal sealed class LikeRequests
{
    private const double Least = 0.3;
    private const int ShortestWord = 4;
    private static readonly HashSet<string> Plain = ["please", "provide", "with", "that", "this", "from", "they", "their", "your", "during", "period", "window", "list", "each", "which", "were", "have", "what", "when", "type", "evidence", "documentation", "copy", "copies", "sampled", "sample", "including", "other", "and", "for", "the", "complete", "population", "report"];
    private readonly List<KnownRequest> _known;
    private readonly Dictionary<string, double> _weights;
    private readonly ILookup<string, int> _having;

    public LikeRequests(Catalogue catalogue)
    {
        var words = catalogue.Requests.Requests.Select(one => (Request: one, Words: WordsOf(one.Item))).ToList();
        _weights = words.SelectMany(one => one.Words).CountBy(word => word).ToDictionary(one => one.Key, one => Math.Log((double)(words.Count + 1) / one.Value), StringComparer.Ordinal);
        _known = words.ConvertAll(one => new KnownRequest(one.Request, one.Words.Sum(Weight), [.. one.Request.Controls], [.. one.Request.Criteria]));
        _having = words.SelectMany((one, place) => one.Words.Select(word => (Word: word, Place: place))).ToLookup(one => one.Word, one => one.Place, StringComparer.Ordinal);
    }

    /// <summary>Null when it is like none.</summary>
    public Request? Find(RequestLine line)
    {
        if (_known.Find(one => one.Request.Id.Equals(line.Number, StringComparison.OrdinalIgnoreCase) && one.Request.Item == line.Item) is { Request: { } same })
            return same;
        var words = WordsOf(line.Item);
        var (whole, shared, controls, criteria) = (words.Sum(Weight), SharedWith(words), line.ControlList, line.CriterionList);
        return _known.Select((one, place) => (one.Request, Likeness: Likeness(one, shared[place], whole) + Shared(one, controls, criteria)))
            .Where(one => one.Likeness >= Least).OrderByDescending(one => one.Likeness).ThenBy(one => one.Request.Id, StringComparer.Ordinal).Select(one => one.Request).FirstOrDefault();
    }

    /// <returns>For each known line, how many of the words it has, and their weight.</returns>
    private (int Words, double Weight)[] SharedWith(HashSet<string> words)
    {
        var shared = new (int Words, double Weight)[_known.Count];
        foreach (var word in words)
            foreach (var place in _having[word])
                shared[place] = (shared[place].Words + 1, shared[place].Weight + Weight(word));
        return shared;
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

    private static double Likeness(KnownRequest known, (int Words, double Weight) shared, double whole)
    {
        var least = Math.Min(known.Whole, whole);
        return shared.Words < 2 || least <= 0 ? 0 : shared.Weight / Math.Max(least, 1) * Math.Min(1, shared.Words / 3.0);
    }

    /// <summary>The same control or criterion makes a likeness stronger; a line that serves many criteria says nothing by one of them.</summary>
    private static double Shared(KnownRequest known, IReadOnlyList<string> controls, IReadOnlyList<string> criteria) =>
        (controls.Any(known.Controls.Contains) ? 0.2 : 0) + (known.Criteria.Count < 10 && criteria.Any(known.Criteria.Contains) ? 0.1 : 0);

    /// <summary>A word that no known line has tells nothing.</summary>
    private double Weight(string word) => _weights.GetValueOrDefault(word, 0.5);

    /// <param name="Whole">The weight of all its words.</param>
    private sealed record KnownRequest(Request Request, double Whole, HashSet<string> Controls, HashSet<string> Criteria);
}
