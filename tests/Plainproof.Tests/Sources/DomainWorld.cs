using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Plainproof.Tests.Servers;
using Xunit;

namespace Plainproof.Tests.Sources;

[CollectionDefinition(nameof(DomainWorld))]
public sealed class DomainWorldCollection : ICollectionFixture<DomainWorld>;

/// <summary>A small internet on loopback: name servers, a validating resolver, web hosts and mail servers, healthy and with planted flaws.</summary>
public sealed class DomainWorld : IDisposable
{
    public const int Dns = 17300;
    public const int ValidatingDns = 17301;
    public const int Https = 17310;
    public const int Http = 17311;
    public const int Smtp = 17320;
    public const int Rdap = 17312;
    private readonly DomainCertificates _certificates = new();
    private readonly KnotServer _knot;
    private readonly ValidatingResolver _resolver;
    private readonly NginxServer _nginx;
    private readonly PostfixServer _postfix;
    private readonly TcpListener _silent = new(IPAddress.Parse("127.0.0.21"), Https);
    private readonly TcpListener _silentMail = new(IPAddress.Parse("127.0.0.21"), Smtp);

    public DomainWorld()
    {
        _knot = KnotServer.Start(Dns, Zones());
        _resolver = ValidatingResolver.Start(ValidatingDns, _knot);
        _nginx = NginxServer.Start(WebServers(), "127.0.0.11", Https);
        _postfix = PostfixServer.Start(Smtp, MailServers());
        _silent.Start();
        _silentMail.Start();
    }

    public string Ca => _certificates.RootFile;

    /// <summary>What the site's own configuration says, so that it reads this small internet.</summary>
    /// <param name="more">More options, after a comma.</param>
    internal string Advisor(string more = "", int dns = ValidatingDns) => $$"""
        "advisor": { "domainOptions": { "resolver": "127.0.0.1:{{dns}}", "https-port": "{{Https}}", "http-port": "{{Http}}", "smtp-port": "{{Smtp}}", "ca": "{{Ca}}", "rdap": "http://127.0.0.30:{{Rdap}}"{{more}} } }
        """;

    /// <summary>Adds a line to a zone, as its owner would.</summary>
    internal void Add(string zone, string line) => _knot.Add(zone, line);

    internal Task<Reading> ReadAsync(string domain, string options = "", int dns = ValidatingDns) =>
        Reading.OfAsync($"domain={domain}?resolver=127.0.0.1:{dns}&https-port={Https}&http-port={Http}&smtp-port={Smtp}&ca={Ca}&rdap=http://127.0.0.30:{Rdap}{options}");

    public void Dispose()
    {
        _silent.Dispose();
        _silentMail.Dispose();
        _postfix.Dispose();
        _nginx.Dispose();
        _resolver.Dispose();
        _knot.Dispose();
        _certificates.Dispose();
    }

    internal static string DkimKey(int bits)
    {
        using var rsa = RSA.Create(bits);
        return Quoted($"v=DKIM1; k=rsa; p={Convert.ToBase64String(rsa.ExportSubjectPublicKeyInfo())}");
    }

    /// <summary>A long text as DNS holds it: strings of at most 255 bytes.</summary>
    internal static string Quoted(string text) => string.Join(' ', text.Chunk(200).Select(part => $"\"{new string(part)}\""));

    private static string Txt(string text) => $"@ TXT {Quoted(text)}\n";

    private static string Sts(int host) => $"_mta-sts TXT \"v=STSv1; id=1\"\nmta-sts A 127.0.0.{host}\n";

    private static string Web(int host) => $"@ A 127.0.0.{host}\nwww A 127.0.0.{host}\n";

    private static List<TestZone> Zones() =>
    [
        new("healthy.test", Web(11) + Txt("v=spf1 include:_spf.healthy.test mx -all") + Txt("some other text") + $"""
            _spf TXT "v=spf1 ip4:192.0.2.0/24 ip6:2001:db8::/32 a:mail.healthy.test -all"
            @ MX 10 mail
            mail A 127.0.0.11
            _dmarc TXT "v=DMARC1; p=reject; rua=mailto:dmarc@healthy.test"
            s1._domainkey TXT {DkimKey(2048)}
            ed._domainkey TXT "v=DKIM1; k=ed25519; p={Convert.ToBase64String(RandomNumberGenerator.GetBytes(32))}"
            @ CAA 0 issue "letsencrypt.org"
            _mta-sts TXT "v=STSv1; id=20261101"
            mta-sts A 127.0.0.11
            _smtp._tls TXT "v=TLSRPTv1; rua=mailto:tls@healthy.test"
            app A 127.0.0.11
            """, Signed: true),
        new("nomail.test", Txt("v=spf1 -all") + "@ MX 0 .\n_dmarc TXT \"v=DMARC1; p=reject; rua=mailto:d@healthy.test\"\n*._domainkey TXT \"v=DKIM1; p=\"\n"),
        new("bare.test", Web(19), NameServers: 1),
        new("twospf.test", Txt("v=spf1 -all") + Txt("v=spf1 mx ~all")),
        new("manyspf.test", Txt("v=spf1 " + string.Concat(Enumerable.Range(1, 6).Select(n => $"include:i{n}.manyspf.test ")) + "-all")
            + string.Concat(Enumerable.Range(1, 6).Select(n => $"i{n} TXT \"v=spf1 a:a.manyspf.test -all\"\n")) + "a A 192.0.2.1\n"),
        new("edgespf.test", Txt("v=spf1 " + string.Concat(Enumerable.Range(1, 5).Select(n => $"include:i{n}.edgespf.test ")) + "~all")
            + string.Concat(Enumerable.Range(1, 5).Select(n => $"i{n} TXT \"v=spf1 a:a.edgespf.test -all\"\n")) + "a A 192.0.2.1\n"),
        new("loopspf.test", Txt("v=spf1 include:b.loopspf.test -all") + "b TXT \"v=spf1 include:loopspf.test -all\"\n"),
        new("voidspf.test", Txt("v=spf1 a:x1.voidspf.test a:x2.voidspf.test exists:x3.voidspf.test -all")),
        new("badspf.test", Txt("v=spf1 ipv4:192.0.2.1 include:none.badspf.test -all")),
        new("openspf.test", Txt("v=spf1 ip4:192.0.2.1 +all")),
        new("redirectspf.test", Txt("v=spf1 redirect=_spf.healthy.test")),
        new("hugetxt.test", Txt("v=spf1 " + string.Concat(Enumerable.Range(0, 180).Select(n => $"ip4:192.0.2.{n} ")) + "-all")
            + string.Concat(Enumerable.Range(0, 40).Select(n => Txt($"verification-{n}=" + new string('x', 1000))))),
        new("refusedspf.test", Txt("v=spf1 include:elsewhere.invalid -all") + "_dmarc TXT \"v=DMARC1; p=reject\"\n"),
        new("weak.test", Txt("v=spf1 mx ~all") + $"""
            @ MX 10 mail
            mail A 127.0.0.12
            _dmarc TXT "v=DMARC1; p=none"
            old._domainkey TXT {DkimKey(1024)}
            tiny._domainkey TXT {DkimKey(512)}
            gone._domainkey TXT "v=DKIM1; p="
            junk._domainkey TXT "v=DKIM1; k=rsa; p=abcdefg"
            s1._domainkey TXT {DkimKey(2048).Replace("k=rsa", "k=rsa; t=y", StringComparison.Ordinal)}
            """),
        new("twodmarc.test", "_dmarc TXT \"v=DMARC1; p=reject\"\n_dmarc TXT \"v=DMARC1; p=none\"\n"),
        new("softdmarc.test", "_dmarc TXT \"v=DMARC1; p=quarantine; sp=none; pct=20; rua=mailto:d@softdmarc.test\"\n"),
        new("testdmarc.test", "_dmarc TXT \"v=DMARC1; p=reject; t=y; rua=mailto:d@testdmarc.test\"\n"),
        new("deep.test", "_dmarc TXT \"v=DMARC1; p=reject; sp=quarantine; rua=mailto:d@deep.test\"\na.b.c.d.e.f.g.h.i A 127.0.0.11\n"
            + "_dmarc.own TXT \"v=DMARC1; p=none; psd=n\"\nx.own A 127.0.0.11\n_dmarc.suffix TXT \"v=DMARC1; p=quarantine; psd=y\"\nx.y.suffix A 127.0.0.11\n"),
        new("bogus.test", Web(11), Signed: true, WrongDs: true),
        new("servfail.test", "", Missing: true),
        new("legacy.test", Web(12)),
        new("oldonly.test", Web(13)),
        new("expired.test", Web(14)),
        new("wrongname.test", Web(15)),
        new("selfsigned.test", Web(16)),
        new("nochain.test", Web(17)),
        new("plain.test", Web(18)),
        new("shorthsts.test", Web(20)),
        new("silent.test", Web(21)),
        new("nottls.test", Web(22)),
        new("soon.test", Web(23)),
        new("smallkey.test", Web(24)),
        new("oldmail.test", "@ MX 10 mail\nmail A 127.0.0.13\n" + Sts(25)),
        new("quietmail.test", "@ MX 10 mail\n@ MX 20 mail.healthy.test.\nmail A 127.0.0.21\n" + Sts(26)),
        new("stscert.test", "@ MX 10 mail\nmail A 127.0.0.13\n" + Sts(14)),
        new("dane.test", $"@ MX 10 mail\nmail A 127.0.0.11\n_25._tcp.mail TLSA 3 1 1 {new string('a', 64)}\n", Signed: true),
        new("loop.test", Web(27)),
        new("away.test", Web(28)),
        new("ssl3.test", "@ A 127.0.0.31\n"),
        new("resets.test", "@ A 127.0.0.32\n"),
        new("inward.test", "@ A 127.0.0.29\nwww A 127.0.0.29\nwww A 127.0.0.99\ninside A 127.0.0.99\n@ MX 10 mail\nmail A 127.0.0.99\n" + Sts(99)),
        new("hidden.test", """
            @ A 127.0.0.99
            @ A 169.254.169.254
            @ A 100.64.0.1
            @ AAAA ::1
            @ AAAA fd00::1
            @ AAAA fe80::1
            @ AAAA ::ffff:127.0.0.99
            @ AAAA 64:ff9b::7f00:63
            @ AAAA 2002:7f00:63::1
            www A 127.0.0.99
            @ MX 10 mail
            mail A 127.0.0.99
            mail AAAA ::ffff:127.0.0.99

            """ + Sts(99)),
        new("private.test", "@ A 10.1.2.3\nwww A 127.0.0.11\n@ MX 10 mail\nmail A 192.168.1.1\n"),
    ];

    private string WebServers()
    {
        const string Modern = "ssl_protocols TLSv1.2 TLSv1.3;";
        const string Old = "ssl_ciphers ALL:@SECLEVEL=0;";
        const string Headers = """
            add_header Strict-Transport-Security "max-age=31536000; includeSubDomains" always; add_header X-Content-Type-Options nosniff always;
            add_header Content-Security-Policy "default-src 'self'; frame-ancestors 'none'" always;
            """;
        const string Redirect = "return 301 https://$host:17310$request_uri;";
        const string Page = "location / { return 200 'a page'; }";
        const string Policy = "location = /.well-known/mta-sts.txt { return 200 'version: STSv1\nmode: enforce\nmx: *.healthy.test\nmax_age: 604800\n'; }";
        return string.Join('\n',
            Site(11, "healthy.test", Modern + Headers + Policy, Page, Redirect, ["healthy.test", "*.healthy.test"]),
            Site(12, "legacy.test", $"ssl_protocols TLSv1 TLSv1.1 TLSv1.2; {Old}{Headers}", Page, Redirect),
            Site(13, "oldonly.test", $"ssl_protocols TLSv1 TLSv1.1; {Old}{Headers}", Page, Redirect, rsaBits: 2048),
            Site(14, "expired.test", Modern + Headers, Page, Redirect, daysLeft: -3),
            Site(15, "wrongname.test", Modern + Headers, Page, Redirect, ["other.test"]),
            Site(16, "selfsigned.test", Modern + Headers, Page, Redirect, selfSigned: true),
            Site(17, "nochain.test", Modern + Headers, Page, Redirect, withChain: false),
            $"server {{ listen 127.0.0.18:{Http}; {Page} }}",
            Site(19, "bare.test", Modern, Page, Page),
            Site(20, "shorthsts.test", Modern + "add_header Strict-Transport-Security max-age=300;", Page, "return 302 https://$host:17310/;"),
            $"server {{ listen 127.0.0.22:{Https}; {Page} }}",
            Site(25, "mta-sts.oldmail.test", Modern + "location = /.well-known/mta-sts.txt { return 200 'version: STSv1\r\nmode: testing\r\nmx: other.test\r\nmax_age: 86400\r\n'; }", Page, Page),
            Site(26, "mta-sts.quietmail.test", Modern, "location / { return 404; }", Page),
            Site(27, "loop.test", Modern + Headers, "location / { return 302 https://www.$host:17310/again?token=secret; }", Redirect, ["loop.test", "*.loop.test", "*.www.loop.test"]),
            Site(28, "away.test", Modern + Headers, "location / { return 301 https://elsewhere.invalid/; }", Redirect),
            Site(29, "inward.test", Modern + Headers, "location / { return 302 https://inside.inward.test:17310/; }", Redirect),
            Registry(),
            Site(23, "soon.test", Modern + Headers, Page, Redirect, daysLeft: 10),
            Site(24, "smallkey.test", $"{Modern}{Old}{Headers}", Page, Redirect, rsaBits: 1024));
    }

    private static string Registry()
    {
        static string Domain(string name, string status, int daysLeft) => $$"""
            location = /domain/{{name}} { default_type application/rdap+json;
              return 200 '{"objectClassName":"domain","ldhName":"{{name}}","status":[{{status}}],"events":[{"eventAction":"registration","eventDate":"2019-01-01T00:00:00Z"},{"eventAction":"expiration","eventDate":"{{DateTime.UtcNow.AddDays(daysLeft):yyyy-MM-ddTHH:mm:ssZ}}"}]}'; }
            """;
        return $$"""
            server { listen 127.0.0.30:{{Rdap}};
              {{Domain("healthy.test", "\"active\",\"client transfer prohibited\"", 400)}}
              {{Domain("bare.test", "\"active\"", 20)}}
              location = /domain/weak.test { return 200 'not json'; }
              location = /domain/legacy.test { return 429; }
              location / { return 404; } }
            """;
    }

    private List<MailListener> MailServers() =>
    [
        new("127.0.0.11", _certificates.Issue("mail.healthy.test", ["mail.healthy.test", "mail.dane.test"])),
        new("127.0.0.12", null),
        new("127.0.0.13", _certificates.Issue("mail.oldmail.test", ["mail.oldmail.test"], rsaBits: 2048, selfSigned: true),
            "smtpd_tls_protocols=!SSLv2,!SSLv3,!TLSv1.2,!TLSv1.3", "smtpd_tls_ciphers=low", "tls_low_cipherlist=ALL:@SECLEVEL=0"),
    ];

    private string Site(
        int host, string name, string settings, string page, string plain, string[]? names = null,
        int daysLeft = 90, int rsaBits = 0, bool withChain = true, bool selfSigned = false)
    {
        var (certificate, key) = _certificates.Issue(name, names ?? [name, $"*.{name}"], daysLeft, rsaBits, withChain, selfSigned);
        return $$"""
            server { listen 127.0.0.{{host}}:{{Https}} ssl; ssl_certificate {{certificate}}; ssl_certificate_key {{key}}; {{settings}} {{page}} }
            server { listen 127.0.0.{{host}}:{{Http}}; {{plain}} }
            """;
    }
}
