using System.Net;
using System.Text.RegularExpressions;
using Plainproof.Tests.People;
using Plainproof.Tests.Web;
using Xunit;
using static Plainproof.Tests.Standing.Workspace;

namespace Plainproof.Tests.Standing;

public sealed class StandingOnSqlite() : StandingTests(false);

public sealed class StandingOnPostgresql() : StandingTests(true);

/// <summary>Where the company stands, in a browser without script.</summary>
public abstract partial class StandingTests(bool postgresql)
{
    [Fact]
    public async Task A_new_company_is_told_what_to_do_next()
    {
        await using var acme = await Workspace.OpenAsync(postgresql);
        foreach (var path in new[] { Home, $"{Home}/gaps" })
        {
            var page = await acme.Olga.GetAsync(path);
            Assert.Contains("Nothing is known about this company yet", page.Text, StringComparison.Ordinal);
            Assert.Contains($"href=\"{Home}/sources\"", page.Html, StringComparison.Ordinal);
            Assert.Contains("href=\"/advisor\"", page.Html, StringComparison.Ordinal);
            Assert.Contains("plainproof check --company acme-gmbh", page.Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Every_number_opens_down_to_the_raw_bytes()
    {
        await using var acme = await Workspace.OpenAsync(postgresql);
        await acme.CheckAsync(Reviewed, Unseen);
        var home = await acme.Olga.GetAsync(Home);
        Assert.Matches("results that fail.{0,80}>1</a>", home.Html.ReplaceLineEndings(" "));

        var fails = await FollowAsync(acme.Olga, home, $"{Home}/results?outcome=fail");
        Assert.Contains("push:forge/merge/2", fails.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("push:forge/merge/1", fails.Text, StringComparison.Ordinal);

        var result = await FollowAsync(acme.Olga, fails, $"{Home}/result?check={Watched}");
        foreach (var word in new[] { "Expected", "Seen", "#2", "Merges", "2 read, 2 expected", "no sign-in", "still so" })
            Assert.Contains(word, result.Text, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("push:forge", (await FollowAsync(acme.Olga, result, $"{Home}/collections/")).Text, StringComparison.Ordinal);

        var evidence = await FollowAsync(acme.Olga, result, $"{Home}/evidence/");
        Assert.Equal(Unseen, WebUtility.HtmlDecode(Marked().Match(evidence.Html).Groups[1].Value));
        var file = await FollowAsync(acme.Olga, evidence, $"{Home}/evidence/", "/file");
        Assert.Equal(("application/octet-stream", "nosniff"), (file.Headers["Content-Type"], file.Headers["X-Content-Type-Options"]));
        Assert.StartsWith("attachment", file.Headers["Content-Disposition"], StringComparison.Ordinal);
        Assert.EndsWith(Unseen + "\n", file.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Raw_evidence_is_shown_as_text_and_never_as_a_page()
    {
        await using var acme = await Workspace.OpenAsync(postgresql);
        await acme.CheckAsync(Unseen.Replace("\"shop\"", "\"<script>alert(1)</script>\"", StringComparison.Ordinal));
        var result = await FollowAsync(acme.Olga, await acme.Olga.GetAsync($"{Home}/results?check={Watched}"), $"{Home}/result?check={Watched}");
        var evidence = await FollowAsync(acme.Olga, result, $"{Home}/evidence/");
        Assert.DoesNotContain("<script>alert", evidence.Html + result.Html, StringComparison.Ordinal);
        Assert.Contains("<script>alert(1)</script>", evidence.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/evidence/0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("/evidence/..%2F..%2Fconfig.json")]
    [InlineData("/evidence/0000000000000000000000000000000000000000000000000000000000000000/file")]
    [InlineData("/collections/none")]
    [InlineData("/result?check=none")]
    [InlineData("/result?check=changes-approved&scope=push:forge&subject=none")]
    [InlineData("/gaps/none")]
    [InlineData("/criteria/none")]
    [InlineData("/controls/none")]
    public async Task What_is_not_there_is_said_to_be_not_there(string path)
    {
        await using var acme = await Workspace.OpenAsync(postgresql);
        var page = await acme.Olga.GetAsync(Home + path);
        Assert.Equal(HttpStatusCode.NotFound, page.Status);
        Assert.Contains("There is no such page", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_evidence_of_one_company_is_not_there_in_another()
    {
        await using var acme = await Workspace.OpenAsync(postgresql);
        await acme.CheckAsync(Unseen);
        var result = await FollowAsync(acme.Olga, await acme.Olga.GetAsync($"{Home}/results?outcome=fail"), $"{Home}/result?check={Watched}");
        var path = LinkTo(result, $"{Home}/evidence/");
        await acme.Olga.SubmitAsync(await acme.Olga.GetAsync("/companies"), [("title", "Beta"), ("role", "owner")], "value=\"new\"");
        Assert.Equal(HttpStatusCode.OK, (await acme.Olga.GetAsync(path)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await acme.Olga.GetAsync(path.Replace("acme-gmbh", "beta", StringComparison.Ordinal))).Status);
    }

    [Fact]
    public async Task Home_says_what_changed_since_the_last_visit_of_this_person()
    {
        await using var acme = await Workspace.OpenAsync(postgresql);
        await acme.CheckAsync(Reviewed);
        Assert.Contains("This is your first visit", (await acme.Olga.GetAsync(Home)).Text, StringComparison.Ordinal);
        await acme.CheckAsync(Reviewed, Unseen);
        acme.Office.Clock.Shift = TimeSpan.FromHours(2);
        var home = await acme.Olga.GetAsync(Home);
        Assert.Contains("result changed since", home.Text.Replace("results changed", "result changed", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Matches("merge/2</td>\\s*<td>.*not there.*fail", home.Html.ReplaceLineEndings(" "));
        Assert.Matches("merge/2</td>\\s*<td>.*not there.*fail", (await acme.Olga.GetAsync(Home)).Html.ReplaceLineEndings(" "));
        acme.Office.Clock.Shift = TimeSpan.FromHours(4);
        Assert.Contains("No result changed since", (await acme.Olga.GetAsync(Home)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_read_too_long_ago_passes_no_more()
    {
        await using var acme = await Workspace.OpenAsync(postgresql);
        await acme.CheckAsync(Reviewed);
        Assert.Contains("push:forge/merge/1", (await acme.Olga.GetAsync($"{Home}/results?outcome=pass")).Text, StringComparison.Ordinal);
        acme.Office.Clock.Shift = TimeSpan.FromDays(8);
        var (olga, _) = await acme.Office.SignInAsync(Office.Owner, Office.Password);
        Assert.Contains("No result is like that", (await olga.GetAsync($"{Home}/results?outcome=pass")).Text, StringComparison.Ordinal);
        Assert.Contains("more than 7 days ago", (await olga.GetAsync(Home)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Criteria_and_controls_lead_to_checks_gaps_and_back()
    {
        await using var acme = await Workspace.OpenAsync(postgresql);
        await acme.CheckAsync(Reviewed, Unseen);
        var criteria = await acme.Olga.GetAsync($"{Home}/criteria?state=gap");
        Assert.Contains("CC8.1", criteria.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(">CC1.1<", criteria.Html, StringComparison.Ordinal);
        var criterion = await acme.Olga.GetAsync($"{Home}/criteria/CC8.1");
        Assert.Contains(GapPage, criterion.Html, StringComparison.Ordinal);
        var controls = await acme.Olga.GetAsync($"{Home}/controls?family=Changes&state=gap");
        var control = await FollowAsync(acme.Olga, controls, $"{Home}/controls/CHG");
        foreach (var word in new[] { "The sentence an auditor tests", "Evidence wanted", "Tasks", "History", "What the checks said" })
            Assert.Contains(word, control.Text, StringComparison.Ordinal);
        Assert.Contains(GapPage, control.Html, StringComparison.Ordinal);
        Assert.Contains("aria-current=\"page\">Controls", control.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_companys_own_checks_count_as_on_the_command_line_and_a_broken_file_is_told()
    {
        await using var acme = await Workspace.OpenAsync(postgresql);
        await acme.CheckAsync(Reviewed);
        var folder = Directory.CreateDirectory(Path.Combine(acme.Office.Data.CompanyRoot("acme-gmbh"), "checks"));
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "own.yaml"), "checks: [\n");
        Assert.Contains("own.yaml", (await acme.Olga.GetAsync(Home)).Text, StringComparison.Ordinal);
    }

    private static Task<Seen> FollowAsync(Visitor visitor, Seen page, string begins, string ends = "") => visitor.GetAsync(LinkTo(page, begins, ends));

    private static string LinkTo(Seen page, string begins, string ends = "") =>
        Links().Matches(page.Html).Select(match => WebUtility.HtmlDecode(match.Groups[1].Value)).FirstOrDefault(link => link.StartsWith(begins, StringComparison.Ordinal) && link.EndsWith(ends, StringComparison.Ordinal))
        ?? throw new InvalidOperationException($"No link to {begins}…{ends}: {page.Text}");

    [GeneratedRegex("href=\"([^\"]*)\"")]
    private static partial Regex Links();

    [GeneratedRegex("<mark[^>]*>(.*?)</mark>", RegexOptions.Singleline)]
    private static partial Regex Marked();
}
