using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Plainproof.Facts;
using Xunit;

namespace Plainproof.Tests.Sources;

[Collection(nameof(DomainWorld))]
public sealed class DomainWebTests(DomainWorld world)
{
    [Fact]
    public async Task A_healthy_site_speaks_only_current_tls_and_says_so_in_full()
    {
        var reading = await world.ReadAsync("healthy.test", "&hosts=app");
        Assert.Equal(["app.healthy.test", "healthy.test", "www.healthy.test"], reading.Of<WebTls>().Select(host => host.Host).Order());
        Assert.All(reading.Of<WebTls>(), host => Assert.Equal([TlsVersion.Tls12, TlsVersion.Tls13], host.Accepts));
        Assert.All(reading.Of<WebCertificate>(), host => Assert.True(host.Certificate is { Trusted: true, NameMatches: true, SelfSigned: false, KeyType: "ECDSA", KeyBits: 256 }));
        Assert.All(reading.Of<WebHttps>(), host => Assert.True(
            host is { HttpAnswers: true, HttpStatus: 301, HttpsAnswers: true, HttpsStatus: 200, HstsSeconds: 31536000, HstsSubdomains: true, NoSniff: true, ContentPolicy: true, FrameProtection: true, CertificateTrusted: true }));
        foreach (var line in new[] { reading.Coverage<WebTls>(), reading.Coverage<WebCertificate>(), reading.Coverage<WebHttps>() })
            Assert.Equal((Completeness.Complete, 3, 3), (line.State, line.Read, line.Expected));
    }

    [Theory]
    [InlineData("legacy.test", "Tls10,Tls11,Tls12")]
    [InlineData("oldonly.test", "Tls10,Tls11")]
    [InlineData("bare.test", "Tls12,Tls13")]
    public async Task Old_versions_are_found_though_this_computer_refuses_to_speak_them(string domain, string accepts)
    {
        var reading = await world.ReadAsync(domain);
        Assert.All(reading.Of<WebTls>(), host => Assert.Equal(accepts, string.Join(',', host.Accepts)));
        Assert.Equal(2, reading.Of<WebTls>().Count);
        Assert.Equal(2, reading.Of<WebCertificate>().Count);
        Assert.All(reading.Of<WebCertificate>(), host => Assert.True(host.Certificate is { Trusted: true, NameMatches: true }));
    }

    [Fact]
    public async Task What_is_wrong_with_a_certificate_is_told_apart()
    {
        Assert.True(await OneAsync("expired.test") is { Trusted: true, NameMatches: true } expired && expired.NotAfter < DateTimeOffset.UtcNow);
        Assert.True(await OneAsync("wrongname.test") is { Trusted: true, NameMatches: false });
        Assert.True(await OneAsync("selfsigned.test") is { Trusted: false, SelfSigned: true });
        Assert.True(await OneAsync("nochain.test") is { Trusted: false, SelfSigned: false });
        Assert.Equal(("RSA", 1024), (await OneAsync("smallkey.test") is var small ? (small.KeyType, small.KeyBits) : default));
    }

    private async Task<ServerCertificate> OneAsync(string domain) =>
        (await world.ReadAsync(domain)).Of<WebCertificate>().First(host => host.Host == domain).Certificate;

    [Fact]
    public async Task The_way_from_plain_http_is_read_as_the_site_gives_it()
    {
        var plain = (await world.ReadAsync("plain.test")).Of<WebHttps>();
        Assert.All(plain, host => Assert.True(host is { HttpAnswers: true, HttpStatus: 200, HttpsAnswers: false }));
        Assert.Equal(2, plain.Count);
        var bare = (await world.ReadAsync("bare.test")).Of<WebHttps>();
        Assert.All(bare, host => Assert.True(host is { HttpStatus: 200, HttpGoesTo: null, HttpsAnswers: true, HstsSeconds: null, NoSniff: false, ContentPolicy: false, FrameProtection: false }));
        var temporary = (await world.ReadAsync("shorthsts.test")).Of<WebHttps>().First(host => host.Host == "shorthsts.test");
        Assert.Equal((302, "https://shorthsts.test:17310/", 300L), (temporary.HttpStatus, temporary.HttpGoesTo, temporary.HstsSeconds));
    }

    [Fact]
    public async Task A_host_that_takes_the_connection_and_says_nothing_ends_in_time()
    {
        var began = Stopwatch.StartNew();
        var reading = await world.ReadAsync("silent.test", "&timeout=3");
        Assert.True(began.Elapsed.TotalSeconds < 10, $"It took {began.Elapsed.TotalSeconds:0.0} s.");
        Assert.Equal(Completeness.TimedOut, reading.Coverage<WebTls>().State);
        Assert.Equal(Completeness.TimedOut, reading.Coverage<WebCertificate>().State);
        Assert.Empty(reading.Of<WebTls>());
        Assert.Equal(Completeness.Complete, reading.Coverage<DomainSpf>().State);
    }

    [Fact]
    public async Task A_port_without_tls_or_without_a_listener_is_not_a_verdict()
    {
        Assert.Equal(Completeness.Disabled, (await world.ReadAsync("nottls.test")).Coverage<WebTls>().State);
        var refused = (await world.ReadAsync("plain.test")).Coverage<WebTls>();
        Assert.Equal(Completeness.Unreachable, refused.State);
        Assert.Contains("refuses connections on port 17310", refused.Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_host_that_was_named_and_does_not_exist_leaves_a_hole()
    {
        var reading = await world.ReadAsync("healthy.test", "&hosts=gone");
        Assert.Equal(Completeness.Partial, reading.Coverage<WebTls>().State);
        Assert.Contains("gone.healthy.test has no address", reading.Coverage<WebTls>().Why, StringComparison.Ordinal);
        Assert.Equal((2, 3), (reading.Coverage<WebTls>().Read, reading.Coverage<WebTls>().Expected));
    }

    [Fact]
    public async Task A_domain_without_web_hosts_is_proven_empty() =>
        Assert.True((await world.ReadAsync("nomail.test")).Coverage<WebTls>().ProvenEmpty);

    [Fact]
    public async Task A_redirect_away_from_the_domain_is_told_and_not_followed()
    {
        var reading = await world.ReadAsync("away.test");
        Assert.All(reading.Of<WebHttps>(), host => Assert.True(host is { LeavesDomain: true, HstsSeconds: 31536000 }));
        Assert.Equal(2, reading.Of<WebHttps>().Count);
        Assert.DoesNotContain(reading.Kept, text => text.Contains("\"dns\": \"elsewhere.invalid", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_redirect_to_a_name_that_is_not_there_leaves_a_hole_and_no_token_in_the_evidence()
    {
        var reading = await world.ReadAsync("loop.test");
        Assert.NotEqual(Completeness.Complete, reading.Coverage<WebHttps>().State);
        Assert.Contains("www.www.loop.test has no address", reading.Coverage<WebHttps>().Why, StringComparison.Ordinal);
        Assert.DoesNotContain(reading.Kept, text => text.Contains("token=secret", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Every_fact_points_at_the_exchange_it_was_read_from()
    {
        var reading = await world.ReadAsync("healthy.test", "&dkim-selectors=s1,ed");
        var kept = reading.Kept.ToDictionary(text => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))), text => JsonDocument.Parse(text).RootElement);
        Assert.True(reading.Facts.Count >= 15, $"{reading.Facts.Count} facts");
        Assert.All(reading.Facts, fact => Assert.Equal(JsonValueKind.Object, kept[fact.At.Blob.ToString()][int.Parse(fact.At.Path[1..])].ValueKind));
        var spf = kept[reading.Facts.Single(fact => fact.Value is DomainSpf).At.Blob.ToString()][int.Parse(reading.Facts.Single(fact => fact.Value is DomainSpf).At.Path[1..])];
        Assert.Equal("healthy.test TXT", spf.GetProperty("dns").GetString());
        Assert.InRange(reading.Calls.Count, 10, 120);
    }
}
