using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Plainproof.Assurance.Independence;
using Plainproof.Cli;
using Plainproof.Storage;
using Plainproof.Tests.Api;
using Plainproof.Tests.Servers;
using Plainproof.Tests.Standing;
using Plainproof.Tests.Web;
using Xunit;

namespace Plainproof.Tests.People;

public sealed class IndependenceOnSqlite() : IndependenceTests(false);

public sealed class IndependenceOnPostgresql() : IndependenceTests(true);

/// <summary>An auditor whose firm has ties to the company writes nothing before the firm decided about its independence.</summary>
public abstract class IndependenceTests(bool postgresql)
{
    private const string Home = "/c/acme-gmbh";
    private const string Page = $"{Home}/independence";

    private static readonly (string, string)[] Decided =
    [
        ("services", "We wrote the policies in spring."), ("overseer", "Olga, CEO"), ("threats", "We would audit what we wrote."), ("safeguards", "Other people, another office."), ("decider", "Pat Pike"), ("decided", "2026-11-02"),
    ];

    [Fact]
    public async Task A_firm_that_advises_audits_only_after_it_decided_and_is_asked_again_when_people_change()
    {
        await using var acme = await OpenAsync();
        await acme.Office.JoinAsync(acme.Olga, "ada@mail.example", "adviser", firm: "Harrow & Pike LLP");
        await acme.Olga.SubmitAsync(await acme.Olga.GetAsync($"{Home}/people"), [], "Remove ada");
        Assert.Contains("ada@mail.example, adviser of the company now or earlier, has the same firm, HARROW and PIKE.", (await acme.Office.InviteAsync(acme.Olga, "nora@pike.example", "auditor", firm: "HARROW and PIKE")).Text, StringComparison.Ordinal);
        var nora = await acme.Office.JoinAsync(acme.Olga, "nora@pike.example", "auditor", firm: "HARROW and PIKE");
        await AssertHeldBackAsync(acme, nora);

        var page = await nora.GetAsync(Page);
        Assert.Contains("has the same firm, HARROW and PIKE.", page.Text, StringComparison.Ordinal);
        var refused = await nora.SubmitAsync(page, [("decided", "2099-01-01")], "value=\"decide\"");
        foreach (var says in new[] { "has not come yet", "Choose what was concluded", "Who decided in your firm is missing.", "What safeguards there are is missing.", "Say what your firm does for the company" })
            Assert.Contains(says, refused.Text, StringComparison.Ordinal);
        var ada = await acme.Office.JoinAsync(acme.Olga, "adam@consult.example", "adviser");
        foreach (var other in new[] { acme.Olga, ada })
            await Workspace.ForgeAsync(Page, other, "decide", [("once", Guid.NewGuid().ToString("D")), ("seen", ""), ("conclusion", "independent"), .. Decided]);
        Assert.Empty(await acme.EntriesAsync("independence.decided"));

        await nora.SubmitAsync(page, [.. Decided, ("conclusion", "notIndependent")], "value=\"decide\"");
        await AssertHeldBackAsync(acme, nora);
        Assert.Contains("decided: not independent", (await acme.Olga.GetAsync(Page)).Text, StringComparison.Ordinal);
        page = await nora.SubmitAsync(await nora.GetAsync(Page), [.. Decided, ("conclusion", "independent")], "value=\"decide\"");
        Assert.Contains("decided: independent", page.Text, StringComparison.Ordinal);
        await AssertWritesAsync(acme, nora);
        var entry = (await acme.EntriesAsync("independence.decided"))[^1];
        Assert.Equal("independent", (string?)entry["conclusion"]);
        Assert.Contains("ada@mail.example", (string?)entry["ties"]![0]!["says"], StringComparison.Ordinal);
        foreach (var address in new[] { Page, $"{Home}/engagements/{acme.Engagement}" })
            Assert.Contains("independent", (await acme.Olga.GetAsync(address)).Text, StringComparison.Ordinal);

        // The firm decided, not the person.
        await AssertWritesAsync(acme, await acme.Office.JoinAsync(acme.Olga, "eve@pike.example", "auditor"));

        // Adam turns out to be of the firm, too.
        var stale = await nora.GetAsync(Page);
        await ada.SubmitAsync(await ada.GetAsync($"{Home}/people"), [("firm", "Harrow + Pike, LLC")], "value=\"firm\"");
        Assert.Equal("Harrow + Pike, LLC", (string?)Assert.Single(await acme.EntriesAsync("person.firm-told"))["firm"]);
        await AssertWritesAsync(acme, nora); // "Harrow + Pike" is another name; nobody guesses.
        await ada.SubmitAsync(await ada.GetAsync($"{Home}/people"), [("firm", "Harrow and Pike")], "value=\"firm\"");
        await AssertHeldBackAsync(acme, nora);
        Assert.Contains("The people changed while you had the page open.", (await nora.SubmitAsync(stale, [.. Decided, ("conclusion", "independent")], "value=\"decide\"")).Text, StringComparison.Ordinal);
        await nora.SubmitAsync(await nora.GetAsync(Page), [.. Decided, ("conclusion", "independent")], "value=\"decide\"");
        await AssertWritesAsync(acme, nora);
        await AssertPackedAsync(acme);
    }

    [Fact]
    public async Task Whoever_worked_for_the_company_or_shares_its_domain_does_not_silently_become_its_auditor()
    {
        await using var acme = await OpenAsync();
        await acme.Office.JoinAsync(acme.Olga, "bob@gmail.com", "member");
        await acme.Olga.SubmitAsync(await acme.Olga.GetAsync($"{Home}/people"), [], "Remove bob");
        var link = await acme.Office.InviteAsync(acme.Olga, "BOB@gmail.com", "auditor");
        Assert.Contains("bob@gmail.com is or was of the company itself.", link.Text, StringComparison.Ordinal);
        var (bob, _) = await acme.Office.SignInAsync("bob@gmail.com", Office.Password);
        await bob.SubmitAsync(await bob.GetAsync(Office.LinkIn(link.Html)), []);
        await AssertHeldBackAsync(acme, bob);
        using (var script = await Script.OfAsync(acme.Office.Site, bob, "read test"))
        {
            var got = await script.SendAsync(HttpMethod.Post, $"{Script.Company}/engagements/{acme.Engagement}/tests/GOV-01", """{ "part": "design", "methods": [], "done": "x", "conclusion": "notConcluded" }""");
            got.Problem(HttpStatusCode.UnprocessableEntity);
            Assert.Contains("decides about its independence", got.Text, StringComparison.Ordinal);
        }

        await AssertHeldBackAsync(acme, await acme.Office.JoinAsync(acme.Olga, "cpa@audit.acme.example", "auditor"));
        await AssertWritesAsync(acme, await acme.Office.JoinAsync(acme.Olga, "cpa@gmail.com", "auditor")); // A house for everybody tells of no firm.
        await acme.Office.JoinAsync(acme.Olga, "vera@firm.example", "viewer");
        await AssertWritesAsync(acme, await acme.Office.JoinAsync(acme.Olga, "cpa@firm.example", "auditor")); // Who only looks does no work.
        Assert.Contains("A firm is named for advisers and auditors only.", (await acme.Office.InviteAsync(acme.Olga, "x@y.example", "member", firm: "Y")).Text, StringComparison.Ordinal);
    }

    /// <summary>Reads, is told why, and nothing that they send is kept.</summary>
    private static async Task AssertHeldBackAsync(Acme acme, Visitor auditor)
    {
        var before = (await acme.EntriesAsync("%")).Count;
        var page = await auditor.GetAsync(acme.Tests);
        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Contains("You can read here, and write no tests yet.", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("value=\"design suggested\"", page.Html, StringComparison.Ordinal);
        var once = Guid.NewGuid().ToString("D");
        await Workspace.ForgeAsync(acme.Tests, auditor, "design suggested", ("once", once), ("seen", ""), ("done", "Forged."), ("conclusion", "notConcluded"));
        await Workspace.ForgeAsync($"{Home}/requests?engagement={acme.Engagement}", auditor, "usual", ("once", once));
        Assert.Equal(before, (await acme.EntriesAsync("%")).Count);
    }

    private static async Task AssertWritesAsync(Acme acme, Visitor auditor)
    {
        var before = (await acme.EntriesAsync("test.written")).Count;
        var page = await auditor.GetAsync(acme.Tests);
        Assert.DoesNotContain("write no tests yet", page.Text, StringComparison.Ordinal);
        await auditor.SubmitAsync(page, [("done", $"Look {before}."), ("conclusion", "notConcluded")], "value=\"design suggested\"");
        Assert.Equal(before + 1, (await acme.EntriesAsync("test.written")).Count);
    }

    private static async Task AssertPackedAsync(Acme acme)
    {
        using var place = new TemporaryFolder();
        await acme.CommandAsync("export", "--out", place.File("package") + "/");
        var packed = Directory.GetFiles(Path.Combine(place.File("package"), "data", "independence"));
        Assert.Equal(3, packed.Length);
        Assert.All(packed, path => Assert.Equal("Pat Pike", (string?)JsonNode.Parse(File.ReadAllText(path))!["decider"]));
    }

    [Fact]
    public async Task The_page_shows_its_place_beneath_people_and_explains_its_words()
    {
        await using var acme = await OpenAsync();
        var page = await acme.Olga.GetAsync(Page);
        Assert.Contains($"<a href=\"{Home}/people\" aria-current=\"true\">People</a>", page.Html, StringComparison.Ordinal);
        Assert.Contains($"<a href=\"{Page}\" aria-current=\"page\">Independence</a>", page.Html, StringComparison.Ordinal);
        Assert.DoesNotContain($"<a href=\"{Home}\" aria-current", page.Html, StringComparison.Ordinal);
        Assert.Contains("href=\"/learn/glossary#independence\"", page.Html, StringComparison.Ordinal);
        var glossary = await acme.Olga.GetAsync("/learn/glossary");
        foreach (var word in new[] { "independence", "safeguard" })
            Assert.Contains($"id=\"{word}\"", glossary.Html, StringComparison.Ordinal);
    }

    private async Task<Acme> OpenAsync()
    {
        var office = await Office.OpenAsync(postgresql);
        var acme = new Acme(office, await office.FirstOwnerAsync());
        acme.Engagement = (string)JsonNode.Parse(await acme.CommandAsync("engagement", "new", "Report", "--format", "json", "--on", DateTime.UtcNow.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)))!["id"]!;
        return acme;
    }

    private sealed class Acme(Office office, Visitor olga) : IAsyncDisposable
    {
        public Office Office => office;

        public Visitor Olga => olga;

        public string Engagement { get; set; } = "";

        public string Tests => $"{Home}/engagements/{Engagement}/tests/GOV-01";

        public async Task<string> CommandAsync(params string[] words)
        {
            using var said = new StringWriter();
            var exit = await CommandLine.RunAsync([.. words, "--company", "acme-gmbh", "--data", office.Data.Path], TextReader.Null, said, said);
            Assert.True(exit == 0, said.ToString());
            return said.ToString();
        }

        public async Task<IReadOnlyList<JsonNode>> EntriesAsync(string like)
        {
            await using var connection = await office.Data.DatabaseOf("acme-gmbh").OpenAsync(default);
            return await connection.Command("SELECT body FROM log_entry WHERE kind LIKE @kind ORDER BY seq", ("kind", like)).ListAsync(row => JsonNode.Parse(row.GetFieldValue<byte[]>(0))!["predicate"]!, default);
        }

        public ValueTask DisposeAsync() => office.DisposeAsync();
    }
}

/// <summary>When two names, or two addresses, are of one firm.</summary>
public sealed class FirmNames
{
    [Theory]
    [InlineData("Harrow & Pike LLP", "HARROW AND PIKE", true)]
    [InlineData("Harrow & Pike, P.C.", "Harrow and Pike L.L.C.", true)]
    [InlineData("Müller Prüfung GmbH & Co. KG", "MÜLLER-PRÜFUNG", true)]
    [InlineData("Limited", "Inc.", false)]
    [InlineData("Harrow", "Harrow Advisory", false)]
    [InlineData("", "", true)]
    public void The_legal_form_the_case_and_the_marks_make_no_other_firm(string one, string other, bool same) => Assert.Equal(same, FirmName.KeyOf(one) == FirmName.KeyOf(other));

    [Theory]
    [InlineData("a@firm.example", "b@FIRM.example.", true)]
    [InlineData("a@audit.firm.example", "b@firm.example", true)]
    [InlineData("a@gmail.com", "b@gmail.com", false)]
    [InlineData("a@yahoo.co.uk", "b@yahoo.co.uk", false)]
    [InlineData("a@myfirm.example", "b@firm.example", false)]
    [InlineData("console", "console", false)]
    [InlineData("a@live.com", "b@live.com", false)]
    [InlineData("a@live.example", "b@live.example", true)]
    [InlineData("a@hotmail.co.uk", "b@hotmail.co.uk", false)]
    [InlineData("a@hotmail.accountants.example", "b@hotmail.accountants.example", true)]
    [InlineData("a@mailbox.org", "b@mailbox.org", false)]
    [InlineData("a@mailbox.example", "b@mailbox.example", true)]
    [InlineData("a@outlook.harrow-pike.com", "b@harrow-pike.com", true)]
    [InlineData("a@harrow-live.com", "b@harrow-live.com", true)]
    [InlineData("a@mailgmx.de", "b@mailgmx.de", true)]
    [InlineData("a@GMX.net", "b@gmx.net", false)]
    [InlineData("a@post.web.de", "b@post.web.de", false)]
    [InlineData("a@web.example", "b@web.example", true)]
    [InlineData("a@qq.com", "b@qq.com", false)]
    public void A_domain_tells_of_a_firm_unless_anybody_gets_an_address_there(string one, string other, bool same) => Assert.Equal(same, FirmName.IsOneDomain(FirmName.DomainOf(one), FirmName.DomainOf(other)));
}
