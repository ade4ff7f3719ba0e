using System.Text;
using Plainproof.EndToEnd.Program;
using Plainproof.EndToEnd.World;
using Plainproof.Tests.Servers;
using Xunit;

namespace Plainproof.EndToEnd;

/// <summary>What people type wrongly: each mistake is told with how to mend it, all at once, with exit code 2 and nothing written.</summary>
public sealed class BadInputTests : IDisposable
{
    private readonly Desk _desk = new();

    [Theory]
    [InlineData("postgre=postgresql://u@h/d", "There is no source 'postgre'.", "Did you mean postgresql")]
    [InlineData("directroy=ldaps://h", "There is no source 'directroy'.", "directory")]
    [InlineData("people", "an address is needed", "--source people=FILE.csv")]
    [InlineData("git=/no/such/folder", "/no/such/folder", "")]
    [InlineData("people=p.csv?datess=dmy", "there is no option 'datess'", "dates")]
    [InlineData("people=p.csv?dates=ymd", "must be dmy", "")]
    public async Task A_wrong_source_is_told_with_what_to_write(string source, string says, string hint)
    {
        (await RefusedAsync("--only", "--source", source)).Says(says, hint);
    }

    [Fact]
    public async Task Every_mistake_is_told_at_once()
    {
        var own = _desk.Write("own.yaml", "id: mine\ntitle: Mine\nover: account.cor\npass: { enabled: true }\ncriteria: [CC6.1]\n");
        var answers = _desk.Write("answers.yaml", "format: 1\ncompany: \"Acme\"\nansweredBy: \"Ann\"\ndate: 2026-01-01\nanswers:\n  G99:\n    answer: yes\n");
        var ran = await RefusedAsync("--only", "--source", "postgre=x", "--source", "domian=y", "--set", "idle-accounts.idleDays=9999", "--set", "nothing.x=1", "--checks", own, "--checks", "/no/such/file.yaml", "--answers", answers, "--limit", "0");
        ran.Says("postgre", "domian", "idle-accounts.idleDays is a number from 14 to 365", "nothing.x", $"{own}:3", "account.core", "/no/such/file.yaml", "answers.yaml:6", "G99", "--limit");
        Assert.True(ran.Problems.Count >= 8, ran.Error);
    }

    [Theory]
    [InlineData("directory=ldaps://h?user=u&password=hunter2xyz")]
    [InlineData("postgresql=postgresql://u:hunter2xyz@localhost/d")]
    public async Task A_password_on_the_command_line_is_refused_and_never_repeated(string source)
    {
        var ran = await RefusedAsync("--only", "--source", source);
        Assert.DoesNotContain("hunter2xyz", ran.All, StringComparison.Ordinal);
        ran.Says("password-file=");
    }

    [Theory]
    [InlineData("--nonsense", "There is no option '--nonsense'")]
    [InlineData("--sorce host", "Did you mean --source")]
    [InlineData("--fail-on worst", "the weight is low, medium, high or critical")]
    [InlineData("--limit many", "give a whole number of seconds")]
    [InlineData("--format pdf --only --source host", "--format pdf: this command writes text, json, md, sarif, oscal, ocsf.")]
    [InlineData("--only", "--only needs at least one --source")]
    [InlineData("--company Acme/.. --only --source host", "Acme/..")]
    [InlineData("--only --source host --source host", "named twice")]
    public async Task A_wrong_option_is_told(string options, string says) => (await RefusedAsync(options.Split(' '))).Says(says);

    [Fact]
    public async Task A_report_that_cannot_be_written_is_told_before_anything_is_read()
    {
        (await RefusedAsync("--only", "--source", "host", "--report", "/no/such/folder/report.html")).Says("/no/such/folder is not there");
        (await RefusedAsync("--only", "--source", "host", "--report", _desk.Work)).Says("this is a folder");
    }

    [Fact]
    public async Task A_report_on_a_disk_that_takes_nothing_leaves_what_was_read()
    {
        var ran = (await _desk.RunAsync("check", "--only", "--source", $"people={Roster()}", "--report", "/proc/report.html")).Exits(2);
        ran.Says("could not be written to /proc/report.html");
        await _desk.HoldsTogetherAsync();
    }

    [Fact]
    public async Task A_data_folder_that_is_a_file_or_holds_other_things_is_refused()
    {
        var roster = Roster();
        _desk.Data = _desk.Write("afile", "x");
        (await RefusedAsync("--only", "--source", $"people={roster}")).Says(_desk.Data, "--data DIR");
        _desk.Data = _desk.File("other");
        _desk.Write("other/thesis.txt", "x");
        (await RefusedAsync("--only", "--source", $"people={roster}")).Says("thesis.txt", "--data DIR");
        Assert.Equal(["thesis.txt"], Directory.EnumerateFileSystemEntries(_desk.Data).Select(Path.GetFileName));
    }

    [Fact]
    public async Task A_data_folder_of_a_newer_format_is_left_alone()
    {
        (await _desk.RunAsync("check", "--only", "--source", $"people={Roster()}")).Exits(0);
        File.WriteAllText(Path.Combine(_desk.Data, "format"), "99\n");
        var before = _desk.Stored;
        (await _desk.RunAsync("check", "--only", "--source", $"people={Roster()}")).Exits(2).Says("made by a newer Plainproof", "99");
        Assert.Equal(before, _desk.Stored);
        Assert.NotEqual(0, (await _desk.RunAsync("doctor")).SpeaksPlainly().Exit);
    }

    [Fact]
    public async Task Own_checks_with_mistakes_are_told_by_file_and_line()
    {
        var own = _desk.Write("own.yaml", "id: Bad Id\ntitle: T\nover: account.core\nwhen: { enabledd: true }\npass: { email: { presnt: true } }\ncriteria: [CC99.9]\nseverity: awful\n");
        var ran = await RefusedAsync("--only", "--source", $"people={Roster()}", "--checks", own);
        ran.Says($"{own}:1", $"{own}:4", "enabledd", $"{own}:5", "presnt", $"{own}:7");
        var broken = _desk.Write("broken.yaml", "id: fine\n---\nid: [unclosed\n");
        (await RefusedAsync("--only", "--source", $"people={Roster()}", "--checks", broken)).Says(broken, "not YAML");
    }

    [Fact]
    public async Task A_good_check_of_ones_own_is_judged_with_the_rest()
    {
        var own = _desk.Write("own.yaml", "id: managers-known\ntitle: Every person has a manager\nover: person.core\npass: { managerEmail: { present: true } }\nsay: \"{name} has no manager.\"\ncriteria: [CC1.3]\n");
        var ran = (await _desk.RunAsync("check", "--only", "--source", $"people={Roster()}", "--checks", own, "--format", "json")).Exits(0);
        var mine = ran.Json.Items("results").Where(result => result.Text("check") == "managers-known").ToList();
        Assert.Equal(["Ann Lee has no manager."], mine.Where(result => result.Text("outcome") == "fail").Select(result => result.Text("message")));
        Assert.Equal(1, mine.Count(result => result.Text("outcome") == "pass"));
    }

    [Fact]
    public async Task Answers_with_mistakes_are_told_by_file_and_line()
    {
        var answers = _desk.Write("answers.yaml", "format: 1\ncompany: \"Acme\"\nansweredBy: \"Ann\"\ndate: 2026-13-45\nanswers:\n  G01: nonsense-option\n  Q77: yes\n");
        var ran = await RefusedAsync("--only", "--source", $"people={Roster()}");
        ran.Says($"{Path.GetFileName(answers)}:4", $"{Path.GetFileName(answers)}:6", $"{Path.GetFileName(answers)}:7", "Q77");
        (await RefusedAsync("--only", "--source", $"people={Roster()}", "--answers", "nowhere.yaml")).Says("nowhere.yaml");
    }

    [Fact]
    public async Task Fail_on_gives_exit_code_1_only_when_a_gap_weighs_that_much()
    {
        using var code = new PlantedCode();
        (await _desk.RunAsync("check", "--only", "--source", $"git={code.Shop}", "--fail-on", "high")).Exits(1);
        (await _desk.RunAsync("check", "--only", "--source", $"people={Roster()}", "--fail-on", "critical", "--company", "other")).Exits(0);
    }

    [Theory]
    [InlineData("Name,Work Email,Hire Date,Termination Date\nAnn,ann@ex.test,yesterday,\nBob,,2020-01-01,\n", "line 2: first day")]
    [InlineData("Colour,Size\nred,7\n", "No column holds the name")]
    [InlineData("", "people.csv")]
    [InlineData("Name,Work Email,Hire Date,Termination Date\n\"Ann,ann@ex.test,2020-01-01,\n", "people.csv")]
    public async Task A_roster_that_cannot_be_understood_is_never_taken_for_all_people(string csv, string says)
    {
        var ran = (await _desk.RunAsync("check", "--only", "--format", "json", "--source", $"people={_desk.Write("people.csv", csv)}")).SpeaksPlainly();
        ran.Says(says);
        if (ran.Exit == 0)
            Assert.DoesNotContain(ran.Json.Items("collections").Single().Items("coverage"), line => line.Text("aspect") == "person.core" && line.Text("state") == "complete");
        else
            Assert.Equal(2, ran.Exit);
    }

    [Fact]
    public async Task Bytes_that_are_no_UTF_8_in_a_roster_and_in_git_are_survived()
    {
        var csv = _desk.WriteBytes("people.csv", [.. Encoding.UTF8.GetBytes("Name,Work Email,Hire Date,Termination Date\nAnn "), 0xFF, 0xFE, 0xE9, .. Encoding.UTF8.GetBytes(",ann@ex.test,2020-01-01,\n")]);
        using var code = new PlantedCode();
        File.WriteAllBytes(Path.Combine(code.Shop, "bytes.txt"), [0xFF, 0xC3, 0x28, 0x0A]);
        Running.Run("/bin/bash", "-c", $"cd {code.Shop} && printf 'x' > \"$(printf 'na\\377me')\" && git add -A && printf 'caf\\351 \\377' | git -c user.name=Ann -c user.email=a@ex.test -c i18n.commitEncoding=ISO-8859-1 commit -q -F -");
        var ran = (await _desk.RunAsync("check", "--only", "--format", "json", "--source", $"people={csv}", "--source", $"git={code.Shop}")).SpeaksPlainly();
        Assert.True(ran.Exit is 0 or 2, ran.Error);
        if (ran.Exit == 2)
            ran.Says("people.csv", "UTF-8");
        else
            Assert.Contains(ran.Json.Items("results"), result => result.Text("check") == "no-secrets-in-code" && result.Text("outcome") == "fail");
    }

    public void Dispose() => _desk.Dispose();

    private string Roster() => _desk.Write("people.csv", "Name,Work Email,Hire Date,Termination Date,Manager Email\nAnn Lee,ann@ex.test,2020-01-01,,\nBob Ray,bob@ex.test,2020-01-01,,ann@ex.test\n");

    private async Task<Ran> RefusedAsync(params string[] arguments)
    {
        var ran = (await _desk.RunAsync(["check", .. arguments])).Exits(2);
        Assert.NotEqual("", ran.Error);
        Assert.Equal("", ran.Out);
        Assert.False(File.Exists(_desk.Report));
        Assert.DoesNotContain(_desk.Stored, file => file.EndsWith(".db", StringComparison.Ordinal));
        return ran;
    }
}
