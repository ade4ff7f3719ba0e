using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Plainproof.Features.EvidenceFiles;
using Plainproof.Tests.People;
using Plainproof.Tests.Standing;
using Plainproof.Tests.Web;
using Xunit;
using static Plainproof.Tests.Standing.Workspace;

namespace Plainproof.Tests.EvidenceFiles;

public sealed class EvidenceFilesOnSqlite() : EvidenceFileTests(false);

public sealed class EvidenceFilesOnPostgresql() : EvidenceFileTests(true);

/// <summary>Files that people add, and what a second person says to them.</summary>
public abstract class EvidenceFileTests(bool postgresql)
{
    private const string Control = $"{Home}/controls/GOV-01";
    private const string New = $"{Home}/files/new?about=control%3AGOV-01";
    private const string Secret = "AKIA" + "Q3EGRZ7TNVB2WXYA";
    private static readonly byte[] Minutes = Encoding.UTF8.GetBytes($"Security review, 4 May. Present: Ann, Bob.\nkey = '{Secret}'\n");

    [Fact]
    public async Task A_file_is_sealed_listed_where_it_belongs_and_accepted_by_somebody_else()
    {
        await using var acme = await Workspace.OpenAsync(postgresql);
        var bob = await acme.Office.JoinAsync(acme.Olga, "bob@acme.example", "controlOwner");
        var page = await AddAsync(acme.Olga, New, "../minutes May.txt", Minutes, "Minutes of the review in May");
        foreach (var word in new[] { "Minutes of the review in May", "waits for a look", "minutes-May.txt", "1 May 2026 to 31 May 2026", "somebody else has to look" })
            Assert.Contains(word, page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("value=\"accept\"", page.Html, StringComparison.Ordinal);

        var file = await acme.Olga.GetAsync(page.Address.AbsolutePath + "/download");
        Assert.Contains("filename=\"minutes-May.txt\"", file.Headers["Content-Disposition"], StringComparison.Ordinal);
        Assert.StartsWith("Security review, 4 May.", file.Html, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, file.Html, StringComparison.Ordinal);
        Assert.Contains("Minutes of the review in May", (await bob.GetAsync(Control)).Text, StringComparison.Ordinal);

        await bob.SubmitAsync(await bob.GetAsync(page.Address.AbsolutePath), [], "value=\"accept\"");
        Assert.Contains("Minutes of the review in May", (await acme.Olga.GetAsync($"{Home}/files?state=accepted")).Text, StringComparison.Ordinal);
        Assert.Contains("No file is like that", (await acme.Olga.GetAsync($"{Home}/files?state=sentBack")).Text, StringComparison.Ordinal);
        await acme.CheckAsync(Reviewed);
        Assert.Matches("controls with evidence that somebody accepted</dt><dd><a [^>]*files.state=accepted[^>]*>1</a>", (await acme.Olga.GetAsync(Home)).Html);
        Assert.Equal([$"evidence.uploaded {Office.Owner}", "evidence.accepted bob@acme.example"], (await acme.EntriesAsync("evidence.%")).Where(entry => !entry.StartsWith("evidence.collected", StringComparison.Ordinal)));
        Assert.DoesNotContain("no gap seen", (await acme.Olga.GetAsync(Control)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_shows_too_little_is_sent_back_with_a_reason_and_stays_on_record()
    {
        await using var acme = await Workspace.OpenAsync(postgresql);
        var bob = await acme.Office.JoinAsync(acme.Olga, "bob@acme.example", "controlOwner");
        var page = await AddAsync(acme.Olga, New, "minutes.txt", Minutes, "Minutes");
        var looked = await bob.GetAsync(page.Address.AbsolutePath);
        Assert.Contains("Say what is missing", (await bob.SubmitAsync(looked, [("why", " ")], "value=\"back\"")).Text, StringComparison.Ordinal);
        var back = await bob.SubmitAsync(looked, [("why", "Nobody can see who was there.")], "value=\"back\"");
        Assert.Contains("Nobody can see who was there.", back.Text, StringComparison.Ordinal);
        Assert.Contains("Add a better one", (await acme.Olga.GetAsync(page.Address.AbsolutePath)).Text, StringComparison.Ordinal);
        Assert.Contains("decided this already", (await bob.SubmitAsync(looked, [], "value=\"accept\"")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Everything_that_is_wrong_is_said_at_once_and_nothing_is_stored()
    {
        await using var acme = await Workspace.OpenAsync(postgresql);
        var form = await acme.Olga.GetAsync(New);
        var page = await acme.Olga.UploadAsync(form, [("says", ""), ("from", "2026-06-01"), ("to", "2026-05-01")], "evil.pdf", "<script>alert(1)</script>"u8.ToArray(), "value=\"file\"");
        foreach (var word in new[] { "This is no file that can be taken", "Say in a few words what the file shows", "The last day lies before the first" })
            Assert.Contains(word, page.Text, StringComparison.Ordinal);
        foreach (var (name, bytes, says) in new[] { ("a.exe", Minutes, "no file that can be taken"), ("a.txt", [0, 1, 2], "no file that can be taken"), ("a.txt", Array.Empty<byte>(), "The file is empty") })
            Assert.Contains(says, (await acme.Olga.UploadAsync(form, [("says", "x"), ("from", ""), ("to", "")], name, bytes, "value=\"file\"")).Text, StringComparison.Ordinal);
        Assert.Contains("days that have not come yet", (await acme.Olga.UploadAsync(form, [("says", "x"), ("from", "2026-01-01"), ("to", "2099-01-01")], "a.txt", Minutes, "value=\"file\"")).Text, StringComparison.Ordinal);
        Assert.Empty(await acme.EntriesAsync("evidence.%"));
        foreach (var nothing in new[] { "control%3ANONE-1", "control%3AOWN-7", "gap%3Anone", "x", "" })
            Assert.Equal(HttpStatusCode.NotFound, (await acme.Olga.GetAsync($"{Home}/files/new?about={nothing}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await acme.Olga.GetAsync($"{Home}/files/none")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await acme.Olga.GetAsync($"{Home}/files/none/download")).Status);
    }

    [Fact]
    public async Task A_form_sent_twice_adds_one_file_and_a_gap_takes_files_too()
    {
        await using var acme = await Workspace.OpenAsync(postgresql);
        await acme.CheckAsync(Reviewed, Unseen);
        Assert.Contains("about=gap%3Achanges-approved", (await acme.Olga.GetAsync(GapPage)).Html, StringComparison.Ordinal);
        var form = await acme.Olga.GetAsync($"{Home}/files/new?about=gap%3Achanges-approved");
        for (var i = 0; i < 2; i++)
            await acme.Olga.UploadAsync(form, [("says", "How we mended it"), ("from", ""), ("to", "")], "note.md", Minutes, "value=\"file\"");
        Assert.Single(await acme.EntriesAsync("evidence.uploaded"));
        Assert.Single(Regex.Matches((await acme.Olga.GetAsync(GapPage)).Html, ">How we mended it<"));
    }

    [Fact]
    public async Task Who_may_not_add_or_accept_cannot()
    {
        await using var acme = await Workspace.OpenAsync(postgresql);
        var page = await AddAsync(acme.Olga, New, "minutes.txt", Minutes, "Minutes");
        foreach (var role in new[] { "viewer", "auditor", "member", "adviser" })
        {
            var visitor = await acme.Office.JoinAsync(acme.Olga, $"{role}@acme.example", role);
            Assert.DoesNotContain("value=\"accept\"", (await visitor.GetAsync(page.Address.AbsolutePath)).Html, StringComparison.Ordinal);
            Assert.Equal(role is "viewer" or "auditor" ? HttpStatusCode.Forbidden : HttpStatusCode.OK, (await visitor.GetAsync(New)).Status);
            await ForgeAsync(page.Address.AbsolutePath, visitor, "accept");
            await ForgeAsync(page.Address.AbsolutePath, visitor, "back", ("why", "Because."));
        }

        await ForgeAsync(page.Address.AbsolutePath, acme.Olga, "accept");
        Assert.Single(await acme.EntriesAsync("evidence.%"));
    }

    [Fact]
    public async Task A_file_beyond_the_limit_is_refused()
    {
        await using var acme = await Workspace.OpenAsync(postgresql);
        var form = await acme.Olga.GetAsync(New);
        var large = await acme.Olga.UploadAsync(form, [("says", "x"), ("from", ""), ("to", "")], "a.txt", Encoding.ASCII.GetBytes(new string('x', EvidenceBook.MostBytes + 1)), "value=\"file\"");
        Assert.Contains("larger than 25 MB", large.Text, StringComparison.Ordinal);
        Assert.Empty(await acme.EntriesAsync("evidence.%"));
    }

    private static async Task<Seen> AddAsync(Visitor visitor, string form, string name, byte[] bytes, string says) =>
        await visitor.UploadAsync(await visitor.GetAsync(form), [("says", says), ("from", "2026-05-01"), ("to", "2026-05-31")], name, bytes, "value=\"file\"");
}
