using System.Text.RegularExpressions;
using Plainproof.Catalog;

namespace Plainproof.Features.Interview;

/// <summary>What ? shows: why the question is asked, and the words in it that need explaining.</summary>
internal sealed class HelpText(GlossaryFile glossary, Page page)
{
    public async Task ShowAsync(Question question, string? word)
    {
        if (word is not null)
            await ExplainAsync(word);
        else
        {
            await page.WriteAsync("  ", question.Help ?? "There is nothing more to say about this question.");
            foreach (var term in TermsIn(string.Join(" ", question.Options.Select(option => option.Text).Prepend(question.Help).Prepend(question.Ask))))
                await page.WriteAsync($"  {term.Name}: ", term.Plain);
            await page.WriteAsync("  ", "Type ? and a word, such as ? passkey, to have it explained.");
        }
    }

    private async Task ExplainAsync(string word)
    {
        var names = glossary.Terms.SelectMany(term => term.Also.Prepend(term.Name).Select(name => (Name: name, Term: term))).ToList();
        var found = names.Where(one => one.Name.Equals(word, StringComparison.OrdinalIgnoreCase)).Select(one => one.Term).FirstOrDefault();
        if (found is not null)
            await page.WriteAsync($"  {found.Name}: ", found.Plain);
        else
            await page.WriteAsync("  ", Nearest.To(word, names.Select(one => one.Name)) is { } near
                ? $"No such word is explained. Did you mean {near}?"
                : "No such word is explained.");
    }

    private IEnumerable<Term> TermsIn(string text) => glossary.Terms.Where(term => term.Also.Prepend(term.Name).Any(name => Stands(name, text)));

    private static bool Stands(string name, string text) =>
        Regex.IsMatch(text, $@"(?<![\w-]){Regex.Escape(name)}s?(?![\w-])", name.Any(char.IsUpper) ? RegexOptions.None : RegexOptions.IgnoreCase);
}
