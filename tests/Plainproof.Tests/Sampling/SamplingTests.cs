using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Plainproof.Tests.Api;
using Plainproof.Tests.Populations;
using Plainproof.Tests.Standing;
using Plainproof.Tests.Web;
using Xunit;

namespace Plainproof.Tests.Sampling;

public sealed class SamplingOnSqlite() : SamplingTests(false);

public sealed class SamplingOnPostgresql() : SamplingTests(true);

/// <summary>Only the auditor draws; nobody sees a sample before it is issued; anybody can repeat it.</summary>
public abstract class SamplingTests(bool postgresql)
{
    private const string Home = Ledger.Home;
    private const int Rows = 60;

    [Fact]
    public async Task Nobody_sees_a_sample_before_it_is_issued_and_the_log_committed_to_it_before()
    {
        await using var acme = await OpenAsync();
        var (page, id) = await DrawAsync(acme, ("method", "random"), ("size", "8"), ("seed", "late autumn"));
        Assert.Contains("not issued yet", page.Text, StringComparison.Ordinal);
        var drawn = Assert.Single(await acme.EntriesAsync("sample.drawn"));
        Assert.Equal(["by", "commitment", "population", "root", "rows", "sample"], drawn.AsObject().Select(member => member.Key).Order(StringComparer.Ordinal));
        using (var script = await Script.OfAsync(acme.Office.Site, acme.Olga, "read", until: acme.Office.Clock.GetUtcNow().AddDays(30).UtcDateTime))
        {
            foreach (var person in new[] { acme.Olga, await acme.Office.JoinAsync(acme.Olga, "ada@consult.example", "adviser") })
            {
                Assert.DoesNotContain(id, (await person.GetAsync($"{Home}/samples")).Html, StringComparison.Ordinal);
                Assert.Equal(HttpStatusCode.NotFound, (await person.GetAsync($"{Home}/samples/{id}")).Status);
                Assert.Equal(HttpStatusCode.NotFound, (await person.GetAsync($"{Home}/samples/{id}/items/{Chosen(page)[0]}")).Status);
            }

            Assert.Empty((await script.GetAsync($"{Script.Company}/samples")).Json["samples"]!.AsArray());
            (await script.GetAsync($"{Script.Company}/samples/{id}")).Problem(HttpStatusCode.NotFound);

            await acme.Auditor.SubmitAsync(page, [], "value=\"issue\"");
            var issued = Assert.Single(await acme.EntriesAsync("sample.issued"));
            var text = (string)issued["text"]!;
            Assert.Equal((string?)drawn["commitment"], Digest((string)issued["salt"]!, text));
            Assert.Equal(Chosen(page), JsonNode.Parse(text)!["chosen"]!.AsArray().Select(row => (int)row!));
            var seen = await acme.Olga.GetAsync($"{Home}/samples/{id}");
            Assert.Equal(Chosen(page), Chosen(seen));
            Assert.Contains("This is checked by the company itself.", seen.Text, StringComparison.Ordinal);
            Assert.Equal(8, (await script.GetAsync($"{Script.Company}/samples/{id}")).Json["items"]!.AsArray().Count);
        }

        var item = await acme.Olga.GetAsync($"{Home}/samples/{id}/items/{Chosen(page)[0]}");
        Assert.Contains("The raw bytes that tell of it", item.Text, StringComparison.Ordinal);
        Assert.Contains("Checked by the company", item.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("random", 25)]
    [InlineData("random", Rows)]
    [InlineData("systematic", 7)]
    [InlineData("systematic", Rows)]
    public async Task The_script_of_the_manual_draws_the_same_rows(string method, int size)
    {
        await using var acme = await OpenAsync();
        var (page, _) = await DrawAsync(acme, ("method", method), ("size", $"{size}"), ("seed", "Größe \"7\" \\ 日本"));
        var chosen = Chosen(page);
        Assert.Equal(size, chosen.Distinct().Count());
        Assert.Equal(chosen, await PythonAsync(acme, method, RootIn(page), Rows, "Größe \"7\" \\ 日本", size));
    }

    [Fact]
    public async Task Drawing_more_goes_on_where_the_first_ended_and_never_twice()
    {
        await using var acme = await OpenAsync();
        var (page, id) = await DrawAsync(acme, ("method", "random"), ("size", "25"), ("seed", "s"));
        var first = Chosen(page);
        page = await acme.Auditor.SubmitAsync(page, [], "value=\"issue\"");
        var second = await acme.Auditor.SubmitAsync(page, [], "value=\"extend\"");
        var more = Chosen(second);
        Assert.Equal(await PythonAsync(acme, "random", RootIn(page), Rows, "s", 50), first.Concat(more));
        Assert.Contains("More was drawn already.", (await acme.Auditor.SubmitAsync(await acme.Auditor.GetAsync($"{Home}/samples/{id}"), [], "value=\"extend\"")).Text, StringComparison.Ordinal);
        second = await acme.Auditor.SubmitAsync(second, [], "value=\"issue\"");
        var last = await acme.Auditor.SubmitAsync(second, [], "value=\"extend\"");
        Assert.Equal(Rows, first.Concat(more).Concat(Chosen(last)).Distinct().Count());
        Assert.Equal(HttpStatusCode.NotFound, (await acme.Olga.GetAsync(last.Address.AbsolutePath)).Status);
        Assert.Equal(HttpStatusCode.OK, (await acme.Olga.GetAsync($"{Home}/samples/{id}")).Status);
    }

    [Fact]
    public async Task What_is_dropped_stays_on_record_and_is_never_issued()
    {
        await using var acme = await OpenAsync();
        var (page, id) = await DrawAsync(acme, ("method", "targeted"), ("named", "3, 17 17;40"), ("why", "The days around the release."));
        Assert.Equal([3, 17, 40], Chosen(page));
        Assert.Contains("Why it is dropped is missing.", (await acme.Auditor.SubmitAsync(page, [("why", " ")], "value=\"drop\"")).Text, StringComparison.Ordinal);
        var dropped = await acme.Auditor.SubmitAsync(page, [("why", "The list was frozen anew.")], "value=\"drop\"");
        Assert.Contains("The list was frozen anew.", dropped.Text, StringComparison.Ordinal);
        await Workspace.ForgeAsync($"{Home}/samples/{id}", acme.Auditor, "issue");
        Assert.Empty(await acme.EntriesAsync("sample.issued"));
        Assert.Equal("The list was frozen anew.", (string?)Assert.Single(await acme.EntriesAsync("sample.dropped"))["why"]);
        Assert.Contains("dropped", (await acme.Auditor.GetAsync($"{Home}/samples")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_grid_is_the_auditors_alone_and_the_log_commits_to_each_tick()
    {
        await using var acme = await OpenAsync();
        var (page, id) = await DrawAsync(acme, ("method", "targeted"), ("named", "1, 2"), ("why", "The first two."));
        page = await acme.Auditor.SubmitAsync(page, [], "value=\"issue\"");
        page = await acme.Auditor.SubmitAsync(page, [("lines", "The approver is not the author\nIt names a ticket")], "value=\"attributes\"");
        var cells = Regex.Matches(page.Html, "name=\"(tick-[^\"]+)\"").Select(match => match.Groups[1].Value).ToList();
        Assert.Equal(4, cells.Count);
        page = await acme.Auditor.SubmitAsync(page, [(cells[0], "noException"), (cells[1], "deviation")], "value=\"grid\"");
        Assert.Contains("2 open, 1 no exception, 1 deviation, 0 not applicable.", page.Text, StringComparison.Ordinal);
        Assert.Contains("say what", page.Text, StringComparison.Ordinal);
        Assert.Equal(2, Assert.Single(await acme.EntriesAsync("test.ticked"))["commitments"]!.AsArray().Count);
        var item = await acme.Auditor.GetAsync($"{Home}/samples/{id}/items/1");
        var note = Regex.Matches(item.Html, "name=\"(note-[^\"]+)\"").Select(match => match.Groups[1].Value).Last();
        await acme.Auditor.SubmitAsync(item, [(note, "No ticket is named anywhere.")], "value=\"ticks\"");
        Assert.DoesNotContain("say what", (await acme.Auditor.GetAsync($"{Home}/samples/{id}")).Text, StringComparison.Ordinal);
        await acme.Auditor.SubmitAsync(await acme.Auditor.GetAsync($"{Home}/samples/{id}"), [], "value=\"grid\"");
        Assert.Equal(2, (await acme.EntriesAsync("test.ticked")).Count);
        var file = JsonNode.Parse((await acme.Auditor.GetAsync($"{Home}/samples/{id}/tests.json")).Html)!["ticks"]!.AsArray();
        Assert.Equal((await acme.EntriesAsync("test.ticked")).SelectMany(entry => entry["commitments"]!.AsArray().Select(one => (string)one!)).Order(StringComparer.Ordinal), file.Select(one => Digest((string)one!["salt"]!, (string)one["text"]!)).Order(StringComparer.Ordinal));
        Assert.Contains(file, one => (string?)JsonNode.Parse((string)one!["text"]!)!["note"] == "No ticket is named anywhere.");
        Assert.Equal(HttpStatusCode.NotFound, (await acme.Olga.GetAsync($"{Home}/samples/{id}/tests.json")).Status);
        foreach (var address in new[] { $"{Home}/samples/{id}", $"{Home}/samples/{id}/items/1" })
        {
            var seen = await acme.Olga.GetAsync(address);
            Assert.DoesNotContain("Your tests", seen.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("No ticket is named", seen.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("It names a ticket", seen.Text, StringComparison.Ordinal);
        }

        await Workspace.ForgeAsync($"{Home}/samples/{id}", acme.Olga, "attributes", ("once", Guid.NewGuid().ToString("D")), ("lines", "Mine"));
        Assert.Single(await acme.EntriesAsync("test.attributes"));
    }

    [Fact]
    public async Task Bad_input_is_told_at_once_and_nobody_else_draws()
    {
        await using var acme = await OpenAsync();
        var page = await acme.Auditor.GetAsync($"{Home}/samples/new?population={acme.Population}");
        Assert.Contains("The sampling table takes 25 of 60", page.Text, StringComparison.Ordinal);
        foreach (var (typed, says) in new ((string, string)[], string)[]
        {
            ([("method", "random"), ("size", "61")], "a whole number from 1 to 60"),
            ([("method", "random"), ("size", "-1")], "a whole number from 1 to 60"),
            ([("method", "haphazard"), ("size", "3")], "Choose how the items are chosen."),
            ([("method", "targeted"), ("named", "")], "Name the rows by their numbers"),
            ([("method", "targeted"), ("named", "0, 61, x")], "'61' is no row of this list. Its rows are 1 to 60."),
            ([("method", "targeted"), ("named", "1")], "Say why you choose these rows."),
            ([("method", "random"), ("size", "3"), ("controls", "NO-99")], "There is no control NO-99."),
        })
            Assert.Contains(says, (await acme.Auditor.SubmitAsync(page, typed, "value=\"draw\"")).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await acme.Auditor.GetAsync($"{Home}/samples/no-such")).Status);
        Assert.NotEqual(HttpStatusCode.OK, (await acme.Olga.GetAsync($"{Home}/samples/new?population={acme.Population}")).Status);
        await Workspace.ForgeAsync($"{Home}/samples/new?population={acme.Population}", acme.Olga, "draw", ("once", Guid.NewGuid().ToString("D")), ("method", "random"), ("size", "3"));
        Assert.Empty(await acme.EntriesAsync("sample.drawn"));
    }

    private async Task<Drawer> OpenAsync()
    {
        var acme = await Ledger.OpenAsync(postgresql);
        await acme.LiveAsync(_ => acme.PushAsync("change.merge", "forge", Enumerable.Range(0, Rows).Select(number => acme.Merge(number, 1 + (number % 27), "bob"))));
        var page = await acme.Olga.GetAsync($"{Home}/populations/changes{acme.Days}");
        var frozen = await acme.Olga.SubmitAsync(page, [("first", acme.Day(1)), ("last", acme.Day(Ledger.LastDay)), ("sure", "yes")], "value=\"freeze\"");
        return new Drawer(acme, await acme.Office.JoinAsync(acme.Olga, "cpa@firm.example", "auditor"), frozen.Address.AbsolutePath.Split('/')[^1]);
    }

    private static async Task<(Seen Page, string Id)> DrawAsync(Drawer acme, params (string, string)[] typed)
    {
        var page = await acme.Auditor.SubmitAsync(await acme.Auditor.GetAsync($"{Home}/samples/new?population={acme.Population}"), typed, "value=\"draw\"");
        Assert.Contains("How it was drawn", page.Text, StringComparison.Ordinal);
        return (page, page.Address.AbsolutePath.Split('/')[^1]);
    }

    private static string Digest(string salt, string text) => Convert.ToHexStringLower(SHA256.HashData([.. Convert.FromHexString(salt), .. Encoding.UTF8.GetBytes(text)]));

    private static List<int> Chosen(Seen page) => [.. Regex.Match(page.Html, "<dt>Rows</dt><dd>([0-9, ]+)</dd>").Groups[1].Value.Split(", ").Select(row => int.Parse(row, CultureInfo.InvariantCulture))];

    private static string RootIn(Seen page) => Regex.Match(page.Html, "<dt>Root of the rows</dt><dd><code>([0-9a-f]{64})").Groups[1].Value;

    private static async Task<List<int>> PythonAsync(Drawer acme, string method, string root, int rows, string seed, int size)
    {
        var manual = await File.ReadAllTextAsync(Repository.File("docs", "manual", "samples.md"));
        var script = acme.Ledger.Write("draw.py", Regex.Match(manual, "```python\n(.*?)```", RegexOptions.Singleline).Groups[1].Value);
        using var python = Process.Start(new ProcessStartInfo("python3") { ArgumentList = { script, method, root, $"{rows}", seed, $"{size}" }, RedirectStandardOutput = true })!;
        var said = await python.StandardOutput.ReadToEndAsync();
        await python.WaitForExitAsync();
        return [.. said.Split(' ').Select(row => int.Parse(row, CultureInfo.InvariantCulture))];
    }

    /// <summary>A company with a frozen list, and its auditor.</summary>
    private sealed class Drawer(Ledger ledger, Visitor auditor, string population) : IAsyncDisposable
    {
        public Ledger Ledger => ledger;

        public Plainproof.Tests.People.Office Office => ledger.Office;

        public Visitor Olga => ledger.Olga;

        public Visitor Auditor => auditor;

        public string Population => population;

        public Task<IReadOnlyList<JsonNode>> EntriesAsync(string kind) => ledger.EntriesAsync(kind);

        public ValueTask DisposeAsync() => ledger.DisposeAsync();
    }
}
