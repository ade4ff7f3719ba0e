using System.Globalization;
using System.Net;
using Plainproof.Assurance.Samples;
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
    private const string Engagement = "value=\"engagement\"";

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
        await acme.Olga.SubmitAsync(page, Form(acme, kind: "typeTwo", begins: 200, ends: 380, wanted: 420, hours: "1"), Engagement);
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
        var page = await acme.Olga.SubmitAsync(form, Form(acme), Engagement);
        await acme.Olga.SubmitAsync(form, Form(acme), Engagement);
        Assert.Single(await acme.EntriesAsync("engagement.%"));
        await acme.Olga.SubmitAsync(page, Form(acme, hours: "20"), Engagement);
        var stale = await acme.Olga.SubmitAsync(page, Form(acme, hours: "30"), Engagement);
        Assert.Contains("Someone else changed this", stale.Text, StringComparison.Ordinal);
        Assert.Contains("value=\"30\"", stale.Html, StringComparison.Ordinal);
        await acme.Olga.SubmitAsync(stale, [], "value=\"close\"");
        var closed = await acme.Olga.GetAsync(page.Address.AbsolutePath);
        Assert.Contains("Closed by", closed.Text, StringComparison.Ordinal);
        Assert.Equal(1, System.Text.RegularExpressions.Regex.Count(closed.Html, "<form method=\"post\"")); // What comes after it can still be planned.
        Assert.Contains("value=\"next\"", closed.Html, StringComparison.Ordinal);
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
        var joined = await acme.Olga.SubmitAsync(next, Form(acme, kind: "typeTwo", begins: 111, ends: 230), Engagement);
        Assert.DoesNotContain("leaves a hole", joined.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_warning_set_aside_stands_again_when_it_says_something_else()
    {
        await using var acme = await OpenAsync();
        const string Aside = "value=\"aside short-window\"";
        var page = await acme.Olga.SubmitAsync(await acme.Olga.GetAsync(New), Form(acme, kind: "typeTwo", begins: 10, ends: 60));
        Assert.Contains("The window has 51 days.", (await acme.Olga.GetAsync(Home)).Text, StringComparison.Ordinal);
        Assert.Contains("Say in a sentence why you go on.", (await acme.Olga.SubmitAsync(page, [("reason", "so")], Aside)).Text, StringComparison.Ordinal);
        page = await acme.Olga.SubmitAsync(page, [("reason", "The customer agreed to seven weeks.")], Aside);
        Assert.Matches("warnings? set aside.*The window has 51 days..*The customer agreed to seven weeks.", page.Text);
        Assert.DoesNotContain(Aside, page.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("The window has 51 days.", (await acme.Olga.GetAsync(Home)).Text, StringComparison.Ordinal);

        page = await acme.Olga.SubmitAsync(page, Form(acme, kind: "typeTwo", begins: 10, ends: 70), Engagement);
        Assert.Matches("The window has 61 days..*It said something else when .* set it aside: The customer agreed to seven weeks.", page.Text);
        page = await acme.Olga.SubmitAsync(page, [("reason", "They agreed to nine weeks as well.")], Aside);
        page = await acme.Olga.SubmitAsync(page, [], "value=\"up short-window\"");
        Assert.Contains(Aside, page.Html, StringComparison.Ordinal);
        Assert.Equal(
            ["engagement.warning-set-aside", "engagement.warning-set-aside", "engagement.warning-taken-up"], (await acme.EntriesAsync("engagement.warning%")).Select(entry => entry.Split(' ')[0]));
    }

    [Fact]
    public async Task A_policy_has_to_hold_on_every_day_of_the_window()
    {
        await using var acme = await Workspace.OpenAsync(postgresql);
        var path = (await acme.Olga.SubmitAsync(await acme.Olga.GetAsync(New), Form(acme, kind: "typeTwo", begins: -20, ends: 80))).Address.AbsolutePath;
        Assert.Contains("No approved version was added of Information Security Policy", (await acme.Olga.GetAsync(path)).Text, StringComparison.Ordinal);
        await AddPolicyAsync(acme, approved: -5);
        var late = await acme.Olga.GetAsync(path);
        Assert.DoesNotContain("No approved version was added of Information Security Policy", late.Text, StringComparison.Ordinal);
        Assert.Matches($"None did of Information Security Policy on {DateOnly.Parse(acme.Day(-20), CultureInfo.InvariantCulture):d MMMM yyyy}", late.Text);
        await AddPolicyAsync(acme, approved: -200, expires: -5);
        Assert.DoesNotContain("An approved version has to hold on every day", (await acme.Olga.GetAsync(path)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_type_one_goes_on_to_a_type_two_with_all_that_was_typed()
    {
        await using var acme = await Workspace.OpenAsync(postgresql);
        var first = await acme.Olga.SubmitAsync(
            await acme.Olga.GetAsync(New), [.. Form(acme, ends: 5).Select(field => field.Name == "firm" ? ("firm", "Harrow & Pike") : field), ("category", "Availability")]);
        var sizes = await acme.Olga.SubmitAsync(await acme.Olga.GetAsync($"{first.Address.AbsolutePath}/sizes"), Sizes(daily: "31"));
        Assert.Contains("This is the table of this engagement.", sizes.Text, StringComparison.Ordinal);
        var next = await acme.Olga.SubmitAsync(await acme.Olga.GetAsync(first.Address.AbsolutePath), [], "value=\"next\"");
        foreach (var word in new[] { "Type II after First report", "It covers Security, Availability.", $"It goes on from First report", DateOnly.Parse(acme.Day(6), CultureInfo.InvariantCulture).ToString("d MMMM yyyy", CultureInfo.InvariantCulture) })
            Assert.Contains(word, next.Text, StringComparison.Ordinal);
        Assert.Contains("value=\"Harrow &amp; Pike\"", next.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("leaves a hole", next.Text, StringComparison.Ordinal);
        Assert.Contains("value=\"31\"", (await acme.Olga.GetAsync($"{next.Address.AbsolutePath}/sizes")).Html, StringComparison.Ordinal);
        Assert.Contains("Type II after First report goes on from here.", (await acme.Olga.GetAsync(first.Address.AbsolutePath)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sampling_table_takes_whole_numbers_only_and_says_all_that_is_wrong()
    {
        await using var acme = await Workspace.OpenAsync(postgresql);
        var path = $"{(await acme.Olga.SubmitAsync(await acme.Olga.GetAsync(New), Form(acme))).Address.AbsolutePath}/sizes";
        var wrong = await acme.Olga.SubmitAsync(await acme.Olga.GetAsync(path), Sizes(daily: "many", weekly: "0"));
        foreach (var word in new[] { "Each day: a number from 1 to 1000.", "Each week: a number from 1 to 1000.", "fewer than 9 in 100 items deviate" })
            Assert.Contains(word, (await acme.Olga.GetAsync(path)).Text + wrong.Text, StringComparison.Ordinal);
        Assert.Contains("value=\"many\"", wrong.Html, StringComparison.Ordinal);
        Assert.Empty(await acme.EntriesAsync("engagement.sizes"));
    }

    [Theory]
    [InlineData(5, 0.1, 0.9, 5)]
    [InlineData(10, 0.1, 0.9, 9)]
    [InlineData(30, 0.1, 0.9, 16)]
    [InlineData(100, 0.1, 0.9, 20)]
    [InlineData(1000, 0.1, 0.9, 22)]
    [InlineData(100, 0.1, 0.95, 25)]
    [InlineData(1000, 0.05, 0.9, 44)]
    public void A_sample_is_as_large_as_chance_asks_for(int items, double tolerable, double confidence, int needed) => Assert.Equal(needed, SizeTable.Needed(items, tolerable, confidence));

    [Theory]
    [InlineData("yearly", 1, "none of the 1 deviates: all were looked at")]
    [InlineData("quarterly", 2, "at most 2 of 4 deviate")]
    [InlineData("monthly", 3, "at most 5 of 12 deviate")]
    [InlineData("daily", 25, "fewer than 9 in 100 items deviate")]
    [InlineData("manyTimesADay", 60, "fewer than 4 in 100 items deviate")]
    public void A_clean_sample_says_no_more_than_it_can(string rhythm, int taken, string said) =>
        Assert.EndsWith(said, SizeTable.Basis(Enum.Parse<SampledRhythm>(rhythm, ignoreCase: true), taken), StringComparison.Ordinal);

    [Fact]
    public async Task Quotes_stand_side_by_side_and_the_chosen_firm_is_the_engagements()
    {
        await using var acme = await Workspace.OpenAsync(postgresql);
        var path = (await acme.Olga.SubmitAsync(await acme.Olga.GetAsync(New), Form(acme))).Address.AbsolutePath;
        var page = await acme.Olga.SubmitAsync(await acme.Olga.GetAsync($"{path}/firms"), Quote("", dollars: "a lot"));
        foreach (var word in new[] { "The firm is missing.", "The price is a whole number of dollars" })
            Assert.Contains(word, page.Text, StringComparison.Ordinal);
        await acme.Olga.SubmitAsync(page, Quote("Cheap & Fast", dollars: "4,000"), "value=\"quote\"");
        page = await acme.Olga.SubmitAsync(await acme.Olga.GetAsync($"{path}/firms"), Quote("Harrow & Pike", dollars: "14500", asked: "Which systems, and who runs them."), "value=\"quote\"");
        Assert.Matches("Cheap & Fast.*\\$4,000.*Harrow & Pike.*\\$14,500", page.Text);
        Assert.Contains("Cheap & Fast named a price and asked nothing.", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Harrow & Pike named a price and asked nothing.", page.Text, StringComparison.Ordinal);
        page = await acme.Olga.SubmitAsync(page, [], "Choose Harrow");
        Assert.Matches("Harrow & Pike.*chosen.*Cheap & Fast", page.Text);
        Assert.Contains("value=\"Harrow &amp; Pike\"", (await acme.Olga.GetAsync(path)).Html, StringComparison.Ordinal);
        page = await acme.Olga.SubmitAsync(page, [], "Take back the quote of Cheap");
        Assert.DoesNotContain("Cheap & Fast", page.Text, StringComparison.Ordinal);
        Assert.Equal(["engagement.quote", "engagement.quote", "engagement.firm-chosen", "engagement.quote-taken-back"], (await acme.EntriesAsync("engagement.%")).Skip(1).Select(entry => entry.Split(' ')[0]));
    }

    [Fact]
    public async Task Steps_tell_how_far_an_engagement_is_and_keep_their_order()
    {
        await using var acme = await Workspace.OpenAsync(postgresql);
        var page = await acme.Olga.SubmitAsync(await acme.Olga.GetAsync(New), Form(acme, kind: "typeTwo", begins: -100, ends: -5));
        Assert.Contains("days over, the firm has not begun", page.Text, StringComparison.Ordinal);
        page = await acme.Olga.SubmitAsync(page, Step("fieldworkBegun", acme.Day(-3)), "value=\"step\"");
        Assert.Contains("How far it is: the firm looks", page.Text, StringComparison.Ordinal);
        foreach (var (step, day, problem) in new[] { ("draftReceived", acme.Day(-50), "A report is written after the last day"), ("reportReceived", acme.Day(-4), "comes before it"), ("reportReceived", acme.Day(4), "has not come yet"), ("won", acme.Day(0), "Choose the step") })
            Assert.Contains(problem, (await acme.Olga.SubmitAsync(page, Step(step, day), "value=\"step\"")).Text, StringComparison.Ordinal);
        page = await acme.Olga.SubmitAsync(page, Step("reportReceived", acme.Day(0)), "value=\"step\"");
        Assert.Contains("How far it is: report in hand", page.Text, StringComparison.Ordinal);
        Assert.Contains("report in hand", (await acme.Olga.GetAsync($"{Home}/engagements")).Text, StringComparison.Ordinal);
        var back = System.Text.RegularExpressions.Regex.Matches(page.Html, "value=\"back [^\"]+\"")[^1].Value;
        Assert.Contains("How far it is: the firm looks", (await acme.Olga.SubmitAsync(page, [], back)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_console_plans_goes_on_lists_and_closes()
    {
        await using var acme = await Workspace.OpenAsync(postgresql);
        var (_, _, bad) = await RunAsync(acme, "new", "First", "--on", acme.Day(5), "--to", acme.Day(9));
        Assert.Contains("--on DAY for a Type I, or --from DAY --to DAY for a Type II", bad, StringComparison.Ordinal);
        Assert.Contains("There is no category 'Speed'.", (await RunAsync(acme, "new", "First", "--on", acme.Day(5), "--category", "Speed")).Error, StringComparison.Ordinal);
        var (exit, said, _) = await RunAsync(acme, "new", "First", "--on", acme.Day(5), "--category", "Availability");
        Assert.Equal(0, exit);
        var id = said.Split(' ')[0];
        Assert.Contains("Type II after First", (await RunAsync(acme, "next", id)).Out, StringComparison.Ordinal);
        Assert.Contains("closed", (await RunAsync(acme, "close", id)).Out, StringComparison.Ordinal);
        var list = System.Text.Json.JsonDocument.Parse((await RunAsync(acme, "list", "--format", "json")).Out).RootElement.GetProperty("engagements");
        Assert.Equal(["Type II after First planned Security, Availability", "First closed Security, Availability"], list.EnumerateArray().Select(one =>
            $"{one.GetProperty("title")} {one.GetProperty("state")} {string.Join(", ", one.GetProperty("categories").EnumerateArray())}"));
        Assert.Contains("There is no such engagement.", (await RunAsync(acme, "next", "none")).Error, StringComparison.Ordinal);
    }

    private static async Task<(int Exit, string Out, string Error)> RunAsync(Workspace acme, params string[] arguments)
    {
        using var said = new StringWriter();
        using var error = new StringWriter();
        var exit = await Cli.CommandLine.RunAsync(["engagement", .. arguments, "--company", "acme-gmbh", "--data", acme.Office.Data.Path], TextReader.Null, said, error);
        return (exit, said.ToString(), error.ToString());
    }

    private static async Task AddPolicyAsync(Workspace acme, int approved, int? expires = null)
    {
        var form = await acme.Olga.GetAsync($"{Home}/files/new?about=control:GOV-01&kind=policy");
        await acme.Olga.UploadAsync(
            form,
            [("says", $"Security policy of day {approved}"), ("kind", "policy"), ("author", "Ann"), ("approver", "Bob"), ("approvedOn", acme.Day(approved)), ("expiresOn", expires is { } day ? acme.Day(day) : "")],
            $"policy{approved}.txt", System.Text.Encoding.UTF8.GetBytes($"Policy of day {approved}. We protect what customers give us."), "value=\"file\"");
    }

    private static (string, string)[] Sizes(string daily, string weekly = "8") =>
        [("yearly", "1"), ("halfYearly", "2"), ("quarterly", "2"), ("monthly", "3"), ("weekly", weekly), ("daily", daily), ("manyTimesADay", "40"), ("setting", "1")];

    private static (string, string)[] Quote(string firm, string dollars, string asked = "") =>
        [("firm", firm), ("dollars", dollars), ("weeks", "6"), ("licence", ""), ("review", ""), ("asked", asked), ("also", "")];

    private static (string, string)[] Step(string step, string on) => [("step", step), ("on", on), ("note", "")];

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
