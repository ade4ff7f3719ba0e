using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Plainproof.Evidence;
using Plainproof.Tests.Export;
using Plainproof.Tests.Web;
using Xunit;

namespace Plainproof.Tests.Room;

public sealed class ListedDeviationsOnSqlite() : ListedDeviationTests(false);

public sealed class ListedDeviationsOnPostgresql() : ListedDeviationTests(true);

/// <summary>Management's own list of deviations goes along in the package, and the auditor reads it in the room.</summary>
public abstract partial class ListedDeviationTests(bool postgresql)
{
    private const string Page = $"{OpenedRoom.Home}/room/deviations";
    private const string Formula = "=HYPERLINK(1) went out on a Sunday";
    private const string Open = "Nobody looked at the alarm";
    private const string Folder = "data/deviations/";

    [Fact]
    public async Task Every_deviation_goes_along_with_all_its_answers_and_the_room_shows_them()
    {
        await using var room = await OpenedRoom.MakeAsync(postgresql);
        await LiveAsync(room);
        foreach (var name in new[] { "listed/", "again/" })
            Assert.Equal(0, (await room.ExportAsync(name, "--engagement", room.Engagement)).Exit);
        CheckFiles(room);
        var (exit, said) = await room.AuditorAsync("room", "open", room.File("listed"), "--vkey", room.KeyFile, "--prepare");
        Assert.True(exit == 0, said);
        await room.EnterAsync();
        await ReadAsync(room);
    }

    [Fact]
    public async Task A_room_says_when_management_lists_none_and_when_no_list_came()
    {
        await using var room = await OpenedRoom.MakeAsync(postgresql);
        await room.AuditorAsync("room", "open", room.Package, "--prepare");
        await room.EnterAsync();
        Assert.Contains("Management lists no deviation in these days.", (await room.Cpa.GetAsync(Page)).Text, StringComparison.Ordinal);
        foreach (var file in new[] { "deviations.json", "deviations.csv" })
            File.Delete(Path.Combine(room.Package, "data", "deviations", file));
        Forger.Relist(room.Package);
        await room.AuditorAsync("room", "open", room.Package, "--prepare", "--data", room.File("older"));
        var folder = Assert.Single(Directory.GetDirectories(room.File("older")));
        await room.EnterAsync(folder);
        Assert.Contains("No list of deviations came with this package.", (await room.Cpa.GetAsync(Page)).Text, StringComparison.Ordinal);
        Assert.Contains("no list", (await room.Cpa.GetAsync($"{OpenedRoom.Home}/room")).Text, StringComparison.Ordinal);
    }

    /// <summary>Two that people found; one of them is answered twice. A third lies after the window, and a fourth has an answer that came after the export.</summary>
    private static async Task LiveAsync(OpenedRoom room)
    {
        var (acme, page) = (room.Acme, $"{Populations.Ledger.Home}/deviations?engagement={room.Engagement}");
        foreach (var (control, what, day) in new[] { ("CHG-01", Formula, 3), ("AC-06", Open, 5), ("CHG-01", "After the window", 29) })
            await acme.Olga.SubmitAsync(await acme.Olga.GetAsync(page), [("control", control), ("what", what), ("first", acme.Day(day)), ("last", acme.Day(day))], "value=\"found\"");
        var key = Regex.Match((await acme.Olga.GetAsync(page)).Html, "name=\"d\" value=\"([0-9a-f]{24})\" /> <span>=HYPERLINK").Groups[1].Value;
        foreach (var (cause, reach) in new[] { ("Nobody was on duty.", "systematic"), ("The rota had a hole.", "isolated") })
        {
            acme.Office.Clock.Shift += TimeSpan.FromMinutes(1);
            await acme.Olga.SubmitAsync(
                await acme.Olga.GetAsync($"{Populations.Ledger.Home}/deviations/answer?engagement={room.Engagement}&d={key}"),
                [("cause", cause), ("reach", reach), ("more", "We looked at all of them."), ("else", "An alarm"), ("right", "A rota since Monday."), ("response", "We accept it.")], "value=\"answer\"");
        }
    }

    private static void CheckFiles(OpenedRoom room)
    {
        foreach (var name in new[] { "manifest-sha256.txt", $"{Folder}deviations.json", $"{Folder}deviations.csv" })
            Assert.Equal(File.ReadAllBytes(room.File($"listed/{name}")), File.ReadAllBytes(room.File($"again/{name}")));
        Assert.Contains($"{Folder}deviations.json", File.ReadAllText(room.File("listed/manifest-sha256.txt")), StringComparison.Ordinal);
        Assert.Contains("management's own list of deviations", File.ReadAllText(room.File("listed/README.txt")), StringComparison.Ordinal);
        var list = JsonNode.Parse(File.ReadAllText(room.File($"listed/{Folder}deviations.json")))!;
        Assert.Equal([Formula, Open], list["deviations"]!.AsArray().Select(one => (string?)one!["what"]));
        Assert.Equal(["answered", "no answer yet"], list["deviations"]!.AsArray().Select(one => (string?)one!["state"]));
        Assert.Equal(["The rota had a hole.", "Nobody was on duty."], list["deviations"]![0]!["answers"]!.AsArray().Select(answer => (string?)answer!["cause"]));
        Assert.Equal(("isolated", "An alarm", "We accept it."), ((string?)list["deviations"]![0]!["answers"]![0]!["reach"], (string?)list["deviations"]![0]!["answers"]![0]!["compensating"], (string?)list["deviations"]![0]!["answers"]![0]!["response"]));
        var lines = File.ReadAllLines(room.File($"listed/{Folder}deviations.csv"));
        Assert.Equal(4, lines.Length);
        Assert.StartsWith($"'{Formula},CHG-01,", lines[1], StringComparison.Ordinal);
        Assert.Contains(",newest,isolated,The rota had a hole.,", lines[1], StringComparison.Ordinal);
        Assert.Contains(",earlier,systematic,Nobody was on duty.,", lines[2], StringComparison.Ordinal);
        Assert.Contains(",no answer yet,", lines[3], StringComparison.Ordinal);
        File.AppendAllText(room.File($"again/{Folder}deviations.csv"), "x"); // Even the room refuses it then.
        Assert.Equal(1, Verify(room.File("again")));
        Assert.NotEqual(1, Verify(room.File("listed")));
    }

    private static int Verify(string package) => Verifier.VerifyAsync(new VerifyRequest { Folder = package }, default).GetAwaiter().GetResult().ExitCode;

    private static async Task ReadAsync(OpenedRoom room)
    {
        var all = await room.Cpa.GetAsync(Page);
        foreach (var part in new[] { Formula, Open, "The rota had a hole.", "Nobody was on duty.", "An alarm", "We accept it.", "no answer yet", Plainproof.Tests.People.Office.Owner, "by management's own list", "Isolated", "Earlier: Systematic" })
            Assert.Contains(part, all.Text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<form method=\"post\"", Body().Match(all.Html).Value, StringComparison.Ordinal);
        Assert.DoesNotContain(Formula, (await room.Cpa.GetAsync($"{Page}?answer=none")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain(Open, (await room.Cpa.GetAsync($"{Page}?answer=yes")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain(Formula, (await room.Cpa.GetAsync($"{Page}?control=AC-06")).Text, StringComparison.Ordinal);
        Assert.Contains("Nothing fits.", (await room.Cpa.GetAsync($"{Page}?control=AC-06&answer=yes")).Text, StringComparison.Ordinal);
        Assert.Contains($"href=\"{Page}\"", (await room.Cpa.GetAsync($"{OpenedRoom.Home}/room")).Html, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await room.Cpa.GetAsync($"{OpenedRoom.Home}/room/file?name={Folder}deviations.csv")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await room.Cpa.GetAsync($"{OpenedRoom.Home}/deviations")).Status);
    }

    [GeneratedRegex("<main.*</main>", RegexOptions.Singleline)]
    private static partial Regex Body();
}
