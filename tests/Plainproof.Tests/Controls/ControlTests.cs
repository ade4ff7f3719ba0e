using System.Net;
using Plainproof.Storage;
using Plainproof.Tests.People;
using Plainproof.Tests.Standing;
using Plainproof.Tests.Web;
using Xunit;
using static Plainproof.Tests.Standing.Workspace;

namespace Plainproof.Tests.Controls;

public sealed class ControlsOnSqlite() : ControlTests(false);

public sealed class ControlsOnPostgresql() : ControlTests(true);

/// <summary>What a company makes of its controls: own wording, own controls, own numbers, and what it proposes as not relevant.</summary>
public abstract class ControlTests(bool postgresql)
{
    private const string Control = $"{Home}/controls/LOG-01";
    private const string Criterion = $"{Home}/criteria/CC7.2";

    [Fact]
    public async Task A_wording_holds_from_its_day_on_and_those_before_stay_on_record()
    {
        await using var acme = await Workspace.OpenAsync(postgresql);
        Assert.Contains("This is our suggestion", (await acme.Olga.GetAsync(Control)).Text, StringComparison.Ordinal);
        var page = await WordAsync(acme, "Ops ships <b>logs</b> within a minute.", acme.Day(0));
        foreach (var word in new[] { "Ops ships <b>logs</b> within a minute.", "Your wording since", "Each minute", "Ops lead", "holds now", "We agreed it in our review." })
            Assert.Contains(word, page.Text, StringComparison.Ordinal);
        Assert.Contains("Our own title", (await acme.Olga.GetAsync($"{Home}/controls")).Text, StringComparison.Ordinal);

        page = await WordAsync(acme, "Ops ships logs at once.", acme.Day(3));
        Assert.Matches("The sentence an auditor tests\\s*Ops ships <b>logs</b> within a minute.", page.Text);
        Assert.Contains("to come", page.Text, StringComparison.Ordinal);
        acme.Office.Clock.Shift = TimeSpan.FromDays(3);
        var later = await (await acme.Office.SignInAsync(Office.Owner, Office.Password)).Visitor.GetAsync(Control);
        Assert.Matches("The sentence an auditor tests\\s*Ops ships logs at once.", later.Text);
        Assert.Contains("within a minute", later.Text, StringComparison.Ordinal);
        Assert.Equal(2, (await acme.EntriesAsync("control.worded")).Count);
    }

    [Fact]
    public async Task Everything_that_is_wrong_with_a_wording_is_said_at_once_and_nothing_typed_is_lost()
    {
        await using var acme = await Workspace.OpenAsync(postgresql);
        var page = await acme.Olga.SubmitAsync(
            await acme.Olga.GetAsync($"{Control}/edit"), [("title", ""), ("statement", "Kept."), ("owner", new string('x', 300)), ("frequency", "Daily"), ("begins", acme.Day(-1)), ("why", "")]);
        foreach (var word in new[] { "The title is missing.", "Who answers for it has 300 characters", "cannot begin on a day that is over", "Why you change it is missing." })
            Assert.Contains(word, page.Text, StringComparison.Ordinal);
        Assert.Contains(">Kept.</textarea>", page.Html, StringComparison.Ordinal);
        Assert.Empty(await acme.EntriesAsync("control.%"));
    }

    [Fact]
    public async Task A_stale_page_overwrites_nothing_and_a_form_sent_twice_counts_once()
    {
        await using var acme = await Workspace.OpenAsync(postgresql);
        var old = await acme.Olga.GetAsync($"{Control}/edit");
        await acme.Olga.SubmitAsync(old, Wording(acme, "First.", 0));
        await acme.Olga.SubmitAsync(old, Wording(acme, "First.", 0));
        Assert.Single(await acme.EntriesAsync("control.worded"));
        var other = await acme.Olga.GetAsync($"{Control}/edit");
        await WordAsync(acme, "Second.", acme.Day(0));
        var stale = await acme.Olga.SubmitAsync(other, Wording(acme, "Third.", 0));
        foreach (var word in new[] { "Someone else changed this control", "Second.", "Third." })
            Assert.Contains(word, stale.Text, StringComparison.Ordinal);
        var again = await acme.Olga.SubmitAsync(stale, Wording(acme, "Third.", 0));
        Assert.Matches("The sentence an auditor tests\\s*Third.", again.Text);
    }

    [Fact]
    public async Task A_company_adds_its_own_control_and_finds_it_where_it_serves()
    {
        await using var acme = await Workspace.OpenAsync(postgresql);
        var form = await acme.Olga.GetAsync($"{Home}/controls/new");
        var refused = await acme.Olga.SubmitAsync(form, [.. Wording(acme, "Two people open the safe.", 0), ("criteria", "CC6.1, CC99.9")]);
        Assert.Contains("There is no criterion 'CC99.9'", refused.Text, StringComparison.Ordinal);
        var page = await acme.Olga.SubmitAsync(refused, [.. Wording(acme, "Two people open the safe.", 0), ("criteria", "cc6.1, CC7.2")]);
        Assert.EndsWith("/controls/OWN-1", page.Address.AbsolutePath, StringComparison.Ordinal);
        Assert.Contains("Two people open the safe.", page.Text, StringComparison.Ordinal);
        await acme.Olga.SubmitAsync(refused, [.. Wording(acme, "Two people open the safe.", 0), ("criteria", "cc6.1, CC7.2")]);
        Assert.Contains("OWN-1 Our own title", (await acme.Olga.GetAsync(Criterion)).Text, StringComparison.Ordinal);
        var list = (await acme.Olga.GetAsync($"{Home}/controls?family=Your+own")).Text;
        Assert.Contains("OWN-1", list, StringComparison.Ordinal);
        Assert.DoesNotContain("OWN-2", list, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await acme.Olga.GetAsync($"{Home}/controls/OWN-2")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await acme.Olga.GetAsync($"{Home}/controls/OWN-2/edit")).Status);
    }

    [Fact]
    public async Task A_number_stands_in_one_place_and_every_run_judges_by_it()
    {
        await using var acme = await Workspace.OpenAsync(postgresql);
        await acme.CheckAsync("host.clock", "push:web1", "", """{"subject":"host/web1","value":{"synchronised":true,"service":"chrony","offsetSeconds":5}}""");
        Assert.Contains("5 seconds off; the limit is 1", (await acme.Olga.GetAsync($"{Home}/gaps/clocks-agree")).Text, StringComparison.Ordinal);

        var page = await acme.Olga.GetAsync(Control);
        var refused = await acme.Olga.SubmitAsync(page, [("number", "600"), ("why", "")], "value=\"number clocks-agree.limitSeconds\"");
        Assert.Contains("is a number from 0.1 to 60 seconds", refused.Text, StringComparison.Ordinal);
        Assert.Contains("Say in a few words why", refused.Text, StringComparison.Ordinal);
        var set = await acme.Olga.SubmitAsync(refused, [("number", "10"), ("why", "Our logs carry no fractions.")], "value=\"number clocks-agree.limitSeconds\"");
        foreach (var word in new[] { "10 seconds.", "We suggest 1.", "Our logs carry no fractions." })
            Assert.Contains(word, set.Text, StringComparison.Ordinal);
        Assert.Contains("push:web1/host/web1", (await acme.Olga.GetAsync($"{Home}/results?outcome=pass&check=clocks-agree")).Text, StringComparison.Ordinal);

        acme.Office.Clock.Shift = TimeSpan.FromMinutes(1);
        await acme.CheckAsync("host.clock", "push:web1", "", """{"subject":"host/web1","value":{"synchronised":true,"service":"chrony","offsetSeconds":9}}""");
        Assert.Equal(1, await CountAsync(acme, "SELECT COUNT(*) FROM result WHERE check_id = 'clocks-agree' AND outcome = 'pass'"));
        await acme.Olga.SubmitAsync(await acme.Olga.GetAsync(Control), [("number", ""), ("why", "We take the usual one.")], "value=\"number clocks-agree.limitSeconds\"");
        Assert.Contains("9 seconds off; the limit is 1", (await acme.Olga.GetAsync($"{Home}/gaps/clocks-agree")).Text, StringComparison.Ordinal);
        Assert.Equal(2, (await acme.EntriesAsync("check.number-set")).Count);
    }

    [Fact]
    public async Task Not_relevant_is_a_proposal_until_the_auditor_agrees_and_drops_nothing()
    {
        await using var acme = await Workspace.OpenAsync(postgresql);
        var auditor = await acme.Office.JoinAsync(acme.Olga, "ann@cpa.example", "auditor");
        var refused = await acme.Olga.SubmitAsync(await acme.Olga.GetAsync(Criterion), [("reason", "Too much work")], "value=\"propose\"");
        Assert.Contains("Your auditor weighs it", refused.Text, StringComparison.Ordinal);
        await acme.Olga.SubmitAsync(refused, [("reason", "We run no system of our own that could be watched.")], "value=\"propose\"");
        Assert.Contains("proposed not relevant, auditor to agree", (await acme.Olga.GetAsync($"{Home}/criteria")).Text, StringComparison.Ordinal);

        await auditor.SubmitAsync(await auditor.GetAsync(Criterion), [("answer", "not-agreed"), ("note", "")], "value=\"answer\"");
        Assert.Empty(await acme.EntriesAsync("criterion.proposal-answered"));
        await auditor.SubmitAsync(await auditor.GetAsync(Criterion), [("answer", "agreed"), ("note", "Carved out.")], "value=\"answer\"");
        var page = await acme.Olga.GetAsync(Criterion);
        Assert.Contains("The auditor agreed that it is not relevant", page.Text, StringComparison.Ordinal);
        Assert.Contains("CC7.2", (await acme.Olga.GetAsync($"{Home}/criteria")).Text, StringComparison.Ordinal);
        await acme.Olga.SubmitAsync(page, [], "value=\"withdraw\"");
        Assert.Contains("It applies until your auditor agrees", (await acme.Olga.GetAsync(Criterion)).Text, StringComparison.Ordinal);
        Assert.Equal(
            [$"criterion.proposed-not-relevant {Office.Owner}", "criterion.proposal-answered ann@cpa.example", $"criterion.proposal-withdrawn {Office.Owner}"], await acme.EntriesAsync("criterion.%"));
    }

    [Fact]
    public async Task Who_may_not_change_controls_or_answer_for_the_auditor_cannot()
    {
        await using var acme = await Workspace.OpenAsync(postgresql);
        await acme.Olga.SubmitAsync(await acme.Olga.GetAsync(Criterion), [("reason", "We run no system of our own that could be watched.")], "value=\"propose\"");
        var proposal = System.Text.RegularExpressions.Regex.Match((await acme.Olga.GetAsync(Criterion)).Html, "name=\"proposal\" value=\"([^\"]+)\"").Groups[1].Value;
        var viewer = await acme.Office.JoinAsync(acme.Olga, "vic@acme.example", "viewer");
        Assert.DoesNotContain("/edit", (await viewer.GetAsync(Control)).Html, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await viewer.GetAsync($"{Control}/edit")).Status);
        await ForgeAsync(Criterion, viewer, "withdraw", ("proposal", proposal));
        await ForgeAsync(Criterion, acme.Olga, "answer", ("proposal", proposal), ("answer", "agreed"), ("note", ""));
        await ForgeAsync($"{Control}/edit", viewer, "word", [("once", Guid.NewGuid().ToString("D")), ("seen", ""), .. Wording(acme, "Mine.", 0)]);
        Assert.Single(await acme.EntriesAsync("criterion.%"));
        Assert.Empty(await acme.EntriesAsync("control.%"));
    }

    private static async Task<Seen> WordAsync(Workspace acme, string statement, string begins) =>
        await acme.Olga.SubmitAsync(await acme.Olga.GetAsync($"{Control}/edit"), [.. Wording(acme, statement, 0).Where(field => field.Name != "begins"), ("begins", begins)]);

    private static (string Name, string Value)[] Wording(Workspace acme, string statement, int fromToday) =>
        [("title", "Our own title"), ("statement", statement), ("owner", "Ops lead"), ("frequency", "Each minute"), ("begins", acme.Day(fromToday)), ("why", "We agreed it in our review.")];

    private static async Task<long?> CountAsync(Workspace acme, string sql)
    {
        await using var connection = await acme.Office.Data.DatabaseOf("acme-gmbh").OpenAsync(default);
        return await connection.Command(sql).ValueAsync<long>(default);
    }
}
