using System.Globalization;
using System.Net;
using Plainproof.Facts;

namespace Plainproof.Sources.Domain;

/// <summary>Reads the web hosts of the domain: TLS versions, certificates, redirects and headers.</summary>
internal static class WebReader
{
    private const int MaxRedirects = 5;

    public static async Task<AspectRead> ReadTlsAsync(DomainRun run, Conversation dns)
    {
        return await run.EachAsync(dns.Evidence, await run.WebHostsAsync(dns), host => host.Host, async (host, stop) =>
        {
            var port = run.Settings.HttpsPort;
            var seen = await TlsProbe.AskAllAsync(host.Host, port, Open(run, host, port), dns.Evidence, run.Settings.Timeout, stop);
            run.Called(new Call("TLS hello", Pages: seen.Accepts.Count + seen.Refuses.Count, Items: seen.Accepts.Count));
            return new Seen("host", host.Host, new WebTls(host.Host, port, seen.Address, seen.Accepts, seen.Refuses), seen.Path);
        });
    }

    public static async Task<AspectRead> ReadCertificatesAsync(DomainRun run, Conversation dns)
    {
        return await run.EachAsync(dns.Evidence, await run.WebHostsAsync(dns), host => host.Host, async (host, stop) =>
        {
            var port = run.Settings.HttpsPort;
            var (certificate, path) = await CertificateReader.ReadAsync(host.Host, port, Open(run, host, port), run, dns.Evidence, stop);
            run.Called(new Call("TLS handshake", Items: 1));
            return new Seen("host", host.Host, new WebCertificate(host.Host, port, certificate), path);
        });
    }

    public static async Task<AspectRead> ReadHttpsAsync(DomainRun run, Conversation dns)
    {
        return await run.EachAsync(dns.Evidence, await run.WebHostsAsync(dns), host => host.Host, async (host, stop) =>
        {
            using var http = new HttpTalk(run, dns);
            var (answers, plain) = await PlainAsync(run, http, host, stop);
            var (site, path) = await SiteAsync(run, http, host, answers, stop);
            var fact = site with { HttpAnswers = answers, HttpStatus = (int?)plain?.Status, HttpGoesTo = plain is null ? null : Target(plain, AddressOf("http", host, run.Settings.HttpPort)) };
            return new Seen("host", host.Host, fact, path ?? plain!.Path);
        });
    }

    private static Func<CancellationToken, Task<Line>> Open(DomainRun run, HostAddresses host, int port) => async stop =>
    {
        var (client, address) = await Connector.ConnectAsync(host, port, run.Settings.Timeout, stop);
        return new Line(client.GetStream(), address.ToString(), client);
    };

    /// <summary>A port that refuses is closed, and says so. One that stays silent says nothing: null.</summary>
    private static async Task<(bool? Answers, HttpAnswer? Answer)> PlainAsync(DomainRun run, HttpTalk http, HostAddresses host, CancellationToken stop)
    {
        try
        {
            return (true, await http.GetAsync(AddressOf("http", host, run.Settings.HttpPort), stop));
        }
        catch (CannotRead e) when (host.Addresses.Count > 0)
        {
            return (Connector.WasRefused(e) ? false : null, null);
        }
    }

    private static async Task<(WebHttps Site, string? Path)> SiteAsync(DomainRun run, HttpTalk http, HostAddresses host, bool? plainAnswers, CancellationToken stop)
    {
        HttpAnswer first;
        var address = AddressOf("https", host, run.Settings.HttpsPort);
        try
        {
            first = await http.GetAsync(address, stop);
        }
        catch (CannotRead e) when (plainAnswers == true && Connector.WasRefused(e))
        {
            return (new WebHttps(host.Host, false, false, false, false), null);
        }

        var trusted = first.CertificateHolds(run.Clock.GetUtcNow());
        var (page, leaves) = await FollowAsync(run, http, first, address, stop);
        var (seconds, subdomains) = Hsts(first.Header("Strict-Transport-Security"));
        var policy = page.Header("Content-Security-Policy") ?? "";
        return (new WebHttps(
            host.Host, true,
            page.Header("X-Content-Type-Options")?.Trim().Equals("nosniff", StringComparison.OrdinalIgnoreCase) == true,
            policy.Length > 0,
            policy.Contains("frame-ancestors", StringComparison.OrdinalIgnoreCase) || page.Header("X-Frame-Options")?.Trim().ToUpperInvariant() is "DENY" or "SAMEORIGIN",
            LeavesDomain: leaves, HstsSubdomains: subdomains, CertificateTrusted: trusted, HttpsStatus: (int)first.Status, HstsSeconds: seconds), first.Path);
    }

    /// <summary>Follows redirects between the domain's own names, a few steps; other people's hosts are not contacted.</summary>
    private static async Task<(HttpAnswer Page, bool Leaves)> FollowAsync(DomainRun run, HttpTalk http, HttpAnswer first, Uri at, CancellationToken stop)
    {
        var page = first;
        for (var step = 0; step < MaxRedirects && Redirect(page, at) is { } next; step++)
        {
            if (!DomainName.IsWithin(next.Host.ToLowerInvariant(), run.Domain))
                return (page, true);
            if (next.Scheme != Uri.UriSchemeHttps || next.Port != run.Settings.HttpsPort)
                return (page, false);
            (page, at) = (await http.GetAsync(next, stop), next);
        }

        return (page, false);
    }

    private static Uri AddressOf(string scheme, HostAddresses host, int port) => new UriBuilder(scheme, host.Host, port, "/").Uri;

    private static Uri? Redirect(HttpAnswer answer, Uri at) =>
        answer.Status is HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect
        && Uri.TryCreate(at, answer.Header("Location"), out var next) && next.Scheme is "http" or "https"
            ? next
            : null;

    private static string? Target(HttpAnswer answer, Uri at) => Redirect(answer, at)?.GetLeftPart(UriPartial.Path);

    /// <summary>RFC 6797 section 6.1: only the first header counts, and a directive given twice spoils it.</summary>
    private static (long? Seconds, bool Subdomains) Hsts(string? header)
    {
        var directives = (header ?? "").Split(',')[0].Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var ages = directives.Where(directive => directive.StartsWith("max-age", StringComparison.OrdinalIgnoreCase)).ToList();
        if (ages is not [var age] || !long.TryParse(age[(age.IndexOf('=') + 1)..].Trim().Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
            return (null, false);
        return (seconds, directives.Contains("includeSubDomains", StringComparer.OrdinalIgnoreCase));
    }
}
