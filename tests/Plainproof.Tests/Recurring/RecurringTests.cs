using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Plainproof.Assurance.Period;
using Plainproof.Tests.Api;
using Plainproof.Tests.People;
using Plainproof.Tests.Standing;
using Plainproof.Tests.Web;
using Xunit;
using static Plainproof.Tests.Standing.Workspace;

namespace Plainproof.Tests.Recurring;

public sealed class RecurringOnSqlite() : RecurringTests(false);

public sealed class RecurringOnPostgresql() : RecurringTests(true);

/// <summary>What people do again and again: when it was due, what they wrote down, and what nobody did.</summary>
public abstract class RecurringTests(bool postgresql)
{
    private const string Page = $"{Home}/recurring/CHG-01";

    [Fact]
    public async Task Half_a_year_is_lived_and_each_time_keeps_what_became_of_it()
    {
        await using var acme = await Workspace.OpenAsync(postgresql);
        var first = DateOnly.FromDateTime(acme.Office.Clock.GetUtcNow().UtcDateTime).AddDays(10);
        var dues = Enumerable.Range(0, 6).Select(first.AddMonths).ToList();
        await SetAsync(acme.Olga, acme, "monthly", first, grace: "5");

        await DoneAsync(await GoToAsync(acme, dues[0]), dues[0], dues[0], "Ann looked at all changes of the month.");
        await DoneAsync(await GoToAsync(acme, dues[1].AddDays(9)), dues[1], dues[1].AddDays(8), "Ann was ill, so it was late.");
        Assert.Contains("overdue", (await (await GoToAsync(acme, dues[2].AddDays(6))).GetAsync(Home)).Text, StringComparison.Ordinal);
        var missed = await GoToAsync(acme, dues[3]);
        Assert.Contains("Nobody wrote it down in time.", (await missed.GetAsync(Page)).Text, StringComparison.Ordinal);
        await DoneAsync(missed, dues[3], dues[3], "No change was made.", search: "All merges of the repository shop, 1st to 31st, none found.");
        var backDated = await DoneAsync(missed, dues[2], dues[2], "We forgot to write it down.");
        Assert.Contains("missed, told later", backDated.Text, StringComparison.Ordinal);
        var late = await GoToAsync(acme, dues[4].AddDays(12));
        var page = await DoneAsync(late, dues[4], dues[4].AddDays(1), "Done the day after, written down now.");
        Assert.Contains("written down 11 days later", page.Text, StringComparison.Ordinal);
        Assert.Contains("Nothing was there. Looked in: All merges of the repository shop", page.Text, StringComparison.Ordinal);

        var window = await late.GetAsync($"{Home}/window?from={first:yyyy-MM-dd}&to={dues[5]:yyyy-MM-dd}");
        Assert.Contains("1 to come, 3 on time, 1 late, 1 missed, told later", window.Text, StringComparison.Ordinal);
        Assert.Contains("said only", (await late.GetAsync($"{Home}/window/CHG-01?from={first:yyyy-MM-dd}&to={dues[5]:yyyy-MM-dd}")).Text, StringComparison.Ordinal);
        using var script = await Script.OfAsync(acme.Office.Site, late, "read", today: acme.Office.Clock.GetUtcNow());
        var times = (await script.GetAsync($"{Script.Company}/recurring?from={first:yyyy-MM-dd}&to={dues[5]:yyyy-MM-dd}")).Json["controls"]!.AsArray().Single()!["times"]!.AsArray();
        Assert.Equal(["onTime", "late", "toldTooLate", "onTime", "onTime", "toCome"], times.Select(time => (string?)time!["state"]));
        Assert.Equal(
            ["control.rhythm-set", .. Enumerable.Repeat("control.done", 5)], (await acme.EntriesAsync("control.%")).Select(entry => entry.Split(' ')[0]));
    }

    [Fact]
    public async Task A_file_shows_it_and_taking_back_opens_the_day_again()
    {
        await using var acme = await Workspace.OpenAsync(postgresql);
        var due = DateOnly.FromDateTime(acme.Office.Clock.GetUtcNow().UtcDateTime).AddDays(2);
        await SetAsync(acme.Olga, acme, "weekly", due);
        var file = await acme.Olga.UploadAsync(
            await acme.Olga.GetAsync($"{Home}/files/new?about=control:CHG-01"), [("says", "Minutes of the review"), ("from", ""), ("to", "")],
            "review.txt", "Ann, Bob: all changes looked at."u8.ToArray(), "value=\"file\"");
        var id = file.Address.Segments[^1];
        var other = await acme.Olga.GetAsync(Page);
        var said = await DoneAsync(acme.Olga, due, due.AddDays(-2), "Looked at.", file: id);
        Assert.Contains($"href=\"{Home}/files/{id}\">a file", said.Html, StringComparison.Ordinal);
        var twice = await DoneAsync(acme.Olga, due, due.AddDays(-2), "Again.", page: other);
        Assert.Contains("is written down already", twice.Text, StringComparison.Ordinal);

        var back = await acme.Olga.SubmitAsync(said, [("back", "It was another review.")], "value=\"back ");
        Assert.Contains("Taken back", back.Text, StringComparison.Ordinal);
        Assert.Contains("It was another review.", back.Text, StringComparison.Ordinal);
        Assert.Contains("value=\"done\"", back.Html, StringComparison.Ordinal);
        await DoneAsync(acme.Olga, due, due.AddDays(-2), "The right one.");
        Assert.Equal(
            ["control.rhythm-set", "control.done", "control.done-taken-back", "control.done"], (await acme.EntriesAsync("control.%")).Select(entry => entry.Split(' ')[0]));
    }

    [Fact]
    public async Task A_new_rhythm_leaves_what_was_due_before()
    {
        await using var acme = await Workspace.OpenAsync(postgresql);
        var first = DateOnly.FromDateTime(acme.Office.Clock.GetUtcNow().UtcDateTime).AddDays(5);
        await SetAsync(acme.Olga, acme, "weekly", first);
        var later = await GoToAsync(acme, first.AddDays(17));
        await SetAsync(later, acme, "quarterly", first.AddDays(40), begins: first.AddDays(17));
        Assert.Equal(["missed", "missed", "overdue", "toCome"], await StatesAsync(acme, later, first, first.AddDays(60)));
        await SetAsync(later, acme, "", default, begins: first.AddDays(30));
        Assert.Equal(["missed", "missed", "overdue"], await StatesAsync(acme, later, first, first.AddDays(60)));
        Assert.Contains("Rhythms so far", (await later.GetAsync(Page)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_usually_comes_round_begins_with_one_tick_each()
    {
        await using var acme = await Workspace.OpenAsync(postgresql);
        await acme.CheckAsync(Reviewed);
        var empty = await acme.Olga.GetAsync($"{Home}/recurring");
        Assert.Contains("No control has a rhythm yet.", empty.Text, StringComparison.Ordinal);
        var bad = await acme.Olga.SubmitAsync(empty, [], "value=\"begin\"");
        Assert.Contains("Tick at least one control.", bad.Text, StringComparison.Ordinal);
        var wrong = await acme.Olga.SubmitAsync(empty, [("control", "GOV-01"), ("cadence-GOV-01", "monthly"), ("first-GOV-01", "2020-01-01"), ("control", "AC-05"), ("cadence-AC-05", "daily"), ("first-AC-05", acme.Day(20))], "value=\"begin\"");
        Assert.Contains("AC-05: Choose how often", wrong.Text, StringComparison.Ordinal);
        Assert.Contains("GOV-01: The first day it is due lies before", wrong.Text, StringComparison.Ordinal);
        Assert.Empty(await acme.EntriesAsync("control.%"));
        var done = await acme.Olga.SubmitAsync(empty, [("control", "AC-05"), ("cadence-AC-05", "quarterly"), ("first-AC-05", acme.Day(20))], "value=\"begin\"");
        Assert.Contains("Every quarter", done.Text, StringComparison.Ordinal);
        await acme.Olga.SubmitAsync(empty, [("control", "AC-05"), ("cadence-AC-05", "weekly"), ("first-AC-05", acme.Day(5))], "value=\"begin\"");
        Assert.Single(await acme.EntriesAsync("control.%"));
    }

    [Fact]
    public async Task An_engagement_says_what_its_auditor_would_ask()
    {
        await using var acme = await Workspace.OpenAsync(postgresql);
        await acme.CheckAsync(Reviewed);
        await SetAsync(acme.Olga, acme, "yearly", DateOnly.FromDateTime(acme.Office.Clock.GetUtcNow().UtcDateTime).AddDays(300));
        var engagement = await acme.Olga.SubmitAsync(
            await acme.Olga.GetAsync($"{Home}/engagements/new"),
            [("title", "First"), ("kind", "typeTwo"), ("begins", acme.Day(1)), ("ends", acme.Day(181)), ("wanted", ""), ("hours", "12"), ("firm", ""), ("licence", ""), ("review", "")]);
        Assert.Contains("Done once a year, and not once in the twelve months before", engagement.Text, StringComparison.Ordinal);
        Assert.Contains("have no rhythm yet", engagement.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Everything_that_is_wrong_is_said_at_once_and_nothing_is_kept()
    {
        await using var acme = await Workspace.OpenAsync(postgresql);
        var rhythm = await acme.Olga.SubmitAsync(
            await acme.Olga.GetAsync(Page), [("cadence", "hourly"), ("begins", acme.Day(-1)), ("first", acme.Day(-2)), ("grace", "999"), ("reason", " ")], "value=\"rhythm\"");
        foreach (var word in new[] { "Choose how often", "It cannot begin on a day that is over.", "lies before the day it begins", "Say in a few words why." })
            Assert.Contains(word, rhythm.Text, StringComparison.Ordinal);
        var due = DateOnly.FromDateTime(acme.Office.Clock.GetUtcNow().UtcDateTime).AddDays(3);
        await SetAsync(acme.Olga, acme, "weekly", due, grace: "2");
        var done = await DoneAsync(acme.Olga, due, due.AddDays(2), " ", search: "nowhere", file: "no-such");
        foreach (var word in new[] { "That day has not come yet.", "What was done is missing.", "Say where you looked, and how", "There is no such file." })
            Assert.Contains(word, done.Text, StringComparison.Ordinal);
        Assert.Contains("Nothing was due on", (await DoneAsync(acme.Olga, due.AddDays(1), due.AddDays(-3), "x")).Text, StringComparison.Ordinal);
        Assert.Contains("it counts when done from", (await DoneAsync(acme.Olga, due, due.AddDays(-30), "x")).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await acme.Olga.GetAsync($"{Home}/recurring/NO-99")).Status);
        Assert.Single(await acme.EntriesAsync("control.%"));
    }

    [Fact]
    public async Task Who_only_looks_writes_nothing_down()
    {
        await using var acme = await Workspace.OpenAsync(postgresql);
        var due = DateOnly.FromDateTime(acme.Office.Clock.GetUtcNow().UtcDateTime).AddDays(3);
        await SetAsync(acme.Olga, acme, "weekly", due);
        var viewer = await acme.Office.JoinAsync(acme.Olga, "vera@acme.example", "viewer");
        var page = await viewer.GetAsync(Page);
        Assert.Contains("Every week", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("value=\"done\"", page.Html, StringComparison.Ordinal);
        var once = Guid.NewGuid().ToString();
        await ForgeAsync(Page, viewer, "done", ("once", once), ("due", acme.Day(3)), ("on", acme.Day(0)), ("says", "x"), ("search", ""), ("file", ""));
        await ForgeAsync(Page, viewer, "rhythm", ("once", once), ("cadence", "weekly"), ("begins", acme.Day(0)), ("first", acme.Day(3)), ("grace", ""), ("reason", "x"));
        Assert.Single(await acme.EntriesAsync("control.%"));
    }

    [Theory]
    [InlineData("2026-01-31", "Monthly", 1, "2026-02-28")]
    [InlineData("2026-01-31", "Monthly", 2, "2026-03-31")]
    [InlineData("2025-11-30", "Quarterly", 1, "2026-02-28")]
    [InlineData("2024-02-29", "Yearly", 1, "2025-02-28")]
    [InlineData("2024-02-29", "Yearly", 4, "2028-02-29")]
    [InlineData("2026-12-30", "Weekly", 1, "2027-01-06")]
    [InlineData("2026-08-31", "HalfYearly", 1, "2027-02-28")]
    public void A_short_month_moves_one_day_and_not_those_after_it(string from, string cadence, int rounds, string due) =>
        Assert.Equal(Day(due), Occurrences.Step(Day(from), Enum.Parse<Cadence>(cadence), rounds));

    /// <summary>Whatever the promises, each day falls due once, and the times of one day do not overlap.</summary>
    [Fact]
    public void Due_days_never_double_and_never_go_back()
    {
        var random = new Random(7);
        for (var round = 0; round < 500; round++)
        {
            var (promises, begins) = (new List<Promise>(), Day("2026-01-01"));
            for (var i = 0; i < random.Next(1, 5); i++)
            {
                promises.Add(new Promise(begins, random.Next(5) == 0 ? null : (Cadence)random.Next(5), begins.AddDays(random.Next(40)), random.Next(30)));
                begins = begins.AddDays(random.Next(120));
            }

            var all = Occurrences.Of(promises, [], Day("2026-01-01"), Day("2027-12-31"), Day("2026-09-15"));
            Assert.All(all.Zip(all.Skip(1)), pair => Assert.True(pair.First.Due < pair.Second.Due && pair.First.Closes < pair.Second.Due, $"round {round}: {pair}"));
            Assert.All(all, one => Assert.True(one.Due <= one.LastOnTime && one.LastOnTime <= one.Closes, $"round {round}: {one}"));
            Assert.All(all, one => Assert.Equal(one.Due >= Day("2026-09-15"), one.State == OccurrenceState.ToCome));
        }
    }

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static async Task<Visitor> GoToAsync(Workspace acme, DateOnly day)
    {
        acme.Office.Clock.Shift += TimeSpan.FromDays(day.DayNumber - DateOnly.FromDateTime(acme.Office.Clock.GetUtcNow().UtcDateTime).DayNumber);
        return (await acme.Office.SignInAsync(Office.Owner, Office.Password)).Visitor;
    }

    private static async Task SetAsync(Visitor visitor, Workspace acme, string cadence, DateOnly first, string grace = "", DateOnly? begins = null)
    {
        var page = await visitor.SubmitAsync(
            await visitor.GetAsync(Page),
            [("cadence", cadence), ("begins", begins is { } day ? Text(day) : acme.Day(0)), ("first", first == default ? "" : Text(first)), ("grace", grace), ("reason", "Agreed with the auditor.")], "value=\"rhythm\"");
        Assert.DoesNotContain("role=\"alert\"", page.Html, StringComparison.Ordinal);
    }

    private static async Task<Seen> DoneAsync(Visitor visitor, DateOnly due, DateOnly on, string says, string search = "", string file = "", Seen? page = null) =>
        await visitor.SubmitAsync(page ?? await visitor.GetAsync(Page), [("due", Text(due)), ("on", Text(on)), ("says", says), ("search", search), ("file", file)], "value=\"done\"");

    private static async Task<IEnumerable<string?>> StatesAsync(Workspace acme, Visitor visitor, DateOnly first, DateOnly last)
    {
        using var script = await Script.OfAsync(acme.Office.Site, visitor, "read", today: acme.Office.Clock.GetUtcNow());
        return (await script.GetAsync($"{Script.Company}/recurring?from={Text(first)}&to={Text(last)}")).Json["controls"]!.AsArray().Single()!["times"]!.AsArray().Select(time => (string?)time!["state"]);
    }
}
