using Plainproof.EndToEnd.Program;
using Plainproof.EndToEnd.World;
using Plainproof.Tests.Servers;
using Xunit;

namespace Plainproof.EndToEnd;

/// <summary>A real Active Directory (Samba) beside a real OpenLDAP in one run. Needs root and the fixed ports of a domain controller.</summary>
[Trait("Long", "true")]
[Trait("Server", "samba")]
public sealed class ActiveDirectoryTests : IDisposable
{
    private const string Scope = "directory:corp.example.test";
    private readonly Desk _desk = new();
    private readonly PlantedDirectory _ldap = new();
    private readonly SambaServer _samba = new();

    [Fact]
    public async Task Two_directories_are_read_in_one_run_and_each_planted_flaw_is_named()
    {
        var roster = _desk.Write("corp.csv", SambaDomain.Roster());
        string[] sources = [_samba.Source(), .. _ldap.Sources, $"people={roster}"];
        var ran = (await _desk.RunAsync(["check", "--only", "--format", "json", .. sources.SelectMany(source => new[] { "--source", source })])).Exits(0);
        var unread = ran.Json.Items("collections").SelectMany(one => one.Items("coverage")).Where(line => line.Text("aspect") is ("account.core" or "account.activity" or "person.core") && line.Text("state") != "complete");
        Assert.Equal("", string.Join('\n', unread.Select(line => $"{line.Text("scope")} {line.Text("aspect")} {line.Text("state")} {line.Text("why")}")));
        Flaw[] flaws = [new("idle-accounts", Scope, "dan"), new("leavers-lose-access", Scope, "Bob Ray"), new("orphan-accounts", Scope, "eve"), .. PlantedDirectory.Flaws];
        var failed = ran.Json.Items("results").Where(result => result.Text("outcome") == "fail").ToList();
        Assert.Equal([], flaws.Where(flaw => !failed.Any(result => result.Text("check") == flaw.Check && result.Text("scope") == flaw.Scope && result.Text("message").Contains(flaw.Name, StringComparison.Ordinal))));
        string[] healthy = [.. PlantedDirectory.Healthy, $"{Scope}/account/ann", $"{Scope}/account/con"];
        Assert.Equal([], failed.Where(result => healthy.Contains(result.Text("subject"))).Select(result => result.ToString()));
        await _desk.HoldsTogetherAsync();
    }

    public void Dispose()
    {
        _samba.Dispose();
        _ldap.Dispose();
        _desk.Dispose();
    }
}
