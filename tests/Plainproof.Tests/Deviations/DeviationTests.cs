using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Plainproof.Tests.Api;
using Plainproof.Tests.Standing;
using Plainproof.Tests.Web;
using Xunit;
using static Plainproof.Tests.Standing.Workspace;

namespace Plainproof.Tests.Deviations;

public sealed class DeviationsOnSqlite() : DeviationTests(false);

public sealed class DeviationsOnPostgresql() : DeviationTests(true);

/// <summary>What did not go as a control says: found by a check, by the calendar, by a person; and what the company says to it.</summary>
public abstract partial class DeviationTests(bool postgresql)
{
    private const string Page = $"{Home}/deviations";

    [Fact]
    public async Task Whoever_found_it_it_stands_in_one_list_and_an_answer_takes_nothing_away()
    {
        await using var acme = await Workspace.OpenAsync(postgresql);
        Assert.Contains("None was seen in these days.", (await acme.Olga.GetAsync(Page)).Text, StringComparison.Ordinal);
        await acme.CheckAsync(Reviewed, Unseen);
        var found = await FindAsync(acme.Olga, "CHG-01", "A change went out on a Sunday, and nobody was asked.", acme.Day(-3), acme.Day(-2));
        Assert.Contains("push:forge/merge/2", found.Text, StringComparison.Ordinal);
        Assert.Contains("A change went out on a Sunday", found.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("push:forge/merge/1", found.Text, StringComparison.Ordinal);

        var keys = Keys().Matches(found.Html).Select(match => match.Groups[1].Value).ToList();
        var answering = await acme.Olga.GetAsync($"{Page}/answer?{string.Join('&', keys.Select(key => $"d={key}"))}");
        var answered = await acme.Olga.SubmitAsync(answering, Answer("Nobody is on duty at weekends.", "systematic"), "value=\"answer\"");
        Assert.Contains("Without an answer (0)", answered.Text, StringComparison.Ordinal);
        Assert.Contains("push:forge/merge/2", answered.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("No deviation was chosen.", (await acme.Olga.GetAsync($"{Page}/answer?d={keys[0]}")).Text, StringComparison.Ordinal);
        var again = await acme.Olga.SubmitAsync(await acme.Olga.GetAsync($"{Page}/answer?d={keys[0]}"), Answer("We looked once more: the rota had a hole.", "isolated"), "value=\"answer\"");
        Assert.Contains("Isolated", again.Text, StringComparison.Ordinal);
        var one = (await acme.Olga.GetAsync($"{Page}/answer?d={keys[0]}")).Text;
        Assert.Contains("Nobody is on duty at weekends.", one, StringComparison.Ordinal);
        Assert.Contains("the rota had a hole", one, StringComparison.Ordinal);

        await acme.CheckAsync(Reviewed); // The second merge is not in the list any more: the deviation has an end, and stays.
        var mended = await acme.Olga.GetAsync(Page);
        Assert.Contains("push:forge/merge/2", mended.Text, StringComparison.Ordinal);
        using var script = await Script.OfAsync(acme.Office.Site, acme.Olga, "read");
        var all = (await script.GetAsync($"{Script.Company}/deviations")).Json["deviations"]!.AsArray();
        Assert.Equal(["check", "person"], all.Select(line => (string?)line!["by"]).Distinct().Order());
        Assert.All(all, line => Assert.NotNull(line!["answer"]));
        Assert.Equal(["deviation.found", "deviation.answered", "deviation.answered"], (await acme.EntriesAsync("deviation.%")).Select(entry => entry.Split(' ')[0]));
    }

    [Fact]
    public async Task Recurring_work_that_nobody_did_is_one_too()
    {
        await using var acme = await Workspace.OpenAsync(postgresql);
        var first = acme.Day(3);
        await acme.Olga.SubmitAsync(await acme.Olga.GetAsync($"{Home}/recurring/CHG-01"), [("cadence", "weekly"), ("begins", acme.Day(0)), ("first", first), ("grace", "2"), ("reason", "x")], "value=\"rhythm\"");
        acme.Office.Clock.Shift += TimeSpan.FromDays(12);
        var (olga, _) = await acme.Office.SignInAsync(People.Office.Owner, People.Office.Password);
        var page = await olga.GetAsync(Page);
        Assert.Contains($"due {DateOnly.ParseExact(first, "yyyy-MM-dd", CultureInfo.InvariantCulture).ToString("d MMM yyyy", CultureInfo.InvariantCulture)}: missed", page.Text, StringComparison.Ordinal);
        Assert.Contains("the calendar of recurring work", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(">still so</td>", page.Html, StringComparison.Ordinal); // The next round began: this one can be mended no more.
    }

    [Fact]
    public async Task An_auditor_writes_down_what_they_found_and_the_company_answers()
    {
        await using var acme = await Workspace.OpenAsync(postgresql);
        var auditor = await acme.Office.JoinAsync(acme.Olga, "cpa@firm.example", "auditor");
        var found = await FindAsync(auditor, "CHG-01", "Sample of changes, row 17: approved after the merge.", acme.Day(-3), acme.Day(-3));
        Assert.Contains("row 17: approved after the merge.", found.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Answer the ticked ones", found.Text, StringComparison.Ordinal);
        Assert.Equal(["deviation.found cpa@firm.example"], await acme.EntriesAsync("deviation.%"));
        var key = Keys().Match((await acme.Olga.GetAsync(Page)).Html).Groups[1].Value;
        var answered = await acme.Olga.SubmitAsync(await acme.Olga.GetAsync($"{Page}/answer?d={key}"), Answer("The form let it through.", "isolated"), "value=\"answer\"");
        Assert.Contains("Isolated", answered.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Everything_that_is_wrong_is_said_at_once_and_who_only_looks_says_nothing()
    {
        await using var acme = await Workspace.OpenAsync(postgresql);
        var wrong = await FindAsync(acme.Olga, "NO-99", " ", acme.Day(2), acme.Day(1));
        foreach (var word in new[] { "Choose the control that it touches.", "A day that has not come cannot have a deviation.", "The last day lies before the first.", "What did not go as the control says is missing." })
            Assert.Contains(word, wrong.Text, StringComparison.Ordinal);
        var found = await FindAsync(acme.Olga, "CHG-01", "<b>Bold</b>", acme.Day(-1), "");
        Assert.Contains("&lt;b&gt;Bold", found.Html, StringComparison.Ordinal);
        var key = Keys().Match(found.Html).Groups[1].Value;
        var bad = await acme.Olga.SubmitAsync(await acme.Olga.GetAsync($"{Page}/answer?d={key}"), Answer(" ", "sometimes"), "value=\"answer\"");
        Assert.Contains("The cause is missing.", bad.Text, StringComparison.Ordinal);
        Assert.Contains("Say whether it is isolated", bad.Text, StringComparison.Ordinal);
        Assert.Contains("We looked at all of them.", bad.Html, StringComparison.Ordinal);
        Assert.Contains("No deviation was chosen.", (await acme.Olga.GetAsync($"{Page}/answer?d=none")).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await acme.Olga.GetAsync($"{Page}?from=never&to=never")).Status);

        var viewer = await acme.Office.JoinAsync(acme.Olga, "vera@acme.example", "viewer");
        Assert.DoesNotContain("<form method=\"post\"", (await viewer.GetAsync($"{Page}/answer?d={key}")).Html, StringComparison.Ordinal);
        await ForgeAsync(Page, viewer, "found", ("once", Guid.NewGuid().ToString()), ("control", "CHG-01"), ("what", "x"), ("first", acme.Day(-1)), ("last", ""));
        await ForgeAsync($"{Page}/answer?d={key}", viewer, "answer", [("once", Guid.NewGuid().ToString()), ("key", key), .. Answer("x", "isolated")]);
        Assert.Single(await acme.EntriesAsync("deviation.%"));
    }

    private static async Task<Seen> FindAsync(Visitor visitor, string control, string what, string first, string last) =>
        await visitor.SubmitAsync(await visitor.GetAsync(Page), [("control", control), ("what", what), ("first", first), ("last", last)], "value=\"found\"");

    private static (string, string)[] Answer(string cause, string reach) =>
        [("cause", cause), ("reach", reach), ("more", "We looked at all of them."), ("else", ""), ("right", "A rota since Monday."), ("response", "")];

    [GeneratedRegex("name=\"d\" value=\"([0-9a-f]{24})\"")]
    private static partial Regex Keys();
}
