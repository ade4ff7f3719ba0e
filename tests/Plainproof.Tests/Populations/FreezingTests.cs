using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Plainproof.Assurance.Populations;
using Plainproof.Evidence;
using Plainproof.Tests.Api;
using Plainproof.Tests.People;
using Plainproof.Tests.Standing;
using Plainproof.Tests.Web;
using Xunit;

namespace Plainproof.Tests.Populations;

public sealed class FreezingOnSqlite() : FreezingTests(false);

public sealed class FreezingOnPostgresql() : FreezingTests(true);

/// <summary>What is frozen is never changed, and each row of it can be shown alone and proven by anybody.</summary>
public abstract class FreezingTests(bool postgresql)
{
    private const string Home = Ledger.Home;

    [Fact]
    public async Task A_frozen_list_stays_as_it_was_and_the_log_holds_its_root()
    {
        await using var acme = await OpenAsync();
        var frozen = await FreezeAsync(acme, acme.Olga, 1, Ledger.LastDay);
        Assert.Contains("The sealed rows give the root below.", frozen.Text, StringComparison.Ordinal);
        var id = frozen.Address.AbsolutePath.Split('/')[^1];
        var root = RootIn(frozen);
        var entry = Assert.Single(await acme.EntriesAsync("population.frozen"));
        Assert.Equal((id, root, "changes", 7L, Office.Owner, true), ((string)entry["population"]!, (string)entry["root"]!, (string)entry["kind"]!, (long)entry["rows"]!, (string)entry["by"]!, (bool)entry["complete"]!));
        Assert.Equal((acme.Day(1), acme.Day(Ledger.LastDay), "UTC"), ((string)entry["first"]!, (string)entry["last"]!, (string)entry["timeZone"]!));
        Assert.Equal("push:forge", (string?)entry["sources"]![0]!["scope"]);

        acme.GoTo(32);
        await acme.PushAsync("change.merge", "forge", acme.Merge(99, 9, null));
        await acme.SignInAsync();
        var newer = await FreezeAsync(acme, acme.Olga, 1, Ledger.LastDay);
        Assert.NotEqual(root, RootIn(newer));
        Assert.Contains("merge/99<", newer.Html, StringComparison.Ordinal);
        var again = await acme.Olga.GetAsync(frozen.Address.AbsolutePath);
        Assert.Equal(root, RootIn(again));
        Assert.DoesNotContain("merge/99<", again.Html, StringComparison.Ordinal);
        Assert.Contains(newer.Address.AbsolutePath, (await acme.Olga.GetAsync($"{Home}/populations/changes{acme.Days}")).Html, StringComparison.Ordinal);
        Assert.Contains(frozen.Address.AbsolutePath, (await acme.Olga.GetAsync($"{Home}/populations/changes{acme.Days}")).Html, StringComparison.Ordinal);
        Assert.Equal(8, (await acme.Olga.GetAsync($"{frozen.Address.AbsolutePath}/list.csv")).Html.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length);

        var (exit, said) = await acme.RunAsync("verify", acme.Office.Data.CompanyRoot("acme-gmbh"));
        Assert.True(exit == 0, said);
    }

    [Fact]
    public async Task Each_row_proves_itself_to_a_stranger_with_twenty_lines_of_Python_and_a_changed_one_does_not()
    {
        await using var acme = await OpenAsync();
        var frozen = await FreezeAsync(acme, acme.Olga, 1, Ledger.LastDay);
        var root = RootIn(frozen);
        for (var number = 1; number <= 7; number++)
        {
            var row = await acme.Olga.GetAsync($"{frozen.Address.AbsolutePath}/rows/{number}");
            var file = acme.Write($"row-{number}.json", row.Html);
            Assert.True(await PythonAsync(acme, file, root));
            var (exit, said) = await acme.RunAsync("population", "verify-row", file, "--root", root);
            Assert.True(exit == 0, said);
            Assert.Contains($"number {number} of 7", said, StringComparison.Ordinal);
            foreach (var changed in Changed(row.Html))
            {
                var forged = acme.Write($"forged-{Guid.NewGuid():N}.json", changed);
                Assert.False(await PythonAsync(acme, forged, root), changed);
                Assert.Equal(1, (await acme.RunAsync("population", "verify-row", forged, "--root", root)).Exit);
            }

            Assert.Equal(1, (await acme.RunAsync("population", "verify-row", file, "--root", new string('0', 64))).Exit);
        }

        Assert.Equal(2, (await acme.RunAsync("population", "verify-row", acme.Write("no.json", "{}"), "--root", root)).Exit);
        Assert.Equal(HttpStatusCode.NotFound, (await acme.Olga.GetAsync($"{frozen.Address.AbsolutePath}/rows/8")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await acme.Olga.GetAsync($"{frozen.Address.AbsolutePath}/rows/0")).Status);
    }

    [Fact]
    public async Task Parts_of_a_window_join_without_gap_or_overlap_and_the_page_says_what_is_missing()
    {
        await using var acme = await OpenAsync();
        var planned = await acme.Olga.SubmitAsync(await acme.Olga.GetAsync($"{Home}/engagements/new"), [("title", "First"), ("kind", "typeTwo"), ("begins", acme.Day(1)), ("ends", acme.Day(60)), ("hours", "10")], "value=\"engagement\"");
        var engagement = planned.Address.AbsolutePath.Split('/')[^1];
        var address = $"{Home}/populations/changes?engagement={engagement}";
        Assert.Contains("Not frozen yet of this window:", (await acme.Olga.GetAsync(address)).Text, StringComparison.Ordinal);
        async Task<Seen> FreezeAsync(int first, int last) => await acme.Olga.SubmitAsync(await acme.Olga.GetAsync(address), [("first", acme.Day(first)), ("last", acme.Day(last)), ("sure", "yes")], "value=\"freeze\"");
        Assert.Contains("The days are not over", (await FreezeAsync(1, 60)).Text, StringComparison.Ordinal);
        Assert.Contains("The days lie outside the window.", (await FreezeAsync(0, 10)).Text, StringComparison.Ordinal);
        Assert.Contains($"The next part begins on {acme.Day(1)}.", (await FreezeAsync(2, 10)).Text, StringComparison.Ordinal);
        Assert.Contains("Root of the rows", (await FreezeAsync(1, 10)).Text, StringComparison.Ordinal);
        Assert.Contains("The days overlap a part that is frozen", (await FreezeAsync(10, 12)).Text, StringComparison.Ordinal);
        Assert.Contains($"The next part begins on {acme.Day(11)}.", (await FreezeAsync(12, 14)).Text, StringComparison.Ordinal);
        Assert.Contains("Root of the rows", (await FreezeAsync(11, 28)).Text, StringComparison.Ordinal);
        acme.GoTo(62);
        await acme.SignInAsync();
        var last = await acme.Olga.SubmitAsync(await acme.Olga.GetAsync(address), [("first", acme.Day(29)), ("last", acme.Day(60)), ("sure", "yes")], "value=\"freeze\"");
        Assert.Contains("Root of the rows", last.Text, StringComparison.Ordinal);
        Assert.Contains("The frozen parts cover the window, without a gap.", (await acme.Olga.GetAsync(address)).Text, StringComparison.Ordinal);
        Assert.Equal(3, (await acme.EntriesAsync("population.frozen")).Count(entry => (string?)entry["engagement"] == engagement));
    }

    [Fact]
    public async Task Only_who_manages_the_engagement_freezes_and_auditors_look()
    {
        await using var acme = await OpenAsync();
        var frozen = await FreezeAsync(acme, acme.Olga, 1, Ledger.LastDay);
        foreach (var role in new[] { "auditor", "viewer", "member" })
        {
            var person = await acme.Office.JoinAsync(acme.Olga, $"{role}@acme.example", role);
            var list = await person.GetAsync($"{Home}/populations/changes{acme.Days}");
            Assert.Contains("merge/1<", list.Html, StringComparison.Ordinal);
            Assert.DoesNotContain("value=\"freeze\"", list.Html, StringComparison.Ordinal);
            await Workspace.ForgeAsync($"{Home}/populations/changes{acme.Days}", person, "freeze", ("once", Guid.NewGuid().ToString("D")), ("first", acme.Day(1)), ("last", acme.Day(9)), ("sure", "yes"));
            Assert.Equal(HttpStatusCode.OK, (await person.GetAsync(frozen.Address.AbsolutePath)).Status);
            Assert.Equal(HttpStatusCode.OK, (await person.GetAsync($"{frozen.Address.AbsolutePath}/rows/1")).Status);
        }

        Assert.Single(await acme.EntriesAsync("population.frozen"));
    }

    [Fact]
    public async Task A_script_lists_freezes_and_gets_a_row_with_its_proof()
    {
        await using var acme = await OpenAsync();
        using var script = await Script.OfAsync(acme.Office.Site, acme.Olga, "read work", until: acme.Office.Clock.GetUtcNow().AddDays(30).UtcDateTime);
        var list = (await script.GetAsync($"{Script.Company}/populations{acme.Days}")).Json["populations"]!.AsArray().Single(one => (string?)one!["kind"] == "changes")!;
        Assert.Equal((7, true), ((int)list["items"]!, (bool)list["complete"]!));
        var one = (await script.GetAsync($"{Script.Company}/populations/changes{acme.Days}")).Json;
        Assert.Equal("met", (string?)one["rows"]![0]!["checked"]!["findings"]![0]!["verdict"]);
        var once = Guid.NewGuid();
        var body = $$"""{ "first": "{{acme.Day(1)}}", "last": "{{acme.Day(28)}}", "once": "{{once}}" }""";
        var made = await script.SendAsync(HttpMethod.Post, $"{Script.Company}/populations/changes/frozen", body);
        Assert.Equal(HttpStatusCode.Created, made.Status);
        Assert.Equal((string?)made.Json["id"], (string?)(await script.SendAsync(HttpMethod.Post, $"{Script.Company}/populations/changes/frozen", body)).Json["id"]);
        Assert.Single(await acme.EntriesAsync("population.frozen"));
        var row = RowFile.Parse((await script.GetAsync($"{Script.Company}/frozen-populations/{once}/rows/3")).Bytes);
        Assert.True(Hash.TryParseHex((string?)made.Json["root"], out var root) && row.HoldsUnder(root));
        (await script.GetAsync($"{Script.Company}/frozen-populations/{once}/rows/9")).Problem(HttpStatusCode.NotFound);
        (await script.SendAsync(HttpMethod.Post, $"{Script.Company}/populations/changes/frozen", $$"""{ "first": "{{acme.Day(1)}}", "last": "2099-01-01" }""")).Problem(HttpStatusCode.UnprocessableEntity);
        Assert.Single((await script.GetAsync($"{Script.Company}/frozen-populations")).Json["frozen"]!.AsArray());
    }

    [Fact]
    public async Task The_commands_do_what_the_pages_do()
    {
        await using var acme = await OpenAsync();
        string[] days = ["--from", acme.Day(1), "--to", acme.Day(28)];
        var listed = await acme.RunAsync(["population", "list", .. days]);
        Assert.Matches("changes +7  Changes\n", listed.Said);
        var shown = await acme.RunAsync(["population", "show", "changes", .. days]);
        Assert.True(shown.Exit == 0, shown.Said);
        Assert.Contains("7 met", shown.Said, StringComparison.Ordinal);
        Assert.Equal(9, (await acme.RunAsync(["population", "show", "changes", "--format", "csv", .. days])).Said.Split("\r\n").Length);
        var json = JsonNode.Parse((await acme.RunAsync(["population", "freeze", "changes", "--format", "json", .. days])).Said)!;
        var row = await acme.RunAsync("population", "row", (string)json["id"]!, "7");
        Assert.Equal(0, (await acme.RunAsync("population", "verify-row", acme.Write("row.json", row.Said), "--root", (string)json["root"]!)).Exit);
        Assert.Contains((string)json["id"]!, (await acme.RunAsync("population", "frozen")).Said, StringComparison.Ordinal);
        foreach (var (command, says) in new (string[], string)[]
        {
            (["population", "show", "change"], "Did you mean"), (["population", "row", (string)json["id"]!, "8"], "Rows are counted from 1 to 7."), (["population", "freeze", "changes", "--from", acme.Day(1), "--to", "2099-01-01"], "a window"),
            (["population", "verify-row", "nowhere.json", "--root", "x"], "this is no root"),
        })
        {
            var (exit, said) = await acme.RunAsync(command);
            Assert.Equal(2, exit);
            Assert.Contains(says, said, StringComparison.OrdinalIgnoreCase);
        }
    }

    private async Task<Ledger> OpenAsync()
    {
        var acme = await Ledger.OpenAsync(postgresql);
        await acme.LiveAsync(_ => acme.PushAsync("change.merge", "forge", Enumerable.Range(1, 7).Select(number => acme.Merge(number, number * 3, "bob", "Größe \"ändern\" \\ 日本"))));
        return acme;
    }

    private static async Task<Seen> FreezeAsync(Ledger acme, Visitor person, int first, int last)
    {
        var page = await person.GetAsync($"{Home}/populations/changes?from={acme.Day(first)}&to={acme.Day(last)}");
        var frozen = await person.SubmitAsync(page, [("first", acme.Day(first)), ("last", acme.Day(last)), ("sure", "yes")], "value=\"freeze\"");
        Assert.StartsWith($"{Home}/populations/frozen/", frozen.Address.AbsolutePath, StringComparison.Ordinal);
        return frozen;
    }

    private static string RootIn(Seen page) => Regex.Match(page.Html, "--root ([0-9a-f]{64})").Groups[1].Value;

    /// <summary>The row, the salt, the place and the path, each changed a little.</summary>
    private static IEnumerable<string> Changed(string file)
    {
        foreach (var change in new Action<JsonNode>[]
        {
            row => row["row"] = ((string)row["row"]!).Replace("bob", "eve", StringComparison.Ordinal),
            row => row["salt"] = "00" + ((string)row["salt"]!)[2..],
            row => row["index"] = ((int)row["index"]! + 1) % 7,
            row => row["path"]!.AsArray().RemoveAt(0),
        })
        {
            var row = JsonNode.Parse(file)!;
            change(row);
            yield return row.ToJsonString();
        }
    }

    /// <summary>Runs the check as the manual shows it.</summary>
    private static async Task<bool> PythonAsync(Ledger acme, string file, string root)
    {
        var manual = await File.ReadAllTextAsync(Repository.File("docs", "manual", "populations.md"));
        var script = acme.Write("check.py", Regex.Match(manual, "```python\n(.*?)```", RegexOptions.Singleline).Groups[1].Value);
        using var python = Process.Start(new ProcessStartInfo("python3") { ArgumentList = { script, file, root }, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var (said, error) = (python.StandardOutput.ReadToEndAsync(), python.StandardError.ReadToEndAsync());
        await python.WaitForExitAsync();
        Assert.True((await error).Length == 0 && (await said).Length > 0, await error);
        return python.ExitCode == 0;
    }
}
