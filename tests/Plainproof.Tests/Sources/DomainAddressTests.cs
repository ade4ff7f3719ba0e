using System.Net;
using Plainproof.Sources.Domain;
using Xunit;

namespace Plainproof.Tests.Sources;

/// <summary>Which addresses count as out on the internet, and what people may type for a domain.</summary>
public sealed class DomainAddressTests
{
    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("10.0.0.1")]
    [InlineData("100.64.0.1")]
    [InlineData("127.0.0.1")]
    [InlineData("169.254.169.254")]
    [InlineData("172.31.255.255")]
    [InlineData("192.0.2.1")]
    [InlineData("192.88.99.1")]
    [InlineData("192.168.1.1")]
    [InlineData("198.18.0.1")]
    [InlineData("203.0.113.9")]
    [InlineData("224.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("::")]
    [InlineData("::1")]
    [InlineData("::127.0.0.1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("::ffff:169.254.169.254")]
    [InlineData("::ffff:0:127.0.0.1")]
    [InlineData("64:ff9b::a00:1")]
    [InlineData("64:ff9b:1::808:808")]
    [InlineData("100::1")]
    [InlineData("2001:0:1234::1")]
    [InlineData("2001:db8::1")]
    [InlineData("2002:7f00:1::1")]
    [InlineData("2002:a9fe:a9fe::1")]
    [InlineData("3fff::1")]
    [InlineData("5f00::1")]
    [InlineData("fc00::1")]
    [InlineData("fd00:ec2::254")]
    [InlineData("fe80::1")]
    [InlineData("fec0::1")]
    [InlineData("ff02::1")]
    public void It_is_not_public(string address) => Assert.False(HostFinder.IsPublic(IPAddress.Parse(address)));

    [Theory]
    [InlineData("8.8.8.8")]
    [InlineData("100.128.0.1")]
    [InlineData("172.32.0.1")]
    [InlineData("192.0.1.1")]
    [InlineData("::ffff:8.8.8.8")]
    [InlineData("64:ff9b::808:808")]
    [InlineData("2002:808:808::1")]
    [InlineData("2606:4700::1111")]
    [InlineData("2a00:1450::1")]
    public void It_is_public(string address) => Assert.True(HostFinder.IsPublic(IPAddress.Parse(address)));

    [Fact]
    public void A_private_network_is_allowed_by_name_and_no_other()
    {
        var allowed = new PrivateNetworks(All: false, [IPNetwork.Parse("10.20.0.0/16")]);
        Assert.True(allowed.MayContact(IPAddress.Parse("10.20.3.4")));
        Assert.True(allowed.MayContact(IPAddress.Parse("::ffff:10.20.3.4")));
        Assert.False(allowed.MayContact(IPAddress.Parse("10.21.0.1")));
        Assert.False(allowed.MayContact(IPAddress.Parse("127.0.0.1")));
    }

    [Theory]
    [InlineData("acme.com", "acme.com")]
    [InlineData(" ACME.com. ", "acme.com")]
    [InlineData("https://www.acme.com/pricing?x=1", "acme.com")]
    [InlineData("www.acme.co.uk", "acme.co.uk")]
    [InlineData("Bücher.com", "xn--bcher-kva.com")]
    [InlineData("https://bücher.com/", "xn--bcher-kva.com")]
    [InlineData("app.acme.io", "app.acme.io")]
    public void People_may_type_a_domain_as_they_know_it(string typed, string domain) => Assert.Equal((domain, null), DomainProof.Examine(typed));

    [Theory]
    [InlineData("", "Type a domain")]
    [InlineData("acme", "not a domain")]
    [InlineData("acme com", "not a domain")]
    [InlineData("acme.com/pricing", "not a domain")]
    [InlineData("acme..com", "not a domain")]
    [InlineData("-acme.com", "not a domain")]
    [InlineData("acme.com?resolver=1.2.3.4&allow-private=true", "not a domain")]
    [InlineData("<script>alert(1)</script>.com", "not a domain")]
    [InlineData("127.0.0.1", "address of a machine")]
    [InlineData("http://10.0.0.1/", "address of a machine")]
    [InlineData("[::1]", "address of a machine")]
    [InlineData("0x7f.1", "address of a machine")]
    [InlineData("me@acme.com", "mail address")]
    [InlineData("localhost", "not on the internet")]
    [InlineData("printer.local", "not on the internet")]
    [InlineData("printer。local", "not on the internet")]
    [InlineData("metadata.google.internal", "not on the internet")]
    [InlineData("1.0.0.127.in-addr.arpa", "not on the internet")]
    [InlineData("co.uk", "many share")]
    [InlineData("www.com.au", "many share")]
    [InlineData("com", "not a domain")]
    public void What_is_no_domain_is_said_in_words(string typed, string says)
    {
        var (domain, problem) = DomainProof.Examine(typed);
        Assert.Null(domain);
        Assert.Contains(says, problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_paste_is_no_domain()
    {
        Assert.Contains("too long", DomainProof.Examine(new string('a', 1 << 20)).Problem, StringComparison.Ordinal);
        Assert.Contains("not a domain", DomainProof.Examine(string.Join('.', Enumerable.Repeat("aaaaaaaa", 27)) + ".com").Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Nonsense_is_told_in_words_and_never_breaks()
    {
        string[] parts = ["http://", "https://", "acme", ".", "..", "com", "co.uk", "@", ":", "/", "[", "]", "%", "%00", "\0", " ", "\u00ad", "\u202e", "ß", "ü", "\ud800", "xn--", "-", "_", "1", "::1", "?", "#", "\\", "。", "𝐚", "<b>", new string('a', 64)];
        var random = new Random(7);
        for (var i = 0; i < 20_000; i++)
        {
            var typed = string.Concat(Enumerable.Range(0, random.Next(1, 9)).Select(_ => parts[random.Next(parts.Length)]));
            var (domain, problem) = DomainProof.Examine(typed);
            Assert.True(domain is null != problem is null, typed);
            Assert.True(domain is null || (domain.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter is '.' or '-' or '_') && !IPAddress.TryParse(domain, out _)), typed);
        }
    }

    [Theory]
    [InlineData("a.b.acme.com", "acme.com")]
    [InlineData("x.acme.co.uk", "acme.co.uk")]
    [InlineData("acme.com", "acme.com")]
    public void Names_below_a_domain_count_as_that_domain(string name, string counts) => Assert.Equal(counts, DomainProof.RegisteredPart(name));
}
