using System.Net;
using System.Text;
using Plainproof.Features.Api;
using Plainproof.Tests.Standing;
using Xunit;

namespace Plainproof.Tests.Api;

public sealed class ErrorsOnSqlite() : ErrorTests(false);

public sealed class ErrorsOnPostgresql() : ErrorTests(true);

/// <summary>What is wrong is told in one form, all of it at once, with how to mend it.</summary>
public abstract class ErrorTests(bool postgresql)
{
    private const string Plan = $"{Script.Company}/gaps/{Workspace.Watched}/plan";

    [Fact]
    public async Task Everything_wrong_with_a_body_is_told_at_once_and_by_name()
    {
        await using var acme = await Workspace.OpenAsync(postgresql);
        using var script = await Script.OfAsync(acme.Office.Site, acme.Olga, "read work");
        var got = await script.SendAsync(HttpMethod.Put, Plan, """{ "version": "1", "ownr": "x", "due": "soon", "due": "later", "colour": 1 }""");
        got.Problem(HttpStatusCode.UnprocessableEntity);
        Assert.Equal(
            [
                "'version' must be a whole number.", "'ownr' is not known here. Did you mean 'owner'?", "'due' is there 2 times.",
                "'colour' is not known here. Known are: version, owner, due, ticket.", "'owner' is missing.", "'ticket' is missing.",
            ],
            got.Problems);
        Assert.Equal(["'due' must be a day, such as \"2027-03-31\"."], (await script.SendAsync(HttpMethod.Put, Plan, """{ "version": 0, "owner": null, "due": "31.3.2027", "ticket": null }""")).Problems);
        Assert.Equal(["'text' is null and must not be."], (await script.SendAsync(HttpMethod.Post, $"{Script.Company}/gaps/{Workspace.Watched}/comments", """{ "text": null }""")).Problems);
        Assert.Contains("colour", (await script.SendAsync(HttpMethod.Patch, $"{Script.Company}/answers", """{ "version": 0, "answers": { "G01": { "colour": 1 } } }""")).Problems[0], StringComparison.Ordinal);
        Assert.Empty(await acme.GapEntriesAsync());
    }

    [Theory]
    [InlineData("", "application/json", 400)]
    [InlineData("{", "application/json", 400)]
    [InlineData("[]", "application/json", 400)]
    [InlineData("{ } more", "application/json", 400)]
    [InlineData("{ }", "text/plain", 415)]
    [InlineData("version=1", "application/x-www-form-urlencoded", 415)]
    [InlineData("{ }", null, 415)]
    public async Task What_is_no_json_is_refused_as_that(string body, string? mediaType, int status)
    {
        await using var acme = await Workspace.OpenAsync(postgresql);
        using var script = await Script.OfAsync(acme.Office.Site, acme.Olga, "work");
        (await script.SendAsync(HttpMethod.Put, Plan, Encoding.UTF8.GetBytes(body), mediaType)).Problem((HttpStatusCode)status);
    }

    [Fact]
    public async Task What_is_too_large_or_too_deep_is_refused()
    {
        await using var acme = await Workspace.OpenAsync(postgresql);
        using var script = await Script.OfAsync(acme.Office.Site, acme.Olga, "work push");
        var long_ = $$"""{ "text": "{{new string('x', (int)ApiDoor.LargestBody)}}" }""";
        (await script.SendAsync(HttpMethod.Post, $"{Script.Company}/gaps/{Workspace.Watched}/comments", long_)).Problem(HttpStatusCode.RequestEntityTooLarge);
        (await script.SendAsync(HttpMethod.Post, $"{Script.Company}/gaps/{Workspace.Watched}/comments", string.Concat(Enumerable.Repeat("{\"text\":", 5000)))).Problem(HttpStatusCode.BadRequest);
        (await script.SendAsync(HttpMethod.Post, $"{Script.Company}/facts/change.merge?name=forge", new byte[33 << 20], "application/x-ndjson")).Problem(HttpStatusCode.RequestEntityTooLarge);
        Assert.Empty(await acme.GapEntriesAsync());
    }

    [Fact]
    public async Task Other_methods_addresses_and_filters_are_refused_in_words()
    {
        await using var acme = await Workspace.OpenAsync(postgresql);
        using var script = await Script.OfAsync(acme.Office.Site, acme.Olga, "read work");
        var method = await script.SendAsync(HttpMethod.Delete, Plan);
        method.Problem(HttpStatusCode.MethodNotAllowed);
        Assert.Contains("It takes PUT.", method.Text, StringComparison.Ordinal);
        (await script.GetAsync("/api/v1/companies/acme-gmbh/nothing/like/it")).Problem(HttpStatusCode.NotFound);
        (await script.GetAsync($"{Script.Company}/gaps/no-such-gap")).Problem(HttpStatusCode.NotFound);
        (await script.GetAsync($"{Script.Company}/evidence/{new string('0', 64)}/file")).Problem(HttpStatusCode.NotFound);
        (await script.GetAsync($"{Script.Company}/evidence/..%2f..%2fkeys/file")).Problem(HttpStatusCode.NotFound);
        (await script.GetAsync($"{Script.Company}/collections/x")).Problem(HttpStatusCode.NotFound);
        (await script.GetAsync($"{Script.Company}/runs/x")).Problem(HttpStatusCode.NotFound);
        var filters = await script.GetAsync($"{Script.Company}/gaps?stat=late&severity=heavy&q=a&q=b");
        filters.Problem(HttpStatusCode.UnprocessableEntity);
        Assert.Equal(["'stat' is not known here. Did you mean 'state'?", "'severity' is 'heavy'. It must be one of: low, medium, high, critical.", "'q' is there 2 times. Give it once."], filters.Problems);
        Assert.Contains("takes nothing", (await script.GetAsync($"{Script.Company}?x=1")).Text, StringComparison.Ordinal);
        var numbers = await script.GetAsync($"{Script.Company}/results?limit=many&outcome=good");
        numbers.Problem(HttpStatusCode.UnprocessableEntity);
        Assert.Equal(2, numbers.Problems.Count);
        Assert.Contains("'limit' is 'many'. It must be a whole number.", numbers.Problems);
        Assert.Contains("It must be true or false.", (await script.GetAsync($"{Script.Company}/accounts?orphans=perhaps")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_asks_too_often_is_told_how_long_to_wait_and_slows_nobody_else()
    {
        await using var acme = await Workspace.OpenAsync(postgresql);
        using var eager = await Script.OfAsync(acme.Office.Site, acme.Olga, "read");
        using var other = await Script.OfAsync(acme.Office.Site, acme.Olga, "read");
        var got = await eager.GetAsync("/api/v1/companies");
        for (var i = 0; i <= ApiPace.AMinute && got.Status == HttpStatusCode.OK; i++)
            got = await eager.GetAsync("/api/v1/companies");
        got.Problem(HttpStatusCode.TooManyRequests);
        Assert.InRange(int.Parse(got.Headers["Retry-After"], System.Globalization.CultureInfo.InvariantCulture), 1, 60);
        Assert.Equal(HttpStatusCode.OK, (await other.GetAsync("/api/v1/companies")).Status);
    }
}
