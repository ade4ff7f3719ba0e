using Microsoft.Data.Sqlite;
using Microsoft.Playwright;
using Xunit;

namespace Plainproof.EndToEnd.Browser;

/// <summary>The pages of systems at both widths and in both themes, filled in and run without script.</summary>
public sealed class SystemsLooksTests
{
    private const string Sources = "/c/acme-gmbh/sources";

    [Fact]
    public async Task The_pages_of_sources_are_good_to_look_at_and_work_without_script()
    {
        await using var site = await ServedSite.StartAsync();
        await using var browser = await Chromium.StartAsync();
        var olga = await browser.PersonAsync(site.Address, script: false);
        await olga.JoinFirstAsync(site);
        await browser.LookAsync(site, olga, Sources, "sources-empty");
        foreach (var source in new[] { "directory", "postgresql", "host", "people" })
            await browser.LookAsync(site, olga, $"{Sources}/add/{source}", $"sources-add-{source}");

        await olga.GotoAsync($"{Sources}/add/domain");
        await olga.GetByLabel("Address").FillAsync("https://acme.example");
        await olga.GetByRole(AriaRole.Button, new() { Name = "Connect", Exact = true }).ClickAsync();
        await olga.GetByText("is not a domain name").WaitForAsync();
        await olga.GetByLabel("Address").FillAsync("acme.example");
        await olga.GetByText("More options").ClickAsync();
        await olga.GetByLabel("Resolver (optional)").FillAsync("127.0.0.1:1");
        await olga.GetByLabel("Timeout (optional)").FillAsync("2");
        await olga.GetByRole(AriaRole.Button, new() { Name = "Connect", Exact = true }).ClickAsync();
        await olga.ArriveAsync(Sources);

        await olga.GetByRole(AriaRole.Button, new() { Name = "Read all and check now" }).ClickAsync();
        await olga.ArriveAsync($"{Sources}/runs/*");
        var run = new Uri(olga.Url).AbsolutePath;
        await olga.GetByRole(AriaRole.Heading, new() { Name = "Run of" }).WaitForAsync(new() { Timeout = 120_000 });
        await browser.LookAsync(site, olga, run, "sources-run");
        await olga.GotoAsync(Sources);
        await olga.GetByRole(AriaRole.Link, new() { Name = "Change Domain" }).ClickAsync();
        var connection = new Uri(olga.Url).AbsolutePath;
        foreach (var (path, name) in new[] { (Sources, "sources"), ($"{Sources}/runs", "sources-runs"), ($"{Sources}/scope", "sources-scope"), (connection, "sources-connection") })
            await browser.LookAsync(site, olga, path, name);

        await MissAsync(site);
        await olga.GotoAsync("/c/acme-gmbh");
        await olga.GetByRole(AriaRole.Heading, new() { Name = "A system was not read as planned" }).WaitForAsync();
        await browser.LookAsync(site, olga, "/c/acme-gmbh", "home-lapsed");
        await olga.GetByRole(AriaRole.Link, new() { Name = "Mend Domain" }).ClickAsync();
        await olga.ArriveAsync(connection);
    }

    /// <summary>A planned run that came and went while no server ran, as the timetable writes it down.</summary>
    private static async Task MissAsync(ServedSite site)
    {
        await using var rows = new SqliteConnection($"Data Source={Path.Combine(site.Desk.Data, "companies", "acme-gmbh", "plainproof.db")}");
        await rows.OpenAsync();
        await using var command = rows.CreateCommand();
        command.CommandText =
            """
            INSERT INTO planned_run (company, id, version, connection, scope, due_at, planned_at, attempts, missed_at, says)
            SELECT company, 'missed', 1, id, scope, @due, @due, 0, @due, 'No server of Plainproof ran then.' FROM connection
            """;
        command.Parameters.AddWithValue("@due", DateTimeOffset.UtcNow.Subtract(DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond);
        Assert.Equal(1, await command.ExecuteNonQueryAsync());
    }
}
