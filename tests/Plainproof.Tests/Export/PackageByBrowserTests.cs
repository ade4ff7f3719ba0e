using System.Net;
using System.Text.RegularExpressions;
using Plainproof.Evidence;
using Plainproof.Tests.Populations;
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

    private static Task<HttpResponseMessage> AskAsync(Visitor person, string token) =>
        person.Client.PostAsync($"{Page}.zip", new FormUrlEncodedContent([KeyValuePair.Create("engagement", ""), KeyValuePair.Create("form-token", token)]));

    private static string TokenIn(Seen page) => Regex.Match(page.Html, "name=\"form-token\" value=\"([^\"]+)\"").Groups[1].Value;
}
