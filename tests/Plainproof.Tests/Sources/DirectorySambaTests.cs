using Plainproof.Checks;
using Plainproof.Facts;
using Plainproof.Tests.Servers;
using Xunit;

namespace Plainproof.Tests.Sources;

/// <summary>A real Active Directory domain (Samba) with planted flaws beside healthy accounts, read as an ordinary user.</summary>
[Collection("samba")]
[Trait("Server", "samba")]
public sealed class DirectorySambaTests(SambaServer server)
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UtcNow;

    [Fact]
    public async Task Every_aspect_is_read_and_proven_with_the_least_rights()
    {
        var reading = await server.ReadAsync();

        Assert.Equal(8, reading.Lines.Count);
        Assert.All(reading.Lines, line => Assert.True(line.State == Completeness.Complete, $"{line.Aspect}: {line.State} {line.Why}"));
        Assert.Equal("directory:corp.example.test", reading.Scope);
        Assert.Contains("plainproof", Assert.Single(reading.Principals), StringComparison.OrdinalIgnoreCase);
        Assert.Equal(SambaDomain.Many + 19, reading.Coverage<Account>().Expected);
        Assert.DoesNotContain(reading.Kept, text => text.Contains("unicodePwd", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Administrators_are_found_with_the_way_and_through_a_primary_group()
    {
        var reading = await server.ReadAsync();

        var admins = reading.Of<Privilege>().Where(right => right is { Right: "Domain Admins", BuiltIn: false }).OrderBy(right => right.AccountName).ToList();
        Assert.Equal(["ann", "carl", "prim"], admins.Select(right => right.AccountName));
        Assert.Equal([], admins[0].Through);
        Assert.Equal(["it-ops", "helpdesk"], admins[1].Through);
        Assert.Contains(reading.Of<Privilege>(), right => right is { AccountName: "carl", Right: "Administrators", Through: ["Domain Admins", "it-ops", "helpdesk"] });
    }

    [Fact]
    public async Task A_group_of_more_than_1500_members_is_read_to_the_last()
    {
        var reading = await server.ReadAsync();

        Assert.Equal(SambaDomain.Many, reading.Of<Privilege>().Count(right => right is { Right: "Print Operators", Through: ["many"], Full: false, AccountEnabled: false }));
    }

    [Fact]
    public async Task Pages_of_any_size_give_the_same_accounts()
    {
        var reading = await Reading.OfAsync(server.Source(more: "&page-size=97"));

        Assert.Equal(SambaDomain.Many + 19, reading.Of<Account>().Count);
        Assert.Equal(Completeness.Complete, reading.Coverage<Account>().State);
    }

    [Fact]
    public async Task Planted_flaws_are_found_and_nobody_else_is_accused()
    {
        var reading = await server.ReadAsync();
        var roster = await server.RosterAsync();

        Assert.Equal(["dan"], Failed(reading.Check("idle-accounts", Now)));
        Assert.Equal(["bob"], Failed(reading.Check("leavers-lose-access", Now, roster)));
        Assert.Equal(["blind", "dns-dc1", "eve", "ordinary", "plainproof", "sql"], Failed(reading.Check("orphan-accounts", Now, roster)));
    }

    [Fact]
    public async Task Weak_rules_exceptions_and_old_keys_are_found_and_nobody_else_is_accused()
    {
        var reading = await server.ReadAsync();
        var roster = await server.RosterAsync();

        Assert.Equal(["default", "weak"], Failed(reading.Check("password-rules", Now)));
        Assert.Equal(["lax", "nev", "pre"], Failed(reading.Check("password-exceptions", Now)));
        Assert.Equal(["corp.example.test"], Failed(reading.Check("kerberos-key-rotated", Now)));
        Assert.Equal(["PC4"], Failed(reading.Check("idle-computers", Now)));
        Assert.Contains(reading.Check("local-administrator-passwords", Now), result => result is { Outcome: Outcome.Fail } && result.Message.EndsWith("Without: PC1.", StringComparison.Ordinal));
        Assert.Contains(reading.Check("few-administrators", Now), result => result is { Outcome: Outcome.Pass } && result.Message.Contains("carl (Domain Admins, through it-ops and helpdesk)", StringComparison.Ordinal));
        Assert.Empty(Failed(reading.Check("administrators-are-current", Now, roster)));
    }

    [Fact]
    public async Task The_domain_and_its_computers_are_read()
    {
        var reading = await server.ReadAsync();

        var domain = Assert.Single(reading.Of<DirectoryState>());
        Assert.Equal("Samba", domain.Product);
        Assert.True(domain.LocalPasswordsInSchema);
        Assert.InRange((Now - domain.KerberosKeyChangedAt!.Value).TotalDays, 399, 401);
        Assert.Equal(["DC1", "PC1", "PC2", "PC3", "PC4"], reading.Of<Computer>().Select(computer => computer.Name).Order());
        Assert.Equal(2, reading.Of<ComputerLocalAdministrator>().Count(computer => computer.ExpiresAt is not null));
        Assert.True(reading.Of<PasswordPolicy>().Single(rule => !rule.IsDefault) is { Name: "weak", MinLength: 6, LockoutThreshold: 0, AppliesTo: ["helpdesk"] });
    }

    [Fact]
    public async Task Fine_grained_rules_that_may_not_be_seen_are_told_as_refused()
    {
        var reading = await Reading.OfAsync(server.Source(SambaServer.Ordinary));

        Assert.Equal(Completeness.Denied, reading.Coverage<PasswordPolicy>().State);
        Assert.Contains("Password Settings Container", reading.Coverage<PasswordPolicy>().Mend, StringComparison.Ordinal);
        Assert.Equal(Completeness.Complete, reading.Coverage<Account>().State);
    }

    [Fact]
    public async Task Sign_in_times_that_may_not_be_seen_are_told_as_refused()
    {
        var reading = await Reading.OfAsync(server.Source(SambaServer.Blind, $"&base=OU=Staff,{SambaServer.Root}"));

        Assert.Equal(Completeness.Denied, reading.Coverage<AccountActivity>().State);
        Assert.Contains("Logon Information", reading.Coverage<AccountActivity>().Mend, StringComparison.Ordinal);
        Assert.Empty(reading.Of<AccountActivity>());
        Assert.Equal(Completeness.Complete, reading.Coverage<Account>().State);
    }

    [Fact]
    public async Task A_wrong_password_is_told_as_such()
    {
        var reading = await Reading.OfAsync(server.Source("nobody@corp.example.test"));

        Assert.All(reading.Lines, line => Assert.Equal(Completeness.Denied, line.State));
        Assert.Contains("the name or the password is wrong", reading.Lines[0].Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_password_on_the_plain_port_is_refused_by_the_server_and_told_as_such()
    {
        var reading = await Reading.OfAsync(server.Source(more: "&plain=true").Replace("ldaps://", "ldap://"));

        Assert.All(reading.Lines, line => Assert.Equal(Completeness.Denied, line.State));
        Assert.Contains("only over an encrypted connection", reading.Lines[0].Why, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Failed(IEnumerable<(string Subject, Outcome Outcome, Reason Reason, string Message)> results) =>
        results.Where(result => result.Outcome == Outcome.Fail).Select(result => result.Subject.Split('/')[^1]).Order();
}
