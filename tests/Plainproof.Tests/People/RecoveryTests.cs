using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Plainproof.Cli;
using Plainproof.Features.People.SigningIn;
using Plainproof.Storage;
using Plainproof.Tests.Servers;
using Plainproof.Tests.Web;
using Xunit;

namespace Plainproof.Tests.People;

public sealed class RecoveryOnSqlite() : RecoveryTests(false);

public sealed class RecoveryOnPostgresql() : RecoveryTests(true);

/// <summary>People who lost their password come back, and nobody else does.</summary>
public abstract class RecoveryTests(bool postgresql)
{
    private const string Fresh = "another correct horse battery";

    [Fact]
    public async Task A_letter_to_their_own_address_lets_them_set_a_new_password_once()
    {
        using var server = MailSink.Start();
        await using var office = await Office.OpenAsync(postgresql, new JsonObject { ["mail"] = new JsonObject { ["host"] = "127.0.0.1", ["port"] = server.Port, ["from"] = "plainproof@acme.example", ["encryption"] = "none" } });
        var olga = await office.FirstOwnerAsync();
        var stranger = office.Visit();
        var unknown = await stranger.SubmitAsync(await stranger.GetAsync("/forgot"), [("email", "nobody@acme.example")]);
        var known = await stranger.SubmitAsync(await stranger.GetAsync("/forgot"), [("email", Office.Owner.ToUpperInvariant())]);
        Assert.Equal(unknown.Text, known.Text);

        var link = LinkIn(Plain(await server.LetterAsync()));
        await ChangeAsync(stranger, link, "short", "At least 12 characters");
        Assert.Equal("/sign-in", (await ChangeAsync(stranger, link, Fresh, "Sign in")).Address.AbsolutePath);
        Assert.Contains("does not work any more", (await stranger.GetAsync(link)).Text, StringComparison.Ordinal);
        Assert.Contains("/sign-in", (await olga.GetAsync("/companies")).Address.AbsolutePath, StringComparison.Ordinal);
        Assert.Equal("/companies", (await office.SignInAsync(Office.Owner, Fresh)).Page.Address.AbsolutePath);
        Assert.Contains("That did not work", (await office.SignInAsync(Office.Owner, Office.Password)).Page.Text, StringComparison.Ordinal);
        Assert.Equal(1, await CountAsync(office, "SELECT COUNT(*) FROM log_entry WHERE kind = 'person.recovered'"));
    }

    [Fact]
    public async Task Without_a_mail_server_the_console_prints_the_link_and_can_drop_the_code()
    {
        await using var office = await Office.OpenAsync(postgresql);
        var olga = await office.FirstOwnerAsync();
        Assert.Contains("plainproof user recover", (await office.Visit().GetAsync("/forgot")).Text, StringComparison.Ordinal);
        var setUp = await olga.SubmitAsync(await olga.GetAsync("/me"), [], "value=\"begin\"");
        var key = Regex.Match(setUp.Html, "[A-Z2-7]{4}( [A-Z2-7]{4}){7}").Value.Replace(" ", "", StringComparison.Ordinal);
        await olga.SubmitAsync(setUp, [("code", OnceOnlyCodes.CodeAt(key, office.Clock.GetUtcNow()))], "value=\"confirm\"");
        Assert.Contains("Your code", (await office.SignInAsync(Office.Owner, Office.Password)).Page.Text, StringComparison.Ordinal);

        var keepsCode = await RecoverAsync(office, Office.Owner);
        var both = await RecoverAsync(office, Office.Owner, "--without-code");
        var visitor = office.Visit();
        Assert.Contains("does not work any more", (await visitor.GetAsync(keepsCode)).Text, StringComparison.Ordinal);
        await ChangeAsync(visitor, both, Fresh, "Sign in");
        Assert.Equal("/companies", (await office.SignInAsync(Office.Owner, Fresh)).Page.Address.AbsolutePath);
        var missing = await Assert.ThrowsAsync<InvalidOperationException>(() => RecoverAsync(office, "nobody@acme.example"));
        Assert.Contains("Nobody here has the address", missing.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_password_leaves_the_second_step_on_and_a_link_is_good_for_an_hour()
    {
        await using var office = await Office.OpenAsync(postgresql);
        await office.FirstOwnerAsync();
        var link = await RecoverAsync(office, Office.Owner);
        office.Clock.Shift = TimeSpan.FromMinutes(61);
        Assert.Contains("does not work any more", (await office.Visit().GetAsync(link)).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await office.Visit().GetAsync("/way-back")).Status);
        Assert.Equal("/companies", (await office.SignInAsync(Office.Owner, Office.Password)).Page.Address.AbsolutePath);
    }

    private static async Task<Seen> ChangeAsync(Visitor visitor, string link, string password, string says)
    {
        var page = await visitor.SubmitAsync(await visitor.GetAsync(link), [("password", password)], "value=\"way-back\"");
        Assert.Contains(says, page.Text, StringComparison.Ordinal);
        return page;
    }

    private static async Task<string> RecoverAsync(Office office, string email, params string[] more)
    {
        using var told = new StringWriter();
        using var error = new StringWriter();
        return await CommandLine.RunAsync(["user", "recover", email, "--data", office.Data.Path, .. more], TextReader.Null, told, error) == 0
            ? LinkIn(told.ToString())
            : throw new InvalidOperationException(error.ToString());
    }

    private static string LinkIn(string text) => Regex.Match(text, "/way-back\\?token=[\\w-]+").Value;

    /// <summary>Quoted-printable taken off, as far as a link needs it.</summary>
    private static string Plain(string letter) => letter.Replace("=\r\n", "", StringComparison.Ordinal).Replace("=\n", "", StringComparison.Ordinal).Replace("=3D", "=", StringComparison.Ordinal);

    private static async Task<long?> CountAsync(Office office, string sql)
    {
        await using var connection = await office.Data.DatabaseOf("acme-gmbh").OpenAsync(default);
        return await connection.Command(sql).ValueAsync<long>(default);
    }
}
