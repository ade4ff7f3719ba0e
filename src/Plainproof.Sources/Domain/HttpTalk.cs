using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Plainproof.Facts;

namespace Plainproof.Sources.Domain;

/// <param name="Certificate">What the server showed; null for plain HTTP.</param>
/// <param name="Path">Where the answer stands in the evidence.</param>
internal sealed record HttpAnswer(HttpStatusCode Status, HttpHeaders Headers, ServerCertificate? Certificate, string? Body, string Path)
{
    public string? Header(string name) => Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : null;

    public bool CertificateHolds(DateTimeOffset now) =>
        Certificate is { Trusted: true, NameMatches: true } shown && shown.NotBefore <= now && now <= shown.NotAfter;
}

/// <summary>
/// Asks the target's own hosts over HTTP: no cookies, no proxy, no redirect followed by itself, and only addresses that
/// <see cref="HostFinder"/> let through.
/// </summary>
internal sealed class HttpTalk : IDisposable
{
    private const int MaxBody = 64 * 1024;
    private static readonly string[] Kept =
        ["Location", "Strict-Transport-Security", "Content-Security-Policy", "X-Content-Type-Options", "X-Frame-Options", "Content-Type"];

    private readonly DomainRun _run;
    private readonly Conversation _dns;
    private readonly HttpClient _client;
    private ServerCertificate? _shown;

    public HttpTalk(DomainRun run, Conversation dns)
    {
        (_run, _dns) = (run, dns);
        _client = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            MaxResponseHeadersLength = 64,
            PooledConnectionLifetime = TimeSpan.Zero,
            ConnectCallback = ConnectAsync,
            SslOptions = new SslClientAuthenticationOptions
            {
                CertificateChainPolicy = new X509ChainPolicy { RevocationMode = X509RevocationMode.NoCheck, DisableCertificateDownloads = true },
                RemoteCertificateValidationCallback = Record,
            },
        });
        _client.DefaultRequestHeaders.UserAgent.ParseAdd("Plainproof/1 (read-only check)");
    }

    /// <summary>One GET. The body is read only when asked for, and then at most 64 KB of it.</summary>
    /// <remarks>A certificate that does not hold is recorded in the answer; whoever uses the answer must look at it.</remarks>
    /// <exception cref="CannotRead">No answer came.</exception>
    public async Task<HttpAnswer> GetAsync(Uri address, CancellationToken stop, bool withBody = false)
    {
        _shown = null;
        var began = Stopwatch.GetTimestamp();
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            using var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop);
            var body = withBody ? await BodyAsync(response, stop) : null;
            _run.Called(new Call($"GET {address.Scheme}", Milliseconds: Stopwatch.GetElapsedTime(began).TotalMilliseconds, Status: $"{(int)response.StatusCode}"));
            return new HttpAnswer(response.StatusCode, response.Headers, _shown, body, WriteDown(address, response, body));
        }
        catch (HttpRequestException e)
        {
            stop.ThrowIfCancellationRequested();
            throw e.InnerException as CannotRead ?? NoAnswer(address, e);
        }
        catch (IOException e)
        {
            throw NoAnswer(address, e);
        }
    }

    public void Dispose() => _client.Dispose();

    private static CannotRead NoAnswer(Uri address, Exception e) => e is HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError }
        || e.InnerException is AuthenticationException
        ? new CannotRead(Completeness.Unreachable, $"{address.Host} and this computer have no TLS version in common, or the handshake broke.", $"Turn on TLS 1.2 and 1.3 for {address.Host}.", e)
        : new CannotRead(Completeness.Unreachable, $"{address.Host} took the connection on port {address.Port} and sent no usable answer.", $"Open {address.GetLeftPart(UriPartial.Path)} in a browser.", e);

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken stop)
    {
        var host = await HostFinder.FindAsync(_dns, context.DnsEndPoint.Host.ToLowerInvariant(), _run.Settings.Private);
        var (client, _) = await Connector.ConnectAsync(host, context.DnsEndPoint.Port, _run.Settings.Timeout, stop);
        return new NetworkStream(client.Client, ownsSocket: true);
    }

    /// <summary>Lets every certificate through and records what is wrong with it: nothing secret is ever sent.</summary>
    private bool Record(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (certificate is not null && sender is SslStream stream)
            _shown = CertificateVerdict.Of(
                stream.TargetHostName, certificate.GetRawCertData(), chain?.ChainPolicy.ExtraStore.Select(other => other.RawData) ?? [],
                _run.Settings.Trusted, _run.Clock.GetUtcNow());
        return true;
    }

    private static async Task<string> BodyAsync(HttpResponseMessage response, CancellationToken stop)
    {
        using var body = await response.Content.ReadAsStreamAsync(stop);
        var buffer = new byte[MaxBody + 1];
        var got = await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, stop);
        return System.Text.Encoding.UTF8.GetString(buffer, 0, Math.Min(got, MaxBody));
    }

    /// <summary>A query in a redirect may carry a token, so it is left out.</summary>
    private string WriteDown(Uri address, HttpResponseMessage response, string? body)
    {
        var headers = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in Kept)
        {
            if (response.Headers.TryGetValues(name, out var values) || response.Content.Headers.TryGetValues(name, out values))
                headers[name] = name == "Location" ? values.First().Split('?')[0] : string.Join(", ", values);
        }

        return _dns.Evidence.Add(new { get = address.GetLeftPart(UriPartial.Path), status = (int)response.StatusCode, headers, certificate = _shown?.Sha256, body });
    }
}
