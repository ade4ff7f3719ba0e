using Plainproof.Tests.Servers;

namespace Plainproof.EndToEnd.World;

/// <summary>A healthy domain and two with flaws, on a real name server, a validating resolver and a real web server.</summary>
internal sealed class PlantedDomains : IDisposable
{
    private const int FirstPort = 17400;
    private readonly int _resolverPort;
    private readonly int _https;
    private readonly int _http;
    private readonly DomainCertificates _certificates = new();
    private readonly KnotServer _knot;
    private readonly ValidatingResolver _resolver;
    private readonly NginxServer _nginx;

    /// <param name="firstPort">One of a row of twenty; another for each that stands at the same time.</param>
    public PlantedDomains(int firstPort = FirstPort)
    {
        (_resolverPort, _https, _http) = (firstPort + 1, firstPort + 10, firstPort + 11);
        _knot = KnotServer.Start(firstPort, Zones());
        _resolver = ValidatingResolver.Start(_resolverPort, _knot);
        _nginx = NginxServer.Start(WebServers(), "127.0.0.41", _https);
    }

    public IEnumerable<string> Sources => new[] { "healthy.test", "weak.test", "bare.test" }.Select(At);

    public static IReadOnlyList<Flaw> Flaws { get; } =
    [
        new("web-tls-versions", "domain:weak.test", "TLS 1.0"),
        new("web-certificate", "domain:weak.test", "ended on"),
        new("mail-dmarc", "domain:weak.test", "p=none"),
        new("mail-spf", "domain:weak.test", "lets every server send"),
        new("web-redirect", "domain:bare.test", "serves pages over plain HTTP"),
        new("web-hsts", "domain:bare.test", "does not tell browsers"),
        new("mail-dmarc", "domain:bare.test", "has no DMARC record"),
        new("dns-caa", "domain:bare.test", "no CAA record"),
        new("dns-name-servers", "domain:bare.test", "has 1 name server"),
        new("dns-dnssec", "domain:bare.test", "are not signed"),
    ];

    public const string HealthyScope = "domain:healthy.test";

    public string At(string domain) =>
        $"domain={domain}?resolver=127.0.0.1:{_resolverPort}&https-port={_https}&http-port={_http}&smtp-port={_https + 2}&ca={_certificates.RootFile}&rdap=http://127.0.0.1:{_https + 3}&timeout=20";

    /// <summary>The configuration of a site whose visitors live on this small internet.</summary>
    public string Advisor => $$"""
        "advisor": { "domainOptions": { "resolver": "127.0.0.1:{{_resolverPort}}", "https-port": "{{_https}}", "http-port": "{{_http}}", "smtp-port": "{{_https + 2}}", "ca": "{{_certificates.RootFile}}", "rdap": "http://127.0.0.1:{{_https + 3}}", "allow-networks": "127.0.0.0/8" } }
        """;

    /// <summary>Adds a line to a zone, as its owner would.</summary>
    public void Add(string zone, string line) => _knot.Add(zone, line);

    public void Dispose()
    {
        _nginx.Dispose();
        _resolver.Dispose();
        _knot.Dispose();
        _certificates.Dispose();
    }

    private static List<TestZone> Zones() =>
    [
        new("healthy.test", Web(41) + $"""
            @ TXT "v=spf1 ip4:192.0.2.0/24 -all"
            @ MX 0 .
            _dmarc TXT "v=DMARC1; p=reject; rua=mailto:dmarc@healthy.test"
            @ CAA 0 issue "letsencrypt.org"
            """, Signed: true),
        new("weak.test", Web(42) + """
            @ TXT "v=spf1 +all"
            @ MX 0 .
            _dmarc TXT "v=DMARC1; p=none"
            """),
        new("bare.test", Web(43), NameServers: 1),
    ];

    private static string Web(int host) => $"@ A 127.0.0.{host}\nwww A 127.0.0.{host}\n";

    private string WebServers()
    {
        const string Modern = "ssl_protocols TLSv1.2 TLSv1.3;";
        const string Headers = """
            add_header Strict-Transport-Security "max-age=31536000; includeSubDomains" always; add_header X-Content-Type-Options nosniff always;
            add_header Content-Security-Policy "default-src 'self'; frame-ancestors 'none'" always;
            """;
        var redirect = $"return 301 https://$host:{_https}$request_uri;";
        const string Page = "location / { return 200 'a page'; }";
        return Site(41, "healthy.test", Modern + Headers, redirect)
            + Site(42, "weak.test", "ssl_protocols TLSv1 TLSv1.1 TLSv1.2; ssl_ciphers ALL:@SECLEVEL=0;" + Headers, redirect, daysLeft: -3)
            + Site(43, "bare.test", Modern, Page);

        string Site(int host, string name, string settings, string plain, int daysLeft = 90)
        {
            var (certificate, key) = _certificates.Issue(name, [name, $"*.{name}"], daysLeft);
            return $$"""
                server { listen 127.0.0.{{host}}:{{_https}} ssl; ssl_certificate {{certificate}}; ssl_certificate_key {{key}}; {{settings}} {{Page}} }
                server { listen 127.0.0.{{host}}:{{_http}}; {{plain}} }

                """;
        }
    }
}
