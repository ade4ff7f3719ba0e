using System.Net;
using Plainproof.Assurance.Populations;
using Plainproof.Facts;
using Plainproof.Tests.People;
using Plainproof.Tests.Standing;
using Plainproof.Tests.Web;
using Xunit;

namespace Plainproof.Tests.Populations;

public sealed class PopulationsOnSqlite() : PopulationTests(false);

public sealed class PopulationsOnPostgresql() : PopulationTests(true);

/// <summary>The lists of four weeks in which things went wrong: each planted item is on its list, with what was found.</summary>
public abstract class PopulationTests(bool postgresql)
{
    private const string Home = Ledger.Home;

    [Fact]
    public async Task Every_planted_change_is_listed_and_judged_and_nothing_else_is_accused()
    {
        await using var acme = await Ledger.OpenAsync(postgresql);
        await acme.LiveAsync(async day =>
        {
            await acme.PushAsync("change.merge", "forge", Merges(acme, day));
            await acme.PushAsync("change.commit", "clone", Commits(acme, day));
        });
        var page = await acme.Olga.GetAsync($"{Home}/populations/changes{acme.Days}");
        Assert.Contains("Every source was read in full, also after the last day.", page.Text, StringComparison.Ordinal);
        Assert.Contains("The list: 6 items", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("merge/9<", page.Html, StringComparison.Ordinal); // It came before the window.
        Assert.DoesNotContain("commit/a1", page.Html, StringComparison.Ordinal); // Its merge accounts for it.
        foreach (var words in new[]
        {
            "#2 by ann was merged on", "#3 was approved only by its author, ann.", "#5 by ann was approved only after the merge.", "shows no pull or merge request.",
            $"The source no longer told of it on {acme.Day(12)}", "Sent in a file, not read by Plainproof", "6 of 6 in full", "It is no test: the auditor tests",
        })
            Assert.Contains(words, page.Text, StringComparison.Ordinal);
        Assert.Equal(4, RowsOf(page.Html, "not met"));
        Assert.Equal(2, RowsOf(page.Html, "met"));
        Assert.Contains("In both: 4. Only among merges: 1. Only among commits: 1.", page.Text, StringComparison.Ordinal);
        Assert.Contains("It names no request: a direct push", page.Text, StringComparison.Ordinal);
        var only = await acme.Olga.GetAsync($"{Home}/populations/changes{acme.Days}&show=notMet");
        Assert.DoesNotContain("merge/1<", only.Html, StringComparison.Ordinal);
        Assert.Contains("merge/2<", only.Html, StringComparison.Ordinal);

        var all = await acme.Olga.GetAsync($"{Home}/populations{acme.Days}");
        Assert.Matches("Changes 6 read in full", all.Text);
        Assert.Contains("People who left : Connect the list of your people", all.Text, StringComparison.Ordinal);
        Assert.Contains($"href=\"{Home}/populations\"", (await acme.Olga.GetAsync($"{Home}/engagements")).Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_leaver_whose_account_went_off_late_is_found_and_the_head_count_adds_up()
    {
        await using var acme = await Ledger.OpenAsync(postgresql);
        await acme.LiveAsync(async day =>
        {
            await acme.PushAsync("person.core", "hr", [
                acme.Person("ann", -400), acme.Person("bob", -300), acme.Person("carl", -200, day >= 6 ? 10 : null), acme.Person("dora", -100, day >= 12 ? 11 : null), .. day >= 6 ? new[] { acme.Person("emil", 5) } : [],
                .. day < 18 ? new[] { acme.Person("fay", -50) } : [],
                acme.Person("gus", -40, day == 6 ? 20 : null)]); // He thought better of it.
            await acme.PushAsync("account.core", "directory", [
                acme.Account("ann", true), acme.Account("bob", true), acme.Account("carl", day < 18), acme.Account("dora", day < 12), .. day >= 6 ? new[] { acme.Account("emil", true, 5), acme.Account("hook", true, 4) } : [], acme.Account("gus", true)]);
        });
        var left = await acme.Olga.GetAsync($"{Home}/populations/leavers{acme.Days}");
        Assert.Contains("The list: 2 items", left.Text, StringComparison.Ordinal);
        Assert.Matches("carl in push:directory was still on at .*carl left on .*; 1 working days are allowed", left.Text);
        Assert.Equal(1, RowsOf(left.Html, "not met"));
        Assert.Equal(1, RowsOf(left.Html, "met"));
        Assert.Contains("6 at the start + 1 who joined - 2 who left = 5. The roster at the end has 4. It does not add up.", left.Text, StringComparison.Ordinal);
        Assert.Contains("fay the roster at the start On the roster at the start, not at the end, and no last day was told.", left.Text, StringComparison.Ordinal);

        var joined = await acme.Olga.GetAsync($"{Home}/populations/hires{acme.Days}");
        Assert.Contains("The list: 1 item", joined.Text, StringComparison.Ordinal);
        Assert.Contains("hook in push:directory", joined.Text, StringComparison.Ordinal);
        Assert.Contains("It belongs to nobody on the roster.", joined.Text, StringComparison.Ordinal);

        var said = await acme.Olga.SubmitAsync(joined, [("difference", "right:push:directory/account/hook"), ("why", "The web hook of the shop.")], "value=\"explain-hires-accounts\"");
        Assert.Contains("The web hook of the shop. olga@acme.example", said.Text, StringComparison.Ordinal);
        Assert.Contains("Only among new accounts: 1.", said.Text, StringComparison.Ordinal); // Explained, and still there.
        var entry = Assert.Single(await acme.EntriesAsync("population.difference-explained"));
        Assert.Equal("The web hook of the shop.", (string?)entry["why"]);
        Assert.Equal(Office.Owner, (string?)entry["by"]);
    }

    [Fact]
    public async Task An_access_that_was_approved_after_it_was_given_is_found_and_tickets_are_held_against_it()
    {
        await using var acme = await Ledger.OpenAsync(postgresql);
        await acme.LiveAsync(async day =>
        {
            await acme.PushAsync("access.grant", "desk", acme.Grant("carl", 3, 2, "A-1"), acme.Grant("dora", 4, 5, "A-2"), acme.Grant("emil", 5, 4, null));
            await acme.PushAsync("ticket.core", "tickets", Ticket(acme, "A-1", 2), Ticket(acme, "A-3", 7));
        });
        var page = await acme.Olga.GetAsync($"{Home}/populations/access-grants{acme.Days}");
        Assert.Contains("shop: write was given to dora on", page.Text, StringComparison.Ordinal);
        Assert.Equal(1, RowsOf(page.Html, "not met"));
        Assert.Equal(2, RowsOf(page.Html, "met"));
        Assert.Contains("In both: 1. Only among accesses: 2. Only among tickets: 1.", page.Text, StringComparison.Ordinal);
        Assert.Contains("It names A-2, which is not among the tickets.", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_source_that_refused_for_half_the_window_makes_the_list_incomplete_and_it_says_where()
    {
        await using var acme = await Ledger.OpenAsync(postgresql);
        await acme.LiveAsync(async day =>
        {
            if (day < 12)
                await acme.PushAsync("change.merge", "forge", acme.Merge(1, 2, "bob"));
            else
                await acme.RefusedAsync<Merge>("push:forge");
            await acme.PushAsync("incident.core", "desk");
        });
        var page = await acme.Olga.GetAsync($"{Home}/populations/changes{acme.Days}");
        Assert.Contains("This list may be incomplete.", page.Text, StringComparison.Ordinal);
        Assert.Contains($"push:forge was not read in full from {acme.Day(13)}", page.Text, StringComparison.Ordinal); // A look counts for a week.
        Assert.Contains("Permission refused: The token was revoked.", page.Text, StringComparison.Ordinal);
        Assert.Contains("What came in that time may be missing.", page.Text, StringComparison.Ordinal);
        var all = await acme.Olga.GetAsync($"{Home}/populations{acme.Days}");
        Assert.Matches("Changes 1 may be incomplete, see 1 place", all.Text);
        Assert.Matches("Incidents 0 read in full", all.Text);
        Assert.Contains("None, and all of it was read.", (await acme.Olga.GetAsync($"{Home}/populations/incidents{acme.Days}")).Text, StringComparison.Ordinal);

        var (exit, said) = await acme.RunAsync("population", "freeze", "changes", "--from", acme.Day(1), "--to", acme.Day(Ledger.LastDay));
        Assert.True(exit == 0, said);
        Assert.Contains("The list may be incomplete.", said, StringComparison.Ordinal);
        var entry = Assert.Single(await acme.EntriesAsync("population.frozen"));
        Assert.False((bool)entry["complete"]!);
        Assert.Contains("The token was revoked.", (string?)entry["holes"]![0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_for_a_spreadsheet_runs_nothing_and_has_every_row()
    {
        await using var acme = await Ledger.OpenAsync(postgresql);
        await acme.LiveAsync(_ => acme.PushAsync("change.merge", "forge", [acme.Merge(1, 2, "bob", "=1+2"), acme.Merge(2, 3, "@bob", "+1, \"quoted\""), .. Enumerable.Range(3, 248).Select(number => acme.Merge(number, 4, "bob", "-1"))]));
        var file = await acme.Olga.GetAsync($"{Home}/populations/changes/list.csv{acme.Days}");
        Assert.StartsWith("attachment; filename=\"changes-", file.Headers["Content-Disposition"], StringComparison.Ordinal);
        var lines = file.Html.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(251, lines.Length);
        Assert.Contains(",'=1+2,", lines[1], StringComparison.Ordinal);
        Assert.Contains(",\"'+1, \"\"quoted\"\"\",", lines[2], StringComparison.Ordinal);
        Assert.Contains(",'@bob,", lines[2], StringComparison.Ordinal);
        Assert.Equal(248, lines.Count(line => line.Contains(",'-1,", StringComparison.Ordinal)));

        var second = await acme.Olga.GetAsync($"{Home}/populations/changes{acme.Days}&page=2");
        Assert.Contains("Rows 201 to 250 of 250", second.Text, StringComparison.Ordinal);
        Assert.Contains("rel=\"prev\"", second.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("rel=\"next\"", second.Html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("populations", HttpStatusCode.OK, "Nothing that was read tells of a population yet.")]
    [InlineData("populations/changes", HttpStatusCode.OK, "Connect a repository (git)")]
    [InlineData("populations/leavers?from=2090-01-01&to=2090-02-01", HttpStatusCode.OK, "This window begins on 1 January 2090")]
    [InlineData("populations?from=2026-02-31&to=2026-03-01", HttpStatusCode.BadRequest, "a day such as")]
    [InlineData("populations/changes?engagement=x", HttpStatusCode.BadRequest, "no such engagement")]
    [InlineData("populations/nothing", HttpStatusCode.NotFound, "")]
    [InlineData("populations/nothing/list.csv", HttpStatusCode.NotFound, "")]
    [InlineData("populations/changes/list.csv?from=x", HttpStatusCode.BadRequest, "")]
    [InlineData("populations/frozen/nothing", HttpStatusCode.NotFound, "")]
    [InlineData("populations/frozen/nothing/rows/1", HttpStatusCode.NotFound, "")]
    public async Task What_is_not_there_says_so_and_what_is_empty_says_what_to_connect(string address, HttpStatusCode status, string says)
    {
        await using var office = await Office.OpenAsync(postgresql);
        var olga = await office.FirstOwnerAsync();
        var page = await olga.GetAsync($"{Home}/{address}");
        Assert.Equal(status, page.Status);
        Assert.Contains(says, page.Text, StringComparison.Ordinal);
    }

    private static IEnumerable<(string, System.Text.Json.Nodes.JsonObject)> Merges(Ledger acme, int day) =>
        new[] { acme.Merge(9, -3, null), acme.Merge(1, 2, "bob"), acme.Merge(2, 3, null), acme.Merge(3, 4, "ann"), acme.Merge(4, 5, "bob"), acme.Merge(5, 20, "bob", approvedHour: 12) }.Where((_, i) => i switch { 4 => day == 6, 5 => day >= 24, 0 => true, _ => day >= 6 });

    private static IEnumerable<(string, System.Text.Json.Nodes.JsonObject)> Commits(Ledger acme, int day) => day < 6 ? [] :
        [acme.Commit("a1", 2, 1), acme.Commit("a2", 3, 2), acme.Commit("a3", 4, 3), acme.Commit("a4", 5, 4), acme.Commit("d1", 5, null)];

    private static (string, System.Text.Json.Nodes.JsonObject) Ticket(Ledger acme, string id, int day) => (
        $"ticket/{id}", new() { ["id"] = id, ["title"] = "Give access", ["sort"] = "access", ["openedAt"] = acme.At(day) });

    private static int RowsOf(string html, string verdict) => System.Text.RegularExpressions.Regex.Count(html, $"<td class=\"found\">\\s*<span class=\"chip [a-z]*\">{verdict}</span>");
}
