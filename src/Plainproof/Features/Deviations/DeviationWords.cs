namespace Plainproof.Features.Deviations;

/// <summary>How deviations and their answers are said.</summary>
internal static class DeviationWords
{
    public static string Of(Reach reach) => reach == Reach.Isolated ? "isolated" : "systematic";

    public static string Explained(Reach reach) => reach == Reach.Isolated ? "Isolated: it happened to these, for a reason of their own" : "Systematic: our way of working allowed it, and others may be hit";

    /// <param name="titles">Of checks, by id.</param>
    public static string Of(SeenDeviation one, IReadOnlyDictionary<string, string> titles) => one.By switch
    {
        FoundBy.Check => titles.GetValueOrDefault(one.Source) ?? one.Source,
        FoundBy.Calendar => "the calendar of recurring work",
        _ => "a person",
    };

    public static IReadOnlyList<DeviationAnswer> NewestFirst(IEnumerable<DeviationAnswer> answers) =>
        [.. answers.OrderByDescending(answer => answer.AnsweredAt).ThenByDescending(answer => answer.Id, StringComparer.Ordinal)];

    /// <summary>The newest answer to each deviation.</summary>
    /// <param name="answers">Newest first.</param>
    public static Dictionary<string, DeviationAnswer> Newest(IEnumerable<DeviationAnswer> answers)
    {
        var newest = new Dictionary<string, DeviationAnswer>(StringComparer.Ordinal);
        foreach (var answer in answers)
            foreach (var key in answer.All)
                newest.TryAdd(key, answer);
        return newest;
    }
}
