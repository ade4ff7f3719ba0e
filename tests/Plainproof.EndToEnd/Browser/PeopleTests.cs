using Microsoft.Playwright;
using Xunit;

namespace Plainproof.EndToEnd.Browser;

/// <summary>Joining, passkeys and the people of a company, in a browser.</summary>
public sealed class PeopleTests
{
    private const string Password = "correct horse battery staple";

    [Fact]
    public async Task The_first_owner_adds_a_passkey_and_signs_in_with_it_alone()
    {
        await using var site = await ServedSite.StartAsync();
        await using var browser = await Chromium.StartAsync();
        var olga = await browser.PersonAsync(site.Address);
        var authenticator = await AddAuthenticatorAsync(olga);
        await olga.JoinFirstAsync(site);

        await olga.GotoAsync("/me");
        await olga.GetByLabel("Name of the device").FillAsync("Olga's laptop");
        await olga.GetByRole(AriaRole.Button, new() { Name = "Add a passkey" }).ClickAsync();
        await olga.GetByRole(AriaRole.Button, new() { Name = "Remove the passkey Olga's laptop" }).WaitForAsync();
        await olga.GetByRole(AriaRole.Button, new() { Name = "Sign out here" }).ClickAsync();
        await olga.ArriveAsync("/sign-in");

        await olga.GetByRole(AriaRole.Button, new() { Name = "Sign in with a passkey" }).ClickAsync();
        await olga.ArriveAsync("/companies");
        await olga.GotoAsync("/me");
        Assert.Contains("by passkey", await olga.InnerTextAsync("main"), StringComparison.Ordinal);

        await olga.GetByRole(AriaRole.Button, new() { Name = "Remove the passkey Olga's laptop" }).ClickAsync();
        await olga.GetByRole(AriaRole.Button, new() { Name = "Remove the passkey Olga's laptop" }).WaitForAsync(new() { State = WaitForSelectorState.Detached });
        await olga.GetByRole(AriaRole.Button, new() { Name = "Sign out here" }).ClickAsync();
        await olga.GetByRole(AriaRole.Button, new() { Name = "Sign in with a passkey" }).ClickAsync();
        await olga.GetByText("That passkey did not work here").WaitForAsync();
        Assert.NotNull(authenticator);
    }

    [Fact]
    public async Task A_passkey_whose_device_does_not_check_its_person_is_refused()
    {
        await using var site = await ServedSite.StartAsync();
        await using var browser = await Chromium.StartAsync();
        var olga = await browser.PersonAsync(site.Address);
        await AddAuthenticatorAsync(olga, verifies: false);
        await olga.JoinFirstAsync(site);
        await olga.GotoAsync("/me");
        await olga.GetByRole(AriaRole.Button, new() { Name = "Add a passkey" }).ClickAsync();
        await olga.GetByText("The browser got no passkey").WaitForAsync();
        await olga.GotoAsync("/me");
        Assert.Equal(0, await olga.GetByRole(AriaRole.Button, new() { Name = "Remove the passkey" }).CountAsync());
    }

    [Fact]
    public async Task The_pages_of_people_are_good_to_look_at_and_work_without_script()
    {
        await using var site = await ServedSite.StartAsync();
        await using var browser = await Chromium.StartAsync();
        var olga = await browser.PersonAsync(site.Address, script: false);
        await olga.GotoAsync(site.FirstOwner.PathAndQuery);
        await browser.LookAsync(site, olga, site.FirstOwner.PathAndQuery, "first-owner");
        await olga.JoinFirstAsync(site);

        await olga.GotoAsync("/c/acme-gmbh/people");
        await olga.GetByLabel("E-mail address").FillAsync("bob@acme.example");
        await olga.GetByRole(AriaRole.Button, new() { Name = "Invite" }).ClickAsync();
        var link = new Uri(await olga.Locator(".link-box").InnerTextAsync());
        var bob = await browser.PersonAsync(site.Address, script: false);
        await browser.LookAsync(site, bob, link.PathAndQuery, "invitation");
        await bob.GotoAsync(link.PathAndQuery);
        await bob.GetByLabel("Your name").FillAsync("Bob");
        await bob.GetByLabel("Password").FillAsync(Password);
        await bob.GetByRole(AriaRole.Button, new() { Name = "Join" }).ClickAsync();
        await bob.ArriveAsync("/companies");

        await olga.GotoAsync("/me");
        await olga.GetByRole(AriaRole.Button, new() { Name = "Set up a second step" }).ClickAsync();
        await olga.GetByLabel("E-mail address").CountAsync();
        foreach (var (path, name) in new[] { ("/me", "me"), ("/companies", "companies"), ("/c/acme-gmbh/people", "people") })
            await browser.LookAsync(site, olga, path, name);
        await browser.LookAsync(site.Address, "/sign-in", "sign-in");
    }

    /// <summary>Chromium's own virtual authenticator (WebAuthn Level 3, section 11): a device with a key store.</summary>
    private static async Task<string> AddAuthenticatorAsync(IPage page, bool verifies = true)
    {
        var session = await page.Context.NewCDPSessionAsync(page);
        await session.SendAsync("WebAuthn.enable");
        var added = await session.SendAsync("WebAuthn.addVirtualAuthenticator", new Dictionary<string, object>
        {
            ["options"] = new Dictionary<string, object>
            {
                ["protocol"] = "ctap2",
                ["transport"] = "internal",
                ["hasResidentKey"] = true,
                ["hasUserVerification"] = true,
                ["isUserVerified"] = verifies,
                ["automaticPresenceSimulation"] = true,
            },
        });
        return added!.Value.GetProperty("authenticatorId").GetString()!;
    }
}
