using System.Globalization;
using Microsoft.Playwright;
using Xunit;

namespace Plainproof.EndToEnd.Browser;

/// <summary>Management's documents, at both widths and in both themes, from the first gap to a signature.</summary>
public sealed class PaperLooksTests
{
    private const string Home = "/c/acme-gmbh";

    [Fact]
    public async Task Documents_are_good_to_look_at_and_are_written_without_script()
    {
        await using var site = await ServedSite.StartAsync();
        await using var browser = await Chromium.StartAsync();
        var olga = await browser.PersonAsync(site.Address, script: false);
        await olga.JoinFirstAsync(site);
        await browser.LookAsync(site, olga, $"{Home}/papers", "papers-no-engagement");
        var planned = await site.Desk.RunAsync("engagement", "new", "First report", "--company", "acme-gmbh", "--on", Day(-2), "--category", "Availability");
        Assert.True(planned.Exit == 0, planned.Error);
        await olga.GotoAsync($"{Home}/papers/system-description");
        await olga.GetByRole(AriaRole.Link, new() { Name = "say it asked/users" }).ClickAsync();
        await olga.GetByLabel("Your sentence").FillAsync("Shops in Germany and Austria use it.");
        await olga.GetByRole(AriaRole.Button, new() { Name = "Save the sentence" }).ClickAsync();
        await olga.GetByText("Shops in Germany and Austria use it.").WaitForAsync();
        await olga.GetByRole(AriaRole.Button, new() { Name = "Save version 1" }).ClickAsync();
        await olga.GetByText("SHA-256 of the text").WaitForAsync();
        var description = new Uri(olga.Url).AbsolutePath;
        await olga.GotoAsync($"{Home}/papers/system-description/sentence?section=DC1&key=about");
        await olga.GetByText("Leave it out").First.ClickAsync();
        await olga.GetByLabel("Why", new() { Exact = true }).FillAsync("The firm writes this line itself.");
        await olga.GetByRole(AriaRole.Button, new() { Name = "Leave it out" }).ClickAsync();
        foreach (var (path, name) in new[]
        {
            ("", "papers"),
            ("/system-description", "paper-draft"), ("/system-description/sentence?section=DC1&key=about", "paper-sentence"), ("/system-description/sentence?section=DC2&key=asked/promises", "paper-say-it"),
            ("/system-description/changes", "paper-changes"), ("/control-matrix", "paper-matrix"), ("/user-entity-controls", "paper-customers"), ("/representation-checklist", "paper-checklist"),
        })
            await browser.LookAsync(site, olga, $"{Home}/papers{path}", name);
        await olga.CompleteAsync($"{Home}/papers/system-description");
        await olga.GetByLabel("What is new").FillAsync("It is complete.");
        await olga.GetByRole(AriaRole.Button, new() { Name = "Save version 2" }).ClickAsync();
        await olga.GetByText("SHA-256 of the text").WaitForAsync();
        await olga.GotoAsync($"{Home}/papers/assertion");
        await olga.GetByRole(AriaRole.Button, new() { Name = "Save version 1" }).ClickAsync();
        await olga.GetByText("SHA-256 of the text").WaitForAsync();
        var assertion = new Uri(olga.Url).AbsolutePath;
        await browser.LookAsync(site, olga, assertion, "paper-to-sign");
        await olga.GetByLabel("What you are in the company").FillAsync("CEO");
        await olga.GetByLabel("How you know that it is true").FillAsync("I went through the list of controls with their owners.");
        await olga.GetByLabel("I read it, and it is true").CheckAsync();
        await olga.GetByRole(AriaRole.Button, new() { Name = "Sign" }).ClickAsync();
        await olga.GetByText("How management knows").WaitForAsync();
        await browser.LookAsync(site, olga, $"{Home}/papers", "papers-signed");
        await browser.LookAsync(site, olga, assertion, "paper-signed");
        var nora = await browser.PersonAsync(site.Address, script: false);
        await nora.JoinAsync(olga, "Nora", "auditor");
        foreach (var (path, name) in new[] { ($"{Home}/papers", "papers-auditor"), ($"{Home}/papers/system-description", "paper-auditor"), (description, "paper-version-auditor") })
            await browser.LookAsync(site, nora, path, name);
    }

    private static string Day(int fromToday) => DateTime.UtcNow.AddDays(fromToday).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
