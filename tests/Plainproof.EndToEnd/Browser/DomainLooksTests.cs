using Microsoft.Playwright;
using Plainproof.EndToEnd.World;
using Plainproof.Tests.Servers;
using Xunit;

namespace Plainproof.EndToEnd.Browser;

/// <summary>A visitor has the own domain read, without script, and looks at each page of it.</summary>
public sealed class DomainLooksTests
{
    private const int Ports = 17420;

    [Fact]
    public async Task A_visitor_has_the_own_domain_read_and_every_page_is_good_to_look_at()
    {
        using var domains = new PlantedDomains(Ports);
        using var mail = MailSink.Start();
        await using var site = await ServedSite.StartWithAsync($$"""{ {{domains.Advisor}}, "mail": { "host": "127.0.0.1", "port": {{mail.Port}}, "from": "plainproof@adviser.example", "encryption": "none" } }""");
        await using var browser = await Chromium.StartAsync();
        await browser.LookAsync(site.Address, "/advisor/domain", "domain-begin");
        await browser.LookAsync(site.Address, "/advisor/domain/seen", "domain-no-result");
        foreach (var (domain, width) in new[] { ("bare.test", 1440), ("healthy.test", 390) })
            await WalkAsync(browser, site, domains, domain, width, everyPage: domain == "bare.test");
    }

    private static async Task WalkAsync(Chromium browser, ServedSite site, PlantedDomains domains, string domain, int width, bool everyPage)
    {
        var visitor = await browser.PersonAsync(site.Address, width, script: false);
        await AnswerAsync(visitor);
        await visitor.GotoAsync("/advisor/domain");
        await visitor.GetByLabel("Your domain").FillAsync("me@acme.example");
        await visitor.GetByRole(AriaRole.Checkbox).CheckAsync();
        await visitor.GetByRole(AriaRole.Button, new() { Name = "Go on" }).ClickAsync();
        await visitor.GetByText("That is a mail address.").WaitForAsync();
        await LookAsync(browser, site, visitor, null, $"domain-refused-{domain}");
        await visitor.GetByLabel("Your domain").FillAsync($"https://www.{domain}/");
        await visitor.GetByRole(AriaRole.Button, new() { Name = "Go on" }).ClickAsync();
        await visitor.GetByRole(AriaRole.Heading, new() { Name = $"Show that {domain} is yours" }).WaitForAsync();
        await visitor.GetByRole(AriaRole.Button, new() { Name = "It is there: look for it and read" }).ClickAsync();
        await visitor.GetByText("The record is not there yet.").WaitForAsync();
        await LookAsync(browser, site, visitor, null, $"domain-not-yet-{domain}");
        await visitor.GetByRole(AriaRole.Button, new() { Name = "Send the letter" }).ClickAsync();
        await visitor.GetByText($"A letter went to admin@{domain}").WaitForAsync();
        await LookAsync(browser, site, visitor, everyPage ? "/advisor/domain/proof" : null, $"domain-proof-{domain}");

        domains.Add(domain, $"_plainproof-challenge 0 TXT \"{await visitor.GetByLabel("Text").InputValueAsync()}\"");
        await visitor.GetByRole(AriaRole.Button, new() { Name = "It is there: look for it and read" }).ClickAsync();
        await visitor.ArriveAsync("/advisor/domain/seen");
        await LookAsync(browser, site, visitor, null, $"domain-reading-{domain}");
        await visitor.GetByRole(AriaRole.Heading, new() { Name = $"{domain}, seen from outside" }).WaitForAsync(new() { Timeout = 120_000 });
        await LookAsync(browser, site, visitor, "/advisor/domain/seen", $"domain-seen-{domain}");
        if (!everyPage)
            return;
        await LookAsync(browser, site, visitor, "/advisor/result", $"domain-result-{domain}");
        await visitor.GotoAsync("/advisor/domain/seen");
        await visitor.GetByRole(AriaRole.Link, new() { Name = "What was asked and answered" }).First.ClickAsync();
        await visitor.GetByRole(AriaRole.Heading, new() { Name = "What was asked and answered" }).WaitForAsync();
        await LookAsync(browser, site, visitor, new Uri(visitor.Url).AbsolutePath, $"domain-transcript-{domain}");
    }

    /// <summary>Some answers, good and bad, so that there is a result to stand beside.</summary>
    private static async Task AnswerAsync(IPage visitor)
    {
        foreach (var (question, option) in new[] { ("S05", 1), ("G01", 1), ("E02", 0) })
        {
            await visitor.GotoAsync($"/advisor/q/{question}");
            await visitor.Locator(".option").Nth(option).ClickAsync();
        }
    }

    /// <summary>The page as this visitor sees it: as it is, or at one address at both widths and in both themes.</summary>
    private static async Task LookAsync(Chromium browser, ServedSite site, IPage visitor, string? path, string name)
    {
        if (path is null)
            await visitor.KeepPictureAsync(name);
        else
            await browser.LookAsync(site, visitor, path, name);
    }
}
