using System.Globalization;
using System.Net;
using Plainproof.Tests.People;
using Plainproof.Tests.Standing;
using Plainproof.Tests.Web;
using Xunit;
using static Plainproof.Tests.Standing.Workspace;

namespace Plainproof.Tests.Engagements;

public sealed class EngagementsOnSqlite() : EngagementTests(false);

public sealed class EngagementsOnPostgresql() : EngagementTests(true);

/// <summary>The audits a company plans, and the way to the report on home.</summary>
public abstract class EngagementTests(bool postgresql)
{
    private const string New = $"{Home}/engagements/new";

    [Fact]
    public async Task Home_counts_from_the_companys_own_days_and_hours()
    {
        await using var acme = await OpenAsync();
        var before = await acme.Olga.GetAsync(Home);
        Assert.Contains("No engagement is planned yet", before.Text, StringComparison.Ordinal);
        Assert.Contains("The way to the report", before.Text, StringComparison.Ordinal);

        var page = await acme.Olga.SubmitAsync(await acme.Olga.GetAsync(New), Form(acme, kind: "typeTwo", begins: 200, ends: 380, wanted: 420, hours: "200"));
        foreach (var word in new[] { "Type II: a movie, over a window", "(181 days)", "The window you planned", "Counted back from", "No firm is named yet" })
            Assert.Contains(word, page.Text, StringComparison.Ordinal);
        var quick = ReadyOn(await acme.Olga.GetAsync(Home));
        await acme.Olga.SubmitAsync(page, Form(acme, kind: "typeTwo", begins: 200, ends: 380, wanted: 420, hours: "1"));
        Assert.True(ReadyOn(await acme.Olga.GetAsync(Home)) > quick.AddDays(60), "Fewer hours a week bring the day no later.");
        Assert.Contains("The customer needs it", (await acme.Olga.GetAsync(Home)).Text, StringComparison.Ordinal);
        Assert.Equal(["engagement.opened", "engagement.changed"], (await acme.EntriesAsync("engagement.%")).Select(entry => entry.Split(' ')[0]));
    }

    [Fact]
    public async Task A_waived_gap_needs_no_work_and_each_other_one_has_its_days()
    {
        await using var acme = await OpenAsync();
        var timeline = await acme.Olga.GetAsync($"{Home}/gaps/timeline");
        Assert.Contains(GapPage, timeline.Html, StringComparison.Ordinal);
        await acme.Olga.SubmitAsync(await acme.Olga.GetAsync(GapPage), [("owner", ""), ("due", "2020-01-31"), ("ticket", "")], "value=\"plan\"");
        Assert.Contains("due 31 Jan 2020, late", (await acme.Olga.GetAsync($"{Home}/gaps/timeline")).Text, StringComparison.Ordinal);
        await acme.Olga.SubmitAsync(await acme.Olga.GetAsync(GapPage), [("reason", "We stop this product in spring."), ("until", acme.Day(10))], "value=\"waive\"");
        Assert.DoesNotContain(GapPage, (await acme.Olga.GetAsync($"{Home}/gaps/timeline")).Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Everything_that_is_wrong_is_said_at_once_and_nothing_typed_is_lost()
    {
        await using var acme = await Workspace.OpenAsync(postgresql);
        var page = await acme.Olga.SubmitAsync(
            await acme.Olga.GetAsync(New),
            [("title", "  "), ("kind", "typeTwo"), ("begins", "2027-06-01"), ("ends", "2027-05-01"), ("wanted", "soon"), ("hours", "0"), ("firm", "Kept & Sons"), ("licence", ""), ("review", "")]);
        foreach (var word in new[] { "The name is missing.", "The window ends before it begins.", "The day the customer needs it is no day.", "Hours a week are a number from 1 to 200." })
            Assert.Contains(word, page.Text, StringComparison.Ordinal);
        Assert.Contains("value=\"Kept &amp; Sons\"", page.Html, StringComparison.Ordinal);
        Assert.Contains("No engagement is planned yet", (await acme.Olga.GetAsync($"{Home}/engagements")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stale_page_overwrites_nothing_and_a_form_sent_twice_counts_once()
    {
        await using var acme = await Workspace.OpenAsync(postgresql);
        var form = await acme.Olga.GetAsync(New);
        var page = await acme.Olga.SubmitAsync(form, Form(acme));
        await acme.Olga.SubmitAsync(form, Form(acme));
        Assert.Single(await acme.EntriesAsync("engagement.%"));
        await acme.Olga.SubmitAsync(page, Form(acme, hours: "20"));
        var stale = await acme.Olga.SubmitAsync(page, Form(acme, hours: "30"));
        Assert.Contains("Someone else changed this", stale.Text, StringComparison.Ordinal);
        Assert.Contains("value=\"30\"", stale.Html, StringComparison.Ordinal);
        await acme.Olga.SubmitAsync(stale, [], "value=\"close\"");
        var closed = await acme.Olga.GetAsync(page.Address.AbsolutePath);
        Assert.Contains("Closed by", closed.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("<form method=\"post\"", closed.Html, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await acme.Olga.GetAsync($"{Home}/engagements/none")).Status);
    }

    [Fact]
    public async Task Who_may_not_manage_engagements_sees_them_and_changes_nothing()
    {
        await using var acme = await Workspace.OpenAsync(postgresql);
        var page = await acme.Olga.SubmitAsync(await acme.Olga.GetAsync(New), Form(acme));
        var path = page.Address.AbsolutePath;
        foreach (var role in new[] { "viewer", "auditor", "member" })
        {
            var visitor = await acme.Office.JoinAsync(acme.Olga, $"{role}@acme.example", role);
            var seen = await visitor.GetAsync(path);
            Assert.Contains("First report", seen.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("<form method=\"post\"", seen.Html, StringComparison.Ordinal);
            Assert.Equal(HttpStatusCode.NotFound, (await visitor.GetAsync(New)).Status);
            await ForgeAsync(path, visitor, "close");
            await ForgeAsync(path, visitor, "engagement", [("version", "1"), .. Form(acme, hours: "99")]);
        }

        Assert.Single(await acme.EntriesAsync("engagement.%"));
    }

    [Fact]
    public async Task Two_windows_that_do_not_join_are_told()
    {
        await using var acme = await Workspace.OpenAsync(postgresql);
        await acme.Olga.SubmitAsync(await acme.Olga.GetAsync(New), Form(acme, kind: "typeTwo", begins: 10, ends: 110));
        var next = await acme.Olga.SubmitAsync(await acme.Olga.GetAsync(New), Form(acme, kind: "typeTwo", begins: 120, ends: 230));
        Assert.Contains("leaves a hole or counts days twice", next.Text, StringComparison.Ordinal);
        var joined = await acme.Olga.SubmitAsync(next, Form(acme, kind: "typeTwo", begins: 111, ends: 230));
        Assert.DoesNotContain("leaves a hole", joined.Text, StringComparison.Ordinal);
    }

    private async Task<Workspace> OpenAsync()
    {
        var acme = await Workspace.OpenAsync(postgresql);
        await acme.CheckAsync(Reviewed, Unseen);
        return acme;
    }

    private static DateOnly ReadyOn(Seen home)
    {
        var row = System.Text.RegularExpressions.Regex.Match(home.Html, @"Ready: gaps closed[^<]*</a></th>\s*<td>(?:[^<]*to )?([0-9]+ \w+ [0-9]{4})</td>");
        return DateOnly.ParseExact(row.Groups[1].Value, "d MMM yyyy", CultureInfo.InvariantCulture);
    }

    private static (string Name, string Value)[] Form(Workspace acme, string kind = "typeOne", int? begins = null, int ends = 60, int? wanted = null, string hours = "12") =>
    [
        ("title", "First report"), ("kind", kind), ("begins", begins is { } first ? acme.Day(first) : ""), ("ends", acme.Day(ends)), ("wanted", wanted is { } day ? acme.Day(day) : ""),
        ("hours", hours), ("firm", ""), ("licence", ""), ("review", ""),
    ];
}
