using System.Net;
using Plainproof.Tests.People;
using Plainproof.Tests.Web;
using Xunit;
using static Plainproof.Tests.Standing.Workspace;

namespace Plainproof.Tests.Standing;

public sealed class GapsOnSqlite() : GapTests(false);

public sealed class GapsOnPostgresql() : GapTests(true);

/// <summary>What people do about a gap, and who may.</summary>
public abstract class GapTests(bool postgresql)
{
    [Fact]
    public async Task A_gap_says_why_what_was_seen_how_to_mend_it_and_how_to_check_it_again()
    {
        await using var acme = await OpenAsync();
        var list = await acme.Olga.GetAsync($"{Home}/gaps?q=%232&severity=high&criterion=CC8.1");
        Assert.Contains(GapPage, list.Html, StringComparison.Ordinal);
        Assert.Contains("No gap is like that", (await acme.Olga.GetAsync($"{Home}/gaps?q=nothing-like-it")).Text, StringComparison.Ordinal);
        var page = await acme.Olga.GetAsync(GapPage);
        foreach (var word in new[] { "#2", "How to mend it", "Work", "Cost", "CC8.1" })
            Assert.Contains(word, page.Text, StringComparison.Ordinal);
        var again = await acme.Olga.SubmitAsync(page, [], "value=\"recheck\"");
        Assert.Matches("plainproof check --company acme-gmbh --only --source 'push=[^']+merges.jsonl'", again.Text);
    }

    [Fact]
    public async Task What_people_do_is_kept_with_a_history_and_an_entry_of_the_log_each()
    {
        await using var acme = await OpenAsync();
        var bob = await acme.Office.JoinAsync(acme.Olga, "bob@acme.example", "member");
        await PlanAsync(acme.Olga, "bob", "2020-01-31", "https://tickets.example/browse/SEC-1");
        await bob.SubmitAsync(await bob.GetAsync(GapPage), [("text", "I ask Ann <b>today</b>.")], "value=\"comment\"");
        var page = await bob.GetAsync(GapPage);
        foreach (var word in new[] { "Assigned to bob. Due 2020-01-31. Ticket: https://tickets.example/browse/SEC-1", "I ask Ann <b>today</b>.", Office.Owner, "bob@acme.example" })
            Assert.Contains(word, page.Text, StringComparison.Ordinal);
        Assert.Contains("href=\"https://tickets.example/browse/SEC-1\"", page.Html, StringComparison.Ordinal);
        Assert.Equal([$"gap.planned {Office.Owner}", "gap.commented bob@acme.example"], await acme.GapEntriesAsync());
        Assert.Contains("late: it was due on 31 January 2020", (await bob.GetAsync(Home)).Text, StringComparison.Ordinal);
        Assert.Contains("Nothing is assigned to you", (await acme.Olga.GetAsync(Home)).Text, StringComparison.Ordinal);
        Assert.Contains(GapPage, (await bob.GetAsync($"{Home}/gaps?state=late")).Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sending_a_form_twice_does_no_more_than_once()
    {
        await using var acme = await OpenAsync();
        var page = await acme.Olga.GetAsync(GapPage);
        for (var i = 0; i < 2; i++)
        {
            await acme.Olga.SubmitAsync(page, [("text", "Once.")], "value=\"comment\"");
            await acme.Olga.SubmitAsync(page, [("owner", ""), ("due", "2027-01-31"), ("ticket", "")], "value=\"plan\"");
            await acme.Olga.SubmitAsync(page, [("reason", "We stop this product in spring."), ("until", acme.Day(10))], "value=\"waive\"");
        }

        Assert.Equal(["gap.commented", "gap.planned", "gap.waived"], (await acme.GapEntriesAsync()).Select(entry => entry.Split(' ')[0]));
    }

    [Fact]
    public async Task A_page_that_is_stale_overwrites_nothing_and_keeps_what_was_typed()
    {
        await using var acme = await OpenAsync();
        var old = await acme.Olga.GetAsync(GapPage);
        await acme.Olga.SubmitAsync(old, [("owner", ""), ("due", "2027-01-31"), ("ticket", "https://tickets.example/1")], "value=\"plan\"");
        var stale = await acme.Olga.SubmitAsync(old, [("owner", ""), ("due", "2027-02-28"), ("ticket", "https://tickets.example/2")], "value=\"plan\"");
        Assert.Contains("Someone else changed this", stale.Text, StringComparison.Ordinal);
        Assert.Contains("value=\"https://tickets.example/2\"", stale.Html, StringComparison.Ordinal);
        Assert.Contains("What is stored now: Nobody is assigned. Due 31 January 2027. Ticket: https://tickets.example/1", stale.Text, StringComparison.Ordinal);
        var again = await acme.Olga.SubmitAsync(stale, [("owner", ""), ("due", "2027-02-28"), ("ticket", "https://tickets.example/2")], "value=\"plan\"");
        Assert.Contains("value=\"2027-02-28\"", again.Html, StringComparison.Ordinal);
        Assert.Equal(2, (await acme.GapEntriesAsync()).Count);
    }

    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData("ftp://tickets.example/1")]
    [InlineData("https://user:secret@tickets.example/1")]
    [InlineData("SEC-1")]
    public async Task Only_a_web_address_is_a_ticket(string ticket)
    {
        await using var acme = await OpenAsync();
        var refused = await PlanAsync(acme.Olga, "", "", ticket);
        Assert.Contains("is no address of a ticket", refused.Text, StringComparison.Ordinal);
        Assert.Contains(WebUtility.HtmlEncode(ticket), refused.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("href=\"javascript", refused.Html, StringComparison.OrdinalIgnoreCase);
        Assert.Empty(await acme.GapEntriesAsync());
    }

    [Fact]
    public async Task A_waived_gap_stays_a_fail_is_listed_apart_and_counts_again_the_day_after()
    {
        await using var acme = await OpenAsync();
        await WaiveAsync(acme.Olga, "We stop this product in spring.", acme.Day(2));
        var page = await acme.Olga.GetAsync(GapPage);
        Assert.Contains("With a waiver until", page.Text, StringComparison.Ordinal);
        Assert.Contains("It stays a fail", page.Text, StringComparison.Ordinal);
        var list = (await acme.Olga.GetAsync($"{Home}/gaps")).Text;
        Assert.Contains("1 gap with a waiver", list, StringComparison.Ordinal);
        Assert.Contains($"{Office.Owner}", list, StringComparison.Ordinal);
        Assert.Contains("We stop this product in spring.", list, StringComparison.Ordinal);
        Assert.Contains("push:forge/merge/2", (await acme.Olga.GetAsync($"{Home}/results?outcome=fail")).Text, StringComparison.Ordinal);
        Assert.Contains("with a waiver", (await acme.Olga.GetAsync(Home)).Text, StringComparison.Ordinal);

        acme.Office.Clock.Shift = TimeSpan.FromDays(2);
        var later = (await acme.Office.SignInAsync(Office.Owner, Office.Password)).Visitor;
        Assert.Contains("1 gap with a waiver", (await later.GetAsync($"{Home}/gaps")).Text, StringComparison.Ordinal);
        acme.Office.Clock.Shift = TimeSpan.FromDays(3);
        later = (await acme.Office.SignInAsync(Office.Owner, Office.Password)).Visitor;
        var after = (await later.GetAsync($"{Home}/gaps")).Text;
        Assert.DoesNotContain("with a waiver 1", after, StringComparison.Ordinal);
        Assert.DoesNotContain("We stop this product", after, StringComparison.Ordinal);
        Assert.DoesNotContain("With a waiver until", (await later.GetAsync(GapPage)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_waiver_needs_a_reason_and_a_day_to_come_and_can_be_ended()
    {
        await using var acme = await OpenAsync();
        Assert.Contains("Say in a sentence", (await WaiveAsync(acme.Olga, "short", acme.Day(2))).Text, StringComparison.Ordinal);
        var past = await WaiveAsync(acme.Olga, "We stop this product in spring.", acme.Day(-1));
        Assert.Contains("is over already", past.Text, StringComparison.Ordinal);
        Assert.Contains("We stop this product in spring.</textarea>", past.Html, StringComparison.Ordinal);
        Assert.Contains("a year at most", (await WaiveAsync(acme.Olga, "We stop this product in spring.", acme.Day(400))).Text, StringComparison.Ordinal);
        Assert.Empty(await acme.GapEntriesAsync());
        await WaiveAsync(acme.Olga, "We stop this product in spring.", acme.Day(2));
        var ended = await acme.Olga.SubmitAsync(await acme.Olga.GetAsync(GapPage), [], "value=\"end-waiver\"");
        Assert.DoesNotContain("With a waiver until", ended.Text, StringComparison.Ordinal);
        Assert.Equal([$"gap.waived {Office.Owner}", $"gap.waiver-ended {Office.Owner}"], await acme.GapEntriesAsync());
    }

    [Fact]
    public async Task Who_may_only_see_assigns_and_waives_nothing_and_advisers_and_members_waive_nothing()
    {
        await using var acme = await OpenAsync();
        (string, string)[] plan = [("version", "0"), ("owner", ""), ("due", "2027-01-31"), ("ticket", "")];
        (string, string)[] waive = [("once", Guid.NewGuid().ToString("D")), ("reason", "Because I say so, for now."), ("until", acme.Day(5))];
        foreach (var role in new[] { "viewer", "auditor", "adviser", "member", "controlOwner" })
        {
            var visitor = await acme.Office.JoinAsync(acme.Olga, $"{role.ToLowerInvariant()}@acme.example", role);
            var page = await visitor.GetAsync(GapPage);
            Assert.Equal(HttpStatusCode.OK, page.Status);
            Assert.DoesNotContain("value=\"waive\"", page.Html, StringComparison.Ordinal);
            await ForgeAsync(visitor, "waive", waive);
            if (role is "viewer" or "auditor")
            {
                Assert.DoesNotContain("<form method=\"post\"", page.Html, StringComparison.Ordinal);
                await ForgeAsync(visitor, "plan", plan);
                await ForgeAsync(visitor, "comment", ("once", Guid.NewGuid().ToString("D")), ("text", "Hello"));
            }
        }

        Assert.Empty(await acme.GapEntriesAsync());
        await ForgeAsync(acme.Olga, "waive", waive);
        Assert.Single(await acme.GapEntriesAsync());
    }

    private async Task<Workspace> OpenAsync()
    {
        var acme = await Workspace.OpenAsync(postgresql);
        await acme.CheckAsync(Reviewed, Unseen);
        return acme;
    }

    private static async Task<Seen> PlanAsync(Visitor visitor, string owner, string due, string ticket)
    {
        var page = await visitor.GetAsync(GapPage);
        var id = owner.Length == 0 ? "" : System.Text.RegularExpressions.Regex.Match(page.Html, $"<option value=\"([^\"]+)\"[^>]*>{owner}</option>").Groups[1].Value;
        return await visitor.SubmitAsync(page, [("owner", id), ("due", due), ("ticket", ticket)], "value=\"plan\"");
    }

    private static async Task<Seen> WaiveAsync(Visitor visitor, string reason, string until) =>
        await visitor.SubmitAsync(await visitor.GetAsync(GapPage), [("reason", reason), ("until", until)], "value=\"waive\"");
}
