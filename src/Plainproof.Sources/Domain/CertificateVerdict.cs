using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Plainproof.Facts;

namespace Plainproof.Sources.Domain;

/// <summary>
/// Judges a certificate by the authorities of this host, or those given. Nothing is fetched: no revocation list and no missing
/// certificate in between, since that would contact strangers.
/// </summary>
internal static class CertificateVerdict
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    /// <exception cref="CannotRead">The bytes are no certificate.</exception>
    public static ServerCertificate Of(string host, byte[] leafDer, IEnumerable<byte[]> othersDer, X509Certificate2Collection? trusted, DateTimeOffset now)
    {
        try
        {
            using var leaf = X509CertificateLoader.LoadCertificate(leafDer);
            var problems = Chain(leaf, othersDer, trusted, now);
            var (type, bits) = KeyOf(leaf);
            return new ServerCertificate(
                leaf.Subject, leaf.Issuer, new DateTimeOffset(leaf.NotBefore.ToUniversalTime()), new DateTimeOffset(leaf.NotAfter.ToUniversalTime()),
                leaf.MatchesHostname(host, allowWildcards: true, allowCommonName: false), problems.Count == 0,
                leaf.SubjectName.RawData.AsSpan().SequenceEqual(leaf.IssuerName.RawData), type, bits, NamesOf(leaf), problems,
                Convert.ToHexStringLower(SHA256.HashData(leafDer)));
        }
        catch (CryptographicException e)
        {
            throw new CannotRead(Completeness.Failed, $"The certificate of {host} could not be read: {e.Message.TrimEnd('.')}.", $"Look at it: openssl s_client -connect {host}:443", e);
        }
    }

    private static List<string> Chain(X509Certificate2 leaf, IEnumerable<byte[]> othersDer, X509Certificate2Collection? trusted, DateTimeOffset now)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.VerificationTime = now.UtcDateTime;
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid(ServerAuthentication));
        if (trusted is not null)
        {
            chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            chain.ChainPolicy.CustomTrustStore.AddRange(trusted);
        }

        foreach (var der in othersDer)
            chain.ChainPolicy.ExtraStore.Add(X509CertificateLoader.LoadCertificate(der));
        chain.Build(leaf);

        var leafTime = chain.ChainElements[0].ChainElementStatus.Any(status => status.Status == X509ChainStatusFlags.NotTimeValid);
        var othersTime = chain.ChainElements.Skip(1).Any(element => element.ChainElementStatus.Any(status => status.Status == X509ChainStatusFlags.NotTimeValid));
        return [.. chain.ChainStatus
            .Select(status => status.Status)
            .Where(status => status != X509ChainStatusFlags.NotTimeValid || othersTime || !leafTime)
            .Distinct()
            .Select(Words)];
    }

    private static string Words(X509ChainStatusFlags status) => status switch
    {
        X509ChainStatusFlags.UntrustedRoot => "No authority that is trusted vouches for it.",
        X509ChainStatusFlags.PartialChain => "No chain leads to a trusted authority; the server may not send the certificates in between.",
        X509ChainStatusFlags.NotTimeValid => "A certificate above it is out of date.",
        X509ChainStatusFlags.NotSignatureValid => "Its signature is not valid.",
        X509ChainStatusFlags.NotValidForUsage => "It is not meant for servers.",
        X509ChainStatusFlags.HasWeakSignature => "It is signed in a way that is too weak.",
        X509ChainStatusFlags.Revoked => "It was revoked.",
        _ => $"The chain is not valid ({status}).",
    };

    private static (string Type, int Bits) KeyOf(X509Certificate2 leaf)
    {
        using var rsa = leaf.GetRSAPublicKey();
        if (rsa is not null)
            return ("RSA", rsa.KeySize);
        using var ecdsa = leaf.GetECDsaPublicKey();
        return ecdsa is not null ? ("ECDSA", ecdsa.KeySize) : (leaf.PublicKey.Oid.FriendlyName ?? leaf.PublicKey.Oid.Value ?? "unknown", 0);
    }

    private static IReadOnlyList<string> NamesOf(X509Certificate2 leaf) =>
        [.. leaf.Extensions.OfType<X509SubjectAlternativeNameExtension>().SelectMany(names => names.EnumerateDnsNames())];
}
