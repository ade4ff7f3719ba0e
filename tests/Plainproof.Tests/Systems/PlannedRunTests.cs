using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plainproof.Features.Systems;
using Plainproof.Storage;
using Plainproof.Tests.People;
using Plainproof.Tests.Servers;
using Plainproof.Tests.Web;
using Plainproof.Web;
using Xunit;

namespace Plainproof.Tests.Systems;

public sealed class PlannedRunsOnSqlite() : PlannedRunTests(false);

public sealed class PlannedRunsOnPostgresql() : PlannedRunTests(true);

/// <summary>Moments at which systems are to be read, and what becomes of them.</summary>
public abstract class PlannedRunTests(bool postgresql)
{
    private const string Company = "acme-gmbh";
    private const string Sources = $"/c/{Company}/sources";
    private const string Nowhere = "postgresql://reader@127.0.0.1:1/db";

    [Fact]
    public async Task A_missed_moment_stays_missed_and_the_system_is_read_once()
    {
        await using var office = await Office.OpenAsync(postgresql);
        var olga = await office.FirstOwnerAsync();
        var due = await ConnectAsync(office, olga, "host");
        await LookAsync(office);
        var ahead = Assert.Single(await AllAsync(office));
        Assert.Equal((RunStanding.Expected, due), (ahead.Standing(office.Clock.GetUtcNow()), ahead.DueAt));

        office.Clock.Shift += TimeSpan.FromMinutes(31);
        await LookAsync(office);
        Assert.Equal([RunStanding.OnTime, RunStanding.Expected], await StandingsAsync(office));

        office.Clock.Shift += TimeSpan.FromHours((3 * 24) + 2);
        await LookAsync(office);
        await LookAsync(office);
        Assert.Equal([RunStanding.OnTime, RunStanding.Missed, RunStanding.Missed, RunStanding.Late, RunStanding.Expected], await StandingsAsync(office));
        var runs = await AllAsync(office);
        Assert.All(runs.Where(run => run.MissedAt is not null), run => Assert.StartsWith("No server of Plainproof ran between", run.Says, StringComparison.Ordinal));
        Assert.True(runs[3].StartedAt - runs[3].DueAt > TimeSpan.FromHours(1));
        Assert.Equal(2, (await Readings(office).AllAsync(Company, default)).Count);

        var told = string.Join('\n', await BodiesAsync(office, "planned-runs.over"));
        Assert.Equal(2, told.Split("\"missed\",").Length - 1);
        Assert.Contains("\"late\"", told, StringComparison.Ordinal);
        Assert.All(runs.SkipLast(1), run => Assert.NotNull(run.Entry));
        var (again, _) = await office.SignInAsync(Office.Owner, Office.Password);
        var page = await again.GetAsync($"{Sources}/runs");
        Assert.Contains("4 runs were due: 1 on time, 1 late, 2 missed", page.Text, StringComparison.Ordinal);
        Assert.Contains("No server of Plainproof ran between", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_reached_is_tried_three_times_and_then_has_failed()
    {
        await using var office = await Office.OpenAsync(postgresql);
        await ConnectAsync(office, await office.FirstOwnerAsync(), "postgresql", ("address", Nowhere), ("withheld.password", "x"));
        office.Clock.Shift += TimeSpan.FromMinutes(31);
        await LookAsync(office);
        Assert.Equal([RunStanding.Due, RunStanding.Expected], await StandingsAsync(office));
        await LookAsync(office);
        Assert.Single(await Readings(office).AllAsync(Company, default));
        foreach (var wait in new[] { 11, 41 })
        {
            office.Clock.Shift += TimeSpan.FromMinutes(wait);
            await LookAsync(office);
        }

        Assert.Equal([RunStanding.Failed, RunStanding.Expected], await StandingsAsync(office));
        var failed = (await AllAsync(office))[0];
        Assert.Equal(3, failed.Attempts);
        Assert.Contains("127.0.0.1", failed.Says, StringComparison.Ordinal);
        office.Clock.Shift += TimeSpan.FromHours(12);
        await LookAsync(office);
        Assert.Equal(["planned, attempt 3", "planned, attempt 2", "planned"], (await Readings(office).AllAsync(Company, default)).Select(run => run.Why));
    }

    [Fact]
    public async Task Home_names_a_system_that_was_not_read_as_planned_until_it_is_read()
    {
        await using var office = await Office.OpenAsync(postgresql);
        var olga = await office.FirstOwnerAsync();
        var due = await ConnectAsync(office, olga, "host");
        office.Clock.Shift += TimeSpan.FromMinutes(31);
        await LookAsync(office);
        Assert.DoesNotContain("not read as planned", (await olga.GetAsync($"/c/{Company}")).Text, StringComparison.Ordinal);

        var connection = await BreakAsync(office);
        office.Clock.Shift += TimeSpan.FromHours(24);
        foreach (var wait in new[] { 0, 11, 41 })
        {
            office.Clock.Shift += TimeSpan.FromMinutes(wait);
            await LookAsync(office);
        }

        Assert.Equal(RunStanding.Failed, (await AllAsync(office))[1].Standing(office.Clock.GetUtcNow()));
        (olga, _) = await office.SignInAsync(Office.Owner, Office.Password);
        var home = await olga.GetAsync($"/c/{Company}");
        Assert.Contains("A system was not read as planned", home.Text, StringComparison.Ordinal);
        Assert.Contains($"was to be read on {Plainproof.Features.Check.Words.Day(due.AddDays(1))}. That failed: ", home.Text, StringComparison.Ordinal);
        Assert.Contains("It was last read on ", home.Text, StringComparison.Ordinal);
        Assert.Contains($"href=\"{Sources}/connections/{connection}\"", home.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plan_that_was_never_kept_shows_on_an_empty_home()
    {
        await using var office = await Office.OpenAsync(postgresql);
        await ConnectAsync(office, await office.FirstOwnerAsync(), "host");
        office.Clock.Shift += TimeSpan.FromHours((2 * 24) + 2);
        await office.Site.Services.GetRequiredService<PlannedRuns>().DueAsync(Company, "No server of Plainproof ran.", default);
        var (olga, _) = await office.SignInAsync(Office.Owner, Office.Password);
        var home = await olga.GetAsync($"/c/{Company}");
        Assert.Contains("That was missed: No server of Plainproof ran.", home.Text, StringComparison.Ordinal);
        Assert.Contains("It is the last of 2 runs that were missed or failed.", home.Text, StringComparison.Ordinal);
        Assert.Contains("It was never read yet.", home.Text, StringComparison.Ordinal);

        await LookAsync(office);
        Assert.Equal([RunStanding.Missed, RunStanding.Missed, RunStanding.Late, RunStanding.Expected], await StandingsAsync(office));
        Assert.DoesNotContain("not read as planned", (await olga.GetAsync($"/c/{Company}")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_plan_takes_back_what_was_to_come_and_nothing_else()
    {
        await using var office = await Office.OpenAsync(postgresql);
        var olga = await office.FirstOwnerAsync();
        await ConnectAsync(office, olga, "host");
        office.Clock.Shift += TimeSpan.FromMinutes(31);
        await LookAsync(office);
        await PlanAsync(office, olga, "weekly", 120, "Asia/Tokyo");
        var runs = await AllAsync(office);
        Assert.Equal([RunStanding.OnTime, RunStanding.Expected], runs.Select(run => run.Standing(office.Clock.GetUtcNow())));
        Assert.Equal(DayOfWeek.Wednesday, TimeZoneInfo.ConvertTime(runs[1].DueAt, TimeZoneInfo.FindSystemTimeZoneById("Asia/Tokyo")).DayOfWeek);
        var page = await olga.GetAsync($"{Sources}/connections/{runs[0].Connection}");
        Assert.Contains("Asia/Tokyo time", page.Text, StringComparison.Ordinal);
        var refused = await olga.SubmitAsync(page, [("how-often", "daily"), ("weekday", "monday"), ("time", "03:30"), ("zone", "Middle-earth/Shire")], "value=\"schedule\"");
        Assert.Contains("such as Europe/Vienna", refused.Text, StringComparison.Ordinal);

        await olga.SubmitAsync(await olga.GetAsync($"{Sources}/connections/{runs[0].Connection}"), [], "value=\"off\"");
        office.Clock.Shift += TimeSpan.FromDays(20);
        await LookAsync(office);
        Assert.Equal([RunStanding.OnTime], await StandingsAsync(office));
    }

    [Fact]
    public async Task A_dead_servers_run_is_broken_off_and_another_server_does_it()
    {
        using var silent = new SilentServer();
        await using var office = await Office.OpenAsync(postgresql);
        await ConnectAsync(office, await office.FirstOwnerAsync(), "postgresql", ("address", $"postgresql://reader@127.0.0.1:{silent.Port}/db"), ("withheld.password", "x"));
        office.Clock.Shift += TimeSpan.FromMinutes(31);
        await office.Site.Services.GetRequiredService<Timetable>().LookAsync(default);
        Assert.Equal([RunStanding.Running, RunStanding.Expected], await StandingsAsync(office));

        await using var other = await JoinAsync(office);
        var there = other.Services.GetRequiredService<Timetable>();
        await there.LookAsync(default);
        Assert.Equal([RunStanding.Running, RunStanding.Expected], await StandingsAsync(office)); // The first server lives.
        office.Clock.Shift += TimeSpan.FromMinutes(5);
        await there.LookAsync(default);
        Assert.Equal(ReadingState.BrokenOff, Assert.Single(await other.Services.GetRequiredService<Readings>().AllAsync(Company, default)).State);
        Assert.Equal([RunStanding.Due, RunStanding.Expected], await StandingsAsync(office));
        office.Clock.Shift += TimeSpan.FromMinutes(11);
        await there.LookAsync(default);
        Assert.Equal(2, (await AllAsync(office))[0].Attempts);
        silent.Dispose();
        await WaitAsync(async () => (await Readings(office).AllAsync(Company, default)).All(run => Readings(office).ProgressOf(Company, run.Id).Count == 0 && run.EndedAt is not null));
    }

    [Fact]
    public async Task Two_servers_share_the_work_and_double_none_of_it()
    {
        Assert.SkipUnless(postgresql, "Several servers share one PostgreSQL; a SQLite file has one.");
        await using var office = await Office.OpenAsync(postgresql);
        await ConnectAsync(office, await office.FirstOwnerAsync(), "postgresql", ("address", Nowhere), ("withheld.password", "x"));
        await using var other = await JoinAsync(office);
        Site[] both = [office.Site.Inside, other];
        office.Clock.Shift += TimeSpan.FromMinutes(31);
        for (var day = 0; day < 8; day++, office.Clock.Shift += TimeSpan.FromDays(1))
        {
            await Task.WhenAll(both.Select(site => Task.Run(() => site.Services.GetRequiredService<Timetable>().LookAsync(default))));
            await WaitAsync(async () => (await AllAsync(office)).All(run => run.StartedAt is null || run.EndedAt is not null));
        }

        Assert.Equal(8, (await Readings(office).AllAsync(Company, default)).Count(run => run.Why == "planned"));
        Assert.Equal(9, (await AllAsync(office)).Count);
    }

    /// <summary>From now on the system is somewhere where nothing answers.</summary>
    private static async Task<string> BreakAsync(Office office)
    {
        await using var records = await office.Site.Services.GetRequiredService<ConnectedSystems>().OpenAsync(Company);
        var connection = await records.Set<Connection>().SingleAsync();
        connection.Address = "ssh://reader@127.0.0.1:1"; // Refused at once.
        await records.SaveChangesAsync();
        return connection.Id;
    }

    /// <summary>A second server on the same data.</summary>
    private static Task<Site> JoinAsync(Office office) =>
        Site.StartAsync(new SiteSettings(DataFolder.Open(office.Data.Path), new Uri("http://localhost:0"), office.Clock), CancellationToken.None);

    /// <summary>Connects a system and plans it daily, half an hour from now.</summary>
    private static async Task<DateTimeOffset> ConnectAsync(Office office, Visitor olga, string source, params (string, string)[] typed)
    {
        await olga.SubmitAsync(await olga.GetAsync($"{Sources}/add/{source}"), [.. typed, ("act", "connect")], "value=\"connect\"");
        return await PlanAsync(office, olga, "daily", 30, "UTC");
    }

    private static async Task<DateTimeOffset> PlanAsync(Office office, Visitor olga, string often, int minutes, string zone)
    {
        var id = Assert.Single(await office.Site.Services.GetRequiredService<ConnectedSystems>().AllAsync(Company, default)).Id;
        var at = office.Clock.GetUtcNow().AddMinutes(minutes);
        var sent = await olga.SubmitAsync(
            await olga.GetAsync($"{Sources}/connections/{id}"),
            [("how-often", often), ("weekday", "wednesday"), ("time", at.ToString("HH:mm", CultureInfo.InvariantCulture)), ("zone", zone)], "value=\"schedule\"");
        Assert.Contains($"{zone} time", sent.Text, StringComparison.Ordinal);
        return new DateTimeOffset(at.Year, at.Month, at.Day, at.Hour, at.Minute, 0, TimeSpan.Zero);
    }

    /// <summary>Looks as the server does every minute, and waits until what it started has ended.</summary>
    private static async Task LookAsync(Office office)
    {
        await office.Site.Services.GetRequiredService<Timetable>().LookAsync(default);
        await WaitAsync(async () => (await Readings(office).AllAsync(Company, default)).All(run => run.EndedAt is not null));
    }

    private static Readings Readings(Office office) => office.Site.Services.GetRequiredService<Readings>();

    private static Task<IReadOnlyList<PlannedRun>> AllAsync(Office office) =>
        office.Site.Services.GetRequiredService<PlannedRuns>().OverAsync(Company, DateTimeOffset.UnixEpoch, office.Clock.GetUtcNow().AddDays(30), default);

    private static async Task<IEnumerable<RunStanding>> StandingsAsync(Office office) => (await AllAsync(office)).Select(run => run.Standing(office.Clock.GetUtcNow()));

    private static async Task<IReadOnlyList<string>> BodiesAsync(Office office, string kind)
    {
        await using var connection = await office.Data.DatabaseOf(Company).OpenAsync(default);
        return await connection.Command("SELECT body FROM log_entry WHERE kind = @kind ORDER BY seq", ("kind", kind)).ListAsync(row => Encoding.UTF8.GetString(row.GetFieldValue<byte[]>(0)), default);
    }

    private static async Task WaitAsync(Func<Task<bool>> done)
    {
        var until = DateTime.UtcNow.AddSeconds(90);
        while (!await done())
        {
            Assert.True(DateTime.UtcNow < until, "It did not end in time.");
            await Task.Delay(100);
        }
    }
}

/// <summary>Plans by the clock on the wall, and clocks that are set.</summary>
public sealed class TimingTests
{
    [Theory]
    [InlineData("Europe/Berlin", 2 * 60 + 30, "2026-03-27T12:00:00Z", "2026-03-28T01:30:00Z 2026-03-29T01:00:00Z 2026-03-30T00:30:00Z")] // The clocks skip half past two.
    [InlineData("Europe/Berlin", 2 * 60 + 30, "2026-10-23T12:00:00Z", "2026-10-24T00:30:00Z 2026-10-25T00:30:00Z 2026-10-26T01:30:00Z")] // Half past two comes twice.
    [InlineData("America/New_York", 0, "2026-11-26T00:00:00Z", "2026-11-26T05:00:00Z 2026-11-27T05:00:00Z 2026-11-28T05:00:00Z")]
    [InlineData("Pacific/Kiritimati", 23 * 60 + 59, "2026-11-26T00:00:00Z", "2026-11-26T09:59:00Z 2026-11-27T09:59:00Z 2026-11-28T09:59:00Z")]
    [InlineData("No/Such", 60, "2026-11-26T00:00:00Z", "2026-11-26T01:00:00Z 2026-11-27T01:00:00Z 2026-11-28T01:00:00Z")]
    public void Each_day_has_one_moment(string zone, int minute, string from, string wanted)
    {
        var timing = new Timing(HowOften.Daily, minute, DayOfWeek.Monday, zone);
        var found = new List<string>();
        for (var moment = DateTimeOffset.Parse(from, CultureInfo.InvariantCulture); found.Count < 3;)
        {
            moment = timing.NextAfter(moment)!.Value;
            found.Add(moment.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture));
        }

        Assert.Equal(wanted, string.Join(' ', found));
    }

    [Fact]
    public void Ten_years_of_every_zone_lose_no_week()
    {
        foreach (var zone in TimeZoneInfo.GetSystemTimeZones().Where(zone => Timing.IsZone(zone.Id)))
        {
            var timing = new Timing(HowOften.Weekly, 150, DayOfWeek.Sunday, zone.Id);
            var moment = new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);
            for (var week = 0; week < 520; week++)
            {
                var next = timing.NextAfter(moment)!.Value;
                Assert.True(week == 0 || (next - moment - TimeSpan.FromDays(7)).Duration() <= TimeSpan.FromHours(3), $"{zone.Id}: {moment:O} {next:O}");
                moment = next;
            }
        }
    }

    [Fact]
    public void A_clock_that_jumped_must_be_steady_for_a_while()
    {
        var time = new SetClock();
        var steady = new SteadyClock(time);
        Assert.True(Minute());
        time.Jump(TimeSpan.FromDays(365));
        Assert.False(Minute());
        time.Jump(TimeSpan.FromDays(-365));
        Assert.Equal([false, false, false, false, false, true], Enumerable.Range(0, 6).Select(_ => Minute()));

        bool Minute()
        {
            time.Pass(TimeSpan.FromMinutes(1));
            return steady.IsSettled();
        }
    }

    /// <summary>A wall clock that can be set while time passes.</summary>
    private sealed class SetClock : TimeProvider
    {
        private DateTimeOffset _wall = new(2026, 11, 26, 0, 0, 0, TimeSpan.Zero);
        private long _steady;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override DateTimeOffset GetUtcNow() => _wall;

        public override long GetTimestamp() => _steady;

        public void Pass(TimeSpan span) => (_wall, _steady) = (_wall + span, _steady + span.Ticks);

        public void Jump(TimeSpan span) => _wall += span;
    }
}
