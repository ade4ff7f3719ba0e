using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Plainproof.Evidence;
using Plainproof.Tests.Populations;
using Plainproof.Tests.Servers;
using Plainproof.Tests.Web;
using Xunit;

namespace Plainproof.Tests.Export;

public sealed class PackageByBrowserOnSqlite() : PackageByBrowserTests(false);

public sealed class PackageByBrowserOnPostgresql() : PackageByBrowserTests(true);

/// <summary>Who may, downloads the package; nobody else does, and no other site makes one.</summary>
public abstract class PackageByBrowserTests(bool postgresql)
{
    private const string Page = $"{Ledger.Home}/package";

    [Fact]
    public async Task The_company_and_its_auditor_download_a_package_that_verifies()
    {
        await using var acme = await Ledger.OpenAsync(postgresql);
        await acme.LiveAsync(_ => acme.PushAsync("change.merge", "forge", acme.Merge(1, 3, "bob")));
        var auditor = await acme.Office.JoinAsync(acme.Olga, "cpa@firm.example", "auditor");
        var key = Regex.Match((await acme.Olga.GetAsync(Page)).Html, "<code>(plainproof/acme-gmbh/[^<]+)</code>").Groups[1].Value;
        foreach (var person in new[] { acme.Olga, auditor })
        {
            using var sent = await AskAsync(person, TokenIn(await person.GetAsync(Page)));
            Assert.Equal((HttpStatusCode.OK, "application/zip"), (sent.StatusCode, sent.Content.Headers.ContentType!.MediaType));
            var zip = acme.Write($"{Guid.NewGuid():N}.zip", "");
            await File.WriteAllBytesAsync(zip, await sent.Content.ReadAsByteArrayAsync());
            var report = await Verifier.VerifyAsync(new VerifyRequest { Folder = zip, Vkey = WebUtility.HtmlDecode(key) }, default);
            Assert.DoesNotContain(report.Findings, finding => finding.Outcome == Outcome.Failed);
        }

        Assert.Equal(["cpa@firm.example", "olga@acme.example"], (await acme.EntriesAsync("export.made")).Select(entry => (string)entry["by"]!).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Nobody_else_makes_one_and_no_other_site_does()
    {
        await using var acme = await Ledger.OpenAsync(postgresql);
        var member = await acme.Office.JoinAsync(acme.Olga, "max@acme.example", "member");
        var page = await member.GetAsync(Page);
        Assert.DoesNotContain("Make it and download", page.Text, StringComparison.Ordinal);
        foreach (var (person, token) in new[] { (member, TokenIn(await member.GetAsync("/me"))), (acme.Olga, "none") })
        {
            using var refused = await AskAsync(person, token);
            Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        }

        Assert.Empty(await acme.EntriesAsync("export.made"));
    }

    [Fact]
    public async Task What_was_given_for_a_request_is_in_it_on_whichever_day_it_came_and_so_are_issued_samples()
    {
        await using var acme = await Ledger.OpenAsync(postgresql);
        await acme.LiveAsync(_ => acme.PushAsync("change.merge", "forge", acme.Merge(1, 3, "bob"), acme.Merge(2, 4, "bob")));
        var engagement = (string)JsonNode.Parse((await acme.RunAsync("engagement", "new", "First", "--from", acme.Day(1), "--to", acme.Day(Ledger.LastDay), "--format", "json")).Said)!["id"]!;
        var auditor = await acme.Office.JoinAsync(acme.Olga, "cpa@firm.example", "auditor");
        await acme.RunAsync("population", "freeze", "changes", "--engagement", engagement);
        await acme.RunAsync("evidence", "add", acme.Write("chart.txt", "Olga, then everybody.\n"), "--control", "GOV-02", "--says", "Organisation chart");
        await acme.RunAsync("evidence", "add", acme.Write("party.txt", "Photos of the party.\n"), "--control", "GOV-02", "--says", "The party");
        await acme.RunAsync("request", "generate");
        var line = Regex.Match((await acme.Olga.GetAsync($"{Ledger.Home}/requests")).Html, "requests/([0-9a-f-]{36})\">R-007").Groups[1].Value;
        var page = await acme.Olga.GetAsync($"{Ledger.Home}/requests/{line}");
        var chart = Regex.Match(page.Html, "files/([0-9a-f-]{36})\">Organisation chart").Groups[1].Value;
        await acme.Olga.SubmitAsync(page, [], $"value=\"link-file:{chart}\"");
        var draw = await auditor.GetAsync(Regex.Match((await auditor.GetAsync($"{Ledger.Home}/samples/new")).Html, "href=\"([^\"]+population=[^\"]+)\"").Groups[1].Value);
        var sample = await auditor.SubmitAsync(draw, [("method", "all"), ("controls", "CHG-01")]);

        using var before = await PackedAsync(acme, engagement, "before");
        Assert.False(Directory.Exists(before.File("data", "samples")));
        await auditor.SubmitAsync(sample, [], "value=\"issue\"");
        using var package = await PackedAsync(acme, engagement, "after");
        var issued = JsonNode.Parse(await File.ReadAllTextAsync(Assert.Single(Directory.GetFiles(package.File("data", "samples")))))!;
        Assert.Equal((string?)Assert.Single(await acme.EntriesAsync("sample.drawn"))["commitment"], (string?)issued["commitment"]);
        var told = JsonNode.Parse(await File.ReadAllTextAsync(package.File("data", "requests", $"{engagement}.json")))!["requests"]!.AsArray();
        var given = Assert.Single(told.Single(one => (string?)one!["number"] == "R-007")!["answers"]!.AsArray())!;
        Assert.Equal("Olga, then everybody.\n", await File.ReadAllTextAsync(package.File((string)given["file"]!)));
        Assert.DoesNotContain(Directory.GetFiles(package.File("data", "blobs"), "*", SearchOption.AllDirectories), file => File.ReadAllText(file).Contains("party", StringComparison.Ordinal));
    }

    private static async Task<TemporaryFolder> PackedAsync(Ledger acme, string engagement, string name)
    {
        var folder = new TemporaryFolder();
        var (exit, said) = await acme.RunAsync("export", "--engagement", engagement, "--out", folder.File(name) + "/");
        Assert.True(exit == 0, said);
        foreach (var entry in Directory.GetFileSystemEntries(folder.File(name)))
            Directory.Move(entry, folder.File(Path.GetFileName(entry)));
        return folder;
    }

    private static Task<HttpResponseMessage> AskAsync(Visitor person, string token) =>
        person.Client.PostAsync($"{Page}.zip", new FormUrlEncodedContent([KeyValuePair.Create("engagement", ""), KeyValuePair.Create("form-token", token)]));

    private static string TokenIn(Seen page) => Regex.Match(page.Html, "name=\"form-token\" value=\"([^\"]+)\"").Groups[1].Value;
}
