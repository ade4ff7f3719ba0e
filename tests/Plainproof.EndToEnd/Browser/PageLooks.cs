using System.Text.RegularExpressions;
using Deque.AxeCore.Commons;
using Microsoft.Playwright;
using Xunit;

namespace Plainproof.EndToEnd.Browser;

/// <summary>What must hold of every page: axe finds nothing, and nothing sticks out sideways. Keeps a picture where asked to.</summary>
internal static class PageLooks
{
    /// <summary>A folder named here gets a picture of each page that is looked at.</summary>
    public const string PicturesVariable = "PLAINPROOF_PICTURES";

    private const string All = "{}";
    private const string OnlyColours = """{ "runOnly": { "type": "rule", "values": ["color-contrast"] } }""";
    private const string AllButColours = """{ "rules": { "color-contrast": { "enabled": false } } }""";
    private static readonly string Axe = new BundledAxeScriptProvider().GetScript();

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

    /// <summary>Somebody joins by an invitation of Olga's.</summary>
    public static async Task JoinAsync(this IPage newcomer, IPage olga, string name, string role)
    {
        await olga.GotoAsync("/c/acme-gmbh/people");
        await olga.GetByLabel("E-mail address").FillAsync($"{name.ToLowerInvariant()}@{(role == "auditor" ? "firm" : "acme")}.example");
        await olga.Locator($"input[name=role][value={role}]").CheckAsync();
        await olga.GetByRole(AriaRole.Button, new() { Name = "Invite" }).ClickAsync();
        await newcomer.GotoAsync(new Uri(await olga.Locator(".link-box").InnerTextAsync()).PathAndQuery);
        await newcomer.GetByLabel("Your name").FillAsync(name);
        await newcomer.GetByLabel("Password").FillAsync("correct horse battery staple");
        await newcomer.GetByRole(AriaRole.Button, new() { Name = "Join" }).ClickAsync();
        await newcomer.ArriveAsync("/companies");
    }

    /// <summary>Says something wherever a document waits for words, and ends on its page.</summary>
    public static async Task CompleteAsync(this IPage person, string paper)
    {
        await person.GotoAsync(paper);
        var gaps = person.GetByRole(AriaRole.Link, new() { NameRegex = new Regex("^say it") });
        while (await gaps.CountAsync() > 0)
        {
            await gaps.First.ClickAsync();
            await person.GetByLabel("Your sentence").FillAsync("Acme keeps this short and looks at it every year.");
            await person.GetByRole(AriaRole.Button, new() { Name = "Save the sentence" }).ClickAsync();
            await person.GotoAsync(paper);
        }
    }

    /// <summary>An address as this person sees it, at both widths and in both themes.</summary>
    public static Task LookAsync(this Chromium browser, ServedSite site, IPage person, string path, string name) => browser.LookAsync(site.Address, person, path, name);

    /// <inheritdoc cref="LookAsync(Chromium, ServedSite, IPage, string, string)" />
    public static async Task LookAsync(this Chromium browser, Uri site, IPage person, string path, string name)
    {
        var cookies = (await person.Context.CookiesAsync()).Select(cookie => new Cookie { Name = cookie.Name, Value = cookie.Value, Domain = cookie.Domain, Path = cookie.Path, HttpOnly = cookie.HttpOnly, SameSite = cookie.SameSite }).ToList();
        var page = await browser.PersonAsync(site);
        await page.Context.AddCookiesAsync(cookies);
        await page.GotoAsync(path);
        await page.AssertGoodEverywhereAsync(name);
        await page.Context.CloseAsync();
    }

    /// <summary>An address as a stranger sees it, at both widths and in both themes.</summary>
    public static async Task LookAsync(this Chromium browser, Uri site, string path, string name)
    {
        var page = await browser.PersonAsync(site);
        await page.GotoAsync(path);
        await page.AssertGoodEverywhereAsync(name);
        await page.Context.CloseAsync();
    }

    /// <summary>The page as it stands, at both widths and in both themes. Colours are looked at once in each theme, all else at each width.</summary>
    public static async Task AssertGoodEverywhereAsync(this IPage page, string name)
    {
        foreach (var width in new[] { 360, 1440 })
        {
            await page.SetViewportSizeAsync(width, width < 600 ? 780 : 900);
            await page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = ColorScheme.Dark, ReducedMotion = ReducedMotion.Reduce });
            await page.KeepPictureAsync($"{name}-{width}-dark");
            if (width == 1440)
                await page.AssertAxeAsync($"{name}-{width}-dark", OnlyColours);
            await page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = ColorScheme.Light });
            await page.KeepPictureAsync($"{name}-{width}-light");
            await page.AssertAxeAsync($"{name}-{width}-light", width == 1440 ? All : AllButColours);
            await page.AssertFitsAsync($"{name}-{width}");
        }
    }

    /// <summary>The page as it stands, in its width and theme.</summary>
    public static async Task AssertGoodAsync(this IPage page, string name)
    {
        await page.KeepPictureAsync(name);
        await page.AssertAxeAsync(name, All);
        await page.AssertFitsAsync(name);
    }

    private static async Task AssertFitsAsync(this IPage page, string name)
    {
        var wider = await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        Assert.True(wider <= 0, $"{name}: the page is {wider} px wider than the window.");
    }

    /// <summary>Its script is put into the page once, and tells of violations alone: to name all that is well takes most of its time.</summary>
    private static async Task AssertAxeAsync(this IPage page, string name, string options)
    {
        if (await page.EvaluateAsync<string>("typeof axe") == "undefined")
            await page.EvaluateAsync(Axe);
        var found = await page.EvaluateAsync<string>(
            "async options => (await axe.run(document, { resultTypes: ['violations'], ...JSON.parse(options) })).violations.map(it => it.id + ' at ' + it.nodes.map(node => node.target).join(', ')).join('; ')", options);
        Assert.True(found.Length == 0, $"{name}: {found}");
    }
}
