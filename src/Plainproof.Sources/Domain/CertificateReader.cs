using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Plainproof.Facts;

namespace Plainproof.Sources.Domain;

/// <summary>Gets a server's certificates: by a normal handshake, and by hand where the server speaks only what this host's library refuses.</summary>
internal static class CertificateReader
{
    private static readonly TlsVersion[] ByHand = [TlsVersion.Tls12, TlsVersion.Tls11, TlsVersion.Tls10];

    /// <exception cref="CannotRead">The server showed no certificate.</exception>
    public static async Task<(ServerCertificate Certificate, string Path)> ReadAsync(
        string host, int port, Func<CancellationToken, Task<Line>> openAsync, DomainRun run, Evidence evidence, CancellationToken stop)
    {
        var shown = await ByHandshakeAsync(host, openAsync, stop);
        for (var at = 0; shown.Count == 0 && at < ByHand.Length; at++)
        {
            using var line = await openAsync(stop);
            shown = (await TlsProbe.AskAsync(line, ByHand[at], host, withCertificates: true, run.Settings.Timeout / 5, stop)).Certificates;
        }

        if (shown.Count == 0)
            throw new CannotRead(Completeness.Unreachable, $"{host} showed no certificate on port {port}.", $"Look at it: openssl s_client -connect {host}:{port} -servername {host}");
        var path = evidence.Add(new { certificates = $"{host}:{port}", der = shown.Select(Convert.ToBase64String) });
        return (CertificateVerdict.Of(host, shown[0], shown.Skip(1), run.Settings.Trusted, run.Clock.GetUtcNow()), path);
    }

    /// <summary>
    /// The callback lets every certificate through, since a bad one is what we came to see; nothing is sent over the connection,
    /// and the verdict is recorded.
    /// </summary>
    private static async Task<IReadOnlyList<byte[]>> ByHandshakeAsync(string host, Func<CancellationToken, Task<Line>> openAsync, CancellationToken stop)
    {
        var shown = new List<byte[]>();
        using var line = await openAsync(stop);
        await using var tls = new SslStream(line.Stream, leaveInnerStreamOpen: true);
        try
        {
            await tls.AuthenticateAsClientAsync(
                new SslClientAuthenticationOptions
                {
                    TargetHost = host,
                    CertificateChainPolicy = new X509ChainPolicy { RevocationMode = X509RevocationMode.NoCheck, DisableCertificateDownloads = true },
                    RemoteCertificateValidationCallback = (_, certificate, chain, _) =>
                    {
                        if (certificate is not null)
                            shown.AddRange([certificate.GetRawCertData(), .. chain?.ChainPolicy.ExtraStore.Select(other => other.RawData) ?? []]);
                        return true;
                    },
                },
                stop);
        }
        catch (Exception e) when (e is AuthenticationException or IOException)
        {
            return shown;
        }

        return shown;
    }
}
