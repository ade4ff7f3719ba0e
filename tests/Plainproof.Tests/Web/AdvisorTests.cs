using System.Net;
using System.Text.RegularExpressions;
using Plainproof.Catalog;
using Xunit;

namespace Plainproof.Tests.Web;

/// <summary>The advisor as a visitor without script meets it.</summary>
public sealed partial class AdvisorTests
{
    [Fact]
    public async Task A_stranger_answers_everything_in_at_most_eighty_sends_and_gets_the_whole_result()
    {
        await using var site = await RunningSite.StartAsync();
        using var visitor = site.Visit();
        var page = await visitor.GetAsync("/advisor");
        page = await visitor.GetAsync(Onward().Match(page.Html).Groups[1].Value);

        var sends = 0;
        while (page.Address.AbsolutePath != "/advisor/result")
        {
            Assert.Equal(HttpStatusCode.OK, page.Status);
            page = page.Address.AbsolutePath == "/advisor/scope" ? await visitor.GetAsync(Onward().Match(page.Html).Groups[1].Value) : await AnswerAsync(visitor, page, worst: true);
            Assert.True(++sends <= 80, "It takes more than 80 taps.");
        }

        Assert.Contains("This rests on what you said.", page.Text, StringComparison.Ordinal);
        Assert.Contains("What the report should cover", page.Text, StringComparison.Ordinal);
        Assert.Contains("1. ", page.Text, StringComparison.Ordinal);
        Assert.Contains("Type II report (a window of 6 months)", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("questions are still open", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_best_answers_never_turn_a_criterion_green_or_met()
    {
        await using var site = await RunningSite.StartAsync();
        using var visitor = site.Visit();
        var page = await visitor.GetAsync("/advisor/q/S01");
        while (page.Address.AbsolutePath != "/advisor/result")
            page = page.Address.AbsolutePath == "/advisor/scope" ? await visitor.GetAsync(Onward().Match(page.Html).Groups[1].Value) : await AnswerAsync(visitor, page, worst: false);

        Assert.DoesNotContain("rect class=\"good\"", page.Html, StringComparison.Ordinal);
        Assert.DoesNotContain(" met,", page.Text, StringComparison.Ordinal);
        Assert.Contains("no gap seen", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Going_back_shows_the_answer_and_a_new_one_replaces_it()
    {
        await using var site = await RunningSite.StartAsync();
        using var visitor = site.Visit();
        var first = await visitor.GetAsync("/advisor/q/S05");
        await visitor.SubmitAsync(first, [("Option", "6-20")], "answers");

        var again = await visitor.GetAsync("/advisor/q/S05");
        Assert.Matches("value=\"6-20\"[^>]*aria-pressed=\"true\"", again.Html);

        // The old page is sent once more, as after the back button and a double tap.
        await visitor.SubmitAsync(first, [("Option", "21-50")], "answers");
        await visitor.SubmitAsync(first, [("Option", "21-50")], "answers");
        Assert.Contains("21 to 50", (await visitor.GetAsync("/advisor/answers")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_typed_stays_when_it_cannot_be_taken()
    {
        await using var site = await RunningSite.StartAsync();
        using var visitor = site.Visit();
        var typed = "<script>alert(1)</script>" + new string('x', 600);

        var refused = await visitor.SubmitAsync(await visitor.GetAsync("/advisor/q/S02"), [("Words", typed)], "answers");

        Assert.Equal(HttpStatusCode.OK, refused.Status);
        Assert.Contains("Keep it to 500.", refused.Text, StringComparison.Ordinal);
        Assert.Contains(WebUtility.HtmlEncode(typed), refused.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>alert", refused.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Not_us_needs_a_reason_and_drops_no_criterion()
    {
        await using var site = await RunningSite.StartAsync();
        using var visitor = site.Visit();
        var page = await visitor.GetAsync("/advisor/q/G01");
        var refused = await visitor.SubmitAsync(page, [("Because", " ")], "not-us");
        Assert.Contains("Write a few words.", refused.Text, StringComparison.Ordinal);

        await visitor.SubmitAsync(page, [("Because", "We are two founders & share all")], "not-us");

        Assert.Contains("Not us, because We are two founders & share all", (await visitor.GetAsync("/advisor/answers")).Text, StringComparison.Ordinal);
        Assert.Contains("The 33 criteria in scope", (await visitor.GetAsync("/advisor/result")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_browsers_do_not_see_each_other_and_the_server_keeps_nothing()
    {
        await using var site = await RunningSite.StartAsync();
        using var one = site.Visit();
        using var other = site.Visit();
        await one.SubmitAsync(await one.GetAsync("/advisor/q/S02"), [("Words", "Acme Ledger, books for bakers")], "answers");

        Assert.Contains("Acme Ledger", (await one.GetAsync("/advisor/answers")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Acme Ledger", (await other.GetAsync("/advisor/answers")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain(Directory.EnumerateFiles(site.Data, "*", SearchOption.AllDirectories), file => File.ReadAllText(file).Contains("Acme", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Answers_are_forgotten_when_asked_to()
    {
        await using var site = await RunningSite.StartAsync();
        using var visitor = site.Visit();
        await visitor.SubmitAsync(await visitor.GetAsync("/advisor/q/S05"), [("Option", "6-20")], "answers");

        await visitor.SubmitAsync(await visitor.GetAsync("/advisor"), [], "forget");

        Assert.Contains("You have not answered anything yet.", (await visitor.GetAsync("/advisor/answers")).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/advisor/q/X99")]
    [InlineData("/advisor/q/S05/more")]
    public async Task A_question_that_is_not_there_is_no_page(string path)
    {
        await using var site = await RunningSite.StartAsync();
        using var visitor = site.Visit();

        Assert.Equal(HttpStatusCode.NotFound, (await visitor.GetAsync(path)).Status);
    }

    [Fact]
    public async Task A_form_from_elsewhere_is_refused()
    {
        await using var site = await RunningSite.StartAsync();
        using var visitor = site.Visit();

        using var answer = await visitor.Client.PostAsync("/advisor/q/S05", new FormUrlEncodedContent([KeyValuePair.Create("_handler", "answer"), KeyValuePair.Create("Option", "6-20")]));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task The_dates_follow_the_wishes_and_a_wrong_wish_is_said()
    {
        await using var site = await RunningSite.StartAsync();
        using var visitor = site.Visit();
        var page = await visitor.SubmitAsync(await visitor.GetAsync("/advisor/q/S05"), [("Option", "6-20")], "answers");
        await visitor.SubmitAsync(page, [], "dont-know");

        Assert.Contains("Counted back from 1 March 2027", (await visitor.GetAsync("/advisor/result?hours=8&window=12&wanted=2027-03-01")).Text, StringComparison.Ordinal);
        var wrong = await visitor.GetAsync("/advisor/result?hours=-1&window=99&wanted=soon");
        Assert.Contains("Hours a week are a number from 1 to 200. A window has 3 to 12 months. That is no day.", wrong.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_letter_promises_nothing_and_leaves_open_what_only_the_company_knows()
    {
        await using var site = await RunningSite.StartAsync();
        using var visitor = site.Visit();
        await visitor.SubmitAsync(await visitor.GetAsync("/advisor/q/S05"), [("Option", "6-20")], "answers");

        var letter = (await visitor.GetAsync("/advisor/letter")).Text;

        Assert.Contains("These dates are plans, not promises.", letter, StringComparison.Ordinal);
        Assert.Contains("[product]", letter, StringComparison.Ordinal);
        Assert.DoesNotMatch("(?i)compliant|certified", letter);
    }

    [Fact]
    public async Task A_saved_result_is_seen_by_whoever_has_the_link_until_it_ends_and_by_nobody_else()
    {
        var clock = new SteppedClock();
        await using var site = await RunningSite.StartAsync(settings => settings with { Clock = clock });
        using var visitor = site.Visit();
        using var other = site.Visit();
        await visitor.SubmitAsync(await visitor.GetAsync("/advisor/q/S02"), [("Words", "Acme Ledger, books for bakers")], "answers");
        await visitor.SubmitAsync(await visitor.GetAsync("/advisor/q/G01"), [("Option", "no")], "answers");

        var saved = await visitor.SubmitAsync(await visitor.GetAsync("/advisor/result"), [], "share");
        var link = saved.Address.AbsolutePath;

        Assert.Contains($"value=\"{new Uri(site.Address, link)}\"", saved.Html, StringComparison.Ordinal);
        var seen = await other.GetAsync(link);
        Assert.Contains("Nobody is named as in charge of security", seen.Text, StringComparison.Ordinal);
        Assert.Contains("noindex", seen.Html, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync(link[..^1] + (link[^1] == 'A' ? 'B' : 'A'))).Status);
        Assert.DoesNotContain(Directory.EnumerateFiles(site.Data, "*", SearchOption.AllDirectories), file => System.Text.Encoding.Latin1.GetString(File.ReadAllBytes(file)).Contains("Acme", StringComparison.Ordinal));

        var taken = await other.SubmitAsync(seen, [], "take");
        Assert.Equal("/advisor/result", taken.Address.AbsolutePath);
        Assert.Contains("Acme Ledger", (await other.GetAsync("/advisor/answers")).Text, StringComparison.Ordinal);

        clock.Now += TimeSpan.FromDays(31);
        Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync(link)).Status);
    }

    [Fact]
    public async Task A_saved_result_is_deleted_when_asked_to()
    {
        await using var site = await RunningSite.StartAsync();
        using var visitor = site.Visit();
        await visitor.SubmitAsync(await visitor.GetAsync("/advisor/q/S05"), [("Option", "6-20")], "answers");
        var saved = await visitor.SubmitAsync(await visitor.GetAsync("/advisor/result"), [], "share");

        await visitor.SubmitAsync(saved, [], "forget");

        Assert.Equal(HttpStatusCode.NotFound, (await visitor.GetAsync(saved.Address.AbsolutePath)).Status);
    }

    [Fact]
    public async Task A_public_site_slows_down_who_asks_too_much()
    {
        await using var site = await RunningSite.StartAsync(settings => settings with { Public = true });
        using var visitor = site.Visit();
        var statuses = new List<HttpStatusCode>();
        for (var i = 0; i < 260; i++)
        {
            using var answer = await visitor.Client.GetAsync("/advisor");
            statuses.Add(answer.StatusCode);
        }

        Assert.Equal(HttpStatusCode.OK, statuses[0]);
        Assert.Equal(HttpStatusCode.TooManyRequests, statuses[^1]);
    }

    /// <summary>Takes the best or the worst option; leaves what is asked besides open.</summary>
    private static Task<Seen> AnswerAsync(Visitor visitor, Seen page, bool worst)
    {
        if (page.Address.AbsolutePath.EndsWith("/more", StringComparison.Ordinal))
            return visitor.SubmitAsync(page, [], "<form");
        var question = Catalogue.Shipped.By.Question[page.Address.Segments[^1]];
        var option = worst ? question.Options.OrderBy(option => option.Score ?? 2).FirstOrDefault() : question.Options.OrderByDescending(option => option.Score ?? -1).FirstOrDefault();
        return visitor.SubmitAsync(page, [option is null ? ("Words", "Books for bakers") : ("Option", option.Id)], "answers");
    }

    [GeneratedRegex("class=\"button main\" href=\"([^\"]*)\"")]
    private static partial Regex Onward();
}
