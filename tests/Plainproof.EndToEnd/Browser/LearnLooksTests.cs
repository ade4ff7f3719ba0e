using Microsoft.Playwright;
using Xunit;

namespace Plainproof.EndToEnd.Browser;

/// <summary>Every page of the Learn section at both widths and in both themes; of the pages of the catalogue one of each kind.</summary>
public sealed class LearnLooksTests
{
    private static readonly string[] Paths =
    [
        "", "/what-is-soc-2", "/categories", "/type-1-and-type-2", "/five-steps", "/how-long-and-how-much", "/choosing-a-cpa", "/questions",
        "/glossary", "/glossary?q=report", "/criteria", "/criteria/CC6.1", "/controls", "/controls/AC-02", "/gaps", "/gaps/G-AC-2", "/policies", "/policies/POL-05",
    ];

    [Fact]
    public async Task The_pages_to_read_are_good_to_look_at_and_to_listen_to()
    {
        await using var site = await ServedSite.StartAsync();
        await using var browser = await Chromium.StartAsync();
        foreach (var path in Paths)
            await browser.LookAsync(site.Address, "/learn" + path, "learn" + path.Replace('/', '-').Replace('?', '-'));
    }

    [Fact]
    public async Task A_link_to_a_question_opens_its_answer()
    {
        await using var site = await ServedSite.StartAsync();
        await using var browser = await Chromium.StartAsync();
        var page = await browser.PersonAsync(site.Address, script: false);

        await page.GotoAsync("/learn");
        await page.GetByText("What to say while you have no report").ClickAsync();

        await Assertions.Expect(page.GetByText("Say the truth, with dates.")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("It has no end date.")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task A_linked_word_leads_to_its_entry_and_the_box_finds_others()
    {
        await using var site = await ServedSite.StartAsync();
        await using var browser = await Chromium.StartAsync();
        var page = await browser.PersonAsync(site.Address, script: false);

        await page.GotoAsync("/learn/five-steps");
        await page.GetByRole(AriaRole.Link, new() { Name = "population" }).ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new Uri(site.Address, "/learn/glossary#population").ToString());
        await Assertions.Expect(page.Locator("dt:target")).ToHaveTextAsync("population");

        await page.GetByLabel("Look for a word").FillAsync("photo of");
        await page.GetByRole(AriaRole.Button, new() { Name = "Search" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("No word here has “photo of” in it.");
    }
}
