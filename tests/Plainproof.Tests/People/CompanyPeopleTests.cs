using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Plainproof.Cli;
using Plainproof.Evidence;
using Plainproof.Features.People;
using Plainproof.Storage;
using Plainproof.Storage.Records;
using Plainproof.Tests.Servers;
using Plainproof.Tests.Standing;
using Plainproof.Tests.Web;
using Xunit;

namespace Plainproof.Tests.People;

public sealed class CompanyPeopleOnSqlite() : CompanyPeopleTests(false);

public sealed class CompanyPeopleOnPostgresql() : CompanyPeopleTests(true);

/// <summary>Who may do what in a company, and that every change of it is in the company's log.</summary>
public abstract class CompanyPeopleTests(bool postgresql)
{
    [Fact]
    public async Task Every_act_about_people_is_an_entry_of_the_companys_log()
    {
        await using var office = await Office.OpenAsync(postgresql);
        var olga = await office.FirstOwnerAsync();
        await office.JoinAsync(olga, "bob@acme.example", "member");
        await office.InviteAsync(olga, "late@acme.example", "viewer");
        await olga.SubmitAsync(await olga.GetAsync(People), [], "Withdraw the invitation of late@acme.example");
        await olga.SubmitAsync(await olga.GetAsync(People), [("role", "controlOwner")], "Role of bob");
        await olga.SubmitAsync(await olga.GetAsync(People), [], "Remove bob");

        var entries = await EntriesAsync(office);
        Assert.Equal(
            [
                "company.opened Acme GmbH can be entered by people now.", "person.joined Olga joined as owner.", "person.invited bob@acme.example was invited as member.",
                "person.joined bob joined as member.", "person.invited late@acme.example was invited as viewer.", "invitation.withdrawn The invitation of late@acme.example was withdrawn.",
                "person.role-changed bob was member and is control owner now.", "person.removed bob, control owner, was removed.",
            ],
            entries.Select(entry => $"{entry["kind"]} {entry["says"]}"));
        Assert.Equal(Office.Owner, (string?)entries[^1]["by"]);
        Assert.Equal(entries.Count, await CountAsync(office, "SELECT COUNT(*) FROM act WHERE entry IS NOT NULL"));
        Assert.Equal(0, await CountAsync(office, "SELECT COUNT(*) FROM pending_entry"));
    }

    [Fact]
    public async Task What_a_killed_process_left_waiting_is_delivered_once()
    {
        await using var office = await Office.OpenAsync(postgresql);
        await office.FirstOwnerAsync();
        await using var records = InstallationRecords.Of(office.Data);
        using var logs = new CompanyLogs(office.Data, office.Clock);
        var acts = new CompanyActs(records, logs, office.Data, office.Clock);
        acts.Add("acme-gmbh", "person.invited", "x@acme.example", "ops", "Left waiting.", []);
        await records.SaveChangesAsync();
        Assert.Equal(2, (await EntriesAsync(office)).Count);

        await Task.WhenAll(Enumerable.Range(0, 4).Select(async _ =>
        {
            await using var mine = InstallationRecords.Of(office.Data);
            await new CompanyActs(mine, logs, office.Data, office.Clock).DeliverAsync(default);
        }));
        Assert.Equal("Left waiting.", (string?)(await EntriesAsync(office))[2]["says"]);
        Assert.Equal(3, (await EntriesAsync(office)).Count);
        Assert.Equal(3, await CountAsync(office, "SELECT COUNT(*) FROM act"));
    }

    [Fact]
    public async Task An_invitation_says_that_there_is_no_mail_server_and_works_once_for_its_address()
    {
        await using var office = await Office.OpenAsync(postgresql);
        var olga = await office.FirstOwnerAsync();
        var invited = await office.InviteAsync(olga, "bob@acme.example", "auditor");
        Assert.Contains("No mail server is set up here", invited.Text, StringComparison.Ordinal);
        var link = Office.LinkIn(invited.Html);
        var bob = office.Visit();
        var page = await bob.GetAsync(link);
        Assert.Contains("Join Acme GmbH", page.Text, StringComparison.Ordinal);
        Assert.Contains("as auditor", page.Text, StringComparison.Ordinal);
        await bob.SubmitAsync(page, [("name", "Bob"), ("password", Office.Password)]);
        Assert.Contains("does not work any more", (await office.Visit().GetAsync(link)).Text, StringComparison.Ordinal);
        Assert.Contains("Auditor", (await bob.GetAsync(People)).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Invite somebody", (await bob.GetAsync(People)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_known_person_joins_another_company_by_signing_in()
    {
        await using var office = await Office.OpenAsync(postgresql);
        var olga = await office.FirstOwnerAsync();
        var bob = await office.JoinAsync(olga, "bob@acme.example", "member");
        await olga.SubmitAsync(await olga.GetAsync("/companies"), [("title", "Beta"), ("role", "owner")], "value=\"new\"");
        var link = Office.LinkIn((await office.InviteAsync(olga, "BOB@acme.example", "auditor", "beta")).Html);
        Assert.Contains("Sign in with it to join", (await office.Visit().GetAsync(link)).Text, StringComparison.Ordinal);
        await bob.SubmitAsync(await bob.GetAsync(link), []);
        var companies = (await bob.GetAsync("/companies")).Text;
        Assert.Contains("Beta", companies, StringComparison.Ordinal);
        Assert.Contains("You are auditor here", companies, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_address_inside_a_company_is_not_there_for_strangers()
    {
        await using var office = await Office.OpenAsync(postgresql);
        var olga = await office.FirstOwnerAsync();
        await office.JoinAsync(olga, "bob@acme.example", "member");
        await olga.SubmitAsync(await olga.GetAsync("/companies"), [("title", "Beta"), ("role", "owner")], "value=\"new\"");
        var (bob, _) = await office.SignInAsync("bob@acme.example", Office.Password);
        var routes = office.Site.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .Select(route => route.RoutePattern).Where(route => route.Parameters.Any(one => one.Name == CompanyAccess.RouteValue)).ToList();
        Assert.NotEmpty(routes);
        foreach (var route in routes)
        {
            foreach (var company in new[] { "beta", "no-such" })
            {
                var path = "/" + string.Join('/', route.PathSegments.Select(segment => string.Concat(segment.Parts.Select(part => part is Microsoft.AspNetCore.Routing.Patterns.RoutePatternLiteralPart literal ? literal.Content : part is Microsoft.AspNetCore.Routing.Patterns.RoutePatternParameterPart { Name: CompanyAccess.RouteValue } ? company : "x"))));
                var got = (await bob.GetAsync(path)).Status;
                Assert.True(got == HttpStatusCode.NotFound || (path.StartsWith("/api/", StringComparison.Ordinal) && got is HttpStatusCode.Unauthorized or HttpStatusCode.MethodNotAllowed), $"{path}: {got}");
                using var sent = await bob.Client.PostAsync(path, new FormUrlEncodedContent([]));
                if (path.StartsWith("/api/", StringComparison.Ordinal))
                {
                    Assert.Contains(sent.StatusCode, new[] { HttpStatusCode.Unauthorized, HttpStatusCode.MethodNotAllowed, HttpStatusCode.UnsupportedMediaType });
                    continue;
                }

                Assert.Contains(sent.StatusCode, new[] { HttpStatusCode.NotFound, HttpStatusCode.MethodNotAllowed });
                Assert.Equal("/sign-in", (await office.Visit().GetAsync(path)).Address.AbsolutePath);
            }
        }
    }

    [Fact]
    public async Task Somebody_who_was_removed_is_a_stranger_at_once()
    {
        await using var office = await Office.OpenAsync(postgresql);
        var olga = await office.FirstOwnerAsync();
        var bob = await office.JoinAsync(olga, "bob@acme.example", "member");
        Assert.Equal(HttpStatusCode.OK, (await bob.GetAsync(People)).Status);
        await olga.SubmitAsync(await olga.GetAsync(People), [], "Remove bob");
        Assert.Equal(HttpStatusCode.NotFound, (await bob.GetAsync(People)).Status);
    }

    [Fact]
    public async Task Who_may_not_manage_people_cannot_by_sending_the_owners_form_either()
    {
        await using var office = await Office.OpenAsync(postgresql);
        var olga = await office.FirstOwnerAsync();
        foreach (var role in new[] { "member", "controlOwner", "auditor", "viewer" })
        {
            var visitor = await office.JoinAsync(olga, $"{role.ToLowerInvariant()}@acme.example", role);
            await Workspace.ForgeAsync(People, visitor, "invite", ("email", "friend@evil.example"), ("role", "owner"));
        }

        Assert.DoesNotContain("friend@evil.example", (await olga.GetAsync(People)).Text, StringComparison.Ordinal);
        await Workspace.ForgeAsync(People, olga, "invite", ("email", "friend@acme.example"), ("role", "viewer"));
        Assert.Contains("friend@acme.example", (await olga.GetAsync(People)).Text, StringComparison.Ordinal); // The form itself is right.
    }

    [Fact]
    public async Task A_company_keeps_an_owner_and_nobody_changes_their_own_role()
    {
        await using var office = await Office.OpenAsync(postgresql);
        var olga = await office.FirstOwnerAsync();
        var adam = await office.JoinAsync(olga, "adam@advisers.example", "adviser");
        Assert.DoesNotContain("Remove Olga", (await olga.GetAsync(People)).Html, StringComparison.Ordinal);
        Assert.Contains("Only an owner changes what an owner is", (await adam.SubmitAsync(await adam.GetAsync(People), [], "Remove Olga")).Text, StringComparison.Ordinal);
        Assert.Contains("An owner of the company names further owners", (await office.InviteAsync(adam, "friend@advisers.example", "owner")).Text, StringComparison.Ordinal);
        Assert.Contains("An auditor has no other role", (await office.InviteAsync(olga, "adam@advisers.example", "auditor")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_that_is_stale_changes_no_role()
    {
        await using var office = await Office.OpenAsync(postgresql);
        var olga = await office.FirstOwnerAsync();
        await office.JoinAsync(olga, "bob@acme.example", "member");
        var old = await olga.GetAsync(People);
        await olga.SubmitAsync(old, [("role", "viewer")], "Role of bob");
        var stale = await olga.SubmitAsync(old, [("role", "owner")], "Role of bob");
        Assert.Contains("Someone else changed this", stale.Text, StringComparison.Ordinal);
        Assert.Contains("Viewer", (await olga.GetAsync(People)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_owner_invites_from_the_command_line()
    {
        await using var office = await Office.OpenAsync(postgresql);
        Assert.Contains("nova is there as nova", await CommandAsync(office, "company", "new", "nova"), StringComparison.Ordinal);
        var told = await CommandAsync(office, "user", "invite", "nina@nova.example", "--role", "owner", "--company", "nova", "--as", "ops");
        var nina = office.Visit();
        var joined = await nina.SubmitAsync(await nina.GetAsync(Office.LinkIn(told)), [("name", "Nina"), ("password", Office.Password)]);
        Assert.Contains("You are owner here", joined.Text, StringComparison.Ordinal);
        Assert.Contains("1 person", await CommandAsync(office, "company", "list"), StringComparison.Ordinal);
        var listed = JsonDocument.Parse(await CommandAsync(office, "company", "list", "--format", "json")).RootElement.GetProperty("companies");
        Assert.Equal("nova", listed[0].GetProperty("name").GetString());
        var missing = await Assert.ThrowsAsync<InvalidOperationException>(() => CommandAsync(office, "user", "invite", "x@y.example", "--company", "none"));
        Assert.Contains("There is no company 'none'", missing.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_first_owner_gets_what_was_started_on_the_command_line_and_nobody_else_does()
    {
        await using var office = await Office.OpenAsync(postgresql);
        await using (await CompanyStore.OpenAsync(office.Data, "default", office.Clock, default))
        {
            var olga = office.Visit();
            var page = await olga.GetAsync(Office.LinkIn(office.Said[0]));
            Assert.Contains("started on the command line: default", page.Text, StringComparison.Ordinal);
            await olga.SubmitAsync(page, [("name", "Olga"), ("email", Office.Owner), ("password", Office.Password), ("company", "")]);
            Assert.Equal(HttpStatusCode.OK, (await olga.GetAsync("/c/default/people")).Status);
            await using var later = await CompanyStore.OpenAsync(office.Data, "later", office.Clock, default);
            await olga.SubmitAsync(await olga.GetAsync("/companies"), [("title", "Later"), ("role", "owner")], "value=\"new\"");
            Assert.Equal(HttpStatusCode.NotFound, (await olga.GetAsync("/c/later/people")).Status);
            Assert.Equal(HttpStatusCode.OK, (await olga.GetAsync("/c/later-2/people")).Status);
        }
    }

    [Fact]
    public async Task An_invitation_goes_by_letter_when_there_is_a_mail_server()
    {
        using var server = MailSink.Start();
        await using var office = await Office.OpenAsync(postgresql, new JsonObject { ["mail"] = new JsonObject { ["host"] = "127.0.0.1", ["port"] = server.Port, ["from"] = "plainproof@acme.example", ["encryption"] = "none" } });
        var olga = await office.FirstOwnerAsync();
        var invited = await office.InviteAsync(olga, "bob@acme.example", "member");
        Assert.Contains("on its way", invited.Text, StringComparison.Ordinal);
        Assert.Equal("", Office.LinkIn(invited.Html));
        var letter = await server.LetterAsync();
        Assert.Contains("To: bob@acme.example", letter, StringComparison.Ordinal);
        var bob = office.Visit();
        await bob.SubmitAsync(await bob.GetAsync(Office.LinkIn(letter.Replace("=\r\n", "", StringComparison.Ordinal).Replace("=\n", "", StringComparison.Ordinal).Replace("=3D", "=", StringComparison.Ordinal))), [("name", "Bob"), ("password", Office.Password)]);
        Assert.Equal(HttpStatusCode.OK, (await bob.GetAsync(People)).Status);
    }

    [Fact]
    public async Task A_mail_server_that_is_away_or_offers_no_encryption_is_told_and_the_link_is_shown()
    {
        using var server = MailSink.Start();
        await using var office = await Office.OpenAsync(postgresql, new JsonObject { ["mail"] = new JsonObject { ["host"] = "127.0.0.1", ["port"] = server.Port, ["from"] = "plainproof@acme.example" } });
        var olga = await office.FirstOwnerAsync();
        var refused = await office.InviteAsync(olga, "bob@acme.example", "member");
        Assert.Contains("did not take it", refused.Text, StringComparison.Ordinal);
        Assert.NotEqual("", Office.LinkIn(refused.Html));
        server.Dispose();
        Assert.Contains("did not take it", (await office.InviteAsync(olga, "bea@acme.example", "member")).Text, StringComparison.Ordinal);
    }

    private const string People = "/c/acme-gmbh/people";

    private static async Task<string> CommandAsync(Office office, params string[] words)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var exit = await CommandLine.RunAsync([.. words, "--data", office.Data.Path], TextReader.Null, output, error);
        return exit == 0 ? output.ToString() : throw new InvalidOperationException(error.ToString());
    }

    private static async Task<List<JsonObject>> EntriesAsync(Office office)
    {
        await using var connection = await office.Data.DatabaseOf("acme-gmbh").OpenAsync(default);
        var rows = await connection.Command("SELECT kind, body FROM log_entry ORDER BY seq").ListAsync(row => (Kind: row.GetString(0), Body: row.GetFieldValue<byte[]>(1)), default);
        return rows.ConvertAll(row =>
        {
            var said = JsonNode.Parse(row.Body)!["predicate"]!.AsObject();
            said["kind"] = row.Kind;
            return said;
        });
    }

    private static async Task<long> CountAsync(Office office, string sql)
    {
        await using var connection = await office.Data.DatabaseOf("acme-gmbh").OpenAsync(default);
        return await connection.Command(sql).ValueAsync<long>(default) ?? -1;
    }
}

/// <summary>The law about roles, which a page cannot break because every page asks the table.</summary>
public sealed class RoleLaws
{
    [Fact]
    public void An_adviser_never_approves_accepts_or_signs()
    {
        foreach (var ability in new[] { Ability.ApprovePolicies, Ability.AcceptRisks, Ability.AcceptEvidence, Ability.Sign })
            Assert.False(Role.Adviser.May(ability), ability.ToString());
    }

    [Fact]
    public void Only_the_auditor_writes_tests_and_writes_nothing_else()
    {
        foreach (var ability in new[] { Ability.SeeTests, Ability.WriteTests })
            Assert.Equal([Role.Auditor], Roles.All.Where(role => role.May(ability)));
        Assert.Equal([Ability.See, Ability.SeeTests, Ability.WriteTests], Enum.GetValues<Ability>().Where(ability => Role.Auditor.May(ability)));
        Assert.All(Roles.All, role => Assert.True(role.May(Ability.See)));
    }
}
