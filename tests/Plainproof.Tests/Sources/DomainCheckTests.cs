using Plainproof.Checks;
using Plainproof.Facts;
using Xunit;

namespace Plainproof.Tests.Sources;

/// <summary>From the wire to the verdict: each planted flaw is found by the check meant for it, and nothing healthy is accused.</summary>
[Collection(nameof(DomainWorld))]
public sealed class DomainCheckTests(DomainWorld world)
{
    private static readonly string[] Ours = [.. CheckLibrary.All.Where(check => check.GetType().Namespace == "Plainproof.Checks.Domains").Select(check => check.Info.Id)];

    [Theory]
    [InlineData("legacy.test", "web-tls-versions", "accepts TLS 1.0 and TLS 1.1")]
    [InlineData("oldonly.test", "web-tls-versions", "accepts TLS 1.0 and TLS 1.1")]
    [InlineData("expired.test", "web-certificate", "It ended on")]
    [InlineData("soon.test", "web-certificate", "It ends in 10 days")]
    [InlineData("wrongname.test", "web-certificate", "not for the name")]
    [InlineData("selfsigned.test", "web-certificate", "self-signed")]
    [InlineData("nochain.test", "web-certificate", "No chain leads to a trusted authority")]
    [InlineData("smallkey.test", "web-certificate", "RSA key has only 1024 bits")]
    [InlineData("plain.test", "web-redirect", "answers only over plain HTTP")]
    [InlineData("bare.test", "web-redirect", "serves pages over plain HTTP")]
    [InlineData("shorthsts.test", "web-redirect", "only for now (status 302)")]
    [InlineData("shorthsts.test", "web-hsts", "for 0 days")]
    [InlineData("bare.test", "web-hsts", "does not tell browsers")]
    [InlineData("bare.test", "web-headers", "does not send Content-Security-Policy")]
    [InlineData("weak.test", "mail-dmarc", "p=none")]
    [InlineData("bare.test", "mail-dmarc", "has no DMARC record")]
    [InlineData("twodmarc.test", "mail-dmarc", "has 2 DMARC records")]
    [InlineData("testdmarc.test", "mail-dmarc", "t=y")]
    [InlineData("softdmarc.test", "mail-dmarc", "20 percent")]
    [InlineData("weak.test", "mail-dmarc-reports", "names no address")]
    [InlineData("twospf.test", "mail-spf", "2 SPF records")]
    [InlineData("manyspf.test", "mail-spf", "12 DNS look-ups")]
    [InlineData("loopspf.test", "mail-spf", "in a circle")]
    [InlineData("openspf.test", "mail-spf", "lets every server send")]
    [InlineData("bare.test", "mail-spf", "has no SPF record")]
    [InlineData("weak.test", "mail-starttls", "does not offer encryption")]
    [InlineData("oldmail.test", "mail-starttls", "speaks only TLS 1.0 and TLS 1.1. It is self-signed")]
    [InlineData("oldmail.test", "mail-insists-on-tls", "mode testing")]
    [InlineData("weak.test", "mail-insists-on-tls", "no MTA-STS, no DANE")]
    [InlineData("bare.test", "dns-caa", "no CAA record")]
    [InlineData("bare.test", "dns-name-servers", "has 1 name server")]
    [InlineData("bare.test", "dns-dnssec", "are not signed")]
    [InlineData("bare.test", "dns-registration", "in 20 days")]
    [InlineData("bare.test", "dns-transfer-lock", "not locked")]
    public async Task A_planted_flaw_is_found(string domain, string check, string says)
    {
        var results = (await world.ReadAsync(domain, "&timeout=5")).Check(check);
        Assert.Contains(results, result => result.Outcome == Outcome.Fail && result.Message.Contains(says, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Weak_and_missing_signing_keys_are_found_and_withdrawn_ones_left_alone()
    {
        var results = (await world.ReadAsync("weak.test", "&dkim-selectors=old,tiny,gone,junk,s1,nowhere")).Check("mail-dkim");
        Assert.Equal(5, results.Count(result => result.Outcome == Outcome.Fail));
        Assert.EndsWith("/gone", Assert.Single(results, result => result.Outcome == Outcome.NotApplicable).Subject, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_healthy_domain_passes_every_check()
    {
        var reading = await world.ReadAsync("healthy.test", "&dkim-selectors=s1,ed&hosts=app");
        Assert.Equal(16, Ours.Length);
        foreach (var id in Ours)
            Assert.All(reading.Check(id), result => Assert.True(result.Outcome == Outcome.Pass, $"{id}: {result}"));
    }

    [Fact]
    public async Task A_domain_that_sends_and_takes_no_mail_has_no_mail_flaw()
    {
        var reading = await world.ReadAsync("nomail.test");
        foreach (var id in Ours.Where(id => id.StartsWith("mail-", StringComparison.Ordinal)))
            Assert.All(reading.Check(id), result => Assert.True(result.Outcome is Outcome.Pass or Outcome.NotApplicable, $"{id}: {result}"));
    }

    [Fact]
    public async Task What_could_not_be_read_is_neither_passed_nor_failed()
    {
        var silent = await world.ReadAsync("silent.test", "&timeout=3");
        Assert.All(silent.Check("web-tls-versions"), result => Assert.Equal((Outcome.NotTested, Reason.Timeout), (result.Outcome, result.Reason)));
        Assert.All(silent.Check("mail-starttls"), result => Assert.Equal(Outcome.NotTested, result.Outcome));
        var unproven = (await world.ReadAsync("healthy.test")).Check("mail-dkim");
        Assert.All(unproven, result => Assert.Equal((Outcome.NotTested, Reason.Unproven), (result.Outcome, result.Reason)));
    }

    [Theory]
    [InlineData("legacy.test", "web-tls-versions")]
    [InlineData("expired.test", "web-certificate")]
    [InlineData("wrongname.test", "web-certificate")]
    [InlineData("selfsigned.test", "web-certificate")]
    [InlineData("nochain.test", "web-certificate")]
    [InlineData("smallkey.test", "web-certificate")]
    [InlineData("soon.test", "web-certificate")]
    [InlineData("away.test", "")]
    [InlineData("shorthsts.test", "web-redirect web-hsts web-headers")]
    public async Task Only_the_check_that_is_meant_for_a_web_flaw_speaks_up(string domain, string checks)
    {
        var reading = await world.ReadAsync(domain);
        var failing = Ours.Where(id => id.StartsWith("web-", StringComparison.Ordinal) && reading.Check(id).Any(result => result.Outcome == Outcome.Fail));
        Assert.Equal(checks.Split(' ', StringSplitOptions.RemoveEmptyEntries).Order(), failing.Order());
    }
}
