using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Plainproof.Evidence;
using Plainproof.Features.Room;
using Plainproof.Storage;
using Plainproof.Tests.Web;
using Xunit;

namespace Plainproof.Tests.Room;

public sealed class RoomOnSqlite() : RoomTests(false);

public sealed class RoomOnPostgresql() : RoomTests(true);

/// <summary>A sample that was drawn on the auditor's machine goes back to the company when the auditor issues it, and is the same there.</summary>
public abstract class RoomTests(bool postgresql)
{
    private const string Home = OpenedRoom.Home;
    private const string Acme = Plainproof.Tests.Populations.Ledger.Home;

    [Fact]
    public async Task A_sample_drawn_in_a_room_goes_to_the_company_once_and_is_the_same_there()
    {
        await using var room = await OpenedRoom.MakeAsync(postgresql);
        var (exit, said) = await room.AuditorAsync("room", "open", room.Package, "--vkey", room.KeyFile, "--prepare");
        Assert.True(exit == 0, said);
        Assert.Contains("The room was made: Acme GmbH, First Type II", said, StringComparison.Ordinal);
        await room.EnterAsync();
        var home = await room.Cpa.GetAsync(Home);
        Assert.EndsWith("/c/room/room", home.Address.AbsolutePath, StringComparison.Ordinal);
        Assert.Contains("Draw a sample", home.Text, StringComparison.Ordinal);

        var (_, kept) = await room.DrawAsync(("method", "random"), ("size", "5"), ("seed", "never told"));
        var (page, id) = await room.DrawAsync(("method", "random"), ("size", "8"), ("seed", "late autumn"), ("controls", "CHG-01"), ("why", "Usual size."));
        await room.Cpa.SubmitAsync(page, [("lines", "The secret attribute")], "value=\"attributes\"");
        Assert.Equal(HttpStatusCode.BadRequest, (await room.Cpa.GetAsync($"{Home}/samples/{id}/issued.json")).Status);
        var (_, dropped) = await room.DrawAsync(("method", "random"), ("size", "3"), ("seed", "not liked"));
        await room.Cpa.SubmitAsync(await room.Cpa.GetAsync($"{Home}/samples/{dropped}"), [("why", "Drawn by mistake.")], "value=\"drop\"");
        var issued = await room.IssueAsync(id);
        Assert.Equal("""{"drawn":3,"issued":1,"dropped":1}""", JsonNode.Parse(issued)!["ofThisList"]!.ToJsonString());
        foreach (var secret in new[] { "never told", "not liked", "Drawn by mistake.", kept, dropped, "The secret attribute" })
            Assert.DoesNotContain(secret, Encoding.UTF8.GetString(issued), StringComparison.Ordinal);

        var key = Regex.Match(home.Text, "The key of your room (plainproof/room/[^ ]+)").Groups[1].Value;
        (exit, said) = await room.Acme.RunAsync("room", "take", room.Write("sample.issued.json", issued), "--vkey", key);
        Assert.True(exit == 0, said);
        Assert.Contains("drawn 3 samples of this list: 1 issued with this one, 1 dropped, 1 neither", said, StringComparison.Ordinal);
        Assert.DoesNotContain("self-asserted", said, StringComparison.Ordinal);
        var taken = await room.Acme.Olga.UploadAsync(await room.Acme.Olga.GetAsync($"{Acme}/samples/take"), [], "again.json", issued, "value=\"take\"");
        Assert.EndsWith(id, taken.Address.AbsolutePath, StringComparison.Ordinal);
        Assert.Contains("Drawn in the auditor's own room, and brought here by", taken.Text, StringComparison.Ordinal);
        Assert.Contains("drawn 3 samples of this list: 1 issued with this one, 1 dropped, 1 neither", taken.Text, StringComparison.Ordinal);
        Assert.Equal(id, (string?)Assert.Single(await room.Acme.EntriesAsync(TakeSample.EntryKind))["sample"]);
        var (there, here) = (await room.Cpa.GetAsync($"{Home}/samples/{id}"), taken);
        Assert.Equal(Chosen(there), Chosen(here));
        Assert.Equal(await PythonAsync(room, Root(await room.Cpa.GetAsync($"{Home}/populations/frozen/{room.Population}")), 8), Chosen(here));
        Assert.Contains(OpenedRoom.Auditor, here.Text, StringComparison.Ordinal);

        var more = await room.Cpa.SubmitAsync(there, [], "value=\"extend\"");
        var next = await room.IssueAsync(more.Address.AbsolutePath.Split('/')[^1]);
        (exit, said) = await room.Acme.RunAsync("room", "take", room.Write("next.issued.json", next));
        Assert.True(exit == 0, said);
        Assert.Contains("self-asserted", said, StringComparison.Ordinal);
        Assert.Contains("drawn 4 samples of this list: 2 issued with this one, 1 dropped, 1 neither", said, StringComparison.Ordinal);

        Assert.Equal(0, (await room.ExportAsync("later/", "--engagement", room.Engagement)).Exit);
        Assert.Equal(issued, File.ReadAllBytes(room.File($"later/data/samples/{id}.issued.json")));
        var report = await Verifier.VerifyAsync(new VerifyRequest { Folder = room.File("later"), Vkey = File.ReadAllText(room.KeyFile).Trim() }, default);
        Assert.DoesNotContain(report.Findings, finding => finding.Outcome == Outcome.Failed);
        Assert.Contains("this is the room of another package", (await room.AuditorAsync("room", "open", room.File("later"), "--prepare", "--data", room.Folder)).Said, StringComparison.Ordinal);
        Assert.Contains("There is an earlier room of this engagement", (await room.AuditorAsync("room", "open", room.File("later"), "--prepare")).Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_backup_of_a_room_brings_back_its_evidence_and_what_was_drawn_there()
    {
        await using var room = await OpenedRoom.MakeAsync(postgresql);
        await room.AuditorAsync("room", "open", room.Package, "--prepare");
        await room.EnterAsync();
        var (drawn, id) = await room.DrawAsync(("method", "random"), ("size", "6"), ("seed", "kept"));
        var issued = await room.IssueAsync(id);
        var (exit, said) = await room.AuditorAsync("backup", room.File("room.zip"), "--data", room.Folder);
        Assert.True(exit == 0, said);
        Assert.Contains("This is an auditor's room.", said, StringComparison.Ordinal);
        await room.LeaveAsync();
        Directory.Delete(room.Rooms, recursive: true);
        Directory.Delete(room.Package, recursive: true); // The room needs it no more.

        var restored = Path.Combine(room.Rooms, "restored");
        (exit, said) = await room.AuditorAsync("restore", room.File("room.zip"), "--data", restored);
        Assert.True(exit == 0, said);
        await room.EnterAsync(restored);
        var found = await room.Cpa.GetAsync($"{Home}/room/evidence?control=AC-06&kind=evidence.uploaded");
        Assert.Contains("ann,keep", (await room.Cpa.GetAsync(Regex.Match(found.Html, "/c/room/evidence/[0-9a-f]{64}").Value)).Text, StringComparison.Ordinal);
        Assert.Equal(Chosen(drawn), Chosen(await room.Cpa.GetAsync($"{Home}/samples/{id}")));
        Assert.Equal(issued, await room.Cpa.Client.GetByteArrayAsync($"{Home}/samples/{id}/issued.json"));
        Assert.Contains("The sealed rows give the root below.", (await room.Cpa.GetAsync($"{Home}/populations/frozen/{room.Population}")).Text, StringComparison.Ordinal);
        Assert.Contains("Acme GmbH, First Type II", (await room.AuditorAsync("room", "list")).Said, StringComparison.Ordinal);
        Assert.Contains("How it was drawn", (await room.DrawAsync(("method", "random"), ("size", "2"), ("seed", "after"))).Page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_backup_of_a_company_says_which_rooms_are_not_in_it()
    {
        await using var room = await OpenedRoom.MakeAsync(postgresql);
        var rooms = Path.Combine(room.Acme.Office.Data.Path, "rooms");
        Assert.Equal(0, (await room.AuditorAsync("room", "open", room.Package, "--prepare", "--data", rooms)).Exit);
        var (exit, said) = await room.AuditorAsync("backup", room.File("all.zip"), "--data", room.Acme.Office.Data.Path);
        Assert.True(exit == 0, said);
        Assert.Contains($"NOT inside: the auditor's room in {Assert.Single(Directory.GetDirectories(rooms))}", said, StringComparison.Ordinal);
    }

    private static List<int> Chosen(Seen page) => [.. Regex.Match(page.Html, "<dt>Rows</dt><dd>([0-9, ]+)</dd>").Groups[1].Value.Split(", ").Select(row => int.Parse(row, CultureInfo.InvariantCulture))];

    private static string Root(Seen page) => Regex.Match(page.Html, "<dt>Root of the rows</dt><dd><code>([0-9a-f]{64})").Groups[1].Value;

    private static async Task<List<int>> PythonAsync(OpenedRoom room, string root, int size)
    {
        var manual = await File.ReadAllTextAsync(Repository.File("docs", "manual", "samples.md"));
        var script = room.Acme.Write("draw.py", Regex.Match(manual, "```python\n(.*?)```", RegexOptions.Singleline).Groups[1].Value);
        using var python = Process.Start(new ProcessStartInfo("python3") { ArgumentList = { script, "random", root, $"{OpenedRoom.Rows}", "late autumn", $"{size}" }, RedirectStandardOutput = true })!;
        var said = await python.StandardOutput.ReadToEndAsync();
        await python.WaitForExitAsync();
        return [.. said.Split(' ').Select(row => int.Parse(row, CultureInfo.InvariantCulture))];
    }
}
