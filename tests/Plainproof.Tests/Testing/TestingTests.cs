using System.IO.Compression;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Plainproof.Tests.Api;
using Plainproof.Tests.Populations;
using Plainproof.Tests.Servers;
using Plainproof.Tests.Standing;
using Plainproof.Tests.Web;
using Xunit;

namespace Plainproof.Tests.Testing;

public sealed class TestingOnSqlite() : TestingTests(false);

public sealed class TestingOnPostgresql() : TestingTests(true);

/// <summary>The auditor tests controls: design and operation apart, each wording in its own days, and nobody else sees that it exists.</summary>
public abstract class TestingTests(bool postgresql)
{
    private const string Home = Ledger.Home;
    private const string Control = "CHG-01";
    private const string Secret = "I sat with Bob and merged a change.";

    [Fact]
    public async Task Design_and_operation_are_the_auditors_alone_wording_by_wording()
    {
        await using var acme = await OpenAsync();
        var (tests, window) = ($"{Home}/engagements/{acme.TypeTwo}/tests", await acme.Auditor.GetAsync($"{Home}/engagements/{acme.TypeTwo}"));
        Assert.Contains(tests, window.Html, StringComparison.Ordinal);
        Assert.Contains(tests, (await acme.Auditor.GetAsync($"{Home}/samples")).Html, StringComparison.Ordinal);
        var grid = await acme.Auditor.GetAsync(tests);
        Assert.Contains("3 of 3 items tested: 2 no exception, 1 deviation, 0 not applicable, 0 open.", grid.Text, StringComparison.Ordinal);
        Assert.Contains("Checked by the company: no test", grid.Text, StringComparison.Ordinal);
        var page = await acme.Auditor.GetAsync($"{tests}/{Control}");
        Assert.Contains("2 of 2 items tested: 1 no exception, 1 deviation", page.Text, StringComparison.Ordinal); // Of the sentence that we suggest.
        Assert.Contains("1 of 1 item tested: 1 no exception", page.Text, StringComparison.Ordinal); // Of the company's own, from day 14 on.
        Assert.Contains("A second engineer approves each change.", page.Text, StringComparison.Ordinal);
        Assert.Contains(", every item", page.Text, StringComparison.Ordinal);

        foreach (var (form, typed, says) in new (string, (string, string)[], string)[]
        {
            ("design suggested", [("conclusion", "suitablyDesigned")], "Before you conclude, say how you tested and what you did."),
            ("design suggested", [("conclusion", "operatedEffectively")], "What you concluded of the design is one of: not concluded, suitably designed, not suitably designed."),
            ("operation suggested", [("method", "inspection"), ("done", "x"), ("searched", "The whole list."), ("conclusion", "operatedEffectively")], "You found no occasion, so it could not operate."),
        })
            Assert.Contains(says, (await acme.Auditor.SubmitAsync(page, typed, $"value=\"{form}\"")).Text, StringComparison.Ordinal);
        Assert.Empty(await acme.EntriesAsync());

        page = await acme.Auditor.SubmitAsync(page, [("method", "inspection"), ("done", Secret), ("conclusion", "suitablyDesigned"), ("reference", "C-12")], "value=\"design suggested\"");
        var stale = await acme.Second.GetAsync($"{tests}/{Control}");
        page = await acme.Auditor.SubmitAsync(page, [("method", "inquiry"), ("done", "Ticked three changes."), ("conclusion", "operatedWithExceptions"), ("note", "One was approved by its author.")], "value=\"operation suggested\"");
        Assert.Contains("✗ operated with exceptions", page.Text, StringComparison.Ordinal);
        var own = Regex.Match(page.Html, "value=\"operation ([0-9a-f-]{36})\"").Groups[1].Value;
        page = await acme.Auditor.SubmitAsync(page, [("method", "inspection"), ("done", "No change was made."), ("searched", "The list of all changes."), ("conclusion", "didNotOperate")], $"value=\"operation {own}\"");

        Assert.Contains("Another auditor wrote here", (await acme.Second.SubmitAsync(stale, [("method", "inspection"), ("done", "Mine."), ("conclusion", "operatedEffectively")], "value=\"operation suggested\"")).Text, StringComparison.Ordinal);
        (string, string)[] again = [("method", "inspection"), ("done", Secret), ("conclusion", "notSuitablyDesigned")];
        page = await acme.Second.SubmitAsync(await acme.Second.GetAsync($"{tests}/{Control}"), again, "value=\"design suggested\"");
        Assert.Contains("What stood there before", page.Text, StringComparison.Ordinal);
        Assert.Contains("✗ not suitably designed", page.Text, StringComparison.Ordinal);
        Assert.Contains("cpa@firm.example", page.Text, StringComparison.Ordinal);
        await acme.Second.SubmitAsync(page, again, "value=\"design suggested\"");
        Assert.Equal(4, (await acme.EntriesAsync()).Count);

        Assert.Contains(Control, (await acme.Auditor.GetAsync($"{tests}?state=deviations&criterion=CC8.1")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("GOV-01", (await acme.Auditor.GetAsync($"{tests}?state=deviations")).Text, StringComparison.Ordinal);
        Assert.Contains("No control is like that.", (await acme.Auditor.GetAsync($"{tests}?state=concluded")).Text, StringComparison.Ordinal); // One part of one wording is open.
        Assert.Contains("Operation is not tested here.", (await acme.Auditor.GetAsync($"{Home}/engagements/{acme.TypeOne}/tests/{Control}")).Text, StringComparison.Ordinal);
        await AssertTakenAwayAsync(acme, tests);
        await AssertScriptsAsync(acme);
        await AssertHiddenAsync(acme, tests);
        await AssertExampleAsync(acme);
    }

    /// <summary>With salts, so that anybody whom the auditor shows it to sees that the log committed to it.</summary>
    private static async Task AssertTakenAwayAsync(Audit acme, string tests)
    {
        var file = JsonNode.Parse((await acme.Auditor.GetAsync($"{tests}.json")).Html)!;
        Assert.Equal((await acme.EntriesAsync()).Select(entry => (string)entry["commitment"]!), file["tests"]!.AsArray().Select(one => Digest(one!)));
        Assert.Equal(3, file["samples"]![0]!["ticks"]!.AsArray().Count);
        using var workbook = new ZipArchive(await acme.Auditor.Client.GetStreamAsync($"{tests}.xlsx"));
        var said = string.Concat(workbook.Entries.Where(part => part.FullName.EndsWith(".xml", StringComparison.Ordinal)).Select(part => new StreamReader(part.Open()).ReadToEnd()));
        foreach (var part in new[] { "The auditor's own tests. Not the company's.", Secret, "C-12", "not suitably designed", "The approver is not the author" })
            Assert.Contains(part, WebUtility.HtmlDecode(said), StringComparison.Ordinal);
    }

    /// <summary>Law 5.</summary>
    private static async Task AssertHiddenAsync(Audit acme, string tests)
    {
        foreach (var person in new[] { acme.Ledger.Olga, await acme.Ledger.Office.JoinAsync(acme.Ledger.Olga, "ada@consult.example", "adviser") })
        {
            foreach (var address in new[] { tests, $"{tests}/{Control}", $"{tests}.json", $"{tests}.xlsx" })
                Assert.Equal(HttpStatusCode.NotFound, (await person.GetAsync(address)).Status);
            foreach (var address in new[] { $"{Home}/engagements/{acme.TypeTwo}", $"{Home}/samples" })
                Assert.DoesNotContain("/tests", (await person.GetAsync(address)).Html, StringComparison.Ordinal);
            await Workspace.ForgeAsync($"{tests}/{Control}", person, "design suggested", ("once", Guid.NewGuid().ToString("D")), ("seen", ""), ("method", "inquiry"), ("done", "Forged."), ("conclusion", "suitablyDesigned"));
        }

        var entries = await acme.EntriesAsync();
        Assert.Equal(5, entries.Count);
        Assert.All(entries, entry => Assert.Equal(["by", "commitment", "engagement"], entry.AsObject().Select(member => member.Key).Order(StringComparer.Ordinal)));
        using var place = new TemporaryFolder();
        var (exit, said) = await acme.Ledger.RunAsync("export", "--out", place.File("package") + "/");
        Assert.True(exit == 0, said);
        Assert.All(Directory.EnumerateFiles(place.File("package"), "*", SearchOption.AllDirectories), path => Assert.DoesNotContain("sat with Bob", File.ReadAllText(path), StringComparison.Ordinal));
    }

    private static async Task AssertScriptsAsync(Audit acme)
    {
        var (tests, now, until) = ($"{Script.Company}/engagements/{acme.TypeOne}/tests", acme.Ledger.Office.Clock.GetUtcNow(), acme.Ledger.Office.Clock.GetUtcNow().AddDays(30).UtcDateTime);
        using var auditor = await Script.OfAsync(acme.Ledger.Office.Site, acme.Auditor, "read test", today: now, until: until);
        using var owner = await Script.OfAsync(acme.Ledger.Office.Site, acme.Ledger.Olga, "read work", today: now, until: until);
        var body = $$"""{ "part": "design", "methods": ["observation"], "done": "{{Secret}}", "conclusion": "suitablyDesigned", "once": "{{Guid.NewGuid()}}" }""";
        for (var i = 0; i < 2; i++)
            Assert.Equal(HttpStatusCode.OK, (await auditor.SendAsync(HttpMethod.Post, $"{tests}/{Control}", body)).Status);
        var told = Assert.Single((await auditor.GetAsync($"{tests}/{Control}")).Json["tests"]!.AsArray())!;
        Assert.Equal((string?)(await acme.EntriesAsync())[^1]["commitment"], Digest(told));
        var line = (await auditor.GetAsync(tests)).Json["controls"]!.AsArray().Single(one => (string?)one!["control"] == Control)!;
        Assert.Equal("suitablyDesigned", (string?)line["wordings"]!.AsArray()[^1]!["design"]);
        Assert.Null(line["wordings"]!.AsArray()[^1]!["operation"]);
        Assert.Contains("Operation is not tested here.", (await auditor.SendAsync(HttpMethod.Post, $"{tests}/{Control}", body.Replace("\"design\"", "\"operation\"", StringComparison.Ordinal).Replace("suitablyDesigned", "notConcluded", StringComparison.Ordinal))).Text, StringComparison.Ordinal);
        foreach (var path in new[] { tests, $"{tests}/{Control}" })
            (await owner.GetAsync(path)).Problem(HttpStatusCode.NotFound);
        (await owner.SendAsync(HttpMethod.Post, $"{tests}/{Control}", body)).Problem(HttpStatusCode.Forbidden);
        Assert.Equal(5, (await acme.EntriesAsync()).Count);
    }

    private static async Task AssertExampleAsync(Audit acme)
    {
        var office = acme.Ledger.Office;
        using var auditor = await Script.OfAsync(office.Site, acme.Auditor, "read test", today: office.Clock.GetUtcNow(), until: office.Clock.GetUtcNow().AddDays(30).UtcDateTime);
        var example = WallTests.Asked.All(office.Site).Single(one => one.Scope == Features.Api.Scope.Test);
        Assert.Equal(HttpStatusCode.OK, (await (example with { Path = $"{Script.Company}/engagements/{acme.TypeOne}/tests/{Control}" }).ByAsync(auditor)).Status);
    }

    private static string Digest(JsonNode told)
    {
        var digest = Convert.ToHexStringLower(SHA256.HashData([.. Convert.FromHexString((string)told["salt"]!), .. Encoding.UTF8.GetBytes((string)told["text"]!)]));
        Assert.Equal((string?)told["commitment"], digest);
        return digest;
    }

    /// <summary>A window in which a control was reworded, with a sample of it that is ticked.</summary>
    private async Task<Audit> OpenAsync()
    {
        var acme = await Ledger.OpenAsync(postgresql);
        acme.GoTo(12);
        await acme.SignInAsync();
        await acme.Olga.SubmitAsync(await acme.Olga.GetAsync($"{Home}/controls/{Control}/edit"), [("title", "Approved changes"), ("statement", "A second engineer approves each change."), ("frequency", "each change"), ("owner", "Head of engineering"), ("begins", acme.Day(14)), ("why", "We agreed on it.")], "value=\"word\"");
        acme.GoTo(Ledger.LastDay + 2);
        await acme.PushAsync("change.merge", "forge", Enumerable.Range(0, 60).Select(number => acme.Merge(number, 1 + (number % 27), "bob")));
        await acme.SignInAsync();
        var audit = new Audit(acme, await acme.Office.JoinAsync(acme.Olga, "cpa@firm.example", "auditor"), await acme.Office.JoinAsync(acme.Olga, "eve@firm.example", "auditor"), await PlanAsync(acme, "--on", acme.Day(Ledger.LastDay)), await PlanAsync(acme, "--from", acme.Day(1), "--to", acme.Day(Ledger.LastDay)));
        var list = await acme.Olga.GetAsync($"{Home}/populations/changes?engagement={audit.TypeTwo}");
        var frozen = await acme.Olga.SubmitAsync(list, [("first", acme.Day(1)), ("last", acme.Day(Ledger.LastDay)), ("sure", "yes")], "value=\"freeze\"");
        var page = await audit.Auditor.GetAsync($"{Home}/samples/new?population={frozen.Address.AbsolutePath.Split('/')[^1]}");
        page = await audit.Auditor.SubmitAsync(page, [("method", "targeted"), ("named", "1, 2, 60"), ("why", "Both ends."), ("controls", Control)], "value=\"draw\"");
        page = await audit.Auditor.SubmitAsync(page, [("lines", "The approver is not the author")], "value=\"attributes\"");
        var cells = Regex.Matches(page.Html, "name=\"(tick-[^\"]+)\"").Select(match => match.Groups[1].Value).ToList();
        await audit.Auditor.SubmitAsync(page, [(cells[0], "noException"), (cells[1], "deviation"), (cells[2], "noException")], "value=\"grid\"");
        return audit;
    }

    private static async Task<string> PlanAsync(Ledger acme, params string[] days)
    {
        var (exit, said) = await acme.RunAsync(["engagement", "new", $"Report {days[0]}", "--format", "json", .. days]);
        Assert.True(exit == 0, said);
        return (string)JsonNode.Parse(said)!["id"]!;
    }

    private sealed record Audit(Ledger Ledger, Visitor Auditor, Visitor Second, string TypeOne, string TypeTwo) : IAsyncDisposable
    {
        public Task<IReadOnlyList<JsonNode>> EntriesAsync() => Ledger.EntriesAsync("test.written");

        public ValueTask DisposeAsync() => Ledger.DisposeAsync();
    }
}
