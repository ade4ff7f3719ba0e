using Microsoft.Playwright;
using Plainproof.Tests.Requests;
using Xunit;

namespace Plainproof.EndToEnd.Browser;

/// <summary>The auditor's list, from the empty page over their workbook to an accepted line.</summary>
public sealed class RequestLooksTests
{
    private const string Home = "/c/acme-gmbh";

    [Fact]
    public async Task Requests_are_good_to_look_at_and_are_answered_without_script()
    {
        await using var site = await ServedSite.StartAsync();
        await using var browser = await Chromium.StartAsync();
        var olga = await browser.PersonAsync(site.Address, script: false);
        await olga.JoinFirstAsync(site);
        await browser.LookAsync(site, olga, $"{Home}/requests", "requests-no-engagement");
        var planned = await site.Desk.RunAsync("engagement", "new", "First report", "--company", "acme-gmbh", "--from", "2026-06-01", "--to", "2026-11-30");
        Assert.True(planned.Exit == 0, planned.Error);
        await browser.LookAsync(site, olga, $"{Home}/requests", "requests-empty");

        await olga.GotoAsync($"{Home}/requests");
        await olga.GetByLabel("Workbook").SetInputFilesAsync(new FilePayload { Name = "Firm list.xlsx", MimeType = "application/octet-stream", Buffer = Theirs() });
        await olga.GetByRole(AriaRole.Button, new() { Name = "Look at it" }).ClickAsync();
        await olga.GetByText("Change what is wrong.").WaitForAsync();
        await browser.LookAsync(site, olga, new Uri(olga.Url).PathAndQuery, "requests-columns");
        await olga.GetByRole(AriaRole.Button, new() { Name = "Import the lines" }).ClickAsync();
        await olga.GetByText("5 lines added").WaitForAsync();
        var policy = site.Desk.Write("policy.txt", "Access policy of Acme. Approved by Olga on 2 May 2026.\n");
        var added = await site.Desk.RunAsync("evidence", "add", policy, "--company", "acme-gmbh", "--control", "GOV-04", "--says", "Approved access policies");
        Assert.True(added.Exit == 0, added.Error);

        await olga.GotoAsync($"{Home}/requests");
        await olga.GetByRole(AriaRole.Link, new() { Name = "3", Exact = true }).ClickAsync();
        var line = new Uri(olga.Url).AbsolutePath;
        await browser.LookAsync(site, olga, line, "request-proposals");
        await olga.GetByRole(AriaRole.Button, new() { Name = "Give it" }).First.ClickAsync();
        await olga.GetByRole(AriaRole.Button, new() { Name = "All of it is there" }).ClickAsync();
        await olga.GetByText("ready to be looked at").First.WaitForAsync();

        var nora = await browser.PersonAsync(site.Address, script: false);
        await nora.JoinAsync(olga, "Nora", "auditor");
        await nora.GotoAsync(line);
        await nora.GetByLabel("Your words").FillAsync("Please add the policy on devices.");
        await nora.GetByRole(AriaRole.Button, new() { Name = "Send it back" }).ClickAsync();
        await nora.GetByText("sent it back: Please add the policy on devices.").WaitForAsync();
        await browser.LookAsync(site, nora, line, "request-auditor");
        await browser.LookAsync(site, olga, line, "request-sent-back");
        await browser.LookAsync(site, olga, $"{Home}/requests", "requests");
        await LookAtReportAsync(site, browser, olga);
    }

    /// <summary>What ends an engagement: the report that the firm signed.</summary>
    private static async Task LookAtReportAsync(ServedSite site, Chromium browser, IPage olga)
    {
        await olga.GotoAsync($"{Home}/requests");
        await olga.GetByRole(AriaRole.Link, new() { Name = "First report" }).ClickAsync();
        await olga.GetByRole(AriaRole.Link, new() { Name = "Its report" }).ClickAsync();
        var report = new Uri(olga.Url).AbsolutePath;
        await browser.LookAsync(site, olga, report, "report-none");
        await olga.GetByLabel("The signed PDF").SetInputFilesAsync(new FilePayload { Name = "SOC 2 report.pdf", MimeType = "application/pdf", Buffer = "%PDF-1.7\n%%EOF\n"u8.ToArray() });
        await olga.GetByLabel("The firm that signed it").FillAsync("Audit LLP");
        await olga.GetByLabel("Last day, or the one day").FillAsync("2026-11-01");
        await olga.GetByLabel("Date of the report").FillAsync("2026-11-20");
        await olga.GetByLabel("Unmodified").CheckAsync();
        await olga.GetByLabel("How many exceptions it lists").FillAsync("2");
        await olga.GetByLabel("What they are about").FillAsync("Two late removals of access.");
        await olga.GetByRole(AriaRole.Button, new() { Name = "Store it" }).ClickAsync();
        await olga.GetByText("Fingerprint (SHA-256)").WaitForAsync();
        await browser.LookAsync(site, olga, report, "report");
    }

    private static byte[] Theirs() => new MadeWorkbook().Sheet("PBC", [
        ["#", "Request", "Control", "Due date", "Client comments", "Status"],
        ["1", "Organisation chart, and the person who owns security.", "GOV-02", 46310.0, null, "Open"],
        ["2", "List of everyone who left in the period, with last day, from HR or payroll.", "AC-05", 46310.0, null, "Open"],
        ["3", "All policies, with the dates they were approved.", "GOV-04", 46400.0, "Signed copies", "Open"],
        ["Change management"],
        ["4", "Population of all production changes in the period.", "CHG-01", 46400.0, null, "Open"],
        ["5", "=SUM(A1:A9)", null, null, null, "Open"],
    ], "<mergeCells count=\"1\"><mergeCell ref=\"A5:F5\"/></mergeCells>").ToBytes();
}
