using Microsoft.Playwright;
using Xunit;

namespace Plainproof.EndToEnd.Browser;

/// <summary>The page of the API, at both widths and in both themes, and the page of tokens.</summary>
public sealed class ApiLooksTests
{
    [Fact]
    public async Task A_person_reads_the_API_makes_a_token_uses_it_and_revokes_it()
    {
        await using var site = await ServedSite.StartAsync();
        await using var browser = await Chromium.StartAsync();
        await browser.LookAsync(site.Address, "/api", "api");
        var olga = await browser.PersonAsync(site.Address);
        await olga.JoinFirstAsync(site);
        await olga.GotoAsync("/me");
        await olga.GetByRole(AriaRole.Link, new() { Name = "Tokens for Acme GmbH" }).ClickAsync();
        await olga.GetByLabel("What will use it").FillAsync("nightly export");
        await olga.GetByRole(AriaRole.Button, new() { Name = "Make the token" }).ClickAsync();
        var token = await olga.Locator(".link-box").InnerTextAsync();
        await olga.AssertGoodAsync("token-made");

        using var client = new HttpClient { BaseAddress = site.Address, DefaultRequestHeaders = { Authorization = new("Bearer", token) } };
        Assert.Contains("Acme GmbH", await client.GetStringAsync("/api/v1/companies"), StringComparison.Ordinal);
        await olga.GotoAsync("/c/acme-gmbh/tokens");
        Assert.Contains("last used", await olga.Locator(".plain-list").InnerTextAsync(), StringComparison.Ordinal);
        await olga.SetViewportSizeAsync(360, 740);
        await olga.AssertGoodAsync("tokens-360");
        await olga.GetByRole(AriaRole.Button, new() { Name = "Revoke nightly export" }).ClickAsync();
        await olga.GetByText("revoked by olga@acme.example").WaitForAsync();
        Assert.Equal(System.Net.HttpStatusCode.Unauthorized, (await client.GetAsync("/api/v1/companies")).StatusCode);
    }
}
