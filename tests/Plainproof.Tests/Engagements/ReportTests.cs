using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Plainproof.Tests.Api;
using Plainproof.Tests.Populations;
using Plainproof.Tests.Web;
using Xunit;

namespace Plainproof.Tests.Engagements;

public sealed class ReportsOnSqlite() : ReportTests(false);

public sealed class ReportsOnPostgresql() : ReportTests(true);

/// <summary>The report that the firm signed: kept as it came, told in the firm's words, and followed by the next window.</summary>
public abstract class ReportTests(bool postgresql)
{
    private const string Home = Ledger.Home;
    private static readonly byte[] Signed = Encoding.Latin1.GetBytes("%PDF-1.7\n1 0 obj <</Type /Sig /ByteRange [0 9 20 30]>> endobj\n%%EOF\n");

    [Fact]
    public async Task The_file_comes_back_byte_for_byte_and_the_next_window_begins_the_day_after()
    {
        await using var acme = await Ledger.OpenAsync(postgresql);
        var id = await PlanAsync(acme);
        var page = await acme.Olga.GetAsync($"{Home}/engagements/{id}/report");
        Assert.Contains("There is no report yet.", page.Text, StringComparison.Ordinal);
        page = await StoreAsync(acme.Olga, page, Signed, ("exceptions", "2"), ("about", "Two late removals of access."));
        Assert.Contains("Unmodified: the firm agrees", page.Text, StringComparison.Ordinal);
        Assert.Contains("Two late removals of access.", page.Text, StringComparison.Ordinal);
        Assert.Contains("It is not checked here", page.Text, StringComparison.Ordinal);
        Assert.Contains("and the report is signed by Audit LLP.", page.Text, StringComparison.Ordinal);
        var sum = Convert.ToHexStringLower(SHA256.HashData(Signed));
        Assert.Contains(sum, page.Text, StringComparison.Ordinal);
        using var script = await Script.OfAsync(acme.Office.Site, acme.Olga, "read");
        var told = (await script.GetAsync($"{Script.Company}/reports")).Json["reports"]![0]!;
        Assert.Equal((sum, "unmodified", "2026-10-31"), ((string?)told["sha256"], (string?)told["opinion"], (string?)told["lastDay"]));
        Assert.Equal("2027-10-31", (string?)told["countsUntil"]);
        using var file = await acme.Olga.Client.GetAsync($"{Home}/reports/{told["id"]}/file");
        Assert.Equal(Signed, await file.Content.ReadAsByteArrayAsync());
        Assert.Equal(sum, (string?)Assert.Single(await acme.EntriesAsync("report.received"))["sha256"]);
        Assert.Contains("How far it is: report in hand", (await acme.Olga.GetAsync($"{Home}/engagements/{id}")).Text, StringComparison.Ordinal);

        var next = await acme.Olga.SubmitAsync(page, [], "value=\"next\"");
        Assert.Contains("1 November 2026 to 31 October 2027", next.Text, StringComparison.Ordinal);
        Assert.Contains("Planned: After First report", (await acme.Olga.GetAsync($"{Home}/engagements/{id}/report")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_wrong_is_told_at_once_and_nothing_is_kept()
    {
        await using var acme = await Ledger.OpenAsync(postgresql);
        var id = await PlanAsync(acme);
        var page = await acme.Olga.GetAsync($"{Home}/engagements/{id}/report");
        var refused = await StoreAsync(acme.Olga, page, "Not a PDF."u8.ToArray(), ("firm", " "), ("signed", "2026-10-31"), ("exceptions", "none"), ("opinion", "passed"), ("first", ""));
        foreach (var problem in new[] { "This is no PDF.", "The firm that signed it is missing.", "A report is signed after the last day", "a number from 0 to 1000", "Say which opinion stands in the report.", "its first day is missing" })
            Assert.Contains(problem, refused.Text, StringComparison.Ordinal);
        Assert.Empty(await acme.EntriesAsync("report.received"));
        Assert.DoesNotContain("How far it is: report in hand", (await acme.Olga.GetAsync($"{Home}/engagements/{id}")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_newer_report_stands_beside_the_older_and_a_viewer_stores_none()
    {
        await using var acme = await Ledger.OpenAsync(postgresql);
        var id = await PlanAsync(acme);
        var address = $"{Home}/engagements/{id}/report";
        var auditor = await acme.Office.JoinAsync(acme.Olga, "cpa@firm.example", "auditor");
        var viewer = await acme.Office.JoinAsync(acme.Olga, "vera@acme.example", "viewer");
        await StoreAsync(acme.Olga, await acme.Olga.GetAsync(address), Signed);
        var page = await StoreAsync(auditor, await auditor.GetAsync(address), [.. Signed, (byte)'\n'], ("opinion", "qualified"));
        Assert.Contains("A newer one stands above.", page.Text, StringComparison.Ordinal);
        Assert.Single(await acme.EntriesAsync("engagement.step"));
        Assert.DoesNotContain("Store it", (await viewer.GetAsync(address)).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await viewer.GetAsync($"{Home}/reports/none/file")).Status);
    }

    private static async Task<string> PlanAsync(Ledger acme)
    {
        var (exit, said) = await acme.RunAsync("engagement", "new", "First report", "--from", "2026-08-01", "--to", "2026-10-31", "--firm", "Other LLP", "--format", "json");
        Assert.True(exit == 0, said);
        return (string)System.Text.Json.Nodes.JsonNode.Parse(said)!["id"]!;
    }

    private static async Task<Seen> StoreAsync(Visitor person, Seen page, byte[] file, params (string Name, string Value)[] over)
    {
        var typed = new Dictionary<string, string>
        {
            ["firm"] = "Audit LLP",
            ["type"] = "typeTwo",
            ["first"] = "2026-08-01",
            ["last"] = "2026-10-31",
            ["signed"] = DateTime.UtcNow.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            ["opinion"] = "unmodified",
            ["exceptions"] = "0",
            ["about"] = "",
            ["until"] = "",
        };
        foreach (var (name, value) in over)
            typed[name] = value;
        return await person.UploadAsync(page, typed.Select(one => (one.Key, one.Value)), "report.pdf", file, "value=\"report\"");
    }
}
