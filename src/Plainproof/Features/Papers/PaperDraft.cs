namespace Plainproof.Features.Papers;

/// <summary>A paper as it would be saved now.</summary>
/// <param name="WhyNot">Why there can be none; then the text is empty.</param>
/// <param name="Text">What is drawn, with what people typed.</param>
/// <param name="Drawn">What the data alone gives, by key.</param>
internal sealed record PaperDraft(string? WhyNot, PaperText Text, IReadOnlyDictionary<string, Sentence> Drawn)
{
    /// <param name="typed">What was not taken back, oldest first.</param>
    public static async Task<PaperDraft> OfAsync(IPaperKind kind, PaperGround ground, IReadOnlyList<TypedSentence> typed, CancellationToken stop)
    {
        if (await kind.WhyNotAsync(ground, stop) is { } why)
            return new PaperDraft(why, new PaperText([]), new Dictionary<string, Sentence>());
        var sections = await kind.DrawAsync(ground, stop);
        var drawn = sections.SelectMany(section => section.Sentences).ToDictionary(one => one.Key, StringComparer.Ordinal);
        var newest = typed.GroupBy(one => one.Key, StringComparer.Ordinal).Select(some => some.Last()).ToList();
        return new PaperDraft(null, new PaperText([.. sections.Select(section => With(section, newest, drawn, sections))]), drawn);
    }

    /// <summary>What people typed is never lost: where the drawn sentence is gone it stands by itself, and where the section is gone it stands in the last one.</summary>
    private static Section With(Section section, List<TypedSentence> newest, Dictionary<string, Sentence> drawn, IReadOnlyList<Section> all)
    {
        var instead = newest.Where(one => drawn.ContainsKey(one.Key)).ToDictionary(one => one.Key, StringComparer.Ordinal);
        var own = newest.Where(one => one.Text.Length > 0 && !drawn.ContainsKey(one.Key) && (one.Section == section.Id || (section == all[^1] && all.All(other => other.Id != one.Section))));
        return section with
        {
            Sentences = [.. section.Sentences.Select(one => instead.TryGetValue(one.Key, out var typed) ? Of(typed, section) : one).Where(one => one.Text.Length > 0), .. own.Select(one => Of(one, section))],
            LeftOut = [.. section.Sentences.Where(one => instead.GetValueOrDefault(one.Key) is { Text.Length: 0 }).Select(one => Left(one, instead[one.Key]))],
        };
    }

    private static LeftOut Left(Sentence sentence, TypedSentence typed) => new(sentence.Key, sentence.Text, typed.Why, typed.TypedBy, typed.TypedAt);

    /// <summary>In a table a text with as many parts as there are columns is a row.</summary>
    private static Sentence Of(TypedSentence one, Section section) =>
        new(one.Key, one.Text.Split(Sentence.Bar) is var cells && section.Columns.Count > 1 && cells.Length == section.Columns.Count ? cells : [one.Text], null, new Typing(one.TypedBy, one.TypedAt, one.Why, one.Instead));
}
