using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Plainproof.EndToEnd.Program;
using Xunit;

namespace Plainproof.EndToEnd.Browser;

/// <summary>The populations of a company, at both widths and in both themes, from the empty page to a frozen list.</summary>
public sealed class PopulationLooksTests
{
    private const string Home = "/c/acme-gmbh";

    private const string Merges = """
        {"plainproof":"push/1","kind":"change.merge","scope":"push:forge","completeness":"complete","expected":2,"from":"2026-01-01","to":"2026-12-31","says":"All merges."}
        {"subject":"merge/1","value":{"id":"#1","repository":"shop","author":"ann","mergedBy":"bob","mergedAt":"2026-11-01T10:00:00Z","approvals":[{"by":"bob","at":"2026-11-01T09:00:00Z"}],"checksPassed":true}}
        {"subject":"merge/2","value":{"id":"#2","repository":"shop","author":"ann","mergedBy":"ann","mergedAt":"2026-11-02T10:00:00Z","approvals":[],"checksPassed":false}}

        """;

    private const string Commits = """
        {"plainproof":"push/1","kind":"change.commit","scope":"push:clone","completeness":"complete","expected":1,"from":"2026-01-01","to":"2026-12-31","says":"All commits."}
        {"subject":"commit/1","value":{"sha":"1a2b3c4d5e6f","authorName":"Ann","authorEmail":"ann@acme.example","committerName":"Ann","committerEmail":"ann@acme.example","at":"2026-11-03T10:00:00Z","arrival":"direct","signature":"none","summary":"Mend the shop in a hurry","repository":"shop"}}

        """;

    [Fact]
    public async Task Populations_are_good_to_look_at_and_are_frozen_without_script()
    {
        await using var site = await ServedSite.StartAsync();
        await using var browser = await Chromium.StartAsync();
        var olga = await browser.PersonAsync(site.Address, script: false);
        await olga.JoinFirstAsync(site);
        await browser.LookAsync(site, olga, $"{Home}/populations", "populations-empty");

        var ran = await site.Desk.RunAsync("check", "--company", "acme-gmbh", "--source", $"push={site.Desk.Write("merges.jsonl", Merges)}", "--source", $"push={site.Desk.Write("commits.jsonl", Commits)}");
        Assert.True(ran.Exit == 0, ran.Error);
        const string Days = "?from=2026-11-01&to=2026-11-20";
        await olga.GotoAsync($"{Home}/populations/changes{Days}");
        await olga.GetByText("Explain a difference").ClickAsync();
        await olga.GetByLabel("Why it differs").FillAsync("The shop was down, and the change was looked at later.");
        await olga.GetByRole(AriaRole.Button, new() { Name = "Explain it" }).ClickAsync();
        await olga.GetByText("The shop was down, and the change was looked at later.").First.WaitForAsync();
        await olga.GetByText("Freeze this list").ClickAsync();
        await olga.GetByLabel("I know that a frozen list is never changed").CheckAsync();
        await olga.GetByRole(AriaRole.Button, new() { Name = "Freeze it" }).ClickAsync();
        await olga.GetByText("The sealed rows give the root below.").WaitForAsync();
        var frozen = new Uri(olga.Url).AbsolutePath;
        foreach (var (path, name) in new[] { ($"{Home}/populations{Days}", "populations"), ($"{Home}/populations/changes{Days}", "population"), (frozen, "population-frozen"), ($"{Home}/populations/leavers{Days}", "population-empty"), ($"{Home}/package", "package") })
            await browser.LookAsync(site, olga, path, name);
        await LookAtSamplesAsync(site, browser, olga, frozen);
    }

    private static async Task LookAtSamplesAsync(ServedSite site, Chromium browser, IPage olga, string frozen)
    {
        var nora = await browser.PersonAsync(site.Address, script: false);
        await nora.JoinAsync(olga, "Nora", "auditor");
        await nora.GotoAsync(frozen);
        await nora.GetByRole(AriaRole.Link, new() { Name = "Draw a sample from it" }).ClickAsync();
        var form = new Uri(nora.Url).PathAndQuery;
        await nora.GetByLabel("How many").FillAsync("2");
        await nora.GetByLabel("Seed").FillAsync("autumn");
        await nora.GetByLabel("Controls that it tests").SelectOptionAsync("CHG-01");
        await nora.GetByRole(AriaRole.Button, new() { Name = "Draw" }).ClickAsync();
        await nora.GetByText("Only auditors see it.").WaitForAsync();
        var sample = new Uri(nora.Url).AbsolutePath;
        await browser.LookAsync(site, nora, sample, "sample-hidden");
        await browser.LookAsync(site, olga, $"{Home}/samples", "samples-none-issued");
        await nora.GetByRole(AriaRole.Button, new() { Name = "Issue it to the company" }).ClickAsync();
        await nora.GetByLabel("One thing on each line").FillAsync("The approver is not the author\nThe tests passed");
        await nora.GetByRole(AriaRole.Button, new() { Name = "Add" }).ClickAsync();
        await nora.Locator("td select").First.SelectOptionAsync("deviation");
        await nora.GetByRole(AriaRole.Button, new() { Name = "Save the ticks" }).ClickAsync();
        await nora.GetByText("3 open, 0 no exception, 1 deviation").WaitForAsync();
        await nora.GetByRole(AriaRole.Link, new() { Name = "say what" }).ClickAsync();
        var item = new Uri(nora.Url).AbsolutePath;
        await nora.GetByLabel("Note").First.FillAsync("Nobody approved it before it was merged.");
        await nora.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        foreach (var (path, name) in new[] { ($"{Home}/samples", "samples"), ($"{Home}/samples/new", "sample-of-what"), (form, "sample-draw"), (sample, "sample-tested"), (item, "sample-item-tested") })
            await browser.LookAsync(site, nora, path, name);
        foreach (var (path, name) in new[] { (sample, "sample-issued"), (item, "sample-item") })
            await browser.LookAsync(site, olga, path, name);
        await LookAtTestsAsync(site, browser, nora);
        await LookAtIndependenceAsync(site, browser, olga, nora);
        await LookIntoRoomAsync(browser, site, olga);
    }

    /// <summary>An adviser of the auditor's own firm comes.</summary>
    private static async Task LookAtIndependenceAsync(ServedSite site, Chromium browser, IPage olga, IPage nora)
    {
        var invited = await site.Desk.RunAsync("user", "invite", "ada@firm.example", "--role", "adviser", "--firm", "Firm LLP", "--company", "acme-gmbh");
        Assert.True(invited.Exit == 0, invited.Error);
        var ada = await browser.PersonAsync(site.Address, script: false);
        await ada.GotoAsync(Regex.Match(invited.Out, "/invitation\\S+").Value);
        await ada.GetByLabel("Your name").FillAsync("Ada");
        await ada.GetByLabel("Password").FillAsync("correct horse battery staple");
        await ada.GetByRole(AriaRole.Button, new() { Name = "Join" }).ClickAsync();
        await ada.ArriveAsync("/companies");
        await browser.LookAsync(site, nora, $"{Home}/independence", "independence-asked");
        await nora.GotoAsync($"{Home}/independence");
        foreach (var (label, words) in new[] { ("What your firm does for the company", "We help with policies."), ("Who at the company oversees it", "Olga, CEO"), ("What threatens your independence", "We would audit what we wrote."), ("Safeguards", "Other people do it."), ("Who decided in your firm", "Pat Pike"), ("On", "2026-11-02") })
            await nora.GetByLabel(label, new() { Exact = label == "On" }).FillAsync(words);
        await nora.GetByLabel("Independent: we write tests").CheckAsync();
        await nora.GetByRole(AriaRole.Button, new() { Name = "Write it down" }).ClickAsync();
        await nora.GetByText("decided: independent").WaitForAsync();
        await browser.LookAsync(site, olga, $"{Home}/independence", "independence-decided");
    }

    private static async Task LookAtTestsAsync(ServedSite site, Chromium browser, IPage nora)
    {
        var planned = await site.Desk.RunAsync("engagement", "new", "First Type II", "--company", "acme-gmbh", "--format", "json", "--from", "2026-11-01", "--to", "2026-11-20");
        Assert.True(planned.Exit == 0, planned.Error);
        var tests = $"{Home}/engagements/{(string)JsonNode.Parse(planned.Out)!["id"]!}/tests";
        await nora.GotoAsync(tests);
        await nora.GetByRole(AriaRole.Link, new() { Name = "CHG-01" }).ClickAsync();
        await nora.GetByText("2 items tested").First.WaitForAsync();
        await nora.GetByLabel("Inspection").First.CheckAsync();
        await nora.GetByLabel("What you did").First.FillAsync("Read the rules of the repository with the head of engineering.");
        await nora.GetByLabel("What you conclude").First.SelectOptionAsync("suitablyDesigned");
        await nora.GetByRole(AriaRole.Button, new() { Name = "Save the test of design" }).ClickAsync();
        await nora.GetByText("What stands there stays on record", new() { Exact = false }).First.WaitForAsync();
        foreach (var (path, name) in new[] { (tests, "tests"), ($"{tests}/CHG-01", "tests-of-control") })
            await browser.LookAsync(site, nora, path, name);
    }

    /// <summary>The same list on the auditor's own machine, out of the package; and what comes back.</summary>
    private static async Task LookIntoRoomAsync(Chromium browser, ServedSite site, IPage olga)
    {
        var package = site.Desk.File("package.zip");
        (await site.Desk.RunAsync("evidence", "add", site.Desk.Write("review.csv", "account,decision\nann,keep\n"), "--company", "acme-gmbh", "--control", "AC-06", "--says", "Review", "--from", "2026-11-01", "--to", "2026-11-05")).Exits(0);
        var planned = await site.Desk.RunAsync("engagement", "new", "Second Type II", "--company", "acme-gmbh", "--from", "2026-10-01", "--to", "2027-09-30");
        (await site.Desk.RunAsync("export", "--company", "acme-gmbh", "--engagement", planned.Out.Split(' ')[0], "--out", package)).Exits(0);
        using var auditor = new Desk();
        using var room = auditor.Start("room", "open", package, "--address", "http://localhost:0", "--as", "nora@firm.example");
        var link = new Uri((await room.LineAsync("Your room is open. ")).Split(' ')[^1]);
        var nora = await browser.PersonAsync(link, script: false);
        await nora.GotoAsync(link.PathAndQuery);
        await nora.GetByRole(AriaRole.Link, new() { Name = "Draw", Exact = true }).ClickAsync();
        await nora.GetByLabel("How many").FillAsync("2");
        await nora.GetByRole(AriaRole.Button, new() { Name = "Draw" }).ClickAsync();
        await nora.GetByRole(AriaRole.Button, new() { Name = "Issue it to the company" }).ClickAsync();
        var sample = new Uri(nora.Url).AbsolutePath;
        foreach (var (path, name) in new[] { ("/c/room/room", "room"), ("/c/room/room/evidence", "room-evidence"), ("/c/room/room/deviations", "room-deviations"), (sample, "room-sample") })
            await browser.LookAsync(link, nora, path, name);
        (await auditor.RunAsync("room", "issue", sample.Split('/')[^1], "--out", auditor.File("sample.json"))).Exits(0);
        await olga.GotoAsync($"{Home}/samples/take");
        await olga.GetByLabel("File of the auditor").SetInputFilesAsync(auditor.File("sample.json"));
        await olga.GetByRole(AriaRole.Button, new() { Name = "Take it in" }).ClickAsync();
        await olga.GetByText("Drawn in the auditor's own room").WaitForAsync();
        await browser.LookAsync(site, olga, $"{Home}/samples/take", "sample-take");
    }
}
