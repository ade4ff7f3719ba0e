using System.Text.Json;
using Plainproof.EndToEnd.Program;
using Plainproof.EndToEnd.World;
using Plainproof.Tests.Servers;
using Xunit;

namespace Plainproof.EndToEnd;

/// <summary>Systems that refuse, hang or break off: not tested, with the reason and the way to mend it, and the other systems are read.</summary>
public sealed class BadSystemTests(BadSystemTests.Systems systems) : IClassFixture<BadSystemTests.Systems>, IDisposable
{
    private readonly Desk _desk = new();

    [Fact]
    public async Task Wrong_credentials_untrusted_certificates_and_closed_ports_are_told_apart_and_hold_nobody_up()
    {
        var wrong = _desk.Write("wrong", "guess");
        using var folder = new TemporaryFolder();
        var stranger = TestCertificates.In(folder, "stranger").Authority;
        var ldap = systems.Directory.Server;
        var ran = await CheckAsync(
            ldap.Source().Replace(ldap.PasswordFile, wrong, StringComparison.Ordinal),
            systems.Databases.At(systems.Databases.Sound, "&sslmode=verify-full").Replace("localhost", "127.0.0.1", StringComparison.Ordinal),
            systems.Databases.At(systems.Databases.Flawed).Replace(systems.Databases.PasswordFile, wrong, StringComparison.Ordinal),
            $"postgresql=postgresql://reader@127.0.0.1:17449/postgres?password-file={wrong}",
            $"people={systems.Directory.Roster}");

        Coverage(ran, "directory:ex.test", "denied", "the name or the password is wrong");
        Coverage(ran, PlantedDatabases.ScopeOf(systems.Databases.Flawed), "denied", "refused the password of reader");
        Coverage(ran, $"postgresql:127.0.0.1-{systems.Databases.Sound.Port}", "unreachable", "could not be trusted");
        Coverage(ran, "postgresql:127.0.0.1-17449", "unreachable", "");
        Coverage(ran, "people:people.csv", "complete", "");
        NothingPassed(ran, "directory:ex.test", "postgresql:127.0.0.1-17449", PlantedDatabases.ScopeOf(systems.Databases.Flawed));
        Assert.Contains(ran.Json.Items("results"), result => result.Text("scope") == "directory:ex.test" && result.Text("reason") == "noPermission");
        Assert.Contains(ran.Json.Items("results"), result => result.Text("scope") == "postgresql:127.0.0.1-17449" && result.Text("reason") == "unreachable");

        var untrusted = await CheckAsync(ldap.Source().Replace(ldap.Certificates.Authority, stranger, StringComparison.Ordinal));
        Coverage(untrusted, "directory:ex.test", "unreachable", "is not trusted");
    }

    [Fact]
    public async Task A_server_that_says_nothing_ends_in_its_time_and_the_others_are_read()
    {
        using var ldap = new SilentServer();
        using var database = new SilentServer();
        var server = systems.Directory.Server;
        var ran = await CheckAsync(
            server.Source("&timeout=2").Replace($":{server.TlsPort}", $":{ldap.Port}", StringComparison.Ordinal),
            $"postgresql=postgresql://reader@127.0.0.1:{database.Port}/postgres?password-file={server.PasswordFile}&timeout=2",
            $"people={systems.Directory.Roster}");
        Coverage(ran, "directory:ex.test", "timedOut", "");
        Coverage(ran, $"postgresql:127.0.0.1-{database.Port}", "timedOut", "");
        Coverage(ran, "people:people.csv", "complete", "");
        NothingPassed(ran, "directory:ex.test", $"postgresql:127.0.0.1-{database.Port}");
        Assert.True(ran.Took < TimeSpan.FromSeconds(30), $"It took {ran.Took}.");
    }

    [Fact]
    public async Task The_limit_for_one_source_is_kept()
    {
        using var database = new SilentServer();
        var ran = await CheckAsync(["--limit", "2"], $"postgresql=postgresql://reader@127.0.0.1:{database.Port}/postgres?password-file={systems.Directory.Server.PasswordFile}&timeout=300");
        Coverage(ran, $"postgresql:127.0.0.1-{database.Port}", "timedOut", "2 seconds");
    }

    [Theory]
    [InlineData(300)]
    [InlineData(2500)]
    [InlineData(5000)]
    public async Task Half_an_answer_is_never_taken_for_the_whole(int bytes)
    {
        using var cut = new FailingProxy(systems.Databases.Sound.Port, bytes);
        var ran = await CheckAsync($"postgresql=postgresql://reader@127.0.0.1:{cut.Port}/postgres?password-file={systems.Databases.PasswordFile}&timeout=5&sslmode=disable", $"people={systems.Directory.Roster}");
        var lines = ran.Json.Items("collections").First().Items("coverage").ToList();
        Assert.Contains(lines, line => line.Text("state") is "unreachable" or "timedOut" or "partial" or "failed");
        Assert.DoesNotContain(lines, line => line.Text("state") == "complete" && line.GetProperty("read").GetInt64() == 0);
        Coverage(ran, "people:people.csv", "complete", "");
        await _desk.HoldsTogetherAsync();
    }

    [Fact]
    public async Task What_was_read_well_once_does_not_pass_when_it_can_no_longer_be_read()
    {
        var server = systems.Directory.Server;
        var before = await CheckAsync(server.Source());
        Assert.Contains(before.Json.Items("results"), result => result.Text("check") == "idle-accounts" && result.Text("outcome") == "pass");
        var after = await CheckAsync(server.Source().Replace($":{server.TlsPort}", ":17448", StringComparison.Ordinal));
        Assert.DoesNotContain(after.Json.Items("results"), result => result.Text("scope") == "directory:ex.test" && result.Text("outcome") == "pass");
        Assert.Contains(after.Json.Items("results"), result => result.Text("check") == "idle-accounts" && result.Text("reason") == "unreachable");
        // What was seen to be wrong stays so until someone looks again.
        Assert.Contains(after.Json.Items("results"), result => result.Text("check") == "idle-accounts" && result.Text("outcome") == "fail" && result.Text("subject").EndsWith("/dan", StringComparison.Ordinal));
    }

    public void Dispose() => _desk.Dispose();

    private Task<Ran> CheckAsync(params string[] sources) => CheckAsync([], sources);

    private async Task<Ran> CheckAsync(string[] options, params string[] sources) =>
        (await _desk.RunAsync(["check", "--only", "--format", "json", .. options, .. sources.SelectMany(source => new[] { "--source", source })])).Exits(0);

    private static void Coverage(Ran ran, string scope, string state, string why)
    {
        var lines = ran.Json.Items("collections").Single(one => one.Text("scope") == scope).Items("coverage").ToList();
        Assert.Contains(lines, line => line.Text("state") == state);
        if (state == "complete")
            return;
        Assert.All(lines, line => Assert.Equal(state, line.Text("state")));
        Assert.All(lines, line => Assert.Contains(why, line.Text("why"), StringComparison.Ordinal));
        Assert.All(lines, line => Assert.False(string.IsNullOrEmpty(line.Text("mend")), $"{scope} {line.Text("aspect")} does not say how to mend it."));
    }

    private static void NothingPassed(Ran ran, params string[] scopes)
    {
        foreach (var scope in scopes)
        {
            var results = ran.Json.Items("results").Where(result => result.GetProperty("scope").ValueKind == JsonValueKind.String && result.Text("scope") == scope).ToList();
            Assert.NotEmpty(results);
            Assert.All(results, result => Assert.True(result.Text("outcome") is "notTested" or "notApplicable", result.ToString()));
        }
    }

    public sealed class Systems : IDisposable
    {
        internal PlantedDirectory Directory { get; } = new();

        internal PlantedDatabases Databases { get; } = new();

        public void Dispose()
        {
            Databases.Dispose();
            Directory.Dispose();
        }
    }
}
