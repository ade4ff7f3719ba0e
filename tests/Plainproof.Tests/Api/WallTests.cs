using System.Net;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Plainproof.Features.Api;
using Plainproof.Features.People;
using Plainproof.Storage;
using Plainproof.Tests.People;
using Plainproof.Tests.Standing;
using Plainproof.Tests.Web;
using Xunit;

namespace Plainproof.Tests.Api;

public sealed class WallsOnSqlite() : WallTests(false);

public sealed class WallsOnPostgresql() : WallTests(true);

/// <summary>Every operation, asked by everybody.</summary>
public abstract class WallTests(bool postgresql)
{
    [Fact]
    public async Task Every_operation_opens_to_exactly_the_roles_and_scopes_that_include_it()
    {
        await using var acme = await OpenAsync();
        var operations = Asked.All(acme.Office.Site);
        Assert.InRange(operations.Count, 25, 200);
        foreach (var role in Roles.All)
        {
            var person = role == Role.Owner ? acme.Olga : await acme.Office.JoinAsync(acme.Olga, $"{role}@acme.example".ToLowerInvariant(), Words.Of(role));
            var scopes = Scopes.All.Where(scope => role.May(scope.Ability())).ToList();
            using var all = await Script.OfAsync(acme.Office.Site, person, Scopes.ToText(scopes));
            foreach (var operation in operations)
            {
                var got = await operation.ByAsync(all);
                var open = scopes.Contains(operation.Scope) && role.May(operation.Ability);
                Assert.True(open ? (int)got.Status is not (401 or 403 or >= 500) : got.Status == HttpStatusCode.Forbidden, $"{role}: {operation} gave {(int)got.Status} {got.Text}");
                if (!open)
                    got.Problem(HttpStatusCode.Forbidden);
            }
        }
    }

    [Fact]
    public async Task A_token_opens_what_its_scopes_say_and_nothing_else()
    {
        await using var acme = await OpenAsync();
        foreach (var scope in Scopes.All.Where(scope => Role.Owner.May(scope.Ability())))
        {
            using var one = await Script.OfAsync(acme.Office.Site, acme.Olga, Words.Of(scope));
            foreach (var operation in Asked.All(acme.Office.Site))
            {
                var got = await operation.ByAsync(one);
                if (operation.Scope == scope)
                    Assert.True((int)got.Status is not (401 or 403 or >= 500), $"{scope}: {operation} gave {(int)got.Status} {got.Text}");
                else
                    Assert.Contains($"'{Words.Of(operation.Scope)}'", (string?)got.Problem(HttpStatusCode.Forbidden)["detail"], StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task Another_company_is_not_there_even_for_somebody_who_is_in_both()
    {
        await using var acme = await OpenAsync();
        await acme.Olga.SubmitAsync(await acme.Olga.GetAsync("/companies"), [("title", "Beta"), ("role", "owner")], "value=\"new\"");
        using var beta = await Script.OfAsync(acme.Office.Site, acme.Olga, "read work collect push", "beta");
        Assert.Equal(HttpStatusCode.OK, (await beta.GetAsync("/api/v1/companies/beta")).Status);
        foreach (var operation in Asked.All(acme.Office.Site).Where(one => one.Path.Contains("acme-gmbh", StringComparison.Ordinal)))
        {
            (await operation.ByAsync(beta)).Problem(HttpStatusCode.NotFound);
            Assert.Equal((await operation.ByAsync(beta)).Text, (await (operation with { Path = operation.Path.Replace("acme-gmbh", "no-such", StringComparison.Ordinal) }).ByAsync(beta)).Text);
        }

        Assert.Equal(["beta"], (await beta.GetAsync("/api/v1/companies")).Json["companies"]!.AsArray().Select(one => (string?)one!["name"]));
        Assert.Empty(await acme.GapEntriesAsync());
    }

    [Fact]
    public async Task Who_shows_no_token_that_works_gets_nothing()
    {
        await using var acme = await OpenAsync();
        using var revoked = await Script.OfAsync(acme.Office.Site, acme.Olga, "read work collect push");
        await acme.Olga.SubmitAsync(await acme.Olga.GetAsync("/c/acme-gmbh/tokens"), [], "Revoke nightly");
        using var expired = await Script.OfAsync(acme.Office.Site, acme.Olga, "read work collect push");
        acme.Office.Clock.Shift = TimeSpan.FromDays(40);
        using var none = new Script(acme.Office.Site, null);
        foreach (var operation in Asked.All(acme.Office.Site))
            foreach (var script in new[] { revoked, expired, none })
                (await operation.ByAsync(script)).Problem(HttpStatusCode.Unauthorized);
        Assert.Empty(await acme.GapEntriesAsync());
    }

    [Fact]
    public async Task A_cookie_neither_reads_nor_writes_and_lends_nothing_to_a_token()
    {
        await using var acme = await OpenAsync();
        var vera = await acme.Office.JoinAsync(acme.Olga, "vera@acme.example", "viewer");
        using var viewer = await Script.OfAsync(acme.Office.Site, vera, "read");
        Assert.Equal(HttpStatusCode.OK, (await acme.Olga.GetAsync("/me")).Status);
        var cookie = new Script(acme.Olga.Client, null);
        var both = new Script(acme.Olga.Client, viewer.Token);
        foreach (var operation in Asked.All(acme.Office.Site))
        {
            (await operation.ByAsync(cookie)).Problem(HttpStatusCode.Unauthorized);
            if (operation.Scope != Scope.Read)
                (await operation.ByAsync(both)).Problem(HttpStatusCode.Forbidden);
        }

        Assert.Equal("viewer", (string?)(await both.GetAsync(Script.Company)).Json["role"]);
        Assert.Empty(await acme.GapEntriesAsync());
    }

    [Fact]
    public async Task A_token_opens_no_page()
    {
        await using var acme = await OpenAsync();
        using var script = await Script.OfAsync(acme.Office.Site, acme.Olga, "read work collect push");
        foreach (var path in new[] { "/me", "/companies", "/c/acme-gmbh", "/c/acme-gmbh/gaps", "/c/acme-gmbh/tokens", "/c/acme-gmbh/people" })
            Assert.Contains("Sign in", (await script.GetAsync(path)).Text, StringComparison.Ordinal);
    }

    private async Task<Workspace> OpenAsync()
    {
        var acme = await Workspace.OpenAsync(postgresql);
        await acme.CheckAsync(Workspace.Reviewed, Workspace.Unseen);
        return acme;
    }

    /// <summary>An operation as it is mapped, ready to be asked of Acme.</summary>
    internal sealed record Asked(HttpMethod Method, string Path, Scope Scope, Ability Ability, ExampleBody? Body)
    {
        public static IReadOnlyList<Asked> All(RunningSite site) =>
        [
            .. site.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
                .Where(route => route.Metadata.GetMetadata<NeededScope>() is not null)
                .Select(route => new Asked(
                    new HttpMethod(Assert.Single(route.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods)),
                    "/" + route.RoutePattern.RawText!.TrimStart('/').Replace("{company}", "acme-gmbh", StringComparison.Ordinal).Replace("{gap}", Workspace.Watched, StringComparison.Ordinal).Replace("{population}", "changes", StringComparison.Ordinal).Replace("{paper}", "system-description", StringComparison.Ordinal).Replace("{control}", "CHG-01", StringComparison.Ordinal).Replace("{check}", "idle-accounts", StringComparison.Ordinal).Replace("{number}", "idleDays", StringComparison.Ordinal).Replace("{", "", StringComparison.Ordinal).Replace("}", "", StringComparison.Ordinal),
                    route.Metadata.GetMetadata<NeededScope>()!.Scope,
                    Enum.GetValues<Ability>().Last(ability => route.Metadata.GetOrderedMetadata<IAuthorizeData>().Any(one => one.Policy == CompanyAccess.PolicyOf(ability))),
                    route.Metadata.GetMetadata<ExampleBody>())),
        ];

        public Task<Got> ByAsync(Script script) => script.SendAsync(Method, Path, Body?.Text, Body?.MediaType ?? "application/json");
    }
}
