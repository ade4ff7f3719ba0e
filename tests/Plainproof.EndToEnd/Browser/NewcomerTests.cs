using System.Globalization;
using Microsoft.Playwright;
using Plainproof.EndToEnd.World;
using Plainproof.Tests.Servers;
using Xunit;

namespace Plainproof.EndToEnd.Browser;

/// <summary>
/// The whole way of somebody new: the advisor without an account, an account by the link on the console, a company, two real systems, the
/// gaps, one assigned and mended on the real server, one accepted for a while.
/// </summary>
public sealed class NewcomerTests
{
    private const string ReaderPassword = "correct-horse-7";

    [Fact]
    public async Task From_the_first_question_to_a_gap_that_closes()
    {
        using var database = DatabaseWithoutSignInLog();
        using var directory = new PlantedDirectory();
        await using var site = await ServedSite.StartAsync();
        await using var browser = await Chromium.StartAsync();
        var olga = await browser.PersonAsync(site.Address);

        var taps = await SiteLooksTests.TapThroughAsync(olga, look: null);
        Assert.InRange(taps, 20, 80);
        await olga.JoinFirstAsync(site);
        await SaveAnswersAsync(olga);
        await ConnectAsync(olga, "postgresql", "Shop database", $"postgresql://reader@localhost:{database.Port}/postgres", ("#withheld-password", ReaderPassword));
        await ConnectAsync(olga, "directory", "Staff directory", $"ldaps://localhost:{directory.Server.TlsPort}", ("#option-user", SlapdServer.Reader), ("#option-base", SlapdServer.Suffix),
            ("#withheld-password", SlapdServer.ReaderPassword), ("#withheld-ca", await File.ReadAllTextAsync(directory.Server.Certificates.Authority)));
        await ReadAsync(olga);

        await olga.GotoAsync("/c/acme-gmbh/gaps");
        var gaps = await olga.InnerTextAsync("main");
        Assert.Contains("The database does not log who signs in", gaps, StringComparison.Ordinal);

        await AssignAsync(olga, "database-logins-logged");
        database.Execute("alter system set log_connections = on");
        database.Execute("select pg_reload_conf()");
        await RecheckAsync(olga, "database-logins-logged");
        await olga.GotoAsync("/c/acme-gmbh/gaps/database-logins-logged");
        Assert.Contains("This gap is not open now", await olga.InnerTextAsync("main"), StringComparison.Ordinal);

        await WaiveAsync(olga, "idle-accounts");
    }

    /// <summary>A day to come; a waiver lasts a year at most.</summary>
    private static string Day(int ahead, string format) => DateTime.UtcNow.AddDays(ahead).ToString(format, CultureInfo.InvariantCulture);

    private static PostgresServer DatabaseWithoutSignInLog()
    {
        var server = PostgresServer.Start(new Dictionary<string, string> { ["logging_collector"] = "on", ["log_connections"] = "off", ["fsync"] = "off" });
        server.AddReader(ReaderPassword);
        return server;
    }

    private static async Task SaveAnswersAsync(IPage olga)
    {
        await olga.GotoAsync("/c/acme-gmbh/answers");
        await olga.GetByRole(AriaRole.Button, new() { Name = "answers of this browser" }).ClickAsync();
        await olga.GetByText("olga@acme.example saved").WaitForAsync();
    }

    private static async Task ConnectAsync(IPage olga, string source, string name, string address, params (string Field, string Value)[] more)
    {
        await olga.GotoAsync($"/c/acme-gmbh/sources/add/{source}");
        await olga.Locator("#name").FillAsync(name);
        await olga.Locator("#address").FillAsync(address);
        await olga.EvaluateAsync("document.querySelectorAll('details').forEach(one => one.open = true)");
        foreach (var (field, value) in more)
            await olga.Locator(field).FillAsync(value);
        await olga.GetByRole(AriaRole.Button, new() { Name = "Connect", Exact = true }).ClickAsync();
        await olga.GetByText(name).First.WaitForAsync();
    }

    private static async Task ReadAsync(IPage olga)
    {
        await olga.GotoAsync("/c/acme-gmbh/sources");
        await olga.GetByRole(AriaRole.Button, new() { Name = "Read all and check now" }).ClickAsync();
        await EndedAsync(olga);
    }

    private static async Task EndedAsync(IPage olga)
    {
        await olga.ArriveAsync("/sources/runs/*");
        await olga.GetByText("What changed").First.WaitForAsync(new() { Timeout = 120_000 });
    }

    private static async Task AssignAsync(IPage olga, string gap)
    {
        await olga.GotoAsync($"/c/acme-gmbh/gaps/{gap}");
        await olga.Locator("[name='owner']").SelectOptionAsync(new SelectOptionValue { Label = "Olga" });
        await olga.Locator("[name='due']").FillAsync(Day(30, "yyyy-MM-dd"));
        await olga.GetByRole(AriaRole.Button, new() { Name = "Save" }).First.ClickAsync();
        await olga.Locator(".history li").First.WaitForAsync();
    }

    private static async Task RecheckAsync(IPage olga, string gap)
    {
        await olga.GotoAsync($"/c/acme-gmbh/gaps/{gap}");
        await olga.GetByRole(AriaRole.Button, new() { Name = "Check this gap again now" }).ClickAsync();
        await EndedAsync(olga);
    }

    private static async Task WaiveAsync(IPage olga, string gap)
    {
        await olga.GotoAsync($"/c/acme-gmbh/gaps/{gap}");
        await olga.GetByText("Accept the risk until a day").ClickAsync();
        await olga.Locator("[name='reason']").FillAsync("Dan is on parental leave; his account is locked at the door.");
        await olga.Locator("[name='until']").FillAsync(Day(90, "yyyy-MM-dd"));
        await olga.Locator("form:has([name='reason']) button").First.ClickAsync();
        await olga.GetByText($"With a waiver until {Day(90, "d MMMM yyyy")}.").WaitForAsync();
        await olga.GetByText("It stays a fail").WaitForAsync();
    }
}
