using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Plainproof.Cli;
using Plainproof.Features.Systems;
using Plainproof.Tests.People;
using Plainproof.Tests.Servers;
using Plainproof.Tests.Web;
using Xunit;

namespace Plainproof.Tests.Systems;

public sealed class SystemsOnSqlite() : SystemsTests(false);

public sealed class SystemsOnPostgresql() : SystemsTests(true);

/// <summary>Connecting systems and reading them by way of the pages, on real servers.</summary>
public abstract class SystemsTests(bool postgresql)
{
    private const string Sources = "/c/acme-gmbh/sources";
    private const string Secret = "zebra-Quartz-91%&+";
    private const string Wrong = "wrong-Secret-4711";
    private static readonly (string, string) Test = ("act", "test");
    private static readonly (string, string) Connect = ("act", "connect");

    [Fact]
    public async Task A_planted_flaw_is_found_and_the_secret_is_nowhere_in_clear()
    {
        using var server = Flawed();
        await using var office = await Office.OpenAsync(postgresql);
        var olga = await office.FirstOwnerAsync();
        Assert.Contains("Nothing is connected yet.", (await olga.GetAsync(Sources)).Text, StringComparison.Ordinal);
        var pages = new List<Seen>();

        var refused = await SendAsync(olga, "postgresql", [("name", "Shop database"), ("address", AddressOf(server)), ("withheld.password", Wrong), Test]);
        Assert.Contains("The system did not let us in.", refused.Text, StringComparison.Ordinal);
        Assert.Contains("password", refused.Text, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("value=\"Shop database\"", refused.Html, StringComparison.Ordinal);
        Assert.Contains($"value=\"{AddressOf(server)}\"", refused.Html, StringComparison.Ordinal);
        Assert.DoesNotContain(Wrong, refused.Html, StringComparison.Ordinal);
        Assert.Contains("as: reader", (await SendAsync(olga, "postgresql", [("name", "Shop database"), ("address", AddressOf(server)), ("withheld.password", Secret), Test])).Text, StringComparison.Ordinal);

        var connected = await SendAsync(olga, "postgresql", [("name", "Shop database"), ("address", AddressOf(server)), ("withheld.password", Secret), Connect]);
        Assert.Equal(Sources, connected.Address.AbsolutePath);
        Assert.Contains("Not read yet.", connected.Text, StringComparison.Ordinal);
        var run = await EndOfRunAsync(olga, await olga.SubmitAsync(connected, [], "value=\"run\""));
        Assert.Contains("done.", run.Text, StringComparison.Ordinal);
        Assert.Contains("New findings", run.Text, StringComparison.Ordinal);
        Assert.Contains("database-login-rules", run.Text, StringComparison.Ordinal);
        var list = await olga.GetAsync(Sources);
        Assert.Contains("Last run:", list.Text, StringComparison.Ordinal);
        var connection = Assert.Single(await Systems(office).AllAsync("acme-gmbh", default));
        pages.AddRange([connected, run, list, await olga.GetAsync($"{Sources}/connections/{connection.Id}"), await olga.GetAsync($"{Sources}/runs")]);

        Assert.All(pages, page => Assert.DoesNotContain(Secret, WebUtility.HtmlDecode(page.Html), StringComparison.Ordinal));
        AssertNowhere(office.Data.Path);
        Assert.Equal(-1, connection.Withheld.AsSpan().IndexOf(Encoding.UTF8.GetBytes(Secret)));
        Assert.Equal(Secret, new SecretBox(office.Data, "acme-gmbh").Open(connection.Id, connection.Withheld)["password"]);
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(new SecretBox(office.Data, "acme-gmbh").KeyFile));
        var doctor = new Plainproof.Features.Safekeeping.Doctor(office.Data.Path, office.Clock);
        Assert.DoesNotContain(await doctor.ExamineAsync(default), finding => finding.State == Plainproof.Features.Safekeeping.FindingState.Broken);
        File.Delete(new SecretBox(office.Data, "acme-gmbh").KeyFile);
        Assert.Contains(await doctor.ExamineAsync(default), finding => finding.State == Plainproof.Features.Safekeeping.FindingState.Broken && finding.What.Contains("the secrets of acme-gmbh's connected systems is missing", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_directory_is_connected_with_the_text_of_its_authority()
    {
        using var server = SlapdServer.Start(SlapdServer.Person("ann", "Ann Lee"));
        await using var office = await Office.OpenAsync(postgresql);
        var olga = await office.FirstOwnerAsync();
        (string, string)[] typed =
        [
            ("address", $"ldaps://127.0.0.1:{server.TlsPort}"), ("option.user", SlapdServer.Reader), ("option.base", SlapdServer.Suffix),
            ("withheld.ca", await File.ReadAllTextAsync(server.Certificates.Authority)),
        ];
        Assert.Contains("did not let us in", (await SendAsync(olga, "directory", [.. typed, ("withheld.password", Wrong), Test])).Text, StringComparison.Ordinal);
        var connected = await SendAsync(olga, "directory", [.. typed, ("withheld.password", SlapdServer.ReaderPassword), Connect]);
        Assert.True(connected.Address.AbsolutePath == Sources, connected.Text);
        var run = await EndOfRunAsync(olga, await olga.SubmitAsync(connected, [], "value=\"run\""));
        Assert.Contains("kinds of facts were read in full", run.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Nothing could be read.", run.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_host_opens_with_the_text_of_a_key_and_of_its_known_key()
    {
        using var server = new SshServer(postgresql ? 17981 : 17982);
        await using var office = await Office.OpenAsync(postgresql);
        var olga = await office.FirstOwnerAsync();
        (string, string)[] typed = [("address", $"ssh://root@127.0.0.1:{server.Port}"), ("withheld.key-file", await File.ReadAllTextAsync(server.KeyFile))];
        Assert.Contains("is not known: SHA256:", (await SendAsync(olga, "host", [.. typed, Test])).Text, StringComparison.Ordinal);
        Assert.Contains("The connection works.", (await SendAsync(olga, "host", [.. typed, ("option.fingerprint", server.Fingerprint), Test])).Text, StringComparison.Ordinal);
        var known = await SendAsync(olga, "host", [.. typed, ("withheld.known-hosts", await File.ReadAllTextAsync(server.KnownHosts)), Test]);
        Assert.Contains("The connection works.", known.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("PRIVATE KEY", known.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_is_trusted_by_the_text_of_its_authority_only()
    {
        using var folder = new TemporaryFolder();
        var (ours, other) = (TestCertificates.In(folder), TestCertificates.In(folder, "other"));
        using var server = PostgresServer.Start(
            new Dictionary<string, string> { ["ssl"] = "on", ["ssl_cert_file"] = "server.crt", ["ssl_key_file"] = "server.key" }, ["local all all peer", "hostssl all all 127.0.0.1/32 scram-sha-256"],
            new Dictionary<string, string> { ["server.crt"] = await File.ReadAllTextAsync(ours.Certificate), ["server.key"] = await File.ReadAllTextAsync(ours.Key) });
        server.Execute($"create role reader login password '{Secret}'");
        await using var office = await Office.OpenAsync(postgresql);
        var olga = await office.FirstOwnerAsync();
        (string, string)[] typed = [("address", AddressOf(server)), ("option.sslmode", "verify-full"), ("withheld.password", Secret)];
        Assert.Contains("as: reader", (await SendAsync(olga, "postgresql", [.. typed, ("withheld.ca", await File.ReadAllTextAsync(ours.Authority)), Test])).Text, StringComparison.Ordinal);
        Assert.Contains("did not let us in", (await SendAsync(olga, "postgresql", [.. typed, ("withheld.ca", await File.ReadAllTextAsync(other.Authority)), Test])).Text, StringComparison.Ordinal);
        Assert.Contains("cannot be read", (await SendAsync(olga, "postgresql", [.. typed, ("withheld.ca", "nonsense\nand more"), Test])).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_mistake_of_a_form_is_told_at_once()
    {
        await using var office = await Office.OpenAsync(postgresql);
        var olga = await office.FirstOwnerAsync();
        var page = await SendAsync(olga, "directory", [("address", "http://nowhere"), ("option.timeout", "soon"), Connect]);
        foreach (var said in new[] { "is no address of a directory", "'soon' is no whole number", "Fill in user", "Fill in password" })
            Assert.Contains(said, page.Text, StringComparison.Ordinal);
        Assert.Empty(await Systems(office).AllAsync("acme-gmbh", default));
    }

    [Fact]
    public async Task No_file_of_the_machine_is_read_for_somebody_on_the_web()
    {
        await using var office = await Office.OpenAsync(postgresql);
        var olga = await office.FirstOwnerAsync();
        var bob = await office.JoinAsync(olga, "bob@acme.example", "member");
        async Task RefusedAsync(Visitor who, string source, string says, params (string, string)[] typed)
        {
            var page = await SendAsync(who, source, [.. typed, Connect], anyPage: true);
            Assert.Contains(says, page.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("root:", page.Text, StringComparison.Ordinal);
        }

        var host = ("address", "ssh://plainproof@127.0.0.1:1");
        await RefusedAsync(bob, "host", "paste the text itself", host, ("withheld.key-file", "/root/.ssh/id_rsa"));
        await RefusedAsync(bob, "host", "paste the text itself", host, ("withheld.password", Secret), ("withheld.known-hosts", "/etc/passwd"));
        await RefusedAsync(bob, "host", "this machine's own account may open is not used", host);
        await RefusedAsync(bob, "host", "Only an owner may connect it", ("address", ""), ("withheld.password", Secret));
        await RefusedAsync(bob, "directory", "paste the text itself", ("address", "ldaps://127.0.0.1"), ("option.user", "x"), ("withheld.password", Secret), ("withheld.ca", "/etc/passwd"));
        await RefusedAsync(bob, "postgresql", "Give a password or a key", ("address", "postgresql://reader@127.0.0.1/db"), ("option.password-file", "/etc/passwd"), ("option.password-env", "HOME"));
        await RefusedAsync(bob, "postgresql", "a password does not belong there", ("address", $"postgresql://reader:{Secret}@127.0.0.1/db"), ("withheld.password", Secret));
        await RefusedAsync(bob, "people", "Choose the file", ("address", "/etc/passwd"));
        await RefusedAsync(bob, "import", "Choose the file", ("address", "/etc/passwd"), ("file", "/etc/passwd"));
        foreach (var source in new[] { "git", "restic" })
            Assert.Contains("Only an owner may connect it", (await bob.GetAsync($"{Sources}/add/{source}")).Text, StringComparison.Ordinal);
        Assert.Empty(await Systems(office).AllAsync("acme-gmbh", default));

        var socket = await SendAsync(bob, "postgresql", [("address", "postgresql://reader@127.0.0.1:1/db"), ("withheld.password", Secret), ("option.socket", "/var/run/postgresql"), ("option.ca", "/etc/passwd"), Connect]);
        Assert.Equal(Sources, socket.Address.AbsolutePath);
        Assert.Empty(Assert.Single(await Systems(office).AllAsync("acme-gmbh", default)).OptionValues());
        AssertNowhere(office.Data.Path);
    }

    [Fact]
    public async Task This_machine_is_for_an_owner_while_the_site_is_not_public()
    {
        await using var office = await Office.OpenAsync(postgresql);
        var olga = await office.FirstOwnerAsync();
        var connected = await SendAsync(olga, "host", [("address", ""), Connect]);
        Assert.True(connected.Address.AbsolutePath == Sources, connected.Text);
        var connection = Assert.Single(await Systems(office).AllAsync("acme-gmbh", default));
        var settings = office.Site.Services.GetRequiredService<Plainproof.Web.SiteSettings>();
        foreach (var open in new[] { settings with { Public = true }, settings with { Address = new Uri("https://soc.example.test") } })
        {
            var elsewhere = ActivatorUtilities.CreateInstance<ConnectedSystems>(office.Site.Services, open);
            Assert.Contains("this machine alone", Assert.Throws<BadInput>(() => elsewhere.ReadyToRead("acme-gmbh", connection)).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_list_of_people_is_uploaded_and_stays_in_the_companys_folder()
    {
        await using var office = await Office.OpenAsync(postgresql);
        var olga = await office.FirstOwnerAsync();
        var page = await olga.GetAsync($"{Sources}/add/people");
        var csv = Encoding.UTF8.GetBytes("Name,Work email,Start date,Manager email\nAnn Lee,ann@acme.example,2024-01-02,\nBob Ray,bob@acme.example,2024-02-02,ann@acme.example\n");
        Assert.Contains("must end in .csv", (await olga.UploadAsync(page, [Connect], "people.exe", csv, "value=\"connect\"")).Text, StringComparison.Ordinal);
        Assert.Contains("no .csv file inside", (await olga.UploadAsync(page, [Connect], "people.csv", [1, 0, 2], "value=\"connect\"")).Text, StringComparison.Ordinal);

        var connected = await olga.UploadAsync(page, [Connect], "../../../evil people.csv", csv, "value=\"connect\"");
        Assert.True(connected.Address.AbsolutePath == Sources, connected.Text);
        var file = Assert.Single(Directory.GetFiles(Path.Combine(office.Data.CompanyRoot("acme-gmbh"), "uploads"), "*", SearchOption.AllDirectories));
        Assert.Equal("evil-people.csv", Path.GetFileName(file));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        var run = await EndOfRunAsync(olga, await olga.SubmitAsync(connected, [], "value=\"run\""));
        Assert.DoesNotContain("Nothing could be read.", run.Text, StringComparison.Ordinal);
        Assert.Contains("fact", run.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("viewer")]
    [InlineData("auditor")]
    [InlineData("controlOwner")]
    public async Task Who_may_not_manage_systems_connects_and_starts_nothing(string role)
    {
        await using var office = await Office.OpenAsync(postgresql);
        var olga = await office.FirstOwnerAsync();
        await SendAsync(olga, "domain", [("address", "acme.example"), ("option.resolver", "127.0.0.1:1"), Connect]);
        var connection = Assert.Single(await Systems(office).AllAsync("acme-gmbh", default));
        var vic = await office.JoinAsync(olga, "vic@acme.example", role);

        var page = await vic.GetAsync(Sources);
        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.DoesNotContain("/add/", page.Html, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await vic.GetAsync($"{Sources}/add/domain")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await vic.GetAsync($"{Sources}/connections/{connection.Id}")).Status);
        var form = await vic.GetAsync("/me");
        foreach (var (path, handler) in new[] { ("", "run"), ("/scope", "exclude"), ("/add/domain", "connect"), ($"/connections/{connection.Id}", "off") })
        {
            using var fields = FormOf(form, handler);
            using var answer = await vic.Client.PostAsync(Sources + path, fields);
            Assert.True(answer.StatusCode is HttpStatusCode.Forbidden or HttpStatusCode.BadRequest, $"{path}: {answer.StatusCode}");
        }

        Assert.Null(Assert.Single(await Systems(office).AllAsync("acme-gmbh", default)).DisabledAt);
        Assert.Empty(await office.Site.Services.GetRequiredService<Readings>().AllAsync("acme-gmbh", default));
        Assert.Empty(await Systems(office).ExclusionsAsync("acme-gmbh", default));
    }

    [Fact]
    public async Task A_company_sees_nothing_of_another_and_a_box_opens_only_where_it_was_closed()
    {
        await using var office = await Office.OpenAsync(postgresql);
        var olga = await office.FirstOwnerAsync();
        await SendAsync(olga, "postgresql", [("address", "postgresql://reader@127.0.0.1:1/db"), ("withheld.password", Secret), Connect]);
        var connection = Assert.Single(await Systems(office).AllAsync("acme-gmbh", default));
        await olga.SubmitAsync(await olga.GetAsync("/companies"), [("title", "Rival"), ("role", "owner")], "value=\"new\"");
        var rita = await office.JoinAsync(olga, "rita@rival.example", "owner", "rival");

        foreach (var path in new[] { "", "/add/domain", $"/connections/{connection.Id}", "/runs", "/scope" })
            Assert.Equal(HttpStatusCode.NotFound, (await rita.GetAsync(Sources + path)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await rita.GetAsync($"/c/rival/sources/connections/{connection.Id}")).Status);
        Assert.Empty(await Systems(office).AllAsync("rival", default));
        var rival = new SecretBox(office.Data, "rival");
        var box = rival.Close("a", new Dictionary<string, string> { ["password"] = Secret });
        Assert.Throws<BadInput>(() => rival.Open("b", box));
        Assert.Throws<BadInput>(() => rival.Open(connection.Id, connection.Withheld));
        box![^1] ^= 1;
        Assert.Throws<BadInput>(() => rival.Open("a", box));
    }

    [Fact]
    public async Task What_is_switched_off_is_not_read_and_a_secret_is_only_replaced()
    {
        await using var office = await Office.OpenAsync(postgresql);
        var olga = await office.FirstOwnerAsync();
        await SendAsync(olga, "postgresql", [("address", "postgresql://reader@127.0.0.1:1/db"), ("withheld.password", Wrong), Connect]);
        var id = Assert.Single(await Systems(office).AllAsync("acme-gmbh", default)).Id;
        Assert.Contains("is connected already", (await SendAsync(olga, "postgresql", [("address", "postgresql://reader@127.0.0.1:1/db"), ("withheld.password", Wrong), Connect])).Text, StringComparison.Ordinal);

        var page = await olga.GetAsync($"{Sources}/connections/{id}");
        await olga.SubmitAsync(page, [("withheld.password", Secret)], "value=\"replace\"");
        Assert.Equal(Secret, new SecretBox(office.Data, "acme-gmbh").Open(id, (await Systems(office).FindAsync("acme-gmbh", id, default))!.Withheld)["password"]);
        Assert.Contains("Someone else changed this", (await olga.SubmitAsync(page, [], "value=\"off\"")).Text, StringComparison.Ordinal);
        await olga.SubmitAsync(await olga.GetAsync($"{Sources}/connections/{id}"), [], "value=\"off\"");
        var list = await olga.GetAsync(Sources);
        Assert.Contains("switched off", list.Text, StringComparison.Ordinal);
        Assert.Contains("There is nothing to read yet", (await olga.SubmitAsync(list, [], "value=\"run\"")).Text, StringComparison.Ordinal);
        AssertNowhere(office.Data.Path);
    }

    [Fact]
    public async Task A_form_that_came_after_the_session_is_kept_without_its_secret()
    {
        await using var office = await Office.OpenAsync(postgresql);
        var olga = await office.FirstOwnerAsync();
        var page = await olga.GetAsync($"{Sources}/add/postgresql");
        office.Clock.Shift = TimeSpan.FromHours(13);
        var asked = await olga.SubmitAsync(page, [("address", "postgresql://reader@127.0.0.1:1/db"), ("withheld.password", Secret), Connect], "value=\"connect\"");
        var kept = await olga.SubmitAsync(asked, [("email", Office.Owner), ("password", Office.Password)], "value=\"password\"");
        Assert.Contains("postgresql://reader@127.0.0.1:1/db", kept.Html, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, WebUtility.HtmlDecode(kept.Html), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_whose_server_was_stopped_is_broken_off()
    {
        await using var office = await Office.OpenAsync(postgresql);
        var olga = await office.FirstOwnerAsync();
        await using (var records = await Systems(office).OpenAsync("acme-gmbh"))
        {
            records.Add(new Reading { Id = "0198c000-0000-7000-8000-000000000001", StartedAt = office.Clock.GetUtcNow(), StartedBy = "olga", Why = "run now", Connections = "x", State = ReadingState.Running, Parts = "[]" });
            await records.SaveChangesAsync();
        }

        Assert.Contains("broken off: the server stopped", (await olga.GetAsync($"{Sources}/runs")).Text, StringComparison.Ordinal);
        Assert.Contains("start it again", (await olga.GetAsync($"{Sources}/runs/0198c000-0000-7000-8000-000000000001")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_recheck_reads_only_what_feeds_the_check()
    {
        await using var office = await Office.OpenAsync(postgresql);
        var olga = await office.FirstOwnerAsync();
        await SendAsync(olga, "postgresql", [("address", "postgresql://reader@127.0.0.1:1/db"), ("withheld.password", Secret), Connect]);
        await SendAsync(olga, "domain", [("address", "acme.example"), ("option.resolver", "127.0.0.1:1"), Connect]);
        var readings = office.Site.Services.GetRequiredService<Readings>();
        Assert.Equal("postgresql", Assert.Single(await readings.FeedingAsync("acme-gmbh", "database-login-rules", default)).Source);
        var id = await readings.RecheckAsync("acme-gmbh", "olga", "database-login-rules", default);
        await WaitAsync(async () => (await readings.FindAsync("acme-gmbh", id, default))!.EndedAt is not null);
        Assert.Single((await readings.FindAsync("acme-gmbh", id, default))!.PartList());
        await Assert.ThrowsAsync<BadInput>(() => readings.RecheckAsync("acme-gmbh", "olga", "no-such-check", default));
    }

    [Fact]
    public async Task What_is_left_out_has_a_reason_and_a_name()
    {
        await using var office = await Office.OpenAsync(postgresql);
        var olga = await office.FirstOwnerAsync();
        var page = await olga.GetAsync($"{Sources}/scope");
        Assert.Contains("Say why it is left out", (await olga.SubmitAsync(page, [("what", "Old printer"), ("reason", "")], "value=\"exclude\"")).Text, StringComparison.Ordinal);
        var left = await olga.SubmitAsync(page, [("what", "Old printer"), ("reason", "It holds no customer data.")], "value=\"exclude\"");
        Assert.Contains($"by {Office.Owner}", left.Text, StringComparison.Ordinal);
        Assert.Contains("no longer left out", (await olga.SubmitAsync(left, [], "End leaving out Old printer")).Text, StringComparison.Ordinal);
    }

    private static ConnectedSystems Systems(Office office) => office.Site.Services.GetRequiredService<ConnectedSystems>();

    private static string AddressOf(PostgresServer server) => $"postgresql://reader@127.0.0.1:{server.Port}/postgres";

    /// <summary>Anybody may sign in to one database from anywhere without a password.</summary>
    private static PostgresServer Flawed()
    {
        var server = PostgresServer.Start(hbaLines: ["local all all peer", "host all all 127.0.0.1/32 scram-sha-256", "host shop all 0.0.0.0/0 trust"]);
        server.AddReader(Secret);
        return server;
    }

    private static async Task<Seen> SendAsync(Visitor visitor, string source, IEnumerable<(string, string)> typed, bool anyPage = false)
    {
        var page = await visitor.GetAsync($"{Sources}/add/{source}");
        Assert.True(anyPage || page.Status == HttpStatusCode.OK, page.Text);
        return await visitor.SubmitAsync(page, typed, "value=\"connect\"");
    }

    private static async Task<Seen> EndOfRunAsync(Visitor visitor, Seen page)
    {
        Assert.Contains("/sources/runs/", page.Address.AbsolutePath, StringComparison.Ordinal);
        await WaitAsync(async () =>
        {
            page = await visitor.GetAsync(page.Address.PathAndQuery);
            return !page.Html.Contains("http-equiv=\"refresh\"", StringComparison.Ordinal);
        });
        return page;
    }

    private static async Task WaitAsync(Func<Task<bool>> done)
    {
        var until = DateTime.UtcNow.AddSeconds(90);
        while (!await done())
        {
            Assert.True(DateTime.UtcNow < until, "It did not end in time.");
            await Task.Delay(200);
        }
    }

    /// <summary>A form that the page does not offer to this person, with a token that is truly theirs.</summary>
    private static FormUrlEncodedContent FormOf(Seen page, string handler)
    {
        var token = System.Text.RegularExpressions.Regex.Match(page.Html, "<input[^>]*name=\"form-token\"[^>]*>").Value;
        var value = WebUtility.HtmlDecode(System.Text.RegularExpressions.Regex.Match(token, "value=\"([^\"]+)\"").Groups[1].Value);
        Assert.NotEmpty(value);
        return new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["_handler"] = handler,
            ["form-token"] = value,
            ["what"] = "x",
            ["reason"] = "because of it",
            ["address"] = "acme.example",
            ["act"] = "connect",
            ["version"] = "1",
        });
    }

    private static void AssertNowhere(string folder)
    {
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var bytes = new MemoryStream();
            stream.CopyTo(bytes);
            Assert.True(bytes.ToArray().AsSpan().IndexOf(Encoding.UTF8.GetBytes(Secret)) < 0, $"{file} holds the secret.");
        }
    }
}
