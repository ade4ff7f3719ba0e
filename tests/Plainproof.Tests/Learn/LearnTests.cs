using System.Net;
using System.Text.RegularExpressions;
using Plainproof.Catalog;
using Plainproof.Tests.House;
using Plainproof.Tests.Web;
using Xunit;

namespace Plainproof.Tests.Learn;

/// <summary>The Learn section as a stranger's browser without script sees it.</summary>
public sealed partial class LearnTests(ReadPages read) : IClassFixture<ReadPages>
{
    [Fact]
    public void Every_link_leads_to_a_page_and_to_a_place_on_it()
    {
        var broken = from page in read.Pages
                     where page.Key.StartsWith("/learn", StringComparison.Ordinal)
                     from link in ReadPages.LinksOf(page.Value)
                     let parts = link.Split('#')
                     let target = read.Pages[parts[0]]
                     where target.Status != HttpStatusCode.OK || (parts.Length > 1 && !target.Html.Contains($"id=\"{parts[1]}\"", StringComparison.Ordinal))
                     select $"{page.Key} links to {link}: {target.Status}";

        NothingIn(broken);
    }

    [Fact]
    public void Each_thing_of_the_catalogue_has_its_page_and_is_reached_by_links()
    {
        var catalogue = Catalogue.Shipped;
        var wanted = (IEnumerable<string>)
        [
            .. catalogue.Criteria.Criteria.Select(one => $"/learn/criteria/{one.Id}"), .. catalogue.Controls.Controls.Select(one => $"/learn/controls/{one.Id}"),
            .. catalogue.Gaps.Gaps.Select(one => $"/learn/gaps/{one.Id}"), .. catalogue.Policies.Policies.Select(one => $"/learn/policies/{one.Id}"),
        ];

        Assert.Empty(wanted.Except(read.Pages.Keys));
    }

    [Fact]
    public void Every_sentence_is_short_and_every_page_is_of_school_grade_8()
    {
        var hard = from page in LearnPages()
                   let texts = ReadPages.TextsOf(page.Value)
                   from text in texts.Append(string.Join('\n', texts))
                   let offence = Readability.Offence(text)
                   where offence is not null
                   select $"{page.Key}: {offence}";

        NothingIn(hard.Distinct());
    }

    [Fact]
    public void Paragraphs_alone_are_of_school_grade_8_too_so_that_short_cells_cannot_hide_hard_ones()
    {
        var hard = from path in read.Lessons
                   let prose = string.Join(' ', ReadPages.TextsOf(read.Pages[path]).Where(text => Readability.Words(text) > 8))
                   where Readability.Grade(prose) > Readability.HighestGrade
                   select $"{path}: grade {Readability.Grade(prose):0.0}";

        NothingIn(hard);
    }

    [Fact]
    public void Every_term_of_art_is_in_the_glossary()
    {
        var explained = TermsOfArt.Explained(Catalogue.Shipped.Glossary);

        var unexplained = from page in LearnPages()
                          from text in ReadPages.TextsOf(page.Value)
                          from term in TermsOfArt.Unexplained(text, explained)
                          select $"{page.Key}: {term} in: {text}";

        NothingIn(unexplained);
    }

    [Fact]
    public void No_page_says_compliant_certified_or_passed_of_a_company() =>
        Assert.Empty(LearnPages().Where(page => Laws.Claim().IsMatch(page.Value.Text)).Select(page => $"{page.Key}: {Laws.Claim().Match(page.Value.Text).Value}"));

    [Fact]
    public void Lessons_are_short() =>
        Assert.All(
            (string[])["what-is-soc-2", "categories", "type-1-and-type-2", "five-steps", "how-long-and-how-much", "choosing-a-cpa"],
            name => Assert.InRange(ReadPages.TextsOf(read.Pages[$"/learn/{name}"]).Sum(Readability.Words), 300, 750));

    [Fact]
    public void The_glossary_has_every_term_under_its_own_anchor()
    {
        var html = read.Pages["/learn/glossary"].Html;
        var ids = Id().Matches(html).Select(match => match.Groups[1].Value).ToList();

        Assert.Equal(ids.Count, ids.Distinct().Count());
        Assert.Empty(Catalogue.Shipped.Glossary.Terms.Select(term => term.Anchor()).Except(ids));
    }

    [Fact]
    public async Task The_glossary_is_searched_without_script()
    {
        await using var site = await RunningSite.StartAsync();
        using var visitor = site.Visit();

        var found = await visitor.GetAsync("/learn/glossary?q=Two-Factor");
        var none = await visitor.GetAsync("/learn/glossary?q=%3Cb%3Ezebra");

        Assert.Contains("<dt id=\"mfa\">", found.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("<dt id=\"population\">", found.Html, StringComparison.Ordinal);
        Assert.Contains("No word here has “<b>zebra” in it", none.Text.Replace("&lt;", "<", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotContain("<b>zebra", none.Html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/learn/criteria/CC99.9")]
    [InlineData("/learn/controls/XX-01")]
    [InlineData("/learn/gaps/G-XX-1")]
    [InlineData("/learn/policies/POL-99")]
    public async Task An_id_that_does_not_exist_is_no_page(string path)
    {
        await using var site = await RunningSite.StartAsync();
        using var visitor = site.Visit();

        var page = await visitor.GetAsync(path);

        Assert.Equal(HttpStatusCode.NotFound, page.Status);
        Assert.Contains("There is no such page", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ids_may_be_typed_in_small_letters()
    {
        await using var site = await RunningSite.StartAsync();
        using var visitor = site.Visit();

        Assert.Contains("CC6.1: Who and what gets in", (await visitor.GetAsync("/learn/criteria/cc6.1")).Text, StringComparison.Ordinal);
    }

    /// <summary>Pages that only some people see are not in the crawl; a word they link must exist all the same.</summary>
    [Fact]
    public void Every_word_that_any_page_links_is_in_the_glossary()
    {
        var links = Directory.EnumerateFiles(Repository.File("src", "Plainproof"), "*.razor", SearchOption.AllDirectories)
            .SelectMany(file => TermLink().Matches(File.ReadAllText(file)).Select(match => (file, word: match.Groups[1].Value))).ToList();

        Assert.NotEmpty(links);
        Assert.DoesNotContain(links, link => Catalogue.Shipped.Glossary.Find(link.word) is null);
    }

    private static void NothingIn(IEnumerable<string> offences)
    {
        var all = offences.ToList();
        Assert.True(all.Count == 0, string.Join('\n', all));
    }

    private IEnumerable<KeyValuePair<string, Seen>> LearnPages() => read.Pages.Where(page => page.Key.StartsWith("/learn", StringComparison.Ordinal));

    [GeneratedRegex("\\sid=\"([^\"]*)\"")]
    private static partial Regex Id();

    [GeneratedRegex("Terms\\.Link\\(\"([^\"]*)\"")]
    private static partial Regex TermLink();
}
