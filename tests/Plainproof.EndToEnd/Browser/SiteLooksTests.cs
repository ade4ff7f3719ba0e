using Microsoft.Playwright;
using Xunit;

namespace Plainproof.EndToEnd.Browser;

/// <summary>Every open page at both widths and in both themes.</summary>
public sealed class SiteLooksTests
{
    [Fact]
    public async Task The_open_pages_are_good_to_look_at_and_to_listen_to()
    {
        await using var site = await ServedSite.StartAsync();
        await using var browser = await Chromium.StartAsync();
        foreach (var (path, name) in new[] { ("/", "start"), ("/no-such-page", "no-such-page"), ("/advisor", "advisor"), ("/advisor/answers", "advisor-no-answers"), ("/advisor/result", "advisor-no-result") })
            await browser.LookAsync(site.Address, path, name);
    }

    [Fact]
    public async Task A_newcomer_taps_through_the_advisor_to_the_whole_result_without_an_account()
    {
        await using var site = await ServedSite.StartAsync("--ask", "help@adviser.example");
        await using var browser = await Chromium.StartAsync();
        foreach (var (width, dark) in new[] { (1440, false), (360, true) })
        {
            var page = await browser.PersonAsync(site.Address, width, dark);
            var taps = await TapThroughAsync(page, $"{width}-{(dark ? "dark" : "light")}");
            Assert.InRange(taps, 20, 80);
            await page.AssertGoodAsync($"advisor-result-{width}-{(dark ? "dark" : "light")}");
            foreach (var name in (string[])["letter", "answers", "scope"])
            {
                await page.GotoAsync($"/advisor/{name}");
                await page.AssertGoodAsync($"advisor-{name}-{width}-{(dark ? "dark" : "light")}");
            }
        }
    }

    /// <summary>Takes the second answer of each question, types where it must, and looks at each sort of page once.</summary>
    /// <param name="look">What the pictures are called; null looks at none.</param>
    internal static async Task<int> TapThroughAsync(IPage page, string? look)
    {
        await page.GotoAsync("/");
        await page.GetByRole(AriaRole.Link, new() { Name = "Start the questions" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Start with the first question" }).ClickAsync();
        var taps = 2;
        var seen = new HashSet<string>();
        while (!page.Url.EndsWith("/advisor/result", StringComparison.Ordinal))
        {
            var sort = await SortAsync(page);
            if (look is not null && seen.Add(sort))
                await page.AssertGoodAsync($"advisor-{sort}-{look}");
            switch (sort)
            {
                case "scope":
                    await page.GetByRole(AriaRole.Link, new() { Name = "Go on" }).ClickAsync();
                    break;
                case "text":
                    await page.Locator("textarea").FillAsync("Ledger, books for bakers");
                    await page.GetByRole(AriaRole.Button, new() { Name = "Go on" }).ClickAsync();
                    break;
                case "many":
                    await page.Locator(".tick").Nth(1).ClickAsync();
                    await page.GetByRole(AriaRole.Button, new() { Name = "Go on" }).ClickAsync();
                    taps++;
                    break;
                case "more":
                    await page.GetByRole(AriaRole.Button, new() { Name = "Go on" }).ClickAsync();
                    break;
                default:
                    await page.Locator(".option").Nth(1).ClickAsync();
                    break;
            }

            Assert.True(++taps <= 90, $"Still at {page.Url} after {taps} taps.");
        }

        return taps;
    }

    private static async Task<string> SortAsync(IPage page) =>
        page.Url.EndsWith("/advisor/scope", StringComparison.Ordinal) ? "scope"
        : page.Url.EndsWith("/more", StringComparison.Ordinal) ? "more"
        : await page.Locator(".option").CountAsync() > 0 ? "one"
        : await page.Locator(".tick").CountAsync() > 0 ? "many"
        : "text";
}
