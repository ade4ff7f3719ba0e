using Plainproof.EndToEnd.Program;
using Plainproof.EndToEnd.World;
using Plainproof.Tests.Servers;
using Xunit;

namespace Plainproof.EndToEnd;

/// <summary>The same main job with the rows in a PostgreSQL, where the files stay in the data folder.</summary>
public sealed class OnPostgresqlTests : IDisposable
{
    private readonly Desk _desk = new();
    private readonly PlantedCode _code = new();

    public OnPostgresqlTests() => _desk.Environment["PLAINPROOF_POSTGRESQL"] = PostgresServer.Shared.NewDatabase();

    [Fact]
    public async Task The_main_job_gives_the_same_results_as_without()
    {
        var there = (await CheckAsync()).Exits(0);
        foreach (var flaw in PlantedCode.Flaws)
            Assert.Contains(there.Json.Items("results"), result => result.Text("check") == flaw.Check && result.Text("outcome") == "fail" && result.Text("message").Contains(flaw.Name, StringComparison.Ordinal));
        Assert.DoesNotContain(_desk.Stored, file => file.EndsWith(".db", StringComparison.Ordinal));
        await _desk.HoldsTogetherAsync();
        Assert.Equal(Lines(there), Lines((await CheckAsync()).Exits(0)));
        await _desk.HoldsTogetherAsync();

        using var here = new Desk();
        Assert.Equal(Lines(there), Lines((await here.RunAsync(Arguments(here))).Exits(0)));
    }

    [Fact]
    public async Task Two_at_once_and_one_killed_leave_a_log_that_verifies()
    {
        (await CheckAsync()).Exits(0);
        for (var round = 0; round < 3; round++)
        {
            using var killed = _desk.Start(Arguments(_desk, "killed.html"));
            using var whole = _desk.Start(Arguments(_desk, "whole.html"));
            await Task.Delay(Random.Shared.Next(300, 1200));
            if (!killed.HasExited)
                killed.Kill();
            await killed.EndAsync();
            (await whole.EndAsync()).Exits(0);
            (await CheckAsync()).Exits(0);
            await _desk.HoldsTogetherAsync();
        }
    }

    [Fact]
    public async Task A_backup_comes_back_into_another_database()
    {
        var before = Lines((await CheckAsync()).Exits(0));
        (await _desk.RunAsync("backup", _desk.File("backup.zip"))).Exits(0);
        _desk.Environment["PLAINPROOF_POSTGRESQL"] = PostgresServer.Shared.NewDatabase();
        _desk.Data = _desk.File("restored");
        (await _desk.RunAsync("restore", _desk.File("backup.zip"))).Exits(0);
        await _desk.HoldsTogetherAsync();
        Assert.Equal(before, Lines((await CheckAsync()).Exits(0)));
    }

    [Fact]
    public async Task A_database_that_is_not_there_is_told_without_its_password()
    {
        _desk.Environment["PLAINPROOF_POSTGRESQL"] = "Host=127.0.0.1;Port=17447;Username=u;Password=hunter2xyz;Database=d";
        var ran = (await CheckAsync()).Exits(2).Says("127.0.0.1:17447");
        Assert.DoesNotContain("hunter2xyz", ran.All, StringComparison.Ordinal);
        _desk.Environment["PLAINPROOF_POSTGRESQL"] = "Host=127.0.0.1;Port=abc;Password=hunter2xyz";
        Assert.DoesNotContain("hunter2xyz", (await CheckAsync()).Exits(2).All, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_are_verified_although_the_database_cannot_be_asked()
    {
        (await CheckAsync()).Exits(0);
        _desk.Environment["PLAINPROOF_POSTGRESQL"] = "Host=127.0.0.1;Port=17447;Username=u;Password=hunter2xyz;Database=d";
        var ran = (await _desk.RunAsync("verify", _desk.Data)).Exits(2).Says("The database could not be asked.", "together give the signed root");
        Assert.DoesNotContain("hunter2xyz", ran.All, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _code.Dispose();
        _desk.Dispose();
    }

    private Task<Ran> CheckAsync() => _desk.RunAsync(Arguments(_desk));

    private string[] Arguments(Desk desk, string report = "report.html") =>
        ["check", "--only", "--format", "json", "--source", $"git={_code.Shop}", "--source", $"git={_code.Site}", "--report", desk.File(report)];

    private static List<string> Lines(Ran ran) =>
        [.. ran.Json.Items("results").Select(result => $"{result.Text("check")} {result.Text("subject")} {result.Text("outcome")} {result.Text("reason")}").Order(StringComparer.Ordinal)];
}
