using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Plainproof.Features.Stamps;
using Plainproof.Storage;
using Plainproof.Tests.Api;
using Plainproof.Tests.Evidence;
using Plainproof.Tests.People;
using Plainproof.Tests.Servers;
using Plainproof.Tests.Web;
using Xunit;

namespace Plainproof.Tests.Stamps;

public sealed class StampsOnSqlite() : StampsTests(false);

public sealed class StampsOnPostgresql() : StampsTests(true);

/// <summary>The log while a server runs: stamped each day by real authorities, mailed through a real mail server, and an alarm when that fails.</summary>
public abstract class StampsTests(bool postgresql)
{
    private const string Page = "/c/acme-gmbh/log";

    [Fact]
    public async Task Two_authorities_stamp_it_each_day_and_an_outage_is_told_on_every_page()
    {
        using var first = await TestAuthority.StartAsync("first");
        using var second = await TestAuthority.StartAsync("second");
        await using var office = await Office.OpenAsync(postgresql, new JsonObject { ["timestampAuthorities"] = new JsonArray(Of(first), Of(second)) });
        var olga = await office.FirstOwnerAsync();
        await WorkAsync(olga, "One");
        var stamps = office.Site.Services.GetRequiredService<DailyStamps>();
        await stamps.LookAsync(default);
        Assert.Equal([1L, 1L], (await StateAsync(office)).Stamps.Select(line => line.Stamps));
        await WorkAsync(olga, "Two");
        await stamps.LookAsync(default);
        Assert.Equal([1L, 1L], (await StateAsync(office)).Stamps.Select(line => line.Stamps)); // Once a day.

        second.Twist = _ => [];
        office.Clock.Shift += TimeSpan.FromHours(25);
        await stamps.LookAsync(default);
        var state = await StateAsync(office);
        Assert.Equal([2L, 1L], state.Stamps.Select(line => line.Stamps));
        Assert.NotNull(state.Stamps[1].Problem);
        Assert.Empty(stamps.AlarmsOf("acme-gmbh")); // An hour or a night without one is no alarm.

        office.Clock.Shift += TimeSpan.FromHours(25);
        var (later, _) = await office.SignInAsync(Office.Owner, Office.Password);
        await WorkAsync(later, "Three");
        await stamps.LookAsync(default);
        foreach (var path in new[] { "", "/gaps", "/log" })
            Assert.Contains("The time-stamp authority second has not stamped the evidence log since", (await later.GetAsync($"/c/acme-gmbh{path}")).Text, StringComparison.Ordinal);
        var page = await later.GetAsync(Page);
        Assert.Contains("failed", page.Text, StringComparison.Ordinal);
        Assert.Contains("anchor.failed", page.Text, StringComparison.Ordinal);
        using var script = await Script.OfAsync(office.Site, later, "read", today: office.Clock.GetUtcNow());
        Assert.NotNull((string?)(await script.GetAsync($"{Script.Company}/log")).Json["stamps"]![1]!["problem"]);

        second.Twist = answer => answer;
        office.Clock.Shift += TimeSpan.FromHours(2);
        await stamps.LookAsync(default);
        Assert.DoesNotContain("has not stamped", (await later.GetAsync("/c/acme-gmbh")).Text, StringComparison.Ordinal);
        using var folder = new TemporaryFolder();
        var roots = folder.Write("roots.pem", await File.ReadAllTextAsync(first.CaFile) + await File.ReadAllTextAsync(second.CaFile));
        using var said = new StringWriter();
        await Cli.CommandLine.RunAsync(["verify", office.Data.CompanyRoot("acme-gmbh"), "--tsa-ca", roots, "--data", office.Data.Path], TextReader.Null, said, said);
        Assert.Contains("All 6 time stamps fit the log", said.ToString(), StringComparison.Ordinal);
        Assert.Contains("but the time stamps put", said.ToString(), StringComparison.Ordinal); // This site's clock was moved on, and theirs was not: seen.
    }

    [Fact]
    public async Task Whoever_asked_gets_the_checkpoint_by_mail_when_there_is_news()
    {
        using var mail = MailSink.Start();
        await using var office = await Office.OpenAsync(postgresql, new JsonObject { ["mail"] = new JsonObject { ["host"] = "127.0.0.1", ["port"] = mail.Port, ["from"] = "plainproof@acme.example", ["encryption"] = "none" } });
        var olga = await office.FirstOwnerAsync();
        Assert.Contains("Nobody outside stamps this log yet.", (await olga.GetAsync(Page)).Text, StringComparison.Ordinal);
        var asked = await olga.SubmitAsync(await olga.GetAsync(Page), [("address", "auditor@firm.example")], "value=\"ask\"");
        Assert.Contains("auditor@firm.example", asked.Text, StringComparison.Ordinal);
        var stamps = office.Site.Services.GetRequiredService<DailyStamps>();
        await stamps.LookAsync(default);
        var letter = await mail.LetterAsync();
        Assert.Contains("To: auditor@firm.example", letter, StringComparison.Ordinal);
        Assert.Contains((await StateAtAsync(office, 1))[..20], letter.Replace("=\r\n", "", StringComparison.Ordinal).Replace("=\n", "", StringComparison.Ordinal), StringComparison.Ordinal);

        office.Clock.Shift += TimeSpan.FromHours(25);
        await stamps.LookAsync(default); // Its own entry about the letter is no news.
        var (later, _) = await office.SignInAsync(Office.Owner, Office.Password);
        Assert.Equal(1, await MailedAsync(office));
        await WorkAsync(later, "News");
        await stamps.LookAsync(default);
        Assert.Equal(2, await MailedAsync(office));

        mail.Dispose();
        office.Clock.Shift += TimeSpan.FromHours(25);
        (later, _) = await office.SignInAsync(Office.Owner, Office.Password);
        await WorkAsync(later, "More news");
        await stamps.LookAsync(default);
        var alarmed = await later.GetAsync("/c/acme-gmbh/people");
        Assert.Contains("could not be mailed to auditor@firm.example", alarmed.Text, StringComparison.Ordinal);
        var ended = await later.SubmitAsync(await later.GetAsync(Page), [], "value=\"end ");
        Assert.Contains("ended", ended.Text, StringComparison.Ordinal);
        await stamps.LookAsync(default);
        Assert.DoesNotContain("could not be mailed to", (await later.GetAsync("/c/acme-gmbh/people")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_address_is_refused_and_who_only_looks_asks_for_none()
    {
        await using var office = await Office.OpenAsync(postgresql);
        var olga = await office.FirstOwnerAsync();
        foreach (var wrong in new[] { "auditor", "a@b.example, c@d.example", "Auditor <a@b.example>", "" })
            Assert.Contains("Give one e-mail address", (await olga.SubmitAsync(await olga.GetAsync(Page), [("address", wrong)], "value=\"ask\"")).Text, StringComparison.Ordinal);
        var viewer = await office.JoinAsync(olga, "vera@acme.example", "viewer");
        Assert.DoesNotContain("value=\"ask\"", (await viewer.GetAsync(Page)).Html, StringComparison.Ordinal);
        await Standing.Workspace.ForgeAsync(Page, viewer, "ask", ("once", Guid.NewGuid().ToString()), ("address", "spy@evil.example"));
        Assert.DoesNotContain("spy@evil.example", (await olga.GetAsync(Page)).Text, StringComparison.Ordinal);
        var page = await olga.GetAsync($"{Page}?before=1");
        Assert.DoesNotContain("Earlier entries", page.Text, StringComparison.Ordinal);
        Assert.Contains("There is none before that one", (await olga.GetAsync($"{Page}?before=0")).Text, StringComparison.Ordinal);
    }

    private static JsonObject Of(TestAuthority authority) => new() { ["name"] = authority.Name, ["address"] = authority.Address.ToString(), ["roots"] = authority.CaFile };

    private static Task<LogState> StateAsync(Office office) => LogState.OfAsync(office.Data.DatabaseOf("acme-gmbh"), office.Data.TimestampAuthorities, default);

    /// <summary>The note of the newest checkpoint but some.</summary>
    private static async Task<string> StateAtAsync(Office office, int back)
    {
        await using var connection = await office.Data.DatabaseOf("acme-gmbh").OpenAsync(default);
        return (await connection.Command("SELECT note FROM log_checkpoint ORDER BY size DESC").ListAsync(row => row.GetString(0), default))[back];
    }

    private static async Task<int> MailedAsync(Office office) =>
        (await LogState.EntriesAsync(office.Data.DatabaseOf("acme-gmbh"), null, 1000, default)).Count(line => line.Kind == "checkpoint.mailed");

    /// <summary>Something that makes an entry.</summary>
    private static async Task WorkAsync(Visitor visitor, string title) => await visitor.SubmitAsync(
        await visitor.GetAsync("/c/acme-gmbh/engagements/new"),
        [("title", title), ("kind", "typeOne"), ("begins", ""), ("ends", DateTime.UtcNow.AddYears(2).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)), ("wanted", ""), ("hours", "12"), ("firm", ""), ("licence", ""), ("review", "")]);
}
