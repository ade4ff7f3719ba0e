using Plainproof.Facts;
using Xunit;

namespace Plainproof.Tests.Sources;

[Collection(nameof(DomainWorld))]
public sealed class DomainDnsTests(DomainWorld world)
{
    private async Task<Reading> ReadDnsAsync(string domain, string options = "") => await world.ReadAsync(domain, options, DomainWorld.Dns);

    [Fact]
    public async Task A_valid_sender_policy_is_followed_through_its_includes()
    {
        var reading = await ReadDnsAsync("healthy.test");
        var spf = Assert.Single(reading.Of<DomainSpf>());
        Assert.Equal((1, 3, 0, SpfVerdict.Fail), (spf.Records, spf.LookUps, spf.VoidLookUps, spf.Others));
        Assert.Empty(spf.Problems);
        Assert.Equal(Completeness.Complete, reading.Coverage<DomainSpf>().State);
    }

    [Theory]
    [InlineData("twospf.test", "2 SPF records")]
    [InlineData("manyspf.test", "needs 12 DNS look-ups")]
    [InlineData("loopspf.test", "goes in a circle: loopspf.test, b.loopspf.test, loopspf.test")]
    [InlineData("voidspf.test", "3 of its look-ups find nothing")]
    [InlineData("badspf.test", "'ipv4:192.0.2.1' is not a valid term")]
    [InlineData("badspf.test", "include of none.badspf.test finds no SPF record")]
    public async Task A_broken_sender_policy_says_what_is_wrong(string domain, string says)
    {
        var spf = Assert.Single((await ReadDnsAsync(domain)).Of<DomainSpf>());
        Assert.Contains(spf.Problems, problem => problem.Contains(says, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Ten_look_ups_are_still_allowed()
    {
        var spf = Assert.Single((await ReadDnsAsync("edgespf.test")).Of<DomainSpf>());
        Assert.Equal((10, SpfVerdict.SoftFail), (spf.LookUps, spf.Others));
        Assert.Empty(spf.Problems);
    }

    [Fact]
    public async Task An_open_policy_and_a_redirect_give_the_final_word()
    {
        Assert.Equal(SpfVerdict.Pass, Assert.Single((await ReadDnsAsync("openspf.test")).Of<DomainSpf>()).Others);
        var redirected = Assert.Single((await ReadDnsAsync("redirectspf.test")).Of<DomainSpf>());
        Assert.Equal((2, SpfVerdict.Fail), (redirected.LookUps, redirected.Others));
        Assert.True(Assert.Single((await ReadDnsAsync("nomail.test")).Of<DomainSpf>()).SendsNoMail);
        Assert.Equal(0, Assert.Single((await ReadDnsAsync("bare.test")).Of<DomainSpf>()).Records);
    }

    [Fact]
    public async Task An_answer_too_long_for_one_datagram_is_fetched_whole()
    {
        var reading = await ReadDnsAsync("hugetxt.test");
        var spf = Assert.Single(reading.Of<DomainSpf>());
        Assert.Equal((1, SpfVerdict.Fail), (spf.Records, spf.Others));
        Assert.Empty(spf.Problems);
        Assert.Contains(reading.Kept, text => text.Contains("verification-39=", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_question_that_is_refused_spoils_only_its_own_aspect()
    {
        var reading = await ReadDnsAsync("refusedspf.test");
        Assert.Equal(Completeness.Denied, reading.Coverage<DomainSpf>().State);
        Assert.Contains("REFUSED", string.Join("", reading.Kept), StringComparison.Ordinal);
        Assert.Equal(Completeness.Complete, reading.Coverage<DomainDmarc>().State);
        Assert.Empty(reading.Of<DomainSpf>());
    }

    [Fact]
    public async Task Each_signing_key_is_measured()
    {
        var reading = await ReadDnsAsync("weak.test", "&dkim-selectors=old,tiny,gone,junk,s1,nowhere");
        var keys = reading.Of<DomainDkim>().ToDictionary(key => key.Selector);
        Assert.Equal(1024, keys["old"].Bits);
        Assert.Equal(512, keys["tiny"].Bits);
        Assert.Equal(DkimState.Revoked, keys["gone"].State);
        Assert.Equal(DkimState.Broken, keys["junk"].State);
        Assert.Equal((2048, true), (keys["s1"].Bits, keys["s1"].Testing));
        Assert.Equal(DkimState.Missing, keys["nowhere"].State);
        Assert.Equal(Completeness.Complete, reading.Coverage<DomainDkim>().State);
    }

    [Fact]
    public async Task Signing_keys_are_never_complete_without_the_selectors()
    {
        var unknown = await ReadDnsAsync("healthy.test");
        Assert.Equal("s1", Assert.Single(unknown.Of<DomainDkim>()).Selector);
        Assert.Equal(Completeness.Unproven, unknown.Coverage<DomainDkim>().State);
        Assert.Contains("dkim-selectors", unknown.Coverage<DomainDkim>().Mend, StringComparison.Ordinal);

        var given = await ReadDnsAsync("healthy.test", "&dkim-selectors=s1,ed");
        Assert.Equal(["ed25519", "rsa"], given.Of<DomainDkim>().Select(key => key.KeyType).Order());
        Assert.Equal(Completeness.Complete, given.Coverage<DomainDkim>().State);
        Assert.True((await ReadDnsAsync("nomail.test")).Coverage<DomainDkim>().ProvenEmpty);
    }

    [Fact]
    public async Task The_mail_rule_in_force_is_found_by_walking_up()
    {
        var deep = Assert.Single((await ReadDnsAsync("a.b.c.d.e.f.g.h.i.deep.test")).Of<DomainDmarc>());
        Assert.Equal(("deep.test", "deep.test", DmarcPolicy.Quarantine), (deep.FoundAt, deep.OrganisationalDomain, deep.Policy));
        var own = Assert.Single((await ReadDnsAsync("x.own.deep.test")).Of<DomainDmarc>());
        Assert.Equal(("own.deep.test", "own.deep.test", DmarcPolicy.None), (own.FoundAt, own.OrganisationalDomain, own.Policy));
        var suffix = Assert.Single((await ReadDnsAsync("x.y.suffix.deep.test")).Of<DomainDmarc>());
        Assert.Equal(("suffix.deep.test", "y.suffix.deep.test", DmarcPolicy.Quarantine), (suffix.FoundAt, suffix.OrganisationalDomain, suffix.Policy));
    }

    [Fact]
    public async Task The_mail_rule_is_read_with_what_weakens_it()
    {
        var healthy = Assert.Single((await ReadDnsAsync("healthy.test")).Of<DomainDmarc>());
        Assert.Equal((DmarcPolicy.Reject, DmarcPolicy.Reject, 100, false), (healthy.Policy, healthy.SubdomainPolicy, healthy.Percent, healthy.Testing));
        Assert.Equal(["dmarc@healthy.test"], healthy.ReportsTo);
        var soft = Assert.Single((await ReadDnsAsync("softdmarc.test")).Of<DomainDmarc>());
        Assert.Equal((DmarcPolicy.Quarantine, DmarcPolicy.None, 20), (soft.Policy, soft.SubdomainPolicy, soft.Percent));
        Assert.True(Assert.Single((await ReadDnsAsync("testdmarc.test")).Of<DomainDmarc>()).Testing);
        var two = Assert.Single((await ReadDnsAsync("twodmarc.test")).Of<DomainDmarc>());
        Assert.Equal((2, null), (two.Records, two.Policy));
        Assert.Null(Assert.Single((await ReadDnsAsync("bare.test")).Of<DomainDmarc>()).Policy);
    }

    [Fact]
    public async Task Name_servers_and_certificate_authorities_are_listed()
    {
        var healthy = Assert.Single((await ReadDnsAsync("healthy.test")).Of<DomainDns>());
        Assert.Equal(["ns1.healthy.test", "ns2.healthy.test"], healthy.NameServers);
        Assert.Equal("healthy.test", healthy.CaaAt);
        Assert.Equal(["letsencrypt.org"], healthy.MayIssue);
        var below = Assert.Single((await ReadDnsAsync("app.healthy.test")).Of<DomainDns>());
        Assert.Equal(("healthy.test", 2), (below.CaaAt, below.NameServers.Count));
        var bare = Assert.Single((await ReadDnsAsync("bare.test")).Of<DomainDns>());
        Assert.Equal((1, null), (bare.NameServers.Count, bare.CaaAt));
    }

    [Fact]
    public async Task Signatures_are_believed_only_from_a_resolver_that_checks_them()
    {
        var signed = Assert.Single((await world.ReadAsync("healthy.test")).Of<DomainDnssec>());
        Assert.True(signed is { ParentHasKey: true, HasKeys: true, Validated: true });
        var unsigned = Assert.Single((await world.ReadAsync("bare.test")).Of<DomainDnssec>());
        Assert.True(unsigned is { ParentHasKey: false, HasKeys: false, Validated: false });

        var blind = await ReadDnsAsync("healthy.test");
        Assert.Empty(blind.Of<DomainDnssec>());
        Assert.Equal(Completeness.Unproven, blind.Coverage<DomainDnssec>().State);
    }

    [Theory]
    [InlineData("bogus.test", DomainWorld.ValidatingDns, Completeness.Unreachable, "SERVFAIL")]
    [InlineData("servfail.test", DomainWorld.Dns, Completeness.Unreachable, "SERVFAIL")]
    [InlineData("nowhere.invalid", DomainWorld.Dns, Completeness.Denied, "refused")]
    [InlineData("no-such-name.test", DomainWorld.Dns, Completeness.Unreachable, "NXDOMAIN")]
    public async Task A_domain_that_cannot_be_asked_about_is_never_clean(string domain, int dns, Completeness state, string says)
    {
        var reading = await world.ReadAsync(domain, dns: dns);
        Assert.Empty(reading.Facts);
        Assert.All(reading.Lines, line => Assert.Equal(state, line.State));
        Assert.All(reading.Lines, line => Assert.Contains(says, line.Why, StringComparison.Ordinal));
    }
}
