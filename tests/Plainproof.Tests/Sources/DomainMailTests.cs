using Plainproof.Facts;
using Xunit;

namespace Plainproof.Tests.Sources;

[Collection(nameof(DomainWorld))]
public sealed class DomainMailTests(DomainWorld world)
{
    [Fact]
    public async Task A_mail_server_shows_its_encryption_and_certificate()
    {
        var reading = await world.ReadAsync("healthy.test");
        var server = Assert.Single(reading.Of<MailServer>());
        Assert.True(server is { Host: "mail.healthy.test", StartTls: true, Certificate: { Trusted: true, NameMatches: true } });
        Assert.Contains(TlsVersion.Tls13, server.Accepts);
        Assert.Equal(Completeness.Complete, reading.Coverage<MailServer>().State);
        Assert.Contains(reading.Kept, text => text.Contains("> STARTTLS", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Plain_and_outdated_mail_servers_are_found()
    {
        var plain = Assert.Single((await world.ReadAsync("weak.test")).Of<MailServer>());
        Assert.True(plain is { StartTls: false, Accepts.Count: 0, Certificate: null });
        var old = Assert.Single((await world.ReadAsync("oldmail.test")).Of<MailServer>());
        Assert.Equal([TlsVersion.Tls10, TlsVersion.Tls11], old.Accepts);
        Assert.True(old is { StartTls: true, Certificate: { SelfSigned: true, Trusted: false, NameMatches: true } });
    }

    [Fact]
    public async Task A_mail_server_that_cannot_be_asked_is_not_judged()
    {
        var closed = await world.ReadAsync("bare.test");
        Assert.Empty(closed.Of<MailServer>());
        Assert.Equal(Completeness.Unreachable, closed.Coverage<MailServer>().State);

        var quiet = await world.ReadAsync("quietmail.test", "&timeout=3");
        Assert.Equal("mail.healthy.test", Assert.Single(quiet.Of<MailServer>()).Host);
        Assert.Equal((Completeness.Partial, 1, 2), (quiet.Coverage<MailServer>().State, quiet.Coverage<MailServer>().Read, quiet.Coverage<MailServer>().Expected));
        Assert.Contains("mail.quietmail.test did not answer within 3 seconds", quiet.Coverage<MailServer>().Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_domain_that_takes_no_mail_is_proven_empty()
    {
        var reading = await world.ReadAsync("nomail.test");
        Assert.True(reading.Coverage<MailServer>().ProvenEmpty);
        Assert.True(reading.Coverage<MailSts>().ProvenEmpty);
    }

    [Fact]
    public async Task The_policy_that_insists_on_encryption_is_fetched_and_compared()
    {
        var healthy = Assert.Single((await world.ReadAsync("healthy.test")).Of<MailSts>());
        Assert.True(healthy is { StsAnnounced: true, Mode: StsMode.Enforce, MaxAgeSeconds: 604800, NotCovered.Count: 0, Reports: true, StsProblem: null });
        var testing = Assert.Single((await world.ReadAsync("oldmail.test")).Of<MailSts>());
        Assert.Equal(StsMode.Testing, testing.Mode);
        Assert.Equal(["mail.oldmail.test"], testing.NotCovered);
        Assert.Contains("status 404", Assert.Single((await world.ReadAsync("quietmail.test", "&timeout=3")).Of<MailSts>()).StsProblem, StringComparison.Ordinal);
        Assert.Contains("certificate of mta-sts.stscert.test does not hold", Assert.Single((await world.ReadAsync("stscert.test")).Of<MailSts>()).StsProblem, StringComparison.Ordinal);
        Assert.False(Assert.Single((await world.ReadAsync("weak.test")).Of<MailSts>()).StsAnnounced);
    }

    [Fact]
    public async Task Dane_counts_only_when_its_signatures_are_checked()
    {
        Assert.True(Assert.Single((await world.ReadAsync("dane.test")).Of<MailSts>()) is { WithDane: 1, DaneValidated: true });
        Assert.True(Assert.Single((await world.ReadAsync("dane.test", dns: DomainWorld.Dns)).Of<MailSts>()) is { WithDane: 1, DaneValidated: false });
    }

    [Fact]
    public async Task The_registration_is_read_from_the_registry_that_was_given()
    {
        var healthy = await world.ReadAsync("app.healthy.test");
        var registration = Assert.Single(healthy.Of<DomainRegistration>());
        Assert.True(registration.TransferLocked && registration.ExpiresAt > DateTimeOffset.UtcNow.AddDays(399));
        Assert.False(Assert.Single((await world.ReadAsync("bare.test")).Of<DomainRegistration>()).TransferLocked);
        Assert.Equal(Completeness.Failed, (await world.ReadAsync("weak.test")).Coverage<DomainRegistration>().State);
        Assert.Equal(Completeness.Throttled, (await world.ReadAsync("legacy.test")).Coverage<DomainRegistration>().State);
        var unknown = (await world.ReadAsync("nomail.test")).Coverage<DomainRegistration>();
        Assert.Equal(Completeness.Unreachable, unknown.State);
        Assert.Contains("does not know nomail.test", unknown.Why, StringComparison.Ordinal);
    }
}
