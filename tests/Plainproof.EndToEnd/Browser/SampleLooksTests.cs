using Microsoft.Playwright;
using Xunit;

namespace Plainproof.EndToEnd.Browser;

/// <summary>What a newcomer sees who starts <c>plainproof serve --sample</c> and signs in nowhere.</summary>
public sealed class SampleLooksTests
{
    /// <summary>A day in the middle of the sample's year.</summary>
    private static string Day => $"/days/{TimeProvider.System.GetUtcNow().AddDays(-200).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)}";

    [Fact]
    public async Task The_sample_company_is_good_to_look_at_and_its_mark_stays_in_sight()
    {
        await using var site = await ServedSite.StartAsync("--sample");
        await using var browser = await Chromium.StartAsync();
        var page = await browser.PersonAsync(site.Address);
        await page.GotoAsync("/");
        await page.GetByRole(AriaRole.Link, new() { Name = "Look at a sample company" }).ClickAsync();
        await page.ArriveAsync("/c/sample");
        foreach (var (path, name) in new[] { ("", "home"), ("/gaps", "gaps"), ("/controls", "controls"), ("/gaps/idle-accounts", "gap"), ("/sources", "sources"), ("/window", "window"), ("/window/AC-05", "window-control"), (Day, "day"), ("/recurring", "recurring"), ("/recurring/LOG-04", "recurring-control"), ("/window/LOG-04", "window-people"), ("/log", "log"), ("/deviations", "deviations") })
        {
            await page.GotoAsync($"/c/sample{path}");
            Assert.Contains("SAMPLE", await page.TitleAsync(), StringComparison.Ordinal);
            await page.AssertGoodEverywhereAsync($"sample-{name}");
            foreach (var width in new[] { 360, 1440 })
            {
                await page.SetViewportSizeAsync(width, 800);
                await page.EvaluateAsync("window.scrollTo(0, document.body.scrollHeight)");
                await Assertions.Expect(page.GetByText("All of this is made up.")).ToBeInViewportAsync();
            }
        }
    }
}
