using Plainproof.Checks;
using Plainproof.Facts;
using Plainproof.Sources;
using Plainproof.Tests.Servers;
using Xunit;

namespace Plainproof.Tests.Sources;

/// <summary>A real OpenLDAP with planted flaws beside healthy accounts, read with the least rights that suffice.</summary>
public sealed class DirectoryOpenLdapTests(DirectoryOpenLdapTests.Company company) : IClassFixture<DirectoryOpenLdapTests.Company>
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UtcNow;

    private static string Recently => $"authTimestamp: {Now.AddDays(-3):yyyyMMddHHmmss}Z";

    private static string LongAgo => $"authTimestamp: {Now.AddDays(-300):yyyyMMddHHmmss}Z";

    [Fact]
    public async Task Every_aspect_is_read_and_proven_with_the_least_rights()
    {
        var reading = await Reading.OfAsync(company.Server.Source($"&admin-groups=cn=admins,ou=groups,{SlapdServer.Suffix}"));

        Assert.All(reading.Lines, line => Assert.True(line.State == Completeness.Complete, $"{line.Aspect}: {line.State} {line.Why}"));
        Assert.Equal(8, reading.Lines.Count);
        Assert.Equal("directory:ex.test", reading.Scope);
        Assert.Equal([SlapdServer.Reader], reading.Principals);
        Assert.Equal(8, reading.Coverage<Account>().Expected);
        Assert.DoesNotContain(reading.Kept, text => text.Contains("a-long-password", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Idle_accounts_are_named_and_busy_ones_are_not()
    {
        var reading = await Reading.OfAsync(company.Server.Source());

        Assert.Equal(["dan"], Failed(reading.Check("idle-accounts", Now)));
    }

    [Fact]
    public async Task A_leaver_who_is_still_on_is_named_and_one_who_is_locked_is_not()
    {
        var reading = await Reading.OfAsync(company.Server.Source());
        var roster = await Reading.OfAsync($"people={company.Roster}");

        var results = reading.Check("leavers-lose-access", Now, roster);

        Assert.Equal(["bob"], Failed(results));
        Assert.Contains(results, result => result.Message.Contains("Bob Ray left on", StringComparison.Ordinal));
        Assert.Contains(results, result => result is { Subject: "directory:ex.test/account/cleo", Outcome: Outcome.Pass });
    }

    [Fact]
    public async Task Orphans_are_named_and_people_are_not()
    {
        var reading = await Reading.OfAsync(company.Server.Source());
        var roster = await Reading.OfAsync($"people={company.Roster}");

        Assert.Equal(["eve", "plainproof"], Failed(reading.Check("orphan-accounts", Now, roster)));
    }

    [Fact]
    public async Task An_administrator_through_two_groups_is_found_with_the_way()
    {
        var reading = await Reading.OfAsync(company.Server.Source($"&admin-groups=cn=admins,ou=groups,{SlapdServer.Suffix}"));

        var carl = Assert.Single(reading.Of<Privilege>(), right => right.AccountName == "carl");
        Assert.Equal(["it-ops", "helpdesk"], carl.Through);
        Assert.Equal(["ann", "carl"], reading.Of<Privilege>().Select(right => right.AccountName).Order());
    }

    [Fact]
    public async Task Without_the_names_of_the_administrators_groups_nothing_is_said_of_administrators()
    {
        var reading = await Reading.OfAsync(company.Server.Source());

        Assert.Equal(Completeness.Disabled, reading.Coverage<Privilege>().State);
        Assert.Contains("admin-groups", reading.Coverage<Privilege>().Mend, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Password_rules_are_read_and_the_weak_one_names_whom_it_applies_to()
    {
        var reading = await Reading.OfAsync(company.Server.Source());

        var rules = reading.Of<PasswordPolicy>().ToDictionary(rule => rule.Name);
        Assert.True(rules["default"] is { IsDefault: true, MinLength: 14, LockoutThreshold: 5 });
        Assert.True(rules["weak"] is { IsDefault: false, MinLength: 6, AppliesTo: ["dan"] });
        Assert.Equal(0, rules["toothless"].MinLength);
        Assert.Equal(0, rules["toothless"].LockoutThreshold);
    }

    [Fact]
    public async Task A_wrong_password_is_told_as_such()
    {
        var wrong = company.Server.Write("wrong.pass", "guess");
        var reading = await Reading.OfAsync(company.Server.Source().Replace(company.Server.PasswordFile, wrong));

        Assert.Equal(8, reading.Lines.Count);
        Assert.All(reading.Lines, line => Assert.Equal(Completeness.Denied, line.State));
        Assert.Contains("the name or the password is wrong", reading.Lines[0].Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_untrusted_certificate_is_refused_before_the_password_is_sent()
    {
        using var folder = new TemporaryFolder();
        var stranger = TestCertificates.In(folder, "stranger");
        var reading = await Reading.OfAsync(company.Server.Source().Replace(company.Server.Certificates.Authority, stranger.Authority));

        Assert.All(reading.Lines, line => Assert.Equal(Completeness.Unreachable, line.State));
        Assert.Contains("is not trusted, so we did not sign in", reading.Lines[0].Why, StringComparison.Ordinal);
        Assert.Contains("ca=FILE", reading.Lines[0].Mend, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_where_nothing_listens_is_told_as_such()
    {
        var reading = await Reading.OfAsync(company.Server.Source().Replace($":{company.Server.TlsPort}", ":17299"));

        Assert.All(reading.Lines, line => Assert.Equal(Completeness.Unreachable, line.State));
        Assert.Contains("Nothing listens at 127.0.0.1:17299", reading.Lines[0].Why, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ldaps", "")]
    [InlineData("ldap", "&starttls=true")]
    [InlineData("ldap", "&plain=true")]
    public async Task A_server_that_says_nothing_ends_in_time(string scheme, string more)
    {
        using var silent = new SilentServer();
        var started = DateTimeOffset.UtcNow;
        var reading = await Reading.OfAsync(company.Server.Source(more + "&timeout=1").Replace("ldaps://", scheme + "://").Replace($":{company.Server.TlsPort}", $":{silent.Port}"));

        Assert.All(reading.Lines, line => Assert.Equal(Completeness.TimedOut, line.State));
        Assert.True(DateTimeOffset.UtcNow - started < TimeSpan.FromSeconds(6));
    }

    [Fact]
    public async Task A_port_that_speaks_no_TLS_is_told_as_such()
    {
        var reading = await Reading.OfAsync(company.Server.Source("&timeout=3").Replace($":{company.Server.TlsPort}", $":{company.Server.PlainPort}"));

        Assert.All(reading.Lines, line => Assert.Equal(Completeness.Unreachable, line.State));
        Assert.Contains("did not agree on an encrypted connection", reading.Lines[0].Why, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("&starttls=true")]
    [InlineData("&plain=true")]
    public async Task The_plain_port_is_read_when_asked_in_so_many_words(string more)
    {
        var reading = await Reading.OfAsync(company.Server.Source(more).Replace("ldaps://", "ldap://").Replace($":{company.Server.TlsPort}", $":{company.Server.PlainPort}"));

        Assert.Equal(Completeness.Complete, reading.Coverage<Account>().State);
        Assert.Equal(8, reading.Of<Account>().Count);
    }

    [Fact]
    public async Task Every_mistake_in_the_address_is_told_at_once()
    {
        var bad = await Assert.ThrowsAsync<BadTarget>(() => Reading.OfAsync("directory=ldap://h?user=u&password-file=/none/x&ca=/none/ca&page-size=0"));

        Assert.Contains(bad.Problems, problem => problem.Contains("sends the password readable", StringComparison.Ordinal));
        Assert.Contains(bad.Problems, problem => problem.Contains("password-file /none/x", StringComparison.Ordinal));
        Assert.Contains(bad.Problems, problem => problem.Contains("ca=/none/ca", StringComparison.Ordinal));
        Assert.Contains(bad.Problems, problem => problem.Contains("page-size=0", StringComparison.Ordinal));
    }

    private static IEnumerable<string> Failed(IEnumerable<(string Subject, Outcome Outcome, Reason Reason, string Message)> results) =>
        results.Where(result => result.Outcome == Outcome.Fail).Select(result => result.Subject.Split('/')[^1]).Order();

    /// <summary>Ann, carl and con are well. Bob left and is on; cleo left and is locked; dan is idle; eve is nobody we know.</summary>
    public sealed class Company : IDisposable
    {
        private readonly TemporaryFolder _folder = new();

        public Company()
        {
            Server = SlapdServer.Start(
                SlapdServer.Person("ann", "Ann Lee", $"mail: ann@ex.test\n{Recently}")
                + SlapdServer.Person("bob", "Bob Ray", $"mail: bob@ex.test\n{Recently}")
                + SlapdServer.Person("carl", "Carl Poe", $"mail: carl@ex.test\n{Recently}")
                + SlapdServer.Person("cleo", "Cleo Fry", "mail: cleo@ex.test\npwdAccountLockedTime: 000001010000Z")
                + SlapdServer.Person("con", "Con Day", $"mail: con@agency.test\n{Recently}")
                + SlapdServer.Person("dan", "Dan Orr", $"mail: dan@ex.test\n{LongAgo}\npwdPolicySubentry: cn=weak,ou=policies,{SlapdServer.Suffix}\ncreateTimestamp: 20240101000000Z")
                + SlapdServer.Person("eve", "Eve Moss", $"mail: eve@else.test\n{Recently}")
                + Group("admins", "uid=ann,ou=people", "cn=it-ops,ou=groups")
                + Group("it-ops", "cn=helpdesk,ou=groups")
                + Group("helpdesk", "uid=carl,ou=people", "cn=it-ops,ou=groups")
                + Policy("default", "pwdMinLength: 14\npwdCheckQuality: 2\npwdLockout: TRUE\npwdMaxFailure: 5\npwdLockoutDuration: 1800\npwdInHistory: 10")
                + Policy("weak", "pwdMinLength: 6\npwdCheckQuality: 2\npwdLockout: TRUE\npwdMaxFailure: 5")
                + Policy("toothless", "pwdMinLength: 14\npwdMaxFailure: 5"));
            Roster = _folder.Write("people.csv", $"""
                First Name,Last Name,Work Email,Hire Date,Termination Date,Employment Type
                Ann,Lee,ann@ex.test,2020-01-01,,Full-time
                Bob,Ray,bob@ex.test,2020-01-01,{Now.AddDays(-30):yyyy-MM-dd},Full-time
                Carl,Poe,carl@ex.test,2020-01-01,{Now.AddDays(60):yyyy-MM-dd},Full-time
                Cleo,Fry,cleo@ex.test,2020-01-01,{Now.AddDays(-40):yyyy-MM-dd},Full-time
                Con,Day,con@agency.test,2020-01-01,,Contractor
                Dan,Orr,dan@ex.test,2020-01-01,,Full-time

                """);
        }

        internal SlapdServer Server { get; }

        internal string Roster { get; }

        public void Dispose()
        {
            Server.Dispose();
            _folder.Dispose();
        }

        private static string Group(string name, params string[] members) =>
            $"\ndn: cn={name},ou=groups,{SlapdServer.Suffix}\nobjectClass: groupOfNames\ncn: {name}\n{string.Concat(members.Select(member => $"member: {member},{SlapdServer.Suffix}\n"))}\n";

        private static string Policy(string name, string rules) =>
            $"\ndn: cn={name},ou=policies,{SlapdServer.Suffix}\nobjectClass: device\nobjectClass: pwdPolicy\ncn: {name}\npwdAttribute: userPassword\n{rules}\n\n";
    }
}
