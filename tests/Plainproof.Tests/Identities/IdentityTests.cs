using System.Net;
using Plainproof.Tests.Api;
using Plainproof.Tests.Standing;
using Plainproof.Tests.Web;
using Xunit;
using static Plainproof.Tests.Standing.Workspace;

namespace Plainproof.Tests.Identities;

public sealed class IdentitiesOnSqlite() : IdentityTests(false);

public sealed class IdentitiesOnPostgresql() : IdentityTests(true);

/// <summary>Accounts that no system links to a person, until somebody says whose they are.</summary>
public abstract class IdentityTests(bool postgresql)
{
    private const string Page = $"{Home}/accounts";
    private const string Robot = "push:forge/account/robot";

    [Fact]
    public async Task Whoever_says_whose_account_it_is_stands_behind_it_and_the_check_goes_by_it()
    {
        await using var acme = await OpenAsync();
        var page = await acme.Olga.GetAsync(Page);
        Assert.Contains("1 account with nobody behind it", page.Text, StringComparison.Ordinal);
        Assert.Contains("orphan-accounts", (await acme.Olga.GetAsync($"{Home}/gaps")).Html, StringComparison.Ordinal);
        Assert.Contains(Page, (await acme.Olga.GetAsync($"{Home}/gaps/orphan-accounts")).Html, StringComparison.Ordinal);
        Assert.Contains("Name the person by their address.", (await acme.Olga.SubmitAsync(page, [("owner", "")], "value=\"say")).Text, StringComparison.Ordinal);

        page = await acme.Olga.SubmitAsync(page, [("owner", "Ann@acme.example"), ("service", "yes")], "value=\"say");
        Assert.Contains("Every account that is on has somebody behind it.", page.Text, StringComparison.Ordinal);
        Assert.Contains("a program’s account that they answer for", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("gaps/orphan-accounts", (await acme.Olga.GetAsync($"{Home}/gaps")).Html, StringComparison.Ordinal);
        Assert.Equal([$"identity.service {People.Office.Owner}"], await acme.EntriesAsync("identity.%"));
    }

    [Fact]
    public async Task A_script_says_it_too_and_all_that_is_wrong_is_told_at_once()
    {
        await using var acme = await OpenAsync();
        using var script = await Script.OfAsync(acme.Office.Site, acme.Olga, "read work");
        Assert.Equal(Robot, (string?)Assert.Single((await script.GetAsync($"{Script.Company}/accounts?orphans=true")).Json["accounts"]!.AsArray())!["account"]);
        var wrong = await script.SendAsync(HttpMethod.Post, $"{Script.Company}/accounts/owners", """{ "account": "push:forge/account/none", "owner": "nobody@acme.example" }""");
        Assert.Equal(["No account 'push:forge/account/none' was read.", "Nobody with the address 'nobody@acme.example' is on your list of people."], wrong.Problems);
        for (var twice = 0; twice < 2; twice++)
            Assert.Equal("Ann Lee", (string?)(await script.SendAsync(HttpMethod.Post, $"{Script.Company}/accounts/owners", $$"""{ "account": "{{Robot}}", "owner": "Ann@acme.example" }""")).Json["personName"]);
        Assert.Single(await acme.EntriesAsync("identity.%"));
        Assert.Empty((await script.GetAsync($"{Script.Company}/accounts?orphans=true")).Json["accounts"]!.AsArray());
    }

    [Fact]
    public async Task An_account_that_could_not_be_read_is_not_said_to_have_an_owner()
    {
        await using var acme = await OpenAsync();
        await acme.Olga.SubmitAsync(await acme.Olga.GetAsync(Page), [("owner", "Ann@acme.example"), ("service", "yes")], "value=\"say");
        using var script = await Script.OfAsync(acme.Office.Site, acme.Olga, "read push");
        Assert.True((bool)(await script.GetAsync($"{Script.Company}/accounts")).Json["complete"]!);
        await script.SendAsync(HttpMethod.Post, $"{Script.Company}/facts/account.core?name=wiki&completeness=partial&says=The+first+page", """{"subject":"account/ann","value":{"name":"ann","enabled":true,"nature":"person","email":"ann@acme.example","emailVerified":true}}""", "application/x-ndjson");
        var page = await acme.Olga.GetAsync(Page);
        Assert.DoesNotContain("Every account that is on has somebody behind it.", page.Text, StringComparison.Ordinal);
        Assert.Contains("There may be more. Not read in full, or too long ago: push:wiki.", page.Text, StringComparison.Ordinal);
        Assert.False((bool)(await script.GetAsync($"{Script.Company}/accounts")).Json["complete"]!);
    }

    [Fact]
    public async Task Who_may_only_look_says_nothing()
    {
        await using var acme = await OpenAsync();
        var viewer = await acme.Office.JoinAsync(acme.Olga, "vera@acme.example", "viewer");
        var page = await viewer.GetAsync(Page);
        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.DoesNotContain("value=\"say", page.Html, StringComparison.Ordinal);
        await ForgeAsync(Page, viewer, $"say {Robot}", ("owner", "Ann@acme.example"));
        Assert.Empty(await acme.EntriesAsync("identity.%"));
    }

    private async Task<Workspace> OpenAsync()
    {
        var acme = await Workspace.OpenAsync(postgresql);
        await acme.CheckAsync("person.core", "push:hr", "", """{"subject":"person/ann","value":{"name":"Ann Lee","email":"ann@acme.example","joinedOn":"2020-01-01"}}""");
        await acme.CheckAsync("account.core", "push:forge", "",
            """{"subject":"account/ann","value":{"name":"ann","enabled":true,"nature":"person","email":"ann@acme.example","emailVerified":true}}""",
            """{"subject":"account/robot","value":{"name":"robot","enabled":true,"nature":"service"}}""");
        return acme;
    }
}
