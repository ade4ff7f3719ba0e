using System.Text;
using Plainproof.Checks;
using Plainproof.Facts;
using Plainproof.Tests.Servers;
using Xunit;

namespace Plainproof.Tests.Sources;

/// <summary>A directory that holds back, limits, loses or never kept what we ask for. None of it may read as "all is well".</summary>
public sealed class DirectoryRefusalTests
{
    private const int Many = 1200;

    private static string Crowd
    {
        get
        {
            var text = new StringBuilder();
            for (var i = 0; i < Many; i++)
                text.Append(SlapdServer.Person($"p{i}", $"Person Number{i}", $"mail: p{i}@ex.test\nauthTimestamp: 20261101000000Z"));
            return text.ToString();
        }
    }

    [Fact]
    public async Task More_accounts_than_a_page_holds_are_all_read()
    {
        using var server = SlapdServer.Start(Crowd);
        var reading = await Reading.OfAsync(server.Source("&page-size=100"));

        Assert.Equal(Completeness.Complete, reading.Coverage<Account>().State);
        Assert.Equal(Many + 1, reading.Of<Account>().Count);
        Assert.Equal(Many + 1, reading.Coverage<Account>().Expected);
        Assert.Equal(Many + 1, reading.Facts.Where(fact => fact.Value is Account).Select(fact => fact.At).Distinct().Count());
    }

    [Fact]
    public async Task A_size_limit_of_the_server_leaves_the_list_partial()
    {
        using var server = SlapdServer.Start(Crowd, SlapdServer.LeastRights.Replace("size=unlimited", "size.soft=500 size.hard=500 size.prtotal=500"));
        var reading = await Reading.OfAsync(server.Source("&page-size=100"));

        Assert.Equal(Completeness.Partial, reading.Coverage<Account>().State);
        Assert.Contains("only so many entries", reading.Coverage<Account>().Why, StringComparison.Ordinal);
        Assert.Contains("size=unlimited", reading.Coverage<Account>().Mend, StringComparison.Ordinal);
        Assert.InRange(reading.Of<Account>().Count, 100, 500);
        Assert.DoesNotContain(reading.Check("idle-accounts"), result => result.Outcome == Outcome.Pass);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_connection_that_breaks_in_the_middle_of_the_list_is_never_a_pass(bool silent)
    {
        using var server = SlapdServer.Start(Crowd);
        using var proxy = new FailingProxy(server.TlsPort, after: 150_000, silent);
        var reading = await Reading.OfAsync(server.Source("&page-size=100&timeout=2").Replace($":{server.TlsPort}", $":{proxy.Port}"));

        Assert.Equal(8, reading.Lines.Count);
        Assert.Equal(Completeness.Partial, reading.Coverage<Account>().State);
        Assert.Contains("The answer broke off after", reading.Coverage<Account>().Why, StringComparison.Ordinal);
        Assert.NotEqual(Completeness.Complete, reading.Coverage<AccountActivity>().State);
        Assert.NotEqual(Completeness.Complete, reading.Coverage<PasswordPolicy>().State);
        Assert.Equal(silent ? Completeness.TimedOut : Completeness.Unreachable, reading.Coverage<Privilege>().State);
        Assert.DoesNotContain(reading.Check("idle-accounts"), result => result.Outcome == Outcome.Pass);
    }

    [Fact]
    public async Task What_one_rule_hides_is_refused_and_the_rest_is_read()
    {
        using var server = SlapdServer.Start(
            SlapdServer.Person("ann", "Ann Lee", "mail: ann@ex.test\nauthTimestamp: 20261101000000Z\npwdChangedTime: 20261101000000Z") + Default,
            $"access to attrs=authTimestamp,pwdLastSuccess,pwdChangedTime by * none\naccess to filter=(objectClass=pwdPolicy) by * none\n{SlapdServer.LeastRights}");
        var reading = await Reading.OfAsync(server.Source());

        Assert.Equal(Completeness.Complete, reading.Coverage<Account>().State);
        Assert.Equal(Completeness.Denied, reading.Coverage<AccountActivity>().State);
        Assert.Equal(Completeness.Denied, reading.Coverage<AccountPassword>().State);
        Assert.Equal(Completeness.Denied, reading.Coverage<PasswordPolicy>().State);
        Assert.Contains("access to attrs=authTimestamp", reading.Coverage<AccountActivity>().Mend, StringComparison.Ordinal);
        Assert.Empty(reading.Of<AccountActivity>());
    }

    [Fact]
    public async Task What_is_not_switched_on_is_told_as_such_with_the_way_to_switch_it_on()
    {
        using var server = SlapdServer.Start(SlapdServer.Person("ann", "Ann Lee", "mail: ann@ex.test"), overlays: "", withPolicies: false);
        var reading = await Reading.OfAsync(server.Source());

        Assert.Equal(Completeness.Disabled, reading.Coverage<AccountActivity>().State);
        Assert.Contains("lastbind on", reading.Coverage<AccountActivity>().Mend, StringComparison.Ordinal);
        Assert.Equal(Completeness.Disabled, reading.Coverage<AccountPassword>().State);
        Assert.Contains(reading.Check("password-rules"), result => result is { Outcome: Outcome.Fail } && result.Message.Contains("ppolicy overlay is off", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Switching_on_what_the_words_say_is_enough()
    {
        using var server = SlapdServer.Start(SlapdServer.Person("ann", "Ann Lee", "mail: ann@ex.test") + Default, overlays: "lastbind on");
        await Reading.OfAsync(server.Source());
        var reading = await Reading.OfAsync(server.Source());

        Assert.Equal(Completeness.Complete, reading.Coverage<AccountActivity>().State);
        Assert.Single(reading.Of<AccountActivity>(), activity => activity.LastSignInAt > DateTimeOffset.UtcNow.AddMinutes(-5));
    }

    [Fact]
    public async Task A_rule_that_may_or_may_not_be_the_default_is_not_taken_for_it()
    {
        using var server = SlapdServer.Start(SlapdServer.Person("ann", "Ann Lee") + Default);
        var reading = await Reading.OfAsync(server.Source().Replace($"&default-policy=cn=default,ou=policies,{SlapdServer.Suffix}", ""));

        Assert.Equal(Completeness.Partial, reading.Coverage<PasswordPolicy>().State);
        Assert.Contains("default-policy=DN", reading.Coverage<PasswordPolicy>().Mend, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_people_with_one_uid_in_two_places_stay_two()
    {
        using var server = SlapdServer.Start(
            SlapdServer.Person("ann", "Ann Lee", "mail: ann@ex.test")
            + SlapdServer.Person("ann2", "Ann Roe", "mail: roe@ex.test").Replace("uid: ann2", "uid: ann2\nuid: ann").Replace($"uid=ann2,ou=people", "uid=ann,ou=groups").Replace("uid: ann2\n", ""));
        var reading = await Reading.OfAsync(server.Source());

        Assert.Equal(
            ["directory:ex.test/account/ann", "directory:ex.test/account/plainproof", "directory:ex.test/account/uid=ann,ou=groups"],
            reading.Facts.Where(fact => fact.Value is Account).Select(fact => fact.Subject).Order(StringComparer.Ordinal).Select(subject => subject.Replace("ou=people", "ou=groups")));
    }

    [Fact]
    public async Task Stopping_stops()
    {
        using var silent = new SilentServer();
        using var folder = new TemporaryFolder();
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));
        var typed = $"directory=ldap://127.0.0.1:{silent.Port}?plain=true&user=cn=x&password-file={folder.Write("p", "x")}";

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Reading.OfAsync(typed, null, stop.Token));
    }

    private static string Default =>
        $"\ndn: cn=default,ou=policies,{SlapdServer.Suffix}\nobjectClass: device\nobjectClass: pwdPolicy\ncn: default\npwdAttribute: userPassword\npwdMinLength: 14\npwdCheckQuality: 2\npwdLockout: TRUE\npwdMaxFailure: 5\n\n";
}
