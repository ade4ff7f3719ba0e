using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Plainproof.Assurance.Period;
using Plainproof.Features.Systems;
using Plainproof.Features.Window;
using Plainproof.Tests.People;
using Plainproof.Tests.Standing;
using Plainproof.Tests.Web;
using Xunit;

namespace Plainproof.Tests.Window;

public sealed class WindowOnSqlite() : WindowTests(false);

public sealed class WindowOnPostgresql() : WindowTests(true);

/// <summary>A month that is lived night by night: planned runs, a merge nobody looked at, a server that stood still, a control that is reworded.</summary>
public abstract class WindowTests(bool postgresql)
{
    private const string Home = "/c/acme-gmbh";
    private const int Days = 30;

    [Fact]
    public async Task Every_planted_event_is_shown_where_it_belongs_and_nothing_else_is_accused()
    {
        await using var office = await Office.OpenAsync(postgresql);
        var begun = office.Clock.GetUtcNow();
        var olga = await office.FirstOwnerAsync();
        var id = await ConnectAsync(office, olga, Workspace.Reviewed);
        await WorkAsync(office);
        for (var night = 1; night < Days; night++)
        {
            office.Clock.Shift += TimeSpan.FromDays(1);
            if (night is 20 or 21)
                continue; // No server runs in these two nights.
            if (night == 5)
                await ReplaceAsync(office, id, Workspace.Reviewed, Workspace.Unseen);
            if (night == 12)
                await ReplaceAsync(office, id, Workspace.Reviewed);
            if (night == 15)
                await RewordAsync(office);
            await WorkAsync(office);
        }

        var (visitor, _) = await office.SignInAsync(Office.Owner, Office.Password);
        var (first, last) = (DateOnly.FromDateTime(begun.UtcDateTime), DateOnly.FromDateTime(office.Clock.GetUtcNow().UtcDateTime));
        var query = $"?from={first:yyyy-MM-dd}&to={last:yyyy-MM-dd}";
        var window = await visitor.GetAsync($"{Home}/window{query}");
        Assert.Contains("Forge Read on", window.Text, StringComparison.Ordinal);
        Assert.Contains("1 gap in watching, 2 days in all.", window.Text, StringComparison.Ordinal);
        var control = await visitor.GetAsync($"{Home}/window/CHG-01{query}");
        Assert.Contains("1 deviation.", control.Text, StringComparison.Ordinal);
        Assert.Contains("push:forge/merge/2", control.Text, StringComparison.Ordinal);
        Assert.Contains("7 days", control.Text, StringComparison.Ordinal);
        Assert.Contains("Each wording in its own part", control.Text, StringComparison.Ordinal);
        Assert.Contains("Two people look at every change.", control.Text, StringComparison.Ordinal);

        var view = await ViewAsync(office, first, last);
        var held = view.Controls.Single(course => course.Control.Id == "CHG-01");
        var deviating = Enumerable.Range(0, held.Days.Count).Where(day => held.Days[day] == ControlDay.Deviating).ToList();
        Assert.Equal(8, deviating.Count); // From the night it was seen to the night it was seen mended, both touched.
        Assert.Equal(1, held.Count(ControlDay.NotSeen)); // Of two nights without a server, one day was seen in no part.
        Assert.All(view.Controls, course => Assert.True(course.Deviations.Count == 0 || course.Deviations.All(one => one.Subject == "push:forge/merge/2"), course.Control.Id));

        var then = await visitor.GetAsync($"{Home}/days/{first.AddDays(8):yyyy-MM-dd}");
        Assert.Contains("1 fail", then.Text, StringComparison.Ordinal);
        var opened = await visitor.GetAsync($"{Home}/days/{first.AddDays(8):yyyy-MM-dd}?check={Workspace.Watched}");
        Assert.Matches($"push:forge/merge/2</a></th>.*?fail.*?href=\"{Home}/evidence/[^\"]+\">line:3<", opened.Html.ReplaceLineEndings(""));
        var now = await visitor.GetAsync($"{Home}/days/{last:yyyy-MM-dd}");
        Assert.DoesNotContain("1 fail", now.Text, StringComparison.Ordinal);
        var still = await visitor.GetAsync($"{Home}/days/{first.AddDays(20):yyyy-MM-dd}");
        Assert.Contains("missed", still.Text, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("No server of Plainproof ran between", still.Text, StringComparison.Ordinal);

        office.Clock.Shift += TimeSpan.FromDays(60); // Nobody looks for two months: the system is not forgotten.
        var (later, _) = await office.SignInAsync(Office.Owner, Office.Password);
        Assert.Contains("Forge Read on 0 of 11 days", (await later.GetAsync($"{Home}/window?from={last.AddDays(20):yyyy-MM-dd}&to={last.AddDays(30):yyyy-MM-dd}")).Text, StringComparison.Ordinal);
    }

    /// <summary>Law 1: one system passes on every day, and of the other nobody can tell.</summary>
    [Fact]
    public async Task A_system_that_could_never_be_looked_at_keeps_the_control_from_holding()
    {
        await using var office = await Office.OpenAsync(postgresql);
        var olga = await office.FirstOwnerAsync();
        await SendAsync(olga, "Forge", "merges.jsonl", FileOf([Workspace.Reviewed]));
        await SendAsync(olga, "Attic", "attic.jsonl", FileOf([Workspace.Reviewed], "push:attic", "partial"));
        var systems = office.Site.Services.GetRequiredService<ConnectedSystems>();
        await office.Site.Services.GetRequiredService<Readings>().StartAsync("acme-gmbh", Office.Owner, "run now", await systems.AllAsync("acme-gmbh", default), default);
        await WorkAsync(office);
        var control = await olga.GetAsync($"{Home}/window/CHG-01");
        Assert.Contains("Seen holding on 0 of", control.Text, StringComparison.Ordinal);
        Assert.Contains("push:attic", control.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("window?from=2026-02-31&to=2026-03-01", HttpStatusCode.BadRequest, "a day such as")]
    [InlineData("window?from=2026-03-02&to=2026-03-01", HttpStatusCode.BadRequest, "at least one day")]
    [InlineData("window?from=0001-01-01&to=9999-12-31", HttpStatusCode.BadRequest, "a day such as")]
    [InlineData("window?from=1970-01-01&to=2026-01-01", HttpStatusCode.BadRequest, "at most 400")]
    [InlineData("window?engagement=%3Cscript%3E", HttpStatusCode.BadRequest, "no such engagement")]
    [InlineData("window?from=2090-01-01&to=2090-03-01", HttpStatusCode.OK, "This window begins on 1 January 2090")]
    [InlineData("window", HttpStatusCode.OK, "Nothing was read in these days.")]
    [InlineData("window/NO-99", HttpStatusCode.NotFound, "")]
    [InlineData("days/yesterday", HttpStatusCode.NotFound, "")]
    [InlineData("days/2090-01-01", HttpStatusCode.OK, "This day has not begun.")]
    [InlineData("days/2020-01-01", HttpStatusCode.OK, "No check had run by then.")]
    public async Task Days_that_are_none_are_refused_and_empty_ones_say_what_to_do(string address, HttpStatusCode status, string says)
    {
        await using var office = await Office.OpenAsync(postgresql);
        var olga = await office.FirstOwnerAsync();
        var page = await olga.GetAsync($"{Home}/{address}");
        Assert.Equal(status, page.Status);
        Assert.Contains(says, page.Text, StringComparison.Ordinal);
    }

    private static async Task<PeriodView> ViewAsync(Office office, DateOnly first, DateOnly last)
    {
        var store = await office.Site.Services.GetRequiredService<Plainproof.Features.Standing.Standings>().StoreAsync("acme-gmbh");
        var now = office.Clock.GetUtcNow();
        var facts = await store.PeriodAsync(Stretch.Of(first).From, now, default);
        var due = (await office.Site.Services.GetRequiredService<PlannedRuns>().OverAsync("acme-gmbh", Stretch.Of(first).From, now, default)).ToLookup(run => run.Scope, run => run.DueAt);
        return PeriodView.Of(
            facts, due, [.. Plainproof.Checks.CheckLibrary.All.Select(check => check.Info)], Plainproof.Checks.CheckLibrary.Derivations, Plainproof.Catalog.Catalogue.Shipped.Controls.Controls, first, last, now);
    }

    /// <summary>Connects a pushed file, read every day half an hour from now.</summary>
    private static async Task<string> ConnectAsync(Office office, Visitor olga, params string[] merges)
    {
        await SendAsync(olga, "Forge", "merges.jsonl", FileOf(merges));
        var one = Assert.Single(await office.Site.Services.GetRequiredService<ConnectedSystems>().AllAsync("acme-gmbh", default));
        var at = office.Clock.GetUtcNow().AddMinutes(-1);
        await office.Site.Services.GetRequiredService<ConnectedSystems>().ScheduleAsync("acme-gmbh", Office.Owner, one, new Timing(HowOften.Daily, (at.Hour * 60) + at.Minute, DayOfWeek.Monday, "UTC"), default);
        await office.Site.Services.GetRequiredService<Readings>().StartAsync("acme-gmbh", Office.Owner, "run now", [one], default);
        return one.Id;
    }

    private static async Task SendAsync(Visitor olga, string name, string file, byte[] bytes)
    {
        var sent = await olga.UploadAsync(await olga.GetAsync($"{Home}/sources/add/push"), [("name", name), ("act", "connect")], file, bytes, "value=\"connect\"");
        Assert.True(sent.Address.AbsolutePath == $"{Home}/sources", sent.Text);
    }

    private static async Task ReplaceAsync(Office office, string id, params string[] merges) =>
        await File.WriteAllBytesAsync(Path.Combine(UploadedFile.FolderOf(office.Data, "acme-gmbh", id), "merges.jsonl"), FileOf(merges));

    private static byte[] FileOf(string[] merges, string scope = "push:forge", string completeness = "complete") => Encoding.UTF8.GetBytes(string.Join('\n', [
        $$"""{"plainproof":"push/1","kind":"change.merge","scope":"{{scope}}","completeness":"{{completeness}}","expected":{{merges.Length}},"says":"All merges.","from":"{{InDays(-400)}}","to":"{{InDays(100)}}" }""", .. merges]) + "\n");

    private static string InDays(int days) => TimeProvider.System.GetUtcNow().AddDays(days).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    private static async Task RewordAsync(Office office)
    {
        var (olga, _) = await office.SignInAsync(Office.Owner, Office.Password);
        var page = await olga.GetAsync($"{Home}/controls/CHG-01/edit");
        var sent = await olga.SubmitAsync(page, [("title", "Changes are looked at"), ("statement", "Two people look at every change."), ("owner", "Engineering lead"), ("frequency", "Each change"), ("why", "This is how we work."), ("begins", DateOnly.FromDateTime(office.Clock.GetUtcNow().UtcDateTime).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture))], "value=\"word\"");
        Assert.Contains("Two people look at every change.", sent.Text, StringComparison.Ordinal);
    }

    /// <summary>One look of the timetable, and the end of what it started.</summary>
    private static async Task WorkAsync(Office office)
    {
        await office.Site.Services.GetRequiredService<Timetable>().LookAsync(default);
        var until = DateTime.UtcNow.AddSeconds(90);
        while ((await office.Site.Services.GetRequiredService<Readings>().AllAsync("acme-gmbh", default)).Any(run => run.EndedAt is null))
        {
            Assert.True(DateTime.UtcNow < until, "It did not end in time.");
            await Task.Delay(50);
        }
    }
}
