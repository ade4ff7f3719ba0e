using System.IO.Compression;
using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Plainproof.Documents.Workbooks;
using Plainproof.Tests.Api;
using Plainproof.Tests.People;
using Plainproof.Tests.Populations;
using Plainproof.Tests.Servers;
using Plainproof.Tests.Standing;
using Plainproof.Tests.Web;
using Xunit;

namespace Plainproof.Tests.Requests;

public sealed class RequestsOnSqlite() : RequestsTests(false);

public sealed class RequestsOnPostgresql() : RequestsTests(true);

/// <summary>What the auditor asks for: from a list to the last answer, by everybody's own hands.</summary>
public abstract class RequestsTests(bool postgresql) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private const string Home = Ledger.Home;

    [Fact]
    public async Task The_usual_list_fits_the_type_and_the_categories_and_comes_once()
    {
        await using var acme = await OpenAsync("--on", DaysOn(20));
        var list = await acme.Olga.GetAsync($"{Home}/requests");
        Assert.Contains("The list is empty.", list.Text, StringComparison.Ordinal);
        list = await acme.Olga.SubmitAsync(list, [], "value=\"usual\"");
        Assert.DoesNotContain("R-035", list.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("R-071", list.Text, StringComparison.Ordinal);
        Assert.Contains("R-030", list.Text, StringComparison.Ordinal);
        var lines = Lines(list);
        Assert.InRange(lines.Count, 40, 70);
        Assert.Equal(lines, Lines(await acme.Olga.SubmitAsync(list, [], "value=\"usual\"")));
        Assert.Single(await acme.EntriesAsync("requests.generated"));

        await using var window = await OpenAsync("--from", DaysOn(1), "--to", DaysOn(90), "--category", "Availability");
        var more = await window.Olga.SubmitAsync(await window.Olga.GetAsync($"{Home}/requests"), [], "value=\"usual\"");
        Assert.Contains("R-035", more.Text, StringComparison.Ordinal);
        Assert.Contains("R-071", more.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("R-082", more.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_line_is_answered_sent_back_and_accepted_and_each_side_has_its_own_part()
    {
        await using var acme = await OpenAsync("--from", DaysOn(1), "--to", DaysOn(90));
        var auditor = await acme.Office.JoinAsync(acme.Olga, "cpa@firm.example", "auditor");
        var viewer = await acme.Office.JoinAsync(acme.Olga, "vera@acme.example", "viewer");
        await auditor.SubmitAsync(await auditor.GetAsync($"{Home}/requests"), [("item", "Minutes of the access review in spring."), ("controls", "AC-06")], "value=\"add\"");
        var file = acme.Write("minutes.txt", "Access review, 4 May. Present: Ann, Bob. All accounts were looked at.\n");
        Assert.Equal(0, (await acme.RunAsync("evidence", "add", file, "--control", "AC-06", "--says", "Minutes of the spring review of access")).Exit);

        var address = $"{Home}/requests/{Assert.Single(Lines(await acme.Olga.GetAsync($"{Home}/requests")))}";
        var page = await acme.Olga.GetAsync(address);
        Assert.Contains("It shows AC-06, which the line is about.", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("I have what I asked for", page.Text, StringComparison.Ordinal);
        Assert.Contains("Nothing answers it yet.", (await StepAsync(acme.Olga, page, "ready", "")).Text, StringComparison.Ordinal);
        page = await acme.Olga.SubmitAsync(page, [], Regex.Match(page.Html, "value=\"link-file:[^\"]+\"").Value);
        page = await StepAsync(acme.Olga, page, "ready", "Both meetings are in it.");
        Assert.Contains("ready to be looked at", page.Text, StringComparison.Ordinal);

        var theirs = await auditor.GetAsync(address);
        Assert.DoesNotContain("What may answer it", theirs.Text, StringComparison.Ordinal);
        Assert.Contains("The reason is missing.", (await StepAsync(auditor, theirs, "sentBack", "")).Text, StringComparison.Ordinal);
        theirs = await StepAsync(auditor, theirs, "sentBack", "Who looked at the administrators?");
        page = await acme.Olga.GetAsync(address);
        Assert.Contains("sent it back: Who looked at the administrators?", page.Text, StringComparison.Ordinal);
        await StepAsync(acme.Olga, page, "ready", "Ann did.");
        theirs = await StepAsync(auditor, await auditor.GetAsync(address), "accepted", "");
        Assert.Contains("accepted", theirs.Text, StringComparison.Ordinal);

        await Workspace.ForgeAsync(address, viewer, "step", ("move", "comment"), ("says", "Hello."), ("once", Guid.CreateVersion7().ToString("D")));
        Assert.Empty(await acme.EntriesAsync("request.commented"));
        Assert.DoesNotContain("Take it back", (await acme.Olga.GetAsync(address)).Text, StringComparison.Ordinal);
        Assert.Equal(["ready", "ready"], (await acme.EntriesAsync("request.ready")).Select(_ => "ready"));
        Assert.Equal("Who looked at the administrators?", (string?)Assert.Single(await acme.EntriesAsync("request.sent-back"))["says"]);
        Assert.Equal("cpa@firm.example", (string?)Assert.Single(await acme.EntriesAsync("request.accepted"))["by"]);
        page = await StepAsync(acme.Olga, await acme.Olga.GetAsync(address), "reopened", "The minutes of June belong to it, too.");
        Assert.Contains("opened it again", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_company_never_decides_and_the_auditor_never_answers()
    {
        await using var acme = await OpenAsync("--on", DaysOn(20));
        var auditor = await acme.Office.JoinAsync(acme.Olga, "cpa@firm.example", "auditor");
        await acme.RunAsync("request", "generate");
        var address = $"{Home}/requests/{Lines(await acme.Olga.GetAsync($"{Home}/requests"))[0]}";
        foreach (var move in new[] { "accepted", "sentBack", "notNeeded" })
            Assert.Contains("It does not include to decide about a request", (await StepAsync(acme.Olga, await acme.Olga.GetAsync(address), move, "So be it.")).Text, StringComparison.Ordinal);
        Assert.Contains("It does not include to answer a request", (await StepAsync(auditor, await auditor.GetAsync(address), "ready", "So be it.")).Text, StringComparison.Ordinal);
        Assert.Empty(await acme.EntriesAsync("request.accepted"));
        Assert.Empty(await acme.EntriesAsync("request.ready"));
    }

    [Fact]
    public async Task A_workbook_comes_in_by_the_browser_and_goes_back_answered_with_its_looks()
    {
        await using var acme = await OpenAsync("--from", DaysOn(1), "--to", DaysOn(90));
        var bytes = Theirs().ToBytes();
        var look = await SendAsync(acme.Olga, bytes, "Firm PBC list.xlsx");
        Assert.Contains("B: Request", look.Text, StringComparison.Ordinal);
        Assert.Contains("Hidden in the workbook, and left out: Rates", look.Text, StringComparison.Ordinal);
        var done = await TakeAsync(acme.Olga, look);
        Assert.Contains("6 lines added", done.Text, StringComparison.Ordinal);
        Assert.Contains("Row 8 is due “03/04/2027”", done.Text, StringComparison.Ordinal);
        Assert.Contains("has the number 4, which another row has too", done.Text, StringComparison.Ordinal);
        var list = await acme.Olga.GetAsync($"{Home}/requests");
        Assert.Contains("=HYPERLINK", list.Text, StringComparison.Ordinal);
        Assert.Contains("2027-03-31", list.Text, StringComparison.Ordinal);

        var leavers = $"{Home}/requests/{Lines(list)[1]}";
        var page = await acme.Olga.GetAsync(leavers);
        Assert.Contains("Access", page.Text, StringComparison.Ordinal);
        Assert.Contains("The line is like R-035", page.Text, StringComparison.Ordinal);
        await StepAsync(acme.Olga, page, "ready", "=cmd|' /C calc'!A0");
        var auditor = await acme.Office.JoinAsync(acme.Olga, "cpa@firm.example", "auditor");
        await auditor.SubmitAsync(await auditor.GetAsync($"{Home}/requests"), [("item", "One more thing.")], "value=\"add\"");

        using var sent = await auditor.Client.GetAsync(Regex.Match((await auditor.GetAsync($"{Home}/requests")).Html, "href=\"([^\"]+requests.xlsx)\"").Groups[1].Value);
        Assert.Equal("attachment; filename=\"Firm-PBC-list.xlsx\"", sent.Content.Headers.ContentDisposition!.ToString());
        var filled = await sent.Content.ReadAsByteArrayAsync();
        var sheet = SentWorkbook.Open(filled).Read("PBC");
        Assert.Equal(["#", "Request", "Due", "Comments", "Status", "Evidence"], sheet.Rows[0].Cells);
        var row = sheet.Rows.Single(one => one.At(0) == "2");
        Assert.Equal(("Theirs: by Friday\n=cmd|' /C calc'!A0", "ready to be looked at"), (row.At(3), row.At(4)));
        Assert.Equal(0, sheet.Formulas - 1);
        Assert.Equal("One more thing.", sheet.Rows[^1].At(1));
        Same(bytes, filled);
    }

    [Fact]
    public async Task A_newer_list_words_lines_anew_and_loses_nothing_that_was_done()
    {
        await using var acme = await OpenAsync("--from", DaysOn(1), "--to", DaysOn(90));
        var first = Write("one.xlsx", new MadeWorkbook().Sheet("List", [["No", "Description"], ["1", "List of leavers."], ["2", "List of joiners."]]).ToBytes());
        Assert.Equal(0, (await acme.RunAsync("request", "import", first)).Exit);
        var address = $"{Home}/requests/{Lines(await acme.Olga.GetAsync($"{Home}/requests"))[0]}";
        await StepAsync(acme.Olga, await acme.Olga.GetAsync(address), "ready", "Nobody left.");
        var second = Write("two.xlsx", new MadeWorkbook().Sheet("List", [["No", "Description"], ["2", "List of joiners."], ["1", "List of leavers, with last days."], ["3", "Insurance certificate."]]).ToBytes());
        var (exit, said) = await acme.RunAsync("request", "import", second);
        Assert.True(exit == 0 && said.Contains("1 line added, 1 worded anew, 1 as before", StringComparison.Ordinal), said);
        var page = await acme.Olga.GetAsync(address);
        Assert.Contains("List of leavers, with last days.", page.Text, StringComparison.Ordinal);
        Assert.Contains("Nobody left.", page.Text, StringComparison.Ordinal);
        var written = _folder.File("three.xlsx");
        Assert.Equal(0, (await acme.RunAsync("request", "export", "--out", written)).Exit);
        Assert.Contains("Nobody left.", SentWorkbook.Open(await File.ReadAllBytesAsync(written)).Read("List").Rows[2].Cells);
        (exit, said) = await acme.RunAsync("request", "export", "--out", written);
        Assert.True(exit == 2 && said.Contains("is there already", StringComparison.Ordinal), said);
    }

    [Fact]
    public async Task Our_own_workbook_comes_back_as_the_list_that_it_is()
    {
        await using var acme = await OpenAsync("--on", DaysOn(20));
        await acme.RunAsync("request", "generate");
        var written = _folder.File("ours.xlsx");
        Assert.Equal(0, (await acme.RunAsync("request", "export", "--out", written)).Exit);
        var (exit, said) = await acme.RunAsync("request", "import", written);
        Assert.True(exit == 0 && said.Contains("0 lines added, 0 worded anew", StringComparison.Ordinal), said);
        Assert.Contains("header=1 number=A area=B item=C criteria=D controls=E due=F owner=G status=H response=I evidence=J", (await acme.RunAsync("request", "import", written, "--look")).Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Scripts_read_the_list_answer_it_and_decide_nothing()
    {
        await using var acme = await OpenAsync("--on", DaysOn(20));
        await acme.RunAsync("request", "generate");
        var file = acme.Write("plan.txt", "The incident response plan of Acme. Version 3. Everybody calls Bob first.\n");
        await acme.RunAsync("evidence", "add", file, "--control", "INC-01", "--says", "Incident response plan");
        using var script = await Script.OfAsync(acme.Office.Site, acme.Olga, "read push work");
        var lines = (await script.GetAsync($"{Script.Company}/requests")).Json["requests"]!.AsArray();
        var plan = lines.Single(line => (string?)line!["number"] == "R-056")!;
        var address = $"{Script.Company}/requests/{plan["id"]}";
        var proposed = (string)(await script.GetAsync(address)).Json["proposals"]!.AsArray()[0]!["shows"]!;
        Assert.Equal(HttpStatusCode.NoContent, (await script.SendAsync(HttpMethod.Post, $"{address}/links", new JsonObject { ["shows"] = proposed }.ToJsonString())).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await script.SendAsync(HttpMethod.Post, $"{address}/steps", new JsonObject { ["move"] = "ready" }.ToJsonString())).Status);
        (await script.SendAsync(HttpMethod.Post, $"{address}/steps", new JsonObject { ["move"] = "accepted" }.ToJsonString())).Problem(HttpStatusCode.UnprocessableEntity);
        (await script.SendAsync(HttpMethod.Post, $"{address}/links", new JsonObject { ["shows"] = "file:nothing" }.ToJsonString())).Problem(HttpStatusCode.UnprocessableEntity);
        var answer = (await script.GetAsync(address)).Json;
        Assert.Equal("ready", (string?)answer["request"]!["state"]);
        Assert.Equal([proposed], answer["request"]!["shows"]!.AsArray().Select(one => (string)one!));
        (await script.GetAsync($"{Script.Company}/requests/none")).Problem(HttpStatusCode.NotFound);
    }

    private static MadeWorkbook Theirs() => new MadeWorkbook()
        .Sheet("Cover", [["Firm LLP"], ["Please fill in the sheet PBC."]])
        .Sheet("PBC", [
            ["#", "Request", "Due", "Comments"],
            ["1", "Organisation chart.", 46477.0, null],
            ["Access"],
            ["2", "List of everyone who left in the period, with last day, from HR or payroll.", 46477.0, "Theirs: by Friday"],
            ["3", "=HYPERLINK(\"http://evil.example\")", null, null],
            ["4", "All policies, with the dates they were approved.", null, null],
            ["4", "<c t=\"str\" s=\"3\"><f>CONCATENATE(\"Firewall \",\"rules\")</f><v>Firewall rules</v></c>", null, null],
            ["5", "Password settings.", "03/04/2027", null],
            ["6", null, null, "No request here"],
        ], "<mergeCells count=\"1\"><mergeCell ref=\"A3:D3\"/></mergeCells>")
        .Sheet("Rates", [["Partner", "900"]], isHidden: true);

    private static string DaysOn(int days) => DateTime.UtcNow.AddDays(days).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Widths, merged cells, styles and all other sheets are as they were sent.</summary>
    private static void Same(byte[] before, byte[] after)
    {
        foreach (var part in new[] { "xl/styles.xml", "xl/worksheets/sheet1.xml", "xl/worksheets/sheet3.xml" })
            Assert.Equal(Part(before, part), Part(after, part));
        var (sheet, was) = (Part(after, "xl/worksheets/sheet2.xml"), Part(before, "xl/worksheets/sheet2.xml"));
        foreach (var (kept, name) in new[] { ("col", "width"), ("mergeCell", "ref") })
            Assert.Equal(Regex.Matches(was, $"<(?:\\w+:)?{kept} [^>]*{name}=\"([^\"]+)\"").Select(match => match.Groups[1].Value), Regex.Matches(sheet, $"<(?:\\w+:)?{kept} [^>]*{name}=\"([^\"]+)\"").Select(match => match.Groups[1].Value));
        foreach (var cell in new[] { "B4", "E4" })
            Assert.Contains("s=\"3\"", Regex.Match(sheet, $"<(?:\\w+:)?c [^>]*r=\"{cell}\"[^>]*>").Value, StringComparison.Ordinal);
    }

    private static string Part(byte[] package, string name)
    {
        using var zip = new ZipArchive(new MemoryStream(package));
        using var reader = new StreamReader(zip.GetEntry(name)!.Open());
        return reader.ReadToEnd();
    }

    private async Task<Ledger> OpenAsync(params string[] days)
    {
        var acme = await Ledger.OpenAsync(postgresql);
        var (exit, said) = await acme.RunAsync(["engagement", "new", "First report", .. days]);
        Assert.True(exit == 0, said);
        return acme;
    }

    private static async Task<Seen> SendAsync(Visitor person, byte[] bytes, string name)
    {
        var page = await person.GetAsync($"{Home}/requests");
        return await person.UploadAsync(page, [], name, bytes, "value=\"import\"");
    }

    /// <summary>Takes the columns as they were guessed.</summary>
    private static async Task<Seen> TakeAsync(Visitor person, Seen look) => await person.SubmitAsync(look, [
        ("header", Regex.Match(look.Html, "name=\"header\"[^>]*value=\"(\\d+)\"").Groups[1].Value),
        .. Regex.Matches(look.Html, "<select id=\"(\\w+)\".*?</select>", RegexOptions.Singleline).Select(select => (select.Groups[1].Value, Regex.Match(select.Value, "value=\"(\\w+)\" selected").Groups[1].Value)),
    ], "value=\"columns\"");

    private string Write(string name, byte[] bytes)
    {
        File.WriteAllBytes(_folder.File(name), bytes);
        return _folder.File(name);
    }

    private static Task<Seen> StepAsync(Visitor person, Seen page, string move, string says) => person.SubmitAsync(page, [("move", move), ("says", says)], "value=\"step\"");

    private static IReadOnlyList<string> Lines(Seen list) => [.. Regex.Matches(list.Html, $"href=\"{Home}/requests/([0-9a-f-]{{36}})\"").Select(match => match.Groups[1].Value)];
}
