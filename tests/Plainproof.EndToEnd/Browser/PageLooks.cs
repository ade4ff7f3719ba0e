using System.Text.RegularExpressions;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Xunit;

namespace Plainproof.EndToEnd.Browser;

/// <summary>What must hold of every page: axe finds nothing, and nothing sticks out sideways. Keeps a picture where asked to.</summary>
internal static class PageLooks
{
    /// <summary>A folder named here gets a picture of each page that is looked at.</summary>
    public const string PicturesVariable = "PLAINPROOF_PICTURES";

    public static async Task KeepPictureAsync(this IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable(PicturesVariable) is { Length: > 0 } folder)
            await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, $"{name}.png"), FullPage = true });
    }

    /// <summary>
    /// Waits for the address. Not for its load event, as WaitForURL does: when the page was loaded before the wait began, that event
    /// may never come.
    /// </summary>
    /// <param name="path">The end of the address; * stands for one part of it.</param>
    public static Task ArriveAsync(this IPage page, string path) =>
        Assertions.Expect(page).ToHaveURLAsync(
            new Regex(Regex.Escape(path).Replace("\\*", "[^/]+", StringComparison.Ordinal) + "$", RegexOptions.None, TimeSpan.FromSeconds(5)),
            new PageAssertionsToHaveURLOptions { Timeout = 60_000 });

    /// <summary>Olga, the first owner, makes her account and Acme by the link of the console.</summary>
    public static async Task JoinFirstAsync(this IPage olga, ServedSite site)
    {
        await olga.GotoAsync(site.FirstOwner.PathAndQuery);
        await olga.GetByLabel("Your name").FillAsync("Olga");
        await olga.GetByLabel("E-mail address").FillAsync("olga@acme.example");
        await olga.GetByLabel("Password").FillAsync("correct horse battery staple");
        await olga.GetByLabel("Your company").FillAsync("Acme GmbH");
        await olga.GetByRole(AriaRole.Button, new() { Name = "Make my account" }).ClickAsync();
        await olga.ArriveAsync("/companies");
    }

    /// <summary>The page as somebody who is signed in sees it, at both widths and in both themes.</summary>
    public static async Task LookAsync(this Chromium browser, ServedSite site, IPage person, string path, string name)
    {
        var cookies = (await person.Context.CookiesAsync()).Select(cookie => new Cookie { Name = cookie.Name, Value = cookie.Value, Domain = cookie.Domain, Path = cookie.Path, HttpOnly = cookie.HttpOnly, SameSite = cookie.SameSite }).ToList();
        foreach (var (width, dark) in new[] { (1440, false), (1440, true), (360, false), (360, true) })
        {
            var page = await browser.PersonAsync(site.Address, width, dark);
            await page.Context.AddCookiesAsync(cookies);
            await page.GotoAsync(path);
            await page.AssertGoodAsync($"{name}-{width}-{(dark ? "dark" : "light")}");
            await page.Context.CloseAsync();
        }
    }

    public static async Task AssertGoodAsync(this IPage page, string name)
    {
        await page.KeepPictureAsync(name);
        var found = await page.RunAxe();
        Assert.True(found.Violations.Length == 0, $"{name}: {string.Join("; ", found.Violations.Select(violation => $"{violation.Id} at {string.Join(", ", violation.Nodes.Select(node => node.Target))}"))}");
        var wider = await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        Assert.True(wider <= 0, $"{name}: the page is {wider} px wider than the window.");
    }

    /// <summary>Looks at one address at both widths and in both themes.</summary>
    public static async Task AssertGoodEverywhereAsync(this Chromium browser, Uri site, string path, string name)
    {
        foreach (var (width, dark) in new[] { (1440, false), (1440, true), (360, false), (360, true) })
        {
            var page = await browser.PersonAsync(site, width, dark);
            await page.GotoAsync(path);
            await page.AssertGoodAsync($"{name}-{width}-{(dark ? "dark" : "light")}");
            await page.Context.CloseAsync();
        }
    }
}
