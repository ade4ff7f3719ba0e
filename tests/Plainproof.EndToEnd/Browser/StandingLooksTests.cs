using Microsoft.Playwright;
using Xunit;

namespace Plainproof.EndToEnd.Browser;

/// <summary>The workspace of a company, at both widths and in both themes.</summary>
public sealed class StandingLooksTests
{
    private const string Home = "/c/acme-gmbh";

    private const string Merges = """
        {"plainproof":"push/1","kind":"change.merge","scope":"push:forge","completeness":"complete","expected":2,"from":"2026-01-01","to":"2026-12-31","says":"All merges."}
        {"subject":"merge/1","value":{"id":"#1","repository":"shop","author":"ann","mergedBy":"bob","mergedAt":"2026-11-01T10:00:00Z","approvals":[{"by":"bob","at":"2026-11-01T09:00:00Z"}],"checksPassed":true}}
        {"subject":"merge/2","value":{"id":"#2","repository":"shop","author":"ann","mergedBy":"ann","mergedAt":"2026-11-02T10:00:00Z","approvals":[],"checksPassed":false}}

        """;

    private const string Accounts = """
        {"plainproof":"push/1","kind":"account.core","scope":"push:office","completeness":"complete","expected":2,"says":"All of them."}
        {"subject":"account/ann","value":{"name":"ann","enabled":true,"nature":"person","email":"ann@acme.example","emailVerified":true}}
        {"subject":"account/robot","value":{"name":"robot","enabled":true,"nature":"service"}}

        """;

    private const string People = """
        {"plainproof":"push/1","kind":"person.core","scope":"push:hr","completeness":"complete","expected":1,"says":"All of them."}
        {"subject":"person/ann","value":{"name":"Ann Lee","email":"ann@acme.example","joinedOn":"2020-01-01"}}

        """;

    [Fact]
    public async Task The_pages_of_a_company_are_good_to_look_at_and_work_without_script()
    {
        await using var site = await ServedSite.StartAsync();
        await using var browser = await Chromium.StartAsync();
        var olga = await browser.PersonAsync(site.Address, script: false);
        await olga.JoinFirstAsync(site);
        await browser.LookAsync(site, olga, Home, "home-empty");

        var ran = await site.Desk.RunAsync("check", "--company", "acme-gmbh", "--source", $"push={site.Desk.Write("merges.jsonl", Merges)}", "--source", $"push={site.Desk.Write("accounts.jsonl", Accounts)}", "--source", $"push={site.Desk.Write("people.jsonl", People)}");
        Assert.True(ran.Exit == 0, ran.Error);
        await olga.GotoAsync($"{Home}/gaps/changes-approved");
        await olga.GetByLabel("Assigned to").SelectOptionAsync("Olga");
        await olga.GetByLabel("Due").FillAsync("2026-11-01");
        await olga.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await olga.GetByLabel("Comment").FillAsync("I ask Ann today.");
        await olga.GetByRole(AriaRole.Button, new() { Name = "Add" }).ClickAsync();
        Assert.Contains("I ask Ann today.", await olga.Locator(".history").InnerTextAsync(), StringComparison.Ordinal);
        await browser.LookAsync(site, olga, $"{Home}/gaps/changes-approved", "gap");

        await olga.GotoAsync($"{Home}/gaps/changes-tested");
        await olga.GetByText("Accept the risk until a day").ClickAsync();
        await olga.GetByLabel("Why you accept it").FillAsync("The shop is switched off in spring.");
        await olga.GetByLabel("Last day").FillAsync(InDays(30));
        await olga.GetByRole(AriaRole.Button, new() { Name = "Accept the risk" }).ClickAsync();
        await olga.GetByRole(AriaRole.Button, new() { Name = "End the waiver now" }).WaitForAsync();

        await olga.GotoAsync($"{Home}/controls/CHG-01/edit");
        await olga.GetByLabel("Why you change it").FillAsync("This is how we work.");
        await olga.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await olga.GetByText("holds now").WaitForAsync();
        await olga.GotoAsync($"{Home}/criteria/CC8.1");
        await olga.GetByText("Propose that it is not relevant").ClickAsync();
        await olga.GetByLabel("Why it has no bearing").FillAsync("The product is finished, and nobody changes it.");
        await olga.GetByRole(AriaRole.Button, new() { Name = "Propose" }).ClickAsync();
        await olga.GetByRole(AriaRole.Button, new() { Name = "Withdraw the proposal" }).WaitForAsync();

        await olga.GotoAsync($"{Home}/engagements/new");
        await olga.GetByLabel("Type II").CheckAsync();
        await olga.GetByLabel("First day of the window").FillAsync(InDays(150));
        await olga.GetByLabel("Last day of the window").FillAsync(InDays(332));
        await olga.GetByLabel("The customer needs the report by").FillAsync(InDays(360));
        await olga.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await olga.GetByText("The window you planned").WaitForAsync();
        var engagement = new Uri(olga.Url).AbsolutePath;
        await QuoteAsync(olga, engagement, "Harrow & Pike", "14500", "Which systems, and who runs them.");
        await QuoteAsync(olga, engagement, "Swift Reports", "4000", "");
        await olga.GetByRole(AriaRole.Button, new() { Name = "Choose Harrow & Pike" }).ClickAsync();
        await olga.GetByText("chosen").First.WaitForAsync();
        await olga.GotoAsync(engagement);
        await olga.GetByText("Set it aside").First.ClickAsync();
        await olga.GetByLabel("Why you go on nevertheless").First.FillAsync("Our customer knows, and agreed to it.");
        await olga.GetByRole(AriaRole.Button, new() { Name = "Set it aside" }).First.ClickAsync();
        await olga.GetByText("warning set aside").WaitForAsync();

        await olga.GotoAsync($"{Home}/files/new?about=control%3ACHG-01");
        await olga.GetByLabel("File").SetInputFilesAsync(new FilePayload { Name = "reviews.csv", MimeType = "text/csv", Buffer = "change,reviewer\n#1,bob\n"u8.ToArray() });
        await olga.GetByLabel("What it shows").FillAsync("Who looked at each change in May");
        await olga.GetByLabel("First day").FillAsync("2026-05-01");
        await olga.GetByLabel("Last day").FillAsync("2026-05-31");
        await olga.GetByRole(AriaRole.Button, new() { Name = "Add it" }).ClickAsync();
        await olga.GetByText("waits for a look").WaitForAsync();
        var file = new Uri(olga.Url).AbsolutePath;

        await olga.GotoAsync($"{Home}/results?check=changes-approved&outcome=fail");
        var result = await olga.Locator("tbody th a").First.GetAttributeAsync("href");
        await olga.GotoAsync(result!);
        var evidence = await olga.Locator("a[href*='/evidence/']").First.GetAttributeAsync("href");
        foreach (var (path, name) in new[]
        {
            (Home, "home"), ($"{Home}/gaps", "gaps"), ($"{Home}/gaps/changes-tested", "gap-waived"), ($"{Home}/results", "results"), (result!, "result"), (evidence!, "evidence"),
            ($"{Home}/criteria", "criteria"), ($"{Home}/criteria/CC8.1", "criterion"), ($"{Home}/controls", "controls"), ($"{Home}/controls/CHG-01", "control"),
            ($"{Home}/controls/CHG-01/edit", "control-edit"), ($"{Home}/controls/new", "control-new"),
            (file, "file"), ($"{Home}/files", "files"), ($"{Home}/files/new?about=control%3ACHG-01", "file-new"), (engagement, "engagement"), ($"{engagement}/firms", "firms"), ($"{engagement}/sizes", "sizes"), ($"{Home}/accounts", "accounts"), ($"{Home}/engagements", "engagements"), ($"{Home}/engagements/new", "engagement-new"), ($"{Home}/gaps/timeline", "gaps-timeline"),
        })
            await browser.LookAsync(site, olga, path, name);
    }

    private static async Task QuoteAsync(IPage olga, string engagement, string firm, string dollars, string asked)
    {
        await olga.GotoAsync($"{engagement}/firms");
        await olga.GetByLabel("Firm", new() { Exact = true }).FillAsync(firm);
        await olga.GetByLabel("Price in US dollars").FillAsync(dollars);
        await olga.GetByLabel("What they asked before they named a price").FillAsync(asked);
        await olga.GetByRole(AriaRole.Button, new() { Name = "Write it down" }).ClickAsync();
        await olga.GetByRole(AriaRole.Rowheader, new() { Name = firm }).WaitForAsync();
    }

    private static string InDays(int days) => TimeProvider.System.GetUtcNow().AddDays(days).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
