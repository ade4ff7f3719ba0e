using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Plainproof.Cli;
using Plainproof.Tests.Api;
using Plainproof.Tests.People;
using Plainproof.Tests.Standing;
using Plainproof.Tests.Servers;
using Plainproof.Tests.Web;
using Xunit;
using static Plainproof.Tests.Standing.Workspace;

namespace Plainproof.Tests.EvidenceFiles;

public sealed class EvidenceLifeOnSqlite() : EvidenceLifeTests(false);

public sealed class EvidenceLifeOnPostgresql() : EvidenceLifeTests(true);

/// <summary>What is said of a file, what it is linked to, copies, search, and the ways in by script and console.</summary>
public abstract class EvidenceLifeTests(bool postgresql)
{
    private const string New = $"{Home}/files/new?about=control%3AAC-06";
    private const string Files = $"{Script.Company}/files";
    private const string Secret = "AKIA" + "Q3EGRZ7TNVB2WXYA";
    private static readonly byte[] Hundred = Encoding.UTF8.GetBytes("account,system\n" + string.Concat(Enumerable.Range(1, 100).Select(row => $"user{row},shop\n")));

    [Fact]
    public async Task The_form_asks_what_the_sort_needs_and_objections_come_before_and_after_adding()
    {
        await using var acme = await Workspace.OpenAsync(postgresql);
        var plain = await acme.Olga.GetAsync(New);
        Assert.DoesNotContain("Query and filters", plain.Text, StringComparison.Ordinal);
        var form = await acme.Olga.GetAsync($"{New}&kind=export");
        foreach (var asked in new[] { "Query and filters", "Production or test", "Somebody else must be able to make the same list again." })
            Assert.Contains(asked, form.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Tested by", form.Text, StringComparison.Ordinal);

        (string, string)[] typed = [("says", "Accounts of the shop"), ("from", ""), ("to", ""), ("environment", "test"), ("system", "Shop"), ("rows", "240"), ("capturedOn", "2026-05-04")];
        var looked = await acme.Olga.UploadAsync(form, [.. typed, ("act", "look")], "accounts.csv", Hundred, "value=\"file\"");
        foreach (var said in new[] { "Nothing was added yet.", "From a test system", "The file has 100 rows, and the system counts 240.", "Nobody said with which query", "would be sent back" })
            Assert.Contains(said, looked.Text, StringComparison.Ordinal);
        Assert.Empty(await acme.EntriesAsync("evidence.%"));

        var page = await acme.Olga.UploadAsync(form, typed, "accounts.csv", Hundred, "value=\"file\"");
        foreach (var said in new[] { "From a test system", "The file has 100 rows, and the system counts 240.", "4 May 2026", "100 rows", "A test system" })
            Assert.Contains(said, page.Text, StringComparison.Ordinal);

        var more = await acme.Olga.SubmitAsync(page, [("kind", "export"), ("environment", "production"), ("rows", "100"), ("query", "all accounts"), ("capturedOn", "2026-05-04"), ("system", "Shop")], "value=\"told\"");
        Assert.DoesNotContain("From a test system would", more.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("the system counts 240", more.Text, StringComparison.Ordinal);
        Assert.Contains("all accounts", more.Text, StringComparison.Ordinal);
        var stale = await acme.Olga.SubmitAsync(page, [("kind", "ticket")], "value=\"told\"");
        Assert.Contains("Somebody else", stale.Text, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(["evidence.uploaded", "evidence.described"], (await acme.EntriesAsync("evidence.%")).Select(entry => entry.Split(' ')[0]));
    }

    [Fact]
    public async Task What_is_plainly_impossible_is_refused_all_at_once()
    {
        await using var acme = await Workspace.OpenAsync(postgresql);
        var form = await acme.Olga.GetAsync($"{New}&kind=export");
        var page = await acme.Olga.UploadAsync(form, [("says", ""), ("from", ""), ("to", ""), ("capturedOn", "2099-01-01"), ("rows", "many"), ("environment", "moon")], "a.csv", Hundred, "value=\"file\"");
        foreach (var said in new[] { "Say in a few words", "“Day it was made” lies in days that have not come yet.", "is a whole number", "is one of: production, test." })
            Assert.Contains(said, page.Text, StringComparison.Ordinal);
        Assert.Empty(await acme.EntriesAsync("evidence.%"));
    }

    [Fact]
    public async Task Objections_change_when_things_change()
    {
        await using var acme = await Workspace.OpenAsync(postgresql);
        var page = await acme.Olga.UploadAsync(await acme.Olga.GetAsync(New), [("says", "Review in January"), ("from", "2026-01-01"), ("to", "2026-01-31")], "a.csv", Hundred, "value=\"file\"");
        Assert.Contains("No engagement is planned", page.Text, StringComparison.Ordinal);
        var planned = await acme.Olga.SubmitAsync(
            await acme.Olga.GetAsync($"{Home}/engagements/new"),
            [("title", "SOC 2"), ("kind", "typeTwo"), ("begins", "2026-04-01"), ("ends", "2026-09-30"), ("wanted", ""), ("hours", "10"), ("firm", ""), ("licence", ""), ("review", "")], "value=\"engagement\"");
        Assert.DoesNotContain("/new", planned.Address.AbsolutePath, StringComparison.Ordinal);
        var again = await acme.Olga.GetAsync(page.Address.AbsolutePath);
        Assert.Contains("It speaks of 1 January 2026 to 31 January 2026. The window “SOC 2” is 1 April 2026 to 30 September 2026.", again.Text, StringComparison.Ordinal);
        Assert.Contains("its days ended before the window", again.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_file_serves_several_controls_and_a_link_can_be_taken_back()
    {
        await using var acme = await Workspace.OpenAsync(postgresql);
        var page = await AddAsync(acme.Olga, "Review of access");
        var linked = await acme.Olga.SubmitAsync(page, [("another", "control:GOV-01")], "value=\"link\"");
        Assert.Contains("GOV-01", linked.Text, StringComparison.Ordinal);
        Assert.Contains("Review of access", (await acme.Olga.GetAsync($"{Home}/controls/GOV-01")).Text, StringComparison.Ordinal);
        await acme.Olga.SubmitAsync(linked, [("about", "control:AC-06")], "value=\"unlink\"");
        Assert.DoesNotContain("Review of access", (await acme.Olga.GetAsync($"{Home}/controls/AC-06")).Text, StringComparison.Ordinal);
        Assert.Contains("Link another one first", (await acme.Olga.SubmitAsync(linked, [("about", "control:GOV-01")], "value=\"unlink\"")).Text, StringComparison.Ordinal);
        Assert.Contains("There is no such control", (await acme.Olga.SubmitAsync(linked, [("another", "control:NONE-9")], "value=\"link\"")).Text, StringComparison.Ordinal);
        Assert.Equal(["evidence.uploaded", "evidence.linked", "evidence.unlinked"], (await acme.EntriesAsync("evidence.%")).Select(entry => entry.Split(' ')[0]));
        var vera = await acme.Office.JoinAsync(acme.Olga, "vera@acme.example", "viewer");
        await ForgeAsync(page.Address.AbsolutePath, vera, "link", ("another", "control:GOV-02"));
        await ForgeAsync(page.Address.AbsolutePath, vera, "unlink", ("about", "control:GOV-01"));
        await ForgeAsync(page.Address.AbsolutePath, vera, "told", ("kind", "ticket"), ("version", "1"));
        Assert.Equal(3, (await acme.EntriesAsync("evidence.%")).Count);
    }

    [Fact]
    public async Task A_cut_copy_leads_to_its_original_and_alone_it_is_objected_to()
    {
        await using var acme = await Workspace.OpenAsync(postgresql);
        var alone = await acme.Olga.UploadAsync(await acme.Olga.GetAsync($"{New}&kind=screenshot"), [("says", "Cut"), ("from", ""), ("to", ""), ("picture", "changed")], "cut.png", Samples.Png(300, 90, "GIMP 2.10"), "value=\"file\"");
        foreach (var said in new[] { "It is cut or marked, and its original is not here.", "GIMP 2.10 wrote it last" })
            Assert.Contains(said, alone.Text, StringComparison.Ordinal);
        var original = await acme.Olga.UploadAsync(await acme.Olga.GetAsync($"{New}&kind=screenshot"), [("says", "Whole window"), ("from", ""), ("to", "")], "whole.png", Samples.Png(1440, 900, "grab"), "value=\"file\"");
        var way = WebUtility.HtmlDecode(Regex.Match(original.Html, "href=\"([^\"]*copyOf=[^\"]*)\"").Groups[1].Value);
        Assert.Contains("This is a cut or covered copy of Whole window", (await acme.Olga.GetAsync(way)).Text, StringComparison.Ordinal);
        var copy = await acme.Olga.UploadAsync(await acme.Olga.GetAsync(way), [("says", "Names covered"), ("from", ""), ("to", ""), ("picture", "changed")], "covered.png", Samples.Png(300, 90, "grab"), "value=\"file\"");
        Assert.Contains("Whole window", copy.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("its original is not here", copy.Text, StringComparison.Ordinal);
        Assert.Contains("Names covered", (await acme.Olga.GetAsync(original.Address.AbsolutePath)).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await acme.Olga.GetAsync($"{New}&copyOf=none")).Status);
    }

    [Fact]
    public async Task What_runs_out_soon_is_listed_and_what_ran_out_is_marked()
    {
        await using var acme = await Workspace.OpenAsync(postgresql);
        foreach (var (says, days) in new[] { ("Report that ends soon", 30), ("Report that ended", -1), ("Report for long", 200) })
            await acme.Olga.UploadAsync(await acme.Olga.GetAsync($"{New}&kind=vendorReport"), [("says", says), ("from", ""), ("to", ""), ("expiresOn", acme.Day(days))], "report.txt", "Report."u8.ToArray(), "value=\"file\"");
        var page = await acme.Olga.GetAsync($"{Home}/files");
        Assert.Matches("Runs out within 60 days.*Report that ends soon.*runs out on", page.Text);
        Assert.Single(Regex.Matches(page.Html, ">ran out on [^<]*<"));
        Assert.Equal(2, Regex.Matches(page.Html, ">runs out on [^<]*<").Count);
    }

    [Theory]
    [InlineData("zebrafish", true)]
    [InlineData("ZEBRA crossing", true)]
    [InlineData("Zébrafish", true)]
    [InlineData("zebra elephant", false)]
    [InlineData("\"' OR 1=1; & | ! :* (", false)]
    [InlineData("...", false)]
    public async Task Words_inside_names_and_what_was_said_are_found_in_every_kind_of_file(string words, bool isFound)
    {
        await using var acme = await Workspace.OpenAsync(postgresql);
        const string Text = "A zebrafish crossing near the water";
        var kinds = new[]
        {
            ("a.txt", Encoding.UTF8.GetBytes(Text)), ("b.csv", Encoding.UTF8.GetBytes($"id,note\n1,{Text}\n")), ("c.json", Encoding.UTF8.GetBytes($"{{\"note\":\"{Text}\"}}")), ("d.html", Encoding.UTF8.GetBytes($"<p>{Text.Replace("zebrafish", "zebra<!-- x -->fish", StringComparison.Ordinal)}</p>".Replace("zebra<!-- x -->fish", "<b>zebrafish</b>", StringComparison.Ordinal))),
            ("e.pdf", Samples.Pdf(Text)), ("f.docx", Samples.Docx(Text)), ("g.xlsx", Samples.Xlsx("App", ["id", "note"], ["1", Text])), ("h.md", "Nothing of the kind"u8.ToArray()),
        };
        using var script = await Script.OfAsync(acme.Office.Site, acme.Olga, "read push");
        foreach (var (name, bytes) in kinds)
            Assert.Equal(HttpStatusCode.Created, (await script.SendAsync(HttpMethod.Post, $"{Files}?about=control:AC-06&name={name}&says=File%20{name[0]}", bytes, "application/octet-stream")).Status);
        var found = await acme.Olga.GetAsync($"{Home}/files?q={Uri.EscapeDataString(words)}");
        if (isFound)
            Assert.True(found.Text.Contains("7 files", StringComparison.Ordinal), found.Text);
        else
            Assert.Contains("No file is like that", found.Text, StringComparison.Ordinal);
        Assert.Equal(isFound ? 7 : 0, (await script.GetAsync($"{Files}?q={Uri.EscapeDataString(words)}")).Json["files"]!.AsArray().Count);
        Assert.Contains("1 file", (await acme.Olga.GetAsync($"{Home}/files?q=h.md")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_company_finds_nothing_of_it()
    {
        await using var acme = await Workspace.OpenAsync(postgresql);
        await AddAsync(acme.Olga, "Review of access");
        await acme.Olga.SubmitAsync(await acme.Olga.GetAsync("/companies"), [("title", "Beta"), ("role", "owner")], "value=\"new\"");
        Assert.Contains("No file is like that", (await acme.Olga.GetAsync("/c/beta/files?q=review")).Text, StringComparison.Ordinal);
        Assert.Contains("1 file", (await acme.Olga.GetAsync($"{Home}/files?q=review")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Secrets_in_documents_that_cannot_be_masked_are_objected_to_and_not_searched()
    {
        await using var acme = await Workspace.OpenAsync(postgresql);
        foreach (var (name, bytes) in new[] { ("a.docx", Samples.Docx($"key = {Secret}")), ("a.pdf", Samples.Pdf($"key = {Secret}")) })
        {
            var page = await acme.Olga.UploadAsync(await acme.Olga.GetAsync(New), [("says", "Notes"), ("from", ""), ("to", "")], name, bytes, "value=\"file\"");
            Assert.Contains("A password or key stands in it.", page.Text, StringComparison.Ordinal);
            Assert.Contains("No file is like that", (await acme.Olga.GetAsync($"{Home}/files?q={Secret}")).Text, StringComparison.Ordinal);
        }

        var masked = await acme.Olga.UploadAsync(await acme.Olga.GetAsync(New), [("says", "Notes"), ("from", ""), ("to", "")], "a.txt", Encoding.UTF8.GetBytes($"key = '{Secret}'\n"), "value=\"file\"");
        Assert.Contains("1 secret taken out", masked.Text, StringComparison.Ordinal);
        Assert.Contains("No file is like that", (await acme.Olga.GetAsync($"{Home}/files?q={Secret}")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Damaged_and_hostile_files_are_taken_and_said_to_be_unreadable()
    {
        await using var acme = await Workspace.OpenAsync(postgresql);
        using var script = await Script.OfAsync(acme.Office.Site, acme.Olga, "read push");
        foreach (var (name, bytes) in new[] { ("a.pdf", "%PDF-1.7 nonsense"u8.ToArray()), ("a.docx", [0x50, 0x4b, 0x03, 0x04, 1, 2, 3]), ("a.xlsx", Samples.Docx("no sheet")), ("a.png", [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0xff, 0xff, 0xff, 0xff, 1, 2, 3, 4, 5]), ("a.jpg", [0xff, 0xd8, 0xff, 0xe1, 0xff, 0xff, 1]) })
        {
            var added = await script.SendAsync(HttpMethod.Post, $"{Files}?about=control:AC-06&name={name}&says=Odd", bytes, "application/octet-stream");
            Assert.True(added.Status == HttpStatusCode.Created, $"{name}: {added.Text}");
            Assert.Contains(added.Json["objections"]!.AsArray(), one => (string?)one!["verdict"] == "couldNotTell");
        }
    }

    [Fact]
    public async Task A_script_adds_looks_describes_links_accepts_and_sends_back()
    {
        await using var acme = await Workspace.OpenAsync(postgresql);
        var bob = await acme.Office.JoinAsync(acme.Olga, "bob@acme.example", "controlOwner");
        using var script = await Script.OfAsync(acme.Office.Site, acme.Olga, "read push work");
        using var other = await Script.OfAsync(acme.Office.Site, bob, "read work");
        var once = Guid.NewGuid();
        for (var i = 0; i < 2; i++)
            Assert.Equal(HttpStatusCode.Created, (await script.SendAsync(HttpMethod.Post, $"{Files}?about=control:AC-06&name=list.csv&says=Accounts&kind=export&from=2026-05-01&to=2026-05-31&once={once}&told={Uri.EscapeDataString("""{"environment":"production","rows":100}""")}", Hundred, "application/octet-stream")).Status);
        var file = (await script.GetAsync($"{Files}/{once}")).Json;
        Assert.Equal("production", (string?)file["told"]!["environment"]);
        Assert.Contains(file["objections"]!.AsArray(), one => (int?)one!["number"] == 7 && (string?)one["verdict"] == "wouldBeSentBack" && ((string?)one["mend"])!.Length > 0);
        Assert.Equal(Hundred, (await script.GetAsync($"{Files}/{once}/bytes")).Bytes);

        var told = await script.SendAsync(HttpMethod.Put, $"{Files}/{once}/told", """{"version":1,"kind":"export","told":{"environment":"production","rows":100,"query":"all"}}""");
        Assert.DoesNotContain(told.Json["objections"]!.AsArray(), one => (int?)one!["number"] == 7);
        (await script.SendAsync(HttpMethod.Put, $"{Files}/{once}/told", """{"version":1,"kind":"export","told":{}}""")).Problem(HttpStatusCode.Conflict);
        Assert.Contains("GOV-01", (await script.SendAsync(HttpMethod.Post, $"{Files}/{once}/links", """{"about":"control:GOV-01"}""")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("GOV-01", (await script.SendAsync(HttpMethod.Delete, $"{Files}/{once}/links/control:GOV-01")).Text, StringComparison.Ordinal);
        (await script.SendAsync(HttpMethod.Post, $"{Files}/{once}/accept")).Problem(HttpStatusCode.UnprocessableEntity);
        Assert.Equal("accepted", (string?)(await other.SendAsync(HttpMethod.Post, $"{Files}/{once}/accept")).Json["state"]);
        (await other.SendAsync(HttpMethod.Post, $"{Files}/{once}/send-back", """{"why":"late"}""")).Problem(HttpStatusCode.UnprocessableEntity);
        Assert.Single((await script.GetAsync($"{Files}?state=accepted&about=control:AC-06")).Json["files"]!.AsArray());
        (await script.GetAsync($"{Files}/none")).Problem(HttpStatusCode.NotFound);
        (await script.GetAsync($"{Files}/none/bytes")).Problem(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_form_by_script_is_taken_too_and_everything_wrong_is_told()
    {
        await using var acme = await Workspace.OpenAsync(postgresql);
        using var script = await Script.OfAsync(acme.Office.Site, acme.Olga, "read push");
        using var form = new MultipartFormDataContent("b") { { new StringContent("gap:changes-approved"), "about" }, { new StringContent("Mended"), "says" }, { new ByteArrayContent("note"u8.ToArray()), "file", "note.md" } };
        (await script.SendAsync(HttpMethod.Post, Files, "x"u8.ToArray(), "text/csv")).Problem(HttpStatusCode.UnsupportedMediaType);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(acme.Office.Site.Address, Files)) { Content = form };
        request.Headers.Authorization = new("Bearer", script.Token);
        using var client = new HttpClient();
        using var answer = await client.SendAsync(request);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        Assert.Equal("gap:changes-approved", (string?)JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["about"]![0]);

        var wrong = await script.SendAsync(HttpMethod.Post, $"{Files}?about=control:AC-06&name=x.exe&from=2026-05-01&kind=export&told={Uri.EscapeDataString("""{"rows":"many"}""")}", "x"u8.ToArray(), "application/octet-stream");
        wrong.Problem(HttpStatusCode.UnprocessableEntity);
        Assert.Equal(4, wrong.Problems.Count);
        Assert.Contains("Did you mean 'rows'", (await script.SendAsync(HttpMethod.Post, $"{Files}?about=control:AC-06&name=x.txt&says=x&told={Uri.EscapeDataString("""{"row":1}""")}", "x"u8.ToArray(), "application/octet-stream")).Text, StringComparison.Ordinal);
        Assert.Single(await acme.EntriesAsync("evidence.%"));
    }

    [Fact]
    public async Task The_console_adds_lists_and_shows()
    {
        await using var acme = await Workspace.OpenAsync(postgresql);
        using var folder = new TemporaryFolder();
        var list = folder.Write("list.csv", "account,system\nann,shop\n");
        var (_, looked) = await RunAsync(acme, "evidence", "add", list, "--control", "AC-06", "--says", "Accounts", "--kind", "export", "--look");
        Assert.Contains("A list without its query (would be sent back)", looked, StringComparison.Ordinal);
        Assert.Empty(await acme.EntriesAsync("evidence.%"));
        var (exit, added) = await RunAsync(acme, "evidence", "add", list, "--control", "AC-06", "--says", "Accounts", "--kind", "export", "--query", "all", "--captured-on", "2026-05-04", "--format", "json", "--as", "ann");
        Assert.Equal(0, exit);
        var id = (string)JsonNode.Parse(added)!["id"]!;
        Assert.Equal("ann", (string?)JsonNode.Parse(added)!["addedBy"]);
        Assert.Contains(id, (await RunAsync(acme, "evidence", "list", "--search", "shop")).Out, StringComparison.Ordinal);
        Assert.Contains("Day it was made: 4 May 2026", (await RunAsync(acme, "evidence", "show", id)).Out, StringComparison.Ordinal);
        Assert.Equal(2, (await RunAsync(acme, "evidence", "show", "none")).Exit);
        var (bad, problems) = await RunAsync(acme, "evidence", "add", list, "--control", "AC-06", "--kind", "nonsense", "--from", "x");
        Assert.Equal(2, bad);
        foreach (var said in new[] { "Say in a few words", "The kind is one of", "The first day is no day" })
            Assert.Contains(said, problems, StringComparison.Ordinal);
        Assert.Contains("Evidence is about a control or a gap", (await RunAsync(acme, "evidence", "add", list, "--control", "NONE-1", "--says", "x")).Out, StringComparison.Ordinal);
        Assert.Contains("Accounts", (await acme.Olga.GetAsync($"{Home}/controls/AC-06")).Text, StringComparison.Ordinal);
    }

    private static async Task<(int Exit, string Out)> RunAsync(Workspace acme, params string[] args)
    {
        using var said = new StringWriter();
        return (await CommandLine.RunAsync([.. args, "--company", "acme-gmbh", "--data", acme.Office.Data.Path], TextReader.Null, said, said), said.ToString());
    }

    private static async Task<Seen> AddAsync(Visitor visitor, string says) =>
        await visitor.UploadAsync(await visitor.GetAsync(New), [("says", says), ("from", "2026-05-01"), ("to", "2026-05-31")], "review.csv", Hundred, "value=\"file\"");
}
