using System.Text.Json.Nodes;
using Plainproof.Tests.Servers;
using Plainproof.Tests.Web;
using Xunit;

namespace Plainproof.Tests.People;

/// <summary>Against a real provider: it lets in who is known or invited, by an address that the provider verified, and nobody else.</summary>
public sealed class SingleSignOnTests
{
    [Fact]
    public async Task Who_was_invited_joins_by_single_sign_on_and_a_namesake_does_not_become_them()
    {
        var port = Running.FreePort();
        using var provider = OidcProvider.Start($"http://localhost:{port}/sign-in/single-sign-on/back");
        await using var office = await OpenAsync(port, provider);
        var olga = await office.FirstOwnerAsync();
        Assert.Contains("We do not know you yet", (await EnterAsync(office, "alice")).Text, StringComparison.Ordinal);
        await office.InviteAsync(olga, "alice@acme.example", "controlOwner");

        var joined = await EnterAsync(office, "alice");
        Assert.Equal("/companies", joined.Address.AbsolutePath);
        Assert.Contains("You are control owner here", joined.Text, StringComparison.Ordinal);
        Assert.Contains("You are control owner here", (await EnterAsync(office, "alice")).Text, StringComparison.Ordinal);
        Assert.Contains("We do not know you yet", (await EnterAsync(office, "namesake")).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("stranger")]
    [InlineData("mallory")]
    public async Task Strangers_and_addresses_that_are_not_verified_stay_outside(string who)
    {
        var port = Running.FreePort();
        using var provider = OidcProvider.Start($"http://localhost:{port}/sign-in/single-sign-on/back");
        await using var office = await OpenAsync(port, provider);
        await office.FirstOwnerAsync();
        var refused = await EnterAsync(office, who);
        Assert.Equal("/sign-in", refused.Address.AbsolutePath);
        Assert.Contains("We do not know you yet", refused.Text, StringComparison.Ordinal);
    }

    private static Task<Office> OpenAsync(int port, OidcProvider provider) => Office.OpenAsync(
        false,
        new JsonObject
        {
            ["singleSignOn"] = new JsonObject { ["name"] = "Acme ID", ["authority"] = provider.Authority.ToString(), ["clientId"] = OidcProvider.ClientId, ["clientSecret"] = OidcProvider.ClientSecret },
        },
        new Uri($"http://localhost:{port}"));

    /// <summary>Follows the button to the provider, says there who one is, agrees, and comes back.</summary>
    private static async Task<Seen> EnterAsync(Office office, string who)
    {
        var visitor = office.Visit();
        Assert.Contains("Sign in with Acme ID", (await visitor.GetAsync("/sign-in")).Text, StringComparison.Ordinal);
        var asked = await visitor.GetAsync("/sign-in/single-sign-on?return=%2Fcompanies");
        var agree = await visitor.SubmitAsync(asked, [("login", who), ("password", "any")]);
        return await visitor.SubmitAsync(agree, []);
    }
}
