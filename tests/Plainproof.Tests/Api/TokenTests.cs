using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Plainproof.Features.Api;
using Plainproof.Storage;
using Plainproof.Tests.People;
using Plainproof.Tests.Web;
using Xunit;

namespace Plainproof.Tests.Api;

public sealed class TokensOnSqlite() : TokenTests(false);

public sealed class TokensOnPostgresql() : TokenTests(true);

/// <summary>How a token comes to be, and how it ends.</summary>
public abstract class TokenTests(bool postgresql)
{
    private const string Page = "/c/acme-gmbh/tokens";

    [Fact]
    public async Task A_token_is_shown_once_and_kept_as_a_hash_and_its_making_and_end_are_in_the_log()
    {
        await using var office = await Office.OpenAsync(postgresql);
        var olga = await office.FirstOwnerAsync();
        Assert.Contains(Page, (await olga.GetAsync("/me")).Html, StringComparison.Ordinal);
        using var script = await Script.OfAsync(office.Site, olga, "read work");
        Assert.Matches("^pp_[A-Za-z0-9_-]{43}$", script.Token);
        var page = await olga.GetAsync(Page);
        Assert.DoesNotContain(script.Token!, page.Html, StringComparison.Ordinal);
        Assert.Contains("not used yet", page.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await script.GetAsync(Script.Company)).Status);
        Assert.Contains("last used", (await olga.GetAsync(Page)).Text, StringComparison.Ordinal);

        var rows = await RowsAsync(office);
        Assert.Contains(ApiToken.HashOf(script.Token!)!, rows, StringComparison.Ordinal);
        Assert.DoesNotContain(script.Token![3..], rows, StringComparison.Ordinal);

        await olga.SubmitAsync(page, [], "Revoke nightly");
        (await script.GetAsync(Script.Company)).Problem(HttpStatusCode.Unauthorized);
        Assert.Contains($"revoked by {Office.Owner}", (await olga.GetAsync(Page)).Text, StringComparison.Ordinal);
        var entries = await EntriesAsync(office);
        Assert.Equal(["token.made", "token.revoked"], entries.Select(entry => entry.Kind));
        Assert.All(entries, entry => Assert.DoesNotContain(script.Token![3..], entry.Body, StringComparison.Ordinal));
        Assert.Contains("read work", entries[0].Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_wrong_with_a_wish_is_said_at_once_and_nothing_is_made()
    {
        await using var office = await Office.OpenAsync(postgresql);
        var olga = await office.FirstOwnerAsync();
        var refused = await Script.MakeAsync(olga, " ", "", DateTime.UtcNow.AddDays(400));
        foreach (var words in new[] { "Name the token", "Choose what the token may do", "for a year at most" })
            Assert.Contains(words, refused.Text, StringComparison.Ordinal);
        Assert.Contains("is over already", (await Script.MakeAsync(olga, "x", "read", DateTime.UtcNow.AddDays(-1))).Text, StringComparison.Ordinal);
        Assert.Empty(await EntriesAsync(office));
    }

    [Fact]
    public async Task Nobody_makes_a_token_for_more_than_their_role_includes()
    {
        await using var office = await Office.OpenAsync(postgresql);
        var olga = await office.FirstOwnerAsync();
        var vera = await office.JoinAsync(olga, "vera@acme.example", "viewer");
        Assert.DoesNotContain("name=\"work\"", (await vera.GetAsync(Page)).Html, StringComparison.Ordinal);
        var refused = await Script.MakeAsync(vera, "more", "read work collect push", DateTime.UtcNow.AddDays(1));
        foreach (var scope in new[] { "'work'", "'collect'", "'push'" })
            Assert.Contains($"It does not include {scope}", refused.Text, StringComparison.Ordinal);
        Assert.Empty(await EntriesAsync(office));
    }

    [Fact]
    public async Task A_token_never_has_more_than_its_persons_role_has_now_and_dies_with_the_membership_for_ever()
    {
        await using var office = await Office.OpenAsync(postgresql);
        var olga = await office.FirstOwnerAsync();
        var bob = await office.JoinAsync(olga, "bob@acme.example", "member");
        using var script = await Script.OfAsync(office.Site, bob, "read work");
        const string answers = """{ "version": 0, "answers": {} }""";
        Assert.Equal(HttpStatusCode.OK, (await script.SendAsync(HttpMethod.Patch, $"{Script.Company}/answers", answers)).Status);

        const string people = "/c/acme-gmbh/people";
        await olga.SubmitAsync(await olga.GetAsync(people), [("role", "viewer")], "Role of bob");
        Assert.Contains("viewer", (string?)(await script.SendAsync(HttpMethod.Patch, $"{Script.Company}/answers", answers)).Problem(HttpStatusCode.Forbidden)["detail"], StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await script.GetAsync(Script.Company)).Status);

        await olga.SubmitAsync(await olga.GetAsync(people), [], "Remove bob");
        (await script.GetAsync(Script.Company)).Problem(HttpStatusCode.Unauthorized);
        (await script.GetAsync("/api/v1/companies")).Problem(HttpStatusCode.Unauthorized);
        Assert.Contains("ended: the person left the company", (await olga.GetAsync(Page)).Text, StringComparison.Ordinal);
        var link = Office.LinkIn((await office.InviteAsync(olga, "bob@acme.example", "owner")).Html);
        await bob.SubmitAsync(await bob.GetAsync(link), []);
        Assert.Equal(HttpStatusCode.OK, (await bob.GetAsync("/c/acme-gmbh")).Status);
        (await script.GetAsync(Script.Company)).Problem(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_token_works_on_its_last_day_and_not_on_the_next()
    {
        await using var office = await Office.OpenAsync(postgresql);
        using var script = await Script.OfAsync(office.Site, await office.FirstOwnerAsync(), "read");
        office.Clock.Shift = TimeSpan.FromDays(30);
        Assert.Equal(HttpStatusCode.OK, (await script.GetAsync(Script.Company)).Status);
        office.Clock.Shift = TimeSpan.FromDays(31);
        (await script.GetAsync(Script.Company)).Problem(HttpStatusCode.Unauthorized);
        var (olga, _) = await office.SignInAsync(Office.Owner, Office.Password);
        Assert.Contains("its last day is over", (await olga.GetAsync(Page)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Owners_see_and_revoke_everybodys_tokens_and_others_only_their_own()
    {
        await using var office = await Office.OpenAsync(postgresql);
        var olga = await office.FirstOwnerAsync();
        var bob = await office.JoinAsync(olga, "bob@acme.example", "member");
        using var hers = await Script.OfAsync(office.Site, olga, "read");
        using var his = await Script.OfAsync(office.Site, bob, "read");
        var page = await bob.GetAsync(Page);
        Assert.DoesNotContain("of Olga", page.Text, StringComparison.Ordinal);
        var id = Regex.Match(await RowsAsync(office), $"(?<id>[0-9a-f-]{{36}}) {ApiToken.HashOf(hers.Token!)}").Groups["id"].Value;
        await bob.SubmitAsync(page, [("_handler", $"revoke {id}")], "value=\"make\"");
        Assert.Equal(HttpStatusCode.OK, (await hers.GetAsync(Script.Company)).Status);
        await olga.SubmitAsync(await olga.GetAsync(Page), [], $"value=\"revoke {Regex.Match(await RowsAsync(office), $"(?<id>[0-9a-f-]{{36}}) {ApiToken.HashOf(his.Token!)}").Groups["id"].Value}\"");
        (await his.GetAsync(Script.Company)).Problem(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("")]
    [InlineData("pp_")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("pp_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("pp_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAB")]
    [InlineData("pp_' OR 1=1 --")]
    public async Task What_only_looks_like_a_token_opens_nothing(string shown)
    {
        await using var office = await Office.OpenAsync(postgresql);
        await office.FirstOwnerAsync();
        using var script = new Script(office.Site, shown.Length == 0 ? null : shown);
        var refused = await script.GetAsync(Script.Company);
        refused.Problem(HttpStatusCode.Unauthorized);
        Assert.StartsWith("Bearer", refused.Headers["WWW-Authenticate"], StringComparison.Ordinal);
    }

    [Fact]
    public void A_token_has_one_spelling()
    {
        var (token, hash) = ApiToken.New();
        Assert.Equal(hash, ApiToken.HashOf(token));
        Assert.Null(ApiToken.HashOf(token + "="));
        Assert.All(Enumerable.Range(0, 64).Select(i => token[..^1] + "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"[i]).Where(other => other != token), other => Assert.NotEqual(hash, ApiToken.HashOf(other)));
    }

    private static async Task<string> RowsAsync(Office office)
    {
        await using var connection = await office.Data.InstallationDatabase().OpenAsync(default);
        return string.Join('\n', await connection.Command("SELECT id, token_hash, name, scopes, person_id FROM api_token").ListAsync(row => string.Join(' ', Enumerable.Range(0, 5).Select(row.GetString)), default));
    }

    private static async Task<IReadOnlyList<(string Kind, string Body)>> EntriesAsync(Office office)
    {
        await using var connection = await office.Data.DatabaseOf("acme-gmbh").OpenAsync(default);
        return await connection.Command("SELECT kind, body FROM log_entry WHERE kind LIKE 'token.%' ORDER BY seq").ListAsync(row => (row.GetString(0), JsonNode.Parse(row.GetFieldValue<byte[]>(1))!.ToJsonString()), default);
    }
}
