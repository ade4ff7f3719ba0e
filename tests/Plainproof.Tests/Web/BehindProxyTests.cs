using System.Net;
using Plainproof.Cli;
using Plainproof.Storage;
using Plainproof.Tests.People;
using Plainproof.Tests.Servers;
using Plainproof.Web;
using Xunit;

namespace Plainproof.Tests.Web;

/// <summary>The site behind a real nginx that has the certificate, as people run it on the internet.</summary>
public sealed class BehindProxyTests
{
    private const string Real = "198.51.100.7";

    [Fact]
    public async Task People_come_by_tls_and_nobody_can_say_that_they_come_from_elsewhere()
    {
        using var folder = new TemporaryFolder();
        var (said, port) = (new List<string>(), Running.FreePort());
        var settings = new SiteSettings(
            DataFolder.Open(folder.File("data")), new Uri($"https://localhost:{port}"), TimeProvider.System, Say: said.Add,
            Listen: new IPEndPoint(IPAddress.Loopback, 0), Proxies: [IPNetwork.Parse("127.0.0.0/8")]);
        await using var site = await Site.StartAsync(settings, CancellationToken.None);
        using var nginx = Before(site, folder, port);
        using var olga = new Visitor(new Uri($"https://localhost:{port}"), follow: true);
        olga.Client.DefaultRequestHeaders.Add("X-Forwarded-For", "6.6.6.6");
        var link = Assert.Single(said);
        Assert.Contains($"https://localhost:{port}/first-owner", link, StringComparison.Ordinal);
        var page = await olga.GetAsync(Office.LinkIn(link));
        Assert.Contains("max-age", page.Headers["Strict-Transport-Security"], StringComparison.Ordinal);
        var joined = await olga.SubmitAsync(page, [("name", "Olga"), ("email", Office.Owner), ("password", Office.Password), ("company", "Acme GmbH")]);
        Assert.True(joined.Address.AbsolutePath == "/companies", joined.Text);
        var me = await olga.GetAsync("/me");
        Assert.Contains(Real, me.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("6.6.6.6", me.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("10.9.9.0/24")]
    public async Task Whoever_is_no_proxy_is_not_believed(string? proxies)
    {
        using var folder = new TemporaryFolder();
        var settings = new SiteSettings(
            DataFolder.Open(folder.File("data")), new Uri("http://localhost:0"), TimeProvider.System,
            Listen: proxies is null ? null : new IPEndPoint(IPAddress.Loopback, 0), Proxies: proxies is null ? null : [IPNetwork.Parse(proxies)]);
        await using var site = await Site.StartAsync(settings, CancellationToken.None);
        using var visitor = new Visitor(site.Listening, follow: false);
        visitor.Client.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");
        Assert.DoesNotContain("Strict-Transport-Security", (await visitor.GetAsync("/")).Headers.Keys);
    }

    [Theory]
    [InlineData("it is to listen: --listen 127.0.0.1:5080", "--address", "https://proof.example.com")]
    [InlineData("this is no address of this machine", "--address", "https://proof.example.com", "--listen", "5080")]
    [InlineData("neither an address nor a network", "--address", "https://proof.example.com", "--listen", "127.0.0.1:5080", "--proxy", "the-proxy")]
    [InlineData("say also where the server is to listen", "--proxy", "10.0.0.5")]
    public async Task A_wrong_address_is_told_before_anything_starts(string says, params string[] typed)
    {
        using var folder = new TemporaryFolder();
        using var error = new StringWriter();
        Assert.Equal(Exit.CouldNot, await CommandLine.RunAsync(["serve", .. typed, "--data", folder.File("data")], TextReader.Null, TextWriter.Null, error));
        Assert.Contains(says, error.ToString(), StringComparison.OrdinalIgnoreCase);
        Assert.False(Directory.Exists(folder.File("data")));
    }

    /// <summary>It adds who it saw to what it was told, as the manual says. Who it saw is played here: all of us are loopback.</summary>
    private static NginxServer Before(Site site, TemporaryFolder folder, int port)
    {
        var certificate = TestCertificates.In(folder, "localhost");
        return NginxServer.Start(
            $$"""
            server {
              listen 127.0.0.1:{{port}} ssl; ssl_certificate {{certificate.Certificate}}; ssl_certificate_key {{certificate.Key}};
              location / {
                proxy_pass http://{{site.Listening.Authority.Replace("localhost", "127.0.0.1", StringComparison.Ordinal)}};
                proxy_set_header Host $http_host; proxy_set_header X-Forwarded-Proto $scheme; proxy_set_header X-Forwarded-For "$http_x_forwarded_for, {{Real}}";
              }
            }
            """, "127.0.0.1", port);
    }
}
