using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plainproof.Evidence;
using Plainproof.Features.Populations;
using Plainproof.Features.Room;
using Plainproof.Features.Sampling;
using Plainproof.Storage;
using Plainproof.Storage.Records;
using Plainproof.Tests.Export;
using Plainproof.Tests.Servers;
using Plainproof.Tests.Standing;
using Plainproof.Tests.Web;
using Xunit;

namespace Plainproof.Tests.Room;

/// <summary>What is no package becomes no room, nothing of the company can be changed in one, and no byte of an issued sample can be altered.</summary>
public sealed class RoomRefusalTests
{
    private const string Home = OpenedRoom.Home;
    private const string Acme = Plainproof.Tests.Populations.Ledger.Home;

    [Fact]
    public async Task A_room_shows_what_was_not_checked_and_nothing_of_the_company_can_be_changed_in_it()
    {
        await using var room = await OpenedRoom.MakeAsync(false);
        var (exit, said) = await room.AuditorAsync("room", "open", room.Package, "--prepare");
        Assert.True(exit == 0, said);
        Assert.Contains("NOT CHECKED: key.", said, StringComparison.Ordinal);
        await room.EnterAsync();
        await ReadAsync(room);
        await AttackAsync(room);
        await room.AuditorAsync("room", "open", room.Package, "--vkey", room.KeyFile, "--prepare");
        await room.EnterAsync();
        Assert.Contains("came from outside", (await room.Cpa.GetAsync($"{Home}/room")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Not checked: key", (await room.Cpa.GetAsync($"{Home}/samples")).Text, StringComparison.Ordinal);
        Assert.Equal(["room.made", "room.checked"], await KindsAsync(room));
    }

    [Fact]
    public async Task No_byte_of_an_issued_sample_can_be_altered_and_what_is_wrong_is_told_at_once()
    {
        await using var room = await OpenedRoom.MakeAsync(false);
        await room.AuditorAsync("room", "open", room.Package, "--prepare");
        await room.EnterAsync();
        var (_, id) = await room.DrawAsync(("method", "systematic"), ("size", "4"), ("seed", "s"));
        var issued = await room.IssueAsync(id);
        var side = await SideAsync(room);
        Assert.Empty(new IssueCheck(IssuedSample.Parse(issued), side).Problems(null));
        for (var at = 0; at < issued.Length; at++)
            Assert.True(IsRefused(Flipped(issued, at), side), $"byte {at}: {Encoding.UTF8.GetString(issued.AsSpan(at, Math.Min(20, issued.Length - at)))}");

        Assert.Contains("not the one that you gave", Assert.Single(new IssueCheck(IssuedSample.Parse(issued), side).Problems(File.ReadAllText(room.KeyFile))), StringComparison.Ordinal);
        var other = side with { Log = "plainproof/other/1", Frozen = new Dictionary<string, FrozenPopulation>() };
        Assert.Equal(2, new IssueCheck(IssuedSample.Parse(issued), other).Problems(null).Count);
        Assert.Contains("does not tell of", Assert.Single(new IssueCheck(IssuedSample.Parse(issued), side with { Packages = new HashSet<string>() }).Problems(null)), StringComparison.Ordinal);

        foreach (var bad in new[] { [], Encoding.UTF8.GetBytes("{}"), "not JSON"u8.ToArray(), issued[..^1], Flipped(issued, issued.Length / 2), new byte[IssuedSample.MostBytes + 1] })
        {
            var (exit, said) = await room.Acme.RunAsync("room", "take", room.Write("bad.json", bad));
            Assert.True(exit == 2 && said.Contains("bad.json", StringComparison.Ordinal), said);
        }

        var (nobody, told) = await room.Acme.RunAsync("room", "take", room.File("not-there.json"));
        Assert.True(nobody == 2, told);
        Assert.Empty(await room.Acme.EntriesAsync(TakeSample.EntryKind));
        var vera = await room.Acme.Office.JoinAsync(room.Acme.Olga, "vera@acme.example", "viewer");
        Assert.NotEqual(HttpStatusCode.OK, (await vera.GetAsync($"{Acme}/samples/take")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await room.Acme.Olga.GetAsync($"{Acme}/samples/{id}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await room.Acme.Olga.GetAsync($"{Acme}/room")).Status);
    }

    [Fact]
    public async Task What_is_no_package_of_an_engagement_becomes_no_room()
    {
        var parcel = await Parcel.OfAsync(false);
        using var place = new TemporaryFolder();
        await RefusedAsync("this is no package", 2, "room", "open", place.Path, "--data", place.File("rooms"));
        await RefusedAsync("of no engagement", 2, "room", "open", parcel.Zip, "--data", place.File("rooms"), "--prepare");
        await RefusedAsync("a data folder of a company's own", 2, "room", "open", parcel.Zip, "--data", parcel.Data, "--prepare");
        await RefusedAsync("your own machine only", 2, "room", "open", parcel.Zip, "--address", "http://example.com");
        using (var spoilt = parcel.Copy())
        {
            File.AppendAllText(spoilt.File("data", "index.csv"), "more");
            await RefusedAsync("this package does not hold", 1, "room", "open", spoilt.Path, "--data", place.File("rooms"), "--prepare");
            File.WriteAllText(spoilt.File("cut.zip"), "PK and nothing else");
            await RefusedAsync("does not hold", 1, "room", "open", spoilt.File("cut.zip"), "--data", place.File("rooms"), "--prepare");
        }

        Assert.False(Directory.Exists(place.File("rooms")) && Directory.EnumerateFileSystemEntries(place.File("rooms")).Any());
    }

    [Fact]
    public async Task A_package_of_an_older_build_says_what_it_lacks_and_a_row_opens_its_raw_bytes()
    {
        await using var room = await OpenedRoom.MakeAsync(false);
        await room.AuditorAsync("room", "open", room.Package, "--prepare");
        await room.EnterAsync();
        var (_, id) = await room.DrawAsync(("method", "targeted"), ("named", "3"), ("why", "It looks odd."));
        var item = await room.Cpa.GetAsync($"{Home}/samples/{id}/items/3");
        var raw = await room.Cpa.GetAsync(WebUtility.HtmlDecode(System.Text.RegularExpressions.Regex.Match(item.Html, "/c/room/evidence/[^\"#]+").Value));
        Assert.Contains("<mark id=\"pointed\">{", raw.Html, StringComparison.Ordinal);
        var (exit, said) = await room.AuditorAsync("room", "issue", id, "--out", room.File("issued.json"));
        Assert.True(exit == 0, said);
        Assert.Equal(0, (await room.Acme.RunAsync("room", "take", room.File("issued.json"))).Exit);

        var sources = Path.Combine(room.Package, "data", "populations", room.Population, "sources.json");
        File.Delete(sources);
        Forger.Relist(room.Package);
        (exit, said) = await room.AuditorAsync("room", "open", room.Package, "--prepare");
        Assert.True(exit == 2 && said.Contains("was made by an older Plainproof and lacks what a room needs", StringComparison.Ordinal), said);
    }

    /// <summary>The pages of a room, each with what it is for.</summary>
    private static async Task ReadAsync(OpenedRoom room)
    {
        var evidence = await room.Cpa.GetAsync($"{Home}/room/evidence?control=AC-06&kind=evidence.uploaded&q=REVIEW");
        Assert.Contains("1 piece", evidence.Text, StringComparison.Ordinal);
        Assert.Contains("Nothing fits.", (await room.Cpa.GetAsync($"{Home}/room/evidence?control=AC-06&from={room.Acme.Day(300)}")).Text, StringComparison.Ordinal);
        var raw = await room.Cpa.GetAsync(System.Text.RegularExpressions.Regex.Match(evidence.Html, "/c/room/evidence/[0-9a-f]{64}").Value);
        Assert.Contains("ann,keep", raw.Text, StringComparison.Ordinal);
        Assert.Contains("Not checked: ", raw.Text, StringComparison.Ordinal);
        Assert.Contains("population.frozen", (await room.Cpa.GetAsync($"{Home}/room/entries?kind=population.frozen")).Text, StringComparison.Ordinal);
        Assert.Contains("c2sp.org/tlog-proof@v1", (await room.Cpa.GetAsync($"{Home}/room/entries/0")).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await room.Cpa.GetAsync($"{Home}/room/entries/99999")).Status);
        Assert.Contains("The sealed rows give the root below.", (await room.Cpa.GetAsync($"{Home}/populations/frozen/{room.Population}")).Text, StringComparison.Ordinal);
        foreach (var path in new[] { "/room", "/room/requests", "/room/documents", "/room/deviations", "/samples", "/samples/new", "/controls/AC-06", "/populations" })
        {
            var page = await room.Cpa.GetAsync(Home + path);
            Assert.True(page.Status == HttpStatusCode.OK && page.Text.Contains("Your room", StringComparison.Ordinal), $"{path}: {page.Status}");
        }

        Assert.Equal(HttpStatusCode.OK, (await room.Cpa.GetAsync($"{Home}/room/file?name=data/index.csv")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await room.Cpa.GetAsync($"{Home}/room/file?name=../../room.json")).Status);
    }

    /// <summary>Every address of the company, and every command that would add to it.</summary>
    private static async Task AttackAsync(OpenedRoom room)
    {
        var routes = room.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>().Select(route => "/" + route.RoutePattern.RawText!.TrimStart('/')).Where(route => route.StartsWith("/c/{company}", StringComparison.Ordinal)).Distinct().ToList();
        Assert.True(routes.Count > 60);
        foreach (var route in routes.Select(route => System.Text.RegularExpressions.Regex.Replace(route.Replace("{company}", "room", StringComparison.Ordinal), "\\{[^}]+\\}", "x")).Where(path => !RoomWalls.IsOpen(path)))
        {
            using var sent = await room.Cpa.Client.PostAsync(route, new FormUrlEncodedContent([]));
            Assert.True(sent.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Forbidden or HttpStatusCode.BadRequest or HttpStatusCode.MethodNotAllowed, $"{route}: {sent.StatusCode}");
        }

        using (var stranger = new Visitor(room.Address, follow: false))
        {
            Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync("/room/enter?token=guessed")).Status);
            Assert.Equal(HttpStatusCode.Redirect, (await stranger.GetAsync($"{Home}/room")).Status);
        }

        var companies = await room.Cpa.GetAsync("/companies");
        if (companies.Html.Contains("value=\"new\"", StringComparison.Ordinal))
            Assert.Contains("and no other", (await room.Cpa.SubmitAsync(companies, [("title", "Beta"), ("role", "owner")], "value=\"new\"")).Text, StringComparison.Ordinal);
        var data = new[] { "--data", room.Folder, "--company", "room" };
        foreach (var command in new string[][]
        {
            ["evidence", "add", room.Write("mine.csv", "x"u8.ToArray()), "--control", "AC-06", "--says", "Mine"], ["population", "freeze", "changes", "--from", room.Acme.Day(1), "--to", room.Acme.Day(2)],
            ["engagement", "new", "Mine", "--from", room.Acme.Day(1), "--to", room.Acme.Day(9)], ["push", "change.merge", room.Write("merges.jsonl", "{}\n"u8.ToArray()), "--name", "forge"], ["company", "new", "beta"],
            ["room", "take", room.Write("x.json", "{}"u8.ToArray())], ["user", "invite", "eve@acme.example", "--role", "owner"], ["sample", "make"], ["serve", "--address", "http://localhost:0"],
        })
        {
            using var said = new StringWriter();
            Assert.True(await Plainproof.Cli.CommandLine.RunAsync([.. command, .. data], TextReader.Null, said, said, room.Acme.Office.Clock) != 0, $"{string.Join(' ', command)}: {said}");
        }

        await using var connection = await DataFolder.Open(room.Folder).DatabaseOf(RoomMark.Company).OpenAsync(default);
        foreach (var sql in new[] { "UPDATE room_mark SET list_digest = 'x'", "DELETE FROM room_mark" })
            await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => connection.Command(sql).RunAsync(default));
        Assert.Equal(["room.made"], await KindsAsync(room));
    }

    private static async Task<IReadOnlyList<string>> KindsAsync(OpenedRoom room)
    {
        await using var connection = await DataFolder.Open(room.Folder).DatabaseOf(RoomMark.Company).OpenAsync(default);
        return await connection.Command("SELECT kind FROM log_entry ORDER BY seq").ListAsync(row => row.GetString(0), default);
    }

    /// <summary>What the company knows, read as it is read when a sample is taken.</summary>
    private static async Task<CompanySide> SideAsync(OpenedRoom room)
    {
        await using var records = new CompanyRecords(room.Acme.Office.Data.DatabaseOf("acme-gmbh"));
        var packages = (await room.Acme.EntriesAsync("export.made")).Select(entry => (string)entry["listSha256"]!).ToHashSet(StringComparer.Ordinal);
        var frozen = await records.Set<FrozenPopulation>().AsNoTracking().ToDictionaryAsync(one => one.Id, StringComparer.Ordinal);
        return new CompanySide(NoteKey.Parse(await File.ReadAllTextAsync(room.KeyFile)).Name, packages, frozen, new Dictionary<string, DrawnSample>());
    }

    private static byte[] Flipped(byte[] bytes, int at)
    {
        var other = bytes.ToArray();
        other[at] ^= 1;
        return other;
    }

    private static bool IsRefused(byte[] bytes, CompanySide side)
    {
        try
        {
            return new IssueCheck(IssuedSample.Parse(bytes), side).Problems(null).Count > 0;
        }
        catch (InvalidDataException)
        {
            return true;
        }
    }

    private static async Task RefusedAsync(string why, int exit, params string[] command)
    {
        using var said = new StringWriter();
        var got = await Plainproof.Cli.CommandLine.RunAsync(command, TextReader.Null, said, said);
        Assert.True(got == exit && System.Text.RegularExpressions.Regex.Replace(said.ToString(), "\\s+", " ").Contains(why, StringComparison.Ordinal), $"{string.Join(' ', command)}: {got} {said}");
    }
}
