namespace Plainproof.Catalog.Proof;

/// <summary>Every text for everyone is plain, explains its terms, and claims nothing that only an auditor may say.</summary>
internal static class PlainWords
{
    private static readonly string[] NotOurs = ["compliant", "certified", "passed SOC 2", "passes SOC 2", "SOC 2 certification"];

    public static IEnumerable<Problem> Problems(Catalogue catalogue, IReadOnlyList<PlainText> texts)
    {
        var explained = TermsOfArt.Explained(catalogue.Glossary);
        return [.. texts.SelectMany(text => OfText(text, explained)), .. Glossary(catalogue.Glossary)];
    }

    private static IEnumerable<Problem> OfText(PlainText text, IReadOnlySet<string> explained)
    {
        if (string.IsNullOrWhiteSpace(text.Text))
            yield return new(text.File, text.Id, $"its {text.Field} is empty", "Write it, or leave it out");
        if (Readability.Offence(text.Text) is { } offence)
            yield return new(text.File, text.Id, $"its {text.Field} {offence}", "Use shorter sentences and plainer words");
        foreach (var term in TermsOfArt.Unexplained(text.Text, explained, withCapitals: !text.HasCommands))
            yield return new(text.File, text.Id, $"its {text.Field} uses \"{term}\", which the glossary does not explain",
                "Add it to glossary.json, or use plain words");
        foreach (var word in NotOurs.Where(word => text.Text.Contains(word, StringComparison.OrdinalIgnoreCase) && text.File != "glossary.json"))
            yield return new(text.File, text.Id, $"its {text.Field} says \"{word}\"", "Only an auditor gives an opinion; say what was seen");
    }

    private static IEnumerable<Problem> Glossary(GlossaryFile glossary) =>
        glossary.Terms.SelectMany(term => term.Also.Prepend(term.Name).Select(word => (term.Name, Word: word)))
            .GroupBy(one => one.Word, StringComparer.OrdinalIgnoreCase)
            .Where(same => same.Count() > 1)
            .Select(same => new Problem("glossary.json", same.Last().Name, $"explains \"{same.Key}\" more than once", "Keep one explanation"));
}
