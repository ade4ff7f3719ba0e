using Plainproof.EndToEnd.Program;
using Plainproof.EndToEnd.World;
using Xunit;

namespace Plainproof.EndToEnd;

/// <summary>Every command helps, explains and suggests; nothing that a person types ends in a stack trace.</summary>
public sealed class CommandTests : IDisposable
{
    private readonly Desk _desk = new();

    [Fact]
    public async Task The_program_names_its_commands_and_how_to_begin()
    {
        (await _desk.RunAsync("--help")).Exits(0).Says("check", "interview", "sources", "checks", "permissions", "explain", "catalog", "doctor", "backup", "restore", "verify", "--data", "plainproof check");
        (await _desk.ShellAsync("\"$plainproof\" --version")).Exits(0).Says("0.1.0");
    }

    [Theory]
    [InlineData("check", "--source --only --answers --checks --set --report --fail-on --limit --data --company --format --quiet")]
    [InlineData("verify", "--vkey --tsa-ca --kept DIR")]
    [InlineData("sources", "--format")]
    [InlineData("checks", "--format")]
    [InlineData("permissions", "--check SOURCE")]
    [InlineData("explain", "WHAT")]
    [InlineData("interview", "--answers --question")]
    [InlineData("catalog", "check")]
    [InlineData("catalog check", "--format")]
    [InlineData("doctor", "--data")]
    [InlineData("backup", "FILE")]
    [InlineData("restore", "FILE")]
    public async Task Every_command_helps(string command, string options) =>
        (await _desk.RunAsync([.. command.Split(' '), "--help"])).Exits(0).Says(options.Split(' '));

    [Theory]
    [InlineData("chek", "check")]
    [InlineData("verfy x", "verify")]
    [InlineData("soruces", "sources")]
    public async Task An_unknown_command_is_refused_with_a_suggestion(string typed, string meant) =>
        (await _desk.RunAsync(typed.Split(' '))).Exits(2).Says(meant, "--help");

    [Theory]
    [InlineData("explain CC6.11", "Did you mean")]
    [InlineData("explain idle-acounts", "idle-accounts")]
    [InlineData("sources postgre", "postgresql")]
    [InlineData("permissions postgre", "postgresql")]
    [InlineData("permissions host --check sshh", "sshh")]
    [InlineData("verify /no/such/folder", "there is no such folder")]
    [InlineData("restore /no/such/file.zip", "/no/such/file.zip")]
    [InlineData("explain", "WHAT")]
    [InlineData("interview --company acme --as Ann --question G99", "G99")]
    [InlineData("sources --format sarif", "this command writes text, json")]
    public async Task What_does_not_exist_is_told(string typed, string says) => (await _desk.RunAsync(typed.Split(' '))).Exits(2).Says(says);

    [Fact]
    public async Task Every_source_is_shown_with_its_rights()
    {
        var sources = (await _desk.RunAsync("sources", "--format", "json")).Exits(0).Json.EnumerateArray().Select(source => source.Text("name")).ToList();
        Assert.Equal([], new[] { "host", "directory", "postgresql", "domain", "git", "people", "push", "restic", "import" }.Except(sources));
        foreach (var source in sources)
        {
            (await _desk.RunAsync("sources", source)).Exits(0).Says(source, "Connect it");
            var rights = (await _desk.RunAsync("permissions", source)).Exits(0);
            Assert.False(string.IsNullOrWhiteSpace(rights.Out), $"permissions {source} prints nothing.");
        }
    }

    [Fact, Trait("Long", "true")]
    public async Task Every_check_criterion_control_and_gap_is_explained()
    {
        var ids = new List<string>();
        ids.AddRange((await _desk.RunAsync("checks", "--format", "json")).Exits(0).Json.EnumerateArray().Select(check => check.Text("id")));
        var check = (await CheckAsync("json")).Exits(0).Json;
        ids.AddRange(check.Items("criteria").Select(criterion => criterion.Text("id")));
        ids.AddRange(check.Items("gaps").SelectMany(gap => gap.Texts("controls").Append(gap.Text("id")).Concat(gap.Texts("needsFirst"))));
        ids.AddRange(Directory.EnumerateFiles(Plainproof.Tests.Repository.File("catalog"), "gaps*.json").SelectMany(GapIds));
        Assert.True(ids.Distinct().Count() > 150, $"{ids.Count}");
        foreach (var id in ids.Distinct())
        {
            var told = (await _desk.RunAsync("explain", id)).Exits(0);
            Assert.True(told.Out.Length > 100, $"explain {id} says too little: {told.Out}");
            Assert.DoesNotContain("**", told.Out, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task What_the_report_says_to_look_up_can_be_looked_up()
    {
        var check = (await CheckAsync("json")).Exits(0).Json;
        foreach (var id in check.Items("gaps").Select(gap => gap.Text("id")))
            (await _desk.RunAsync("explain", id)).Exits(0);
    }

    [Fact]
    public async Task A_reader_who_goes_away_early_is_no_error_to_shout_about()
    {
        foreach (var command in new[] { "checks", "checks --format json", "sources", "explain CC6.1", "--help", "check --only --source host --format json --data $data" })
        {
            var ran = await _desk.ShellAsync($"set -o pipefail; \"$plainproof\" {command} | head -c 10 >/dev/null; echo ended ${{PIPESTATUS[0]}}");
            ran.SpeaksPlainly();
            Assert.True(ran.Out.Trim() is "ended 0" or "ended 2" or "ended 141", $"{command}: {ran.Out}\n{ran.Error}");
        }
    }

    [Fact]
    public async Task A_second_run_does_not_take_longer_than_the_first()
    {
        // Other tests run at the same time, so the two are held against each other and not against a clock.
        var first = (await CheckAsync("text")).Exits(0);
        var second = (await CheckAsync("text")).Exits(0);
        Assert.True(second.Took < (first.Took * 3) + TimeSpan.FromSeconds(5), $"The first run took {first.Took}, the second {second.Took}.");
    }

    [Fact]
    public async Task Looking_around_makes_no_data_folder()
    {
        foreach (var command in new[] { "sources", "checks", "explain CC6.1", "permissions host", "doctor" })
            (await _desk.RunAsync(command.Split(' '))).Exits(0);
        Assert.False(Directory.Exists(_desk.Data));
    }

    [Fact]
    public async Task This_host_and_the_repository_of_the_folder_are_read_when_nothing_is_named()
    {
        using var code = new PlantedCode();
        var ran = await _desk.ShellAsync($"cd {code.Shop}/config && \"$plainproof\" check --data \"$data\" --format json --report \"$HOME/report.html\"");
        ran.Exits(0);
        Assert.Equal(["git", "host"], ran.Json.Items("collections").Select(one => one.Text("source")).Order(StringComparer.Ordinal));
        Assert.Contains(ran.Json.Items("results"), result => result.Text("check") == "no-secrets-in-code" && result.Text("outcome") == "fail");
        Assert.True(File.Exists(_desk.Report));
    }

    [Fact]
    public async Task What_was_said_in_the_interview_is_a_claim_and_passes_nothing()
    {
        var silent = (await CheckAsync("json")).Exits(0).Json;
        var id = System.Text.RegularExpressions.Regex.Match((await File.ReadAllTextAsync(Plainproof.Tests.Repository.File("catalog", "questions.json"))), "\"id\": \"([A-Z]+[0-9]+)\"").Groups[1].Value;
        _desk.Write("answers.yaml", $"format: 1\ncompany: \"Acme\"\nansweredBy: \"Ann\"\ndate: 2026-01-01\nanswers:\n  {id}:\n    dontKnow: true\n");
        var said = (await CheckAsync("json")).Exits(0).Json;
        Assert.Equal(silent.Items("results").Count(result => result.Text("outcome") == "pass"), said.Items("results").Count(result => result.Text("outcome") == "pass"));
    }

    public void Dispose() => _desk.Dispose();

    private Task<Ran> CheckAsync(string format) => _desk.RunAsync("check", "--only", "--source", "host", "--format", format);

    private static IEnumerable<string> GapIds(string file) =>
        System.Text.Json.JsonDocument.Parse(File.ReadAllText(file)).RootElement.Items("gaps").Select(gap => gap.Text("id"));
}
