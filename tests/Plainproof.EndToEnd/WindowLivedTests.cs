using System.Globalization;
using System.Text.Json.Nodes;
using Plainproof.EndToEnd.Browser;
using Plainproof.EndToEnd.World;
using Plainproof.Tests.Servers;
using Xunit;

namespace Plainproof.EndToEnd;

/// <summary>What half a year of real systems leaves behind, when everything that went wrong is known.</summary>
[Trait("Long", "true")]
public sealed class WindowLivedTests(LivedWindow lived) : IClassFixture<LivedWindow>
{
    /// <summary>The first of the days without a server was still seen until the moment of its reading.</summary>
    private const int Unseen = LivedWindow.ServerBack - LivedWindow.ServerStops - 1;

    [Fact]
    public async Task What_went_wrong_is_shown_with_its_days_and_nothing_else_is_accused()
    {
        var all = (await lived.GetAsync($"/deviations?engagement={lived.TypeTwo}"))["deviations"]!.AsArray().ToLookup(one => (string?)one!["by"] == "person");
        Assert.All(all[true], one => Assert.Contains((string)one!["what"]!, AuditPlay.Deviations)); // Once the audit was played.
        var found = all[false].Select(one => (
            Source: (string)one!["source"]!, What: (string)one["what"]!, From: DayOf(one["from"]!), Until: one["until"] is { } until ? DayOf(until) : (int?)null)).OrderBy(one => one.From).ToList();
        Assert.True(found.Count == 4, string.Join('\n', found));
        Assert.Equal(("database-archiving", null), (found[0].Source, found[0].Until)); // Its archive command fails from the first day to the last.
        found.RemoveAt(0);
        Assert.Equal("backup-fresh", found[0].Source);
        Assert.InRange(found[0].From, LivedWindow.BackupsFail, LivedWindow.BackupsFail + 2);
        Assert.Equal(LivedWindow.BackupsWork, found[0].Until);
        Assert.Equal("changes-come-by-request", found[1].Source);
        Assert.Equal(LivedWindow.Pushed, found[1].From);
        Assert.Equal("leavers-lose-access", found[2].Source);
        Assert.InRange(found[2].From, LivedWindow.BobLeaves + 1, LivedWindow.BobLeaves + 6);
        Assert.Equal(LivedWindow.BobIsOff, found[2].Until);
    }

    [Fact]
    public async Task A_stopped_server_leaves_missed_runs_and_a_gap_and_every_other_moment_has_its_run()
    {
        var runs = (await lived.GetAsync("/planned-runs?days=400"))["plannedRuns"]!.AsArray().Where(run => (string?)run!["standing"] != "expected" && DayOf(run["dueAt"]!) <= LivedWindow.Days).ToList();
        Assert.Equal(4 * LivedWindow.Days, runs.Count);
        Assert.Equal(runs.Count, runs.Select(run => $"{run!["scope"]} {run["dueAt"]}").Distinct().Count());
        foreach (var run in runs)
        {
            var stopped = DayOf(run!["dueAt"]!) is >= LivedWindow.ServerStops and < LivedWindow.ServerBack;
            Assert.True((string?)run["standing"] == "missed" == stopped, run.ToJsonString());
            Assert.True(stopped ? ((string?)run["says"])!.StartsWith("No server of Plainproof ran between", StringComparison.Ordinal) : (string?)run["read"] is "inFull" or "inPart", run.ToJsonString());
        }

        var window = await lived.GetAsync($"/window?engagement={lived.TypeTwo}");
        foreach (var system in window["systems"]!.AsArray().Where(system => !((string)system!["scope"]!).StartsWith("push:", StringComparison.Ordinal)))
        {
            Assert.True((int)system!["inFull"]! + (int)system["inPart"]! == LivedWindow.Days - Unseen && (int)system["notRead"]! == Unseen, system.ToJsonString());
            Assert.True(system["gaps"]!.AsArray().Count == 1, system.ToJsonString());
            var gap = system["gaps"]![0]!;
            Assert.Equal((LivedWindow.ServerStops, LivedWindow.ServerBack), (DayOf(gap["from"]!), DayOf(gap["to"]!)));
        }
    }

    [Fact]
    public async Task A_waiver_ends_on_its_day_and_the_gap_counts_again()
    {
        var gap = await lived.GetAsync($"/gaps/{LivedWindow.Waivable}");
        var waiver = Assert.Single(gap["waivers"]!.AsArray())!;
        Assert.Equal(Iso(LivedWindow.WaiverEnds), (string?)waiver["until"]);
        Assert.Contains(LivedWindow.Waivable, (await lived.GetAsync("/gaps"))["gaps"]!.AsArray().Select(one => (string?)one!["id"]));
        Assert.Contains("changes-come-by-request", (await lived.GetAsync($"/days/{Iso(LivedWindow.WaiverEnds - 1)}"))["checks"]!.AsArray().Where(check => (int)check!["fail"]! > 0).Select(check => (string?)check!["check"]));
    }

    [Fact]
    public async Task A_back_dated_upload_keeps_its_own_day_and_is_objected_to()
    {
        var file = await lived.GetAsync($"/files/{lived.File}");
        Assert.Equal(LivedWindow.Uploaded, DayOf(file["addedAt"] ?? file["file"]!["addedAt"]!));
        var said = file.ToJsonString();
        Assert.Contains($"It was done on {Plain(LivedWindow.WorkDone)} and approved on {Plain(LivedWindow.WorkApproved)}.", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_control_reworded_in_the_window_has_two_parts()
    {
        var wordings = await lived.GetAsync("/controls/CHG-01/wordings");
        Assert.Equal(Iso(LivedWindow.Reworded), (string?)Assert.Single(wordings["wordings"]!.AsArray())!["begins"]);
        var page = await lived.PageAsync($"/window/CHG-01?engagement={lived.TypeTwo}");
        Assert.Contains("A second engineer approves each change of the product before it is merged.", page.Text, StringComparison.Ordinal);
        Assert.Contains(Plain(LivedWindow.Reworded), page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Killed_each_week_it_lost_nothing_that_it_had_said_was_stored()
    {
        Assert.InRange(lived.Kills, (LivedWindow.Days / 7) - 1, (LivedWindow.Days / 7) + 1);
        var page = (await lived.PageAsync($"/gaps/{LivedWindow.Waivable}")).Text;
        Assert.All(lived.Acknowledged, words => Assert.Contains(words, page, StringComparison.Ordinal));
        Assert.DoesNotContain((await lived.GetAsync("/runs"))["runs"]!.AsArray(), run => (string?)run!["state"] == "running");
        (await lived.Desk.RunAsync("doctor")).Exits(0);
    }

    [Fact]
    public async Task The_photo_of_the_first_day_and_the_movie_come_from_the_same_data()
    {
        var movie = await lived.GetAsync($"/window?engagement={lived.TypeTwo}");
        Assert.Equal((LivedWindow.Days, LivedWindow.Days - Unseen), ((int)movie["daysBegun"]!, (int)movie["watchedDays"]!));
        var photo = (await lived.GetAsync($"/days/{Iso(1)}"))["checks"]!.AsArray();
        Assert.Equal(["database-archiving"], photo.Where(check => (int)check!["fail"]! > 0).Select(check => (string)check!["check"]!));
        Assert.True(photo.Count(check => (int)check!["pass"]! > 0) > 10, photo.ToJsonString());
        var deviating = movie["controls"]!.AsArray().Where(control => (string?)control!["days"]![0] == "deviating").SelectMany(control => control!["deviations"]!.AsArray()).Select(one => (string)one!["check"]!).Distinct();
        Assert.Equal(["database-archiving"], deviating.Intersect(photo.Where(check => (int)check!["fail"]! > 0).Select(check => (string)check!["check"]!)));
        Assert.Equal(2, (await lived.GetAsync("/engagements"))["engagements"]!.AsArray().Count);
    }

    [Fact]
    public async Task Its_populations_hold_what_happened()
    {
        Assert.Equal(LivedWindow.Days - 7 - 4, await CountAsync("backups", "db1"));
        Assert.NotEmpty((await lived.GetAsync($"/populations/backups?engagement={lived.TypeTwo}"))["holes"]!.AsArray()); // Nobody looked for four days, and the list says so.
        Assert.Equal(1, await CountAsync("leavers", "Bob Ray"));
        Assert.Contains("Push it straight", (await lived.GetAsync($"/populations/changes?engagement={lived.TypeTwo}")).ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_log_holds_for_us_for_Go_for_Python_and_for_OpenSSL_and_its_stamps_do()
    {
        var roots = Path.Combine(lived.Desk.Work, "roots.pem");
        await File.WriteAllTextAsync(roots, string.Concat(lived.Authorities.Select(one => File.ReadAllText(one.CaFile))));
        (await lived.Desk.RunAsync("verify", lived.Desk.Data, "--tsa-ca", roots)).Exits(0);
        var outside = new OutsideProof(lived.CompanyFolder);
        outside.Go();
        outside.Python();
        outside.OpenSsl();
        var log = await lived.GetAsync("/log");
        Assert.Equal(2, log["stamps"]!.AsArray().Count);
        Assert.All(log["stamps"]!.AsArray(), stamp => Assert.True(stamp!["problem"] is null && DayOf(stamp["stampedAt"]!) >= LivedWindow.Days - 1, stamp.ToJsonString()));
        foreach (var authority in lived.Authorities)
        {
            var tokens = Directory.GetFiles(Path.Combine(lived.CompanyFolder, "log"), $"*.{authority.Name}.tsr", SearchOption.AllDirectories);
            Assert.InRange(tokens.Length, LivedWindow.Days - 12, LivedWindow.Days * 2);
            var newest = tokens.MaxBy(file => long.Parse(Path.GetFileName(file).Split('.')[0], CultureInfo.InvariantCulture))!;
            Assert.Contains(lived.Today.ToString("MMM", CultureInfo.InvariantCulture), Running.Run("openssl", "ts", "-reply", "-in", newest, "-text"), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Its_checkpoints_reached_the_auditor_by_mail()
    {
        var letter = await lived.LetterAsync();
        Assert.Contains("To: auditor@cpa.example", letter, StringComparison.Ordinal);
        Assert.Contains("Checkpoint of the evidence log", letter, StringComparison.Ordinal);
    }

    /// <summary>It goes past the end and writes; the others hold before and after.</summary>
    [Fact]
    public async Task The_audit_of_it_is_played_by_company_adviser_and_auditor()
    {
        lived.GoPastTheEnd();
        await using var browser = await Chromium.StartAsync();
        using var files = new TemporaryFolder();
        var olga = await browser.PersonAsync(lived.Address, script: false);
        await lived.SignInAsync(olga);
        await using var play = new AuditPlay(lived.Address, lived.Desk, browser, olga, files);
        await play.GatherAsync();
        await play.TypeOneAsync(lived.TypeOne);
        await play.TypeTwoAsync(lived.TypeTwo, "changes", "CHG-01", Iso(LivedWindow.Pushed));
    }

    private async Task<int> CountAsync(string population, string about) =>
        (await lived.GetAsync($"/populations/{population}?engagement={lived.TypeTwo}"))["rows"]!.AsArray().Count(row => row!.ToJsonString().Contains(about, StringComparison.Ordinal));

    /// <summary>The number of the day in which a moment lies; the first is 1.</summary>
    private int DayOf(JsonNode moment) => DateOnly.FromDateTime(((DateTimeOffset)moment).UtcDateTime).DayNumber - lived.Begins.DayNumber;

    private string Iso(int day) => lived.Day(day).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private string Plain(int day) => lived.Day(day).ToString("d MMMM yyyy", CultureInfo.InvariantCulture);
}
