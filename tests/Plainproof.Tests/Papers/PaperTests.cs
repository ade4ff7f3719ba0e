using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Plainproof.Features.Papers;
using Plainproof.Tests.Api;
using Plainproof.Tests.Standing;
using Plainproof.Tests.Web;
using Xunit;
using static Plainproof.Tests.Standing.Workspace;

namespace Plainproof.Tests.Papers;

public sealed class PapersOnSqlite() : PaperTests(false);

public sealed class PapersOnPostgresql() : PaperTests(true);

/// <summary>Management's documents: drawn from data, completed by people, saved, signed and locked.</summary>
public abstract partial class PaperTests(bool postgresql)
{
    private const string Page = $"{Home}/papers";
    private const string Description = $"{Page}/system-description";

    [Fact]
    public async Task Without_an_engagement_the_page_says_what_to_do_first()
    {
        await using var acme = await Workspace.OpenAsync(postgresql);
        Assert.Contains("No engagement is planned yet", (await acme.Olga.GetAsync(Page)).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await acme.Olga.GetAsync($"{Page}?engagement=none")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await acme.Olga.GetAsync(Description)).Status);
    }

    [Fact]
    public async Task Every_sentence_opens_and_what_no_data_tells_is_asked_for()
    {
        await using var acme = await OpenAsync();
        var list = await acme.Olga.GetAsync(Page);
        foreach (var title in new[] { "System description", "assertion", "What customers must do", "What other companies must do", "Control matrix", "Checklist for the representation letter" })
            Assert.Contains(title, list.Text, StringComparison.Ordinal);
        foreach (var window in new[] { "Bridge letter", "Nil statements" })
            Assert.DoesNotContain(window, list.Text, StringComparison.Ordinal);
        var page = await acme.Olga.GetAsync(Description);
        Assert.Contains("[Say who uses it, and in which countries]", page.Text, StringComparison.Ordinal);
        Assert.Contains("Acme GmbH describes its system as of", page.Text, StringComparison.Ordinal);
        Assert.Contains("wait for your words", page.Text, StringComparison.Ordinal);
        foreach (var link in From().Matches(page.Html).Select(match => WebUtility.HtmlDecode(match.Groups[1].Value)).Distinct())
            Assert.Equal(HttpStatusCode.OK, (await acme.Olga.GetAsync(link)).Status);
    }

    [Fact]
    public async Task What_a_person_types_says_so_and_a_drawn_sentence_goes_only_with_a_reason()
    {
        await using var acme = await OpenAsync();
        var filled = await acme.Olga.SubmitAsync(await acme.Olga.GetAsync(At("DC1", "asked/users")), [("text", "Shops in Germany and Austria use it.")], "value=\"type\"");
        Assert.Contains("Shops in Germany and Austria use it.", filled.Text, StringComparison.Ordinal);
        Assert.Contains("typed by olga@acme.example", filled.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("[Say who uses it", filled.Text, StringComparison.Ordinal);

        var refused = await acme.Olga.SubmitAsync(await acme.Olga.GetAsync(At("DC1", "about")), [("text", "We describe our shop."), ("why", "")], "value=\"type\"");
        Assert.Contains("Say in a few words why.", refused.Text, StringComparison.Ordinal);
        Assert.Contains("We describe our shop.", refused.Html, StringComparison.Ordinal);
        var left = await acme.Olga.SubmitAsync(await acme.Olga.GetAsync(At("DC1", "about")), [("why", "The firm writes this line itself.")], "value=\"leave\"");
        Assert.Contains("1 left out", left.Text, StringComparison.Ordinal);
        Assert.Contains("The firm writes this line itself.", left.Text, StringComparison.Ordinal);
        var back = await acme.Olga.SubmitAsync(await acme.Olga.GetAsync(At("DC1", "about")), [], "value=\"back\"");
        Assert.DoesNotContain("left out: ", back.Text, StringComparison.Ordinal);
        Assert.Contains("Acme GmbH describes its system as of", back.Text, StringComparison.Ordinal);

        var added = await acme.Olga.SubmitAsync(await acme.Olga.GetAsync(At("DC2", "")), [("text", "<b>We</b> promise an answer within a day.")], "value=\"type\"");
        Assert.Contains("&lt;b&gt;We", added.Html, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await acme.Olga.GetAsync(At("DC1", "no/such"))).Status);
        Assert.Equal(["paper.sentence-typed", "paper.sentence-left-out", "paper.sentence-taken-back", "paper.sentence-typed"], (await acme.EntriesAsync("paper.%")).Select(entry => entry.Split(' ')[0]));
    }

    [Fact]
    public async Task A_version_never_changes_and_differences_are_told_sentence_by_sentence()
    {
        await using var acme = await OpenAsync();
        var draft = await acme.Olga.GetAsync(Description);
        var first = await acme.Olga.SubmitAsync(draft, [], "value=\"save\"");
        Assert.Contains("System description, version 1", first.Text, StringComparison.Ordinal);
        await acme.Olga.SubmitAsync(draft, [], "value=\"save\""); // The same form again counts once.
        Assert.Single(await acme.EntriesAsync("paper.saved"));
        Assert.Contains("Today's draft reads as version 1.", (await acme.Olga.GetAsync(Description)).Text, StringComparison.Ordinal);

        await TypeAsync(acme, "DC1", "asked/users", "Shops in Germany use it.");
        await TypeAsync(acme, "DC1", "", "It is small.");
        await acme.Olga.SubmitAsync(await acme.Olga.GetAsync(At("DC1", "asked/left-out")), [("why", "Nothing is left out.")], "value=\"leave\"");
        var changes = await acme.Olga.GetAsync($"{Description}/changes");
        foreach (var word in new[] { "3 differences", "[Say who uses it, and in which countries]", "Shops in Germany use it.", "It is small.", "Left out by olga@acme.example: Nothing is left out." })
            Assert.Contains(word, changes.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Shops in Germany", (await acme.Olga.GetAsync(first.Address.AbsolutePath)).Text, StringComparison.Ordinal);
        Assert.Contains("3 sentences read differently today.", (await acme.Olga.GetAsync(first.Address.AbsolutePath)).Text, StringComparison.Ordinal);
        var second = await acme.Olga.SubmitAsync(await acme.Olga.GetAsync(Description), [("why", "Who uses it.")], "value=\"save\"");
        Assert.Contains("version 2", second.Text, StringComparison.Ordinal);
        Assert.Contains("3 differences", (await acme.Olga.GetAsync($"{Description}/changes?version={second.Address.AbsolutePath.Split('/')[^1]}")).Text, StringComparison.Ordinal);

        var json = (await acme.Olga.GetAsync($"{second.Address.AbsolutePath}/paper.json")).Html;
        Assert.Contains(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(json))), second.Text, StringComparison.Ordinal);
        Assert.All(JsonNode.Parse(json)!["sections"]!.AsArray().SelectMany(section => section!["sentences"]!.AsArray()), one => Assert.True((one!["trace"] is null) != (one["typed"] is null), one.ToJsonString()));
        Assert.Contains("Typed by olga@acme.example", (await acme.Olga.GetAsync($"{second.Address.AbsolutePath}/paper.html?sources=yes")).Text, StringComparison.Ordinal);
        Assert.Contains("# System description", (await acme.Olga.GetAsync($"{second.Address.AbsolutePath}/paper.md")).Html, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await acme.Olga.GetAsync($"{second.Address.AbsolutePath}/paper.exe")).Status);
        foreach (var (format, begins) in new[] { ("docx", "PK"), ("xlsx", "PK"), ("pdf", "%PDF-") })
            Assert.StartsWith(begins, (await acme.Olga.GetAsync($"{second.Address.AbsolutePath}/paper.{format}?sources=yes")).Html, StringComparison.Ordinal);
        var letter = await acme.Olga.SubmitAsync(await acme.Olga.GetAsync($"{Page}/assertion"), [], "value=\"save\"");
        Assert.Equal(HttpStatusCode.NotFound, (await acme.Olga.GetAsync($"{letter.Address.AbsolutePath}/paper.xlsx")).Status); // It has no table.
    }

    [Fact]
    public async Task An_assertion_is_signed_after_the_day_by_an_owner_who_says_how_they_know()
    {
        await using var acme = await OpenAsync(ends: 2);
        await acme.Olga.SubmitAsync(await acme.Olga.GetAsync(Description), [], "value=\"save\"");
        var version = (await acme.Olga.SubmitAsync(await acme.Olga.GetAsync($"{Page}/assertion"), [], "value=\"save\"")).Address.AbsolutePath;
        var early = await acme.Olga.GetAsync(version);
        Assert.Contains("It can be signed when that day is over.", early.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("value=\"sign\"", early.Html, StringComparison.Ordinal);
        await ForgeAsync(version, acme.Olga, "sign", ("title", "CEO"), ("basis", "I looked through all of it with the team."), ("sure", "yes"));
        Assert.Empty(await acme.EntriesAsync("paper.signed"));

        acme.Office.Clock.Shift += TimeSpan.FromDays(4);
        var (olga, _) = await acme.Office.SignInAsync(People.Office.Owner, People.Office.Password);
        var member = await acme.Office.JoinAsync(olga, "max@acme.example", "member");
        Assert.DoesNotContain("value=\"sign\"", (await member.GetAsync(version)).Html, StringComparison.Ordinal);
        await ForgeAsync(version, member, "sign", ("title", "CEO"), ("basis", "I looked through all of it with the team."), ("sure", "yes"));
        var wrong = await olga.SubmitAsync(await olga.GetAsync(version), [("title", " "), ("basis", "so")], "value=\"sign\"");
        foreach (var word in new[] { "What you are in the company is missing.", "how you know that it is true", "Tick the box" })
            Assert.Contains(word, wrong.Text, StringComparison.Ordinal);
        Assert.Contains("Version 1 of the description still waits for your words.", wrong.Text, StringComparison.Ordinal);
        Assert.Empty(await acme.EntriesAsync("paper.signed"));

        await CompleteAsync(olga, Description);
        await olga.SubmitAsync(await olga.GetAsync(Description), [("why", "It is complete.")], "value=\"save\"");
        version = (await olga.SubmitAsync(await olga.GetAsync($"{Page}/assertion"), [("why", "It goes with the complete description.")], "value=\"save\"")).Address.AbsolutePath;
        var signed = await olga.SubmitAsync(await olga.GetAsync(version), [("title", "CEO"), ("basis", "I looked through the list of controls with their owners."), ("sure", "yes")], "value=\"sign\"");
        Assert.Contains("I looked through the list of controls with their owners.", signed.Text, StringComparison.Ordinal);
        Assert.Equal(["paper.signed olga@acme.example"], await acme.EntriesAsync("paper.signed"));
        Assert.Contains("version 2, signed", (await olga.GetAsync($"{Page}/assertion")).Text, StringComparison.Ordinal);
        Assert.Contains("Signed by", (await olga.GetAsync($"{version}/paper.html")).Text, StringComparison.Ordinal);

        await olga.SubmitAsync(await olga.GetAsync(At("who", "", "assertion")), [("text", "We are two people.")], "value=\"type\"");
        var noReason = await olga.SubmitAsync(await olga.GetAsync($"{Page}/assertion"), [("why", "")], "value=\"save\"");
        Assert.Contains("The newest version is signed.", noReason.Text, StringComparison.Ordinal);
        var newer = await olga.SubmitAsync(await olga.GetAsync($"{Page}/assertion"), [("why", "We say how many we are.")], "value=\"save\"");
        Assert.Contains("version 3", newer.Text, StringComparison.Ordinal);
        Assert.Contains("There is a newer one", (await olga.GetAsync(version)).Text, StringComparison.Ordinal);
    }

    /// <summary>Says something wherever the paper waits for words.</summary>
    private static async Task CompleteAsync(Visitor olga, string paper)
    {
        foreach (var gap in Regex.Matches((await olga.GetAsync(paper)).Html, "href=\"([^\"]+/sentence\\?[^\"]+key=asked[^\"]+)\"").Select(match => WebUtility.HtmlDecode(match.Groups[1].Value)).Distinct())
            await olga.SubmitAsync(await olga.GetAsync(gap), [("text", "Acme writes this down and looks at it every year.")], "value=\"type\"");
    }

    [Fact]
    public async Task Nobody_signs_a_gap_or_a_word_that_only_an_opinion_could_say()
    {
        await using var acme = await OpenAsync(ends: -1);
        const string Customers = $"{Page}/user-entity-controls";
        await acme.Olga.SubmitAsync(await acme.Olga.GetAsync(At("customers", "", "user-entity-controls")), [("text", "Our product is fully compliant, as Beta Ltd said on 3 May 2019. [Name the law]")], "value=\"type\"");
        await acme.Olga.SubmitAsync(await acme.Olga.GetAsync("/companies"), [("title", "Beta Ltd"), ("role", "owner")], "value=\"new\"");
        var page = await acme.Olga.GetAsync(Customers);
        foreach (var word in new[] { "“fully compliant” says what only an auditor's opinion could", "1 place still waits for your words: [Name the law]", "It names Beta Ltd, another company of yours.", "It names 3 May 2019, which lies outside" })
            Assert.Contains(word, page.Text, StringComparison.Ordinal);
        var version = await acme.Olga.SubmitAsync(page, [], "value=\"save\"");
        var refused = await acme.Olga.SubmitAsync(version, [("title", "CEO"), ("sure", "yes")], "value=\"sign\"");
        Assert.Contains("Sign it", refused.Text, StringComparison.Ordinal);
        Assert.Empty(await acme.EntriesAsync("paper.signed"));
    }

    [Fact]
    public async Task An_auditor_reads_what_is_saved_and_no_draft()
    {
        await using var acme = await OpenAsync();
        await TypeAsync(acme, "DC1", "asked/users", "Shops in Germany use it.");
        var auditor = await acme.Office.JoinAsync(acme.Olga, "cpa@firm.example", "auditor");
        Assert.DoesNotContain("Shops in Germany", (await auditor.GetAsync(Description)).Text, StringComparison.Ordinal);
        Assert.NotEqual(HttpStatusCode.OK, (await auditor.GetAsync(At("DC1", "asked/users"))).Status);
        var version = (await acme.Olga.SubmitAsync(await acme.Olga.GetAsync(Description), [], "value=\"save\"")).Address.AbsolutePath;
        Assert.Contains("Shops in Germany", (await auditor.GetAsync(version)).Text, StringComparison.Ordinal);
        await ForgeAsync(Description, auditor, "save", ("once", Guid.NewGuid().ToString()), ("why", "x"));
        await ForgeAsync(version, auditor, "sign", ("title", "CPA"), ("sure", "yes"));
        var viewer = await acme.Office.JoinAsync(acme.Olga, "vera@acme.example", "viewer");
        await ForgeAsync(At("DC1", ""), viewer, "type", ("once", Guid.NewGuid().ToString()), ("text", "Mine"));
        Assert.Equal(2, (await acme.EntriesAsync("paper.%")).Count);
        using var stranger = acme.Office.Visit(follow: false);
        foreach (var path in new[] { Page, Description, version, $"{version}/paper.html" })
            Assert.NotEqual(HttpStatusCode.OK, (await stranger.GetAsync(path)).Status);

        using var theirs = await Script.OfAsync(acme.Office.Site, auditor, "read");
        var one = (await theirs.GetAsync($"{Script.Company}/papers/system-description")).Json;
        Assert.Null(one["draft"]);
        Assert.Equal(1, (int)one["versions"]![0]!["number"]!);
        using var ours = await Script.OfAsync(acme.Office.Site, acme.Olga, "read");
        Assert.NotEmpty((await ours.GetAsync($"{Script.Company}/papers/system-description")).Json["draft"]!.AsArray());
        Assert.Contains("Shops in Germany", (await ours.GetAsync($"{Script.Company}/papers/versions/{version.Split('/')[^1]}")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_paper_has_the_auditors_part_and_no_drawn_word_stands_for_an_opinion()
    {
        await using var acme = await OpenWindowAsync(-100, -1);
        await acme.CheckAsync(Reviewed, Unseen);
        using var script = await Script.OfAsync(acme.Office.Site, acme.Olga, "read");
        foreach (var kind in PaperKinds.All)
        {
            var draft = (await script.GetAsync($"{Script.Company}/papers/{kind.Id}")).Json["draft"]!.AsArray();
            foreach (var section in draft)
            {
                Assert.DoesNotMatch("(?i)opinion|test|result|service auditor|section i\\b", $"{section!["title"]} {section["columns"]}");
                Assert.All(section["sentences"]!.AsArray(), one => Assert.DoesNotMatch(PaperFindings.Claim(), $"{one!["cells"]}"));
            }
        }
    }

    [Fact]
    public async Task A_bridge_letter_waits_for_the_report_and_tells_every_change_and_incident()
    {
        await using var acme = await OpenWindowAsync(-130, -20);
        const string Letter = $"{Page}/bridge-letter";
        Assert.Contains("Write down in the engagement that the report was received.", (await acme.Olga.GetAsync(Letter)).Text, StringComparison.Ordinal);
        var engagement = EngagementIn(await acme.Olga.GetAsync(Page));
        await acme.Olga.SubmitAsync(await acme.Olga.GetAsync($"{Home}/engagements/{engagement}"), [("step", "reportReceived"), ("on", acme.Day(0)), ("note", "")], "value=\"step\"");
        await acme.CheckAsync("incident.core", "push:desk", "", $$$"""{"subject":"incident/7","value":{"id":"INC-7","title":"The shop was down for two hours","severity":2,"detectedAt":"{{{acme.Day(-3)}}}T10:00:00Z","resolvedAt":"{{{acme.Day(-3)}}}T12:00:00Z","cause":"A full disk"}}""");
        await acme.CheckAsync("vendor.core", "push:vendors", "", $$$"""{"subject":"vendor/1","value":{"id":"1","name":"Hosty","service":"It runs our servers","begunOn":"{{{acme.Day(-5)}}}","subservice":true}}""");
        await acme.Olga.SubmitAsync(await acme.Olga.GetAsync($"{Home}/controls/CHG-01/edit"), [("title", "Two people"), ("statement", "Two people look at each change."), ("owner", "CTO"), ("frequency", "Each change"), ("why", "We grew."), ("begins", acme.Day(0))]);

        var letter = await acme.Olga.GetAsync(Letter);
        foreach (var word in new[] { "No auditor examined it.", "The shop was down for two hours", "A full disk.", "Hosty", "Control CHG-01, “Two people”, reads differently", "[Say for which days the next report is planned]" })
            Assert.Contains(word, letter.Text, StringComparison.Ordinal);
        var incident = Regex.Match(WebUtility.HtmlDecode(letter.Html), "section=incidents&key=(incident[^\"]+)\"").Groups[1].Value;
        Assert.DoesNotContain("value=\"leave\"", (await acme.Olga.GetAsync($"{Letter}/sentence?engagement={engagement}&section=incidents&key={incident}")).Html, StringComparison.Ordinal);
        await ForgeAsync($"{Letter}/sentence?engagement={engagement}&section=incidents&key={incident}", acme.Olga, "leave", ("once", Guid.NewGuid().ToString()), ("why", "It was small."));
        Assert.Contains("The shop was down for two hours", (await acme.Olga.GetAsync(Letter)).Text, StringComparison.Ordinal);

        foreach (Match asked in Regex.Matches(WebUtility.HtmlDecode(letter.Html), "section=([a-z]+)&key=(asked[^\"]+)\""))
            await acme.Olga.SubmitAsync(await acme.Olga.GetAsync($"{Letter}/sentence?engagement={engagement}&section={asked.Groups[1].Value}&key={asked.Groups[2].Value}"), [("text", "There is nothing else to tell.")], "value=\"type\"");
        var version = (await acme.Olga.SubmitAsync(await acme.Olga.GetAsync(Letter), [], "value=\"save\"")).Address.AbsolutePath;
        await acme.CheckAsync("incident.core", "push:desk", "", $$$"""{"subject":"incident/8","value":{"id":"INC-8","title":"A key was lost","severity":1,"detectedAt":"{{{acme.Day(-1)}}}T10:00:00Z"}}""");
        var stopped = await acme.Olga.SubmitAsync(await acme.Olga.GetAsync(version), [("title", "CEO"), ("sure", "yes")], "value=\"sign\"");
        Assert.Contains("It does not tell this, and has to", stopped.Text, StringComparison.Ordinal);
        Assert.Contains("A key was lost", stopped.Text, StringComparison.Ordinal);
        Assert.Empty(await acme.EntriesAsync("paper.signed"));
        var second = await acme.Olga.SubmitAsync(await acme.Olga.GetAsync(Letter), [("why", "INC-8")], "value=\"save\"");
        await acme.Olga.SubmitAsync(second, [("title", "CEO"), ("sure", "yes")], "value=\"sign\"");
        Assert.Single(await acme.EntriesAsync("paper.signed"));
    }

    [Fact]
    public async Task A_row_of_a_table_is_typed_with_bars_and_a_changed_database_is_seen()
    {
        await using var acme = await OpenAsync();
        const string Kind = "user-entity-controls";
        var form = await acme.Olga.GetAsync(At("customers", "cuec/CUEC-01", Kind));
        Assert.Contains("CUEC-01 | Customers add, change and remove", form.Text, StringComparison.Ordinal);
        var page = await acme.Olga.SubmitAsync(form, [("text", "CUEC-01 | Shops switch off leavers the same day. | CC6.2"), ("why", "It says what we tell them.")], "value=\"type\"");
        Assert.Contains("<td>Shops switch off leavers the same day.</td>", page.Html, StringComparison.Ordinal);
        var version = (await acme.Olga.SubmitAsync(page, [], "value=\"save\"")).Address.AbsolutePath;
        Assert.DoesNotContain("Somebody changed the database.", (await acme.Olga.GetAsync(version)).Text, StringComparison.Ordinal);
        await using (var connection = await acme.Office.Data.DatabaseOf("acme-gmbh").OpenAsync(default))
            Assert.Equal(1, await Plainproof.Storage.Sql.RunAsync(Plainproof.Storage.Sql.Command(connection, "UPDATE paper_version SET content = REPLACE(content, 'same day', 'next year')"), default));
        Assert.Contains("Somebody changed the database.", (await acme.Olga.GetAsync(version)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_list_that_may_lack_items_is_never_called_empty()
    {
        await using var acme = await OpenWindowAsync(-30, -1);
        await acme.CheckAsync("incident.core", "push:desk", "");
        var page = await acme.Olga.GetAsync($"{Page}/nil-statements");
        Assert.Contains("Incidents: the list is empty, and may lack items.", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("there was none of this: Every incident", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Alerts:", page.Text, StringComparison.Ordinal); // Nothing tells of them, so nothing is said.
    }

    [Fact]
    public async Task A_saved_version_is_taken_away_on_the_command_line()
    {
        await using var acme = await OpenAsync();
        await acme.Olga.SubmitAsync(await acme.Olga.GetAsync(Description), [], "value=\"save\"");
        Assert.Contains("system-description       version 1", (await RunAsync(acme, "paper", "list")).Said, StringComparison.Ordinal);
        using var folder = new Servers.TemporaryFolder();
        var done = await RunAsync(acme, "paper", "export", "--kind", "system-description", "--out", folder.File("description.md"), "--sources");
        Assert.True(done.Exit == 0, done.Said);
        var text = await File.ReadAllTextAsync(folder.File("description.md"));
        Assert.Contains("Acme GmbH. Version 1", text, StringComparison.Ordinal);
        Assert.Contains("Where each sentence comes from", text, StringComparison.Ordinal);
        var wrong = await RunAsync(acme, "paper", "export", "--kind", "opinion", "--out", folder.File("opinion.exe"));
        Assert.Equal(2, wrong.Exit);
        Assert.Contains("names no format", wrong.Said, StringComparison.Ordinal);
        Assert.Contains("There is no document 'opinion'.", wrong.Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_package_for_the_auditor_holds_saved_documents_and_stays_the_same()
    {
        await using var acme = await OpenAsync();
        await acme.Olga.SubmitAsync(await acme.Olga.GetAsync(Description), [], "value=\"save\"");
        var engagement = EngagementIn(await acme.Olga.GetAsync(Page));
        using var folder = new Servers.TemporaryFolder();
        foreach (var name in new[] { "one", "two" })
        {
            var done = await RunAsync(acme, "export", "--engagement", engagement, "--out", folder.File(name) + "/");
            Assert.True(done.Exit == 0, done.Said);
            acme.Office.Clock.Shift += TimeSpan.FromMinutes(1);
        }

        var files = Directory.GetFiles(folder.File("one"), "system-description*", SearchOption.AllDirectories);
        Assert.Equal([".docx", ".json", ".pdf"], files.Select(Path.GetExtension).Order(StringComparer.Ordinal));
        foreach (var file in files)
            Assert.Equal(await File.ReadAllBytesAsync(file), await File.ReadAllBytesAsync(file.Replace(folder.File("one"), folder.File("two"), StringComparison.Ordinal)));
        await using var connection = await acme.Office.Data.DatabaseOf("acme-gmbh").OpenAsync(default);
        var told = await Plainproof.Storage.Sql.ListAsync(Plainproof.Storage.Sql.Command(connection, "SELECT body FROM log_entry WHERE kind = 'paper.saved'"), row => Encoding.UTF8.GetString(row.GetFieldValue<byte[]>(0)), default);
        Assert.Contains(Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(files.Single(file => file.EndsWith(".json", StringComparison.Ordinal))))), Assert.Single(told), StringComparison.Ordinal);
    }

    private static async Task<(int Exit, string Said)> RunAsync(Workspace acme, params string[] command)
    {
        using var said = new StringWriter();
        var exit = await Plainproof.Cli.CommandLine.RunAsync([.. command, "--company", "acme-gmbh", "--data", acme.Office.Data.Path], TextReader.Null, said, said, acme.Office.Clock);
        return (exit, said.ToString());
    }

    private static Task<Seen> TypeAsync(Workspace acme, string section, string key, string text) => TypeAsync(acme.Olga, section, key, text);

    private static async Task<Seen> TypeAsync(Visitor visitor, string section, string key, string text) => await visitor.SubmitAsync(await visitor.GetAsync(At(section, key)), [("text", text)], "value=\"type\"");

    private static string At(string section, string key, string kind = "system-description") => $"{Page}/{kind}/sentence?section={section}&key={Uri.EscapeDataString(key)}";

    private static string EngagementIn(Seen page) => Regex.Match(page.Html, "papers\\?engagement=([0-9a-f-]{36})").Groups[1].Value;

    private async Task<Workspace> OpenAsync(int ends = 30) => await OpenAsync([("kind", "typeOne"), ("ends", ends)]);

    private async Task<Workspace> OpenWindowAsync(int begins, int ends) => await OpenAsync([("kind", "typeTwo"), ("begins", begins), ("ends", ends)]);

    private async Task<Workspace> OpenAsync(IReadOnlyList<(string Name, object Value)> days)
    {
        var acme = await Workspace.OpenAsync(postgresql);
        await acme.Olga.SubmitAsync(
            await acme.Olga.GetAsync($"{Home}/engagements/new"),
            [("title", "First report"), ("wanted", ""), ("hours", "12"), ("firm", "Harrow & Pike"), ("licence", ""), ("review", ""), .. days.Select(day => (day.Name, day.Value is int number ? acme.Day(number) : (string)day.Value))]);
        return acme;
    }

    [GeneratedRegex("<a href=\"([^\"]+)\" title=\"[^\"]*\">from<")]
    private static partial Regex From();
}
