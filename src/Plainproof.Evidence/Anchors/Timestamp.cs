using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;

namespace Plainproof.Evidence;

/// <summary>
/// A time-stamp token held against everything it must fit: the request with its nonce, the stamped bytes, the signer's certificate for
/// this one use, and a chain to a trusted root at a given time (RFC 3161 section 2.4.2). Revocation is not looked up.
/// </summary>
internal static class Timestamp
{
    private const string TimeStampingUse = "1.3.6.1.5.5.7.3.8";

    public static Rfc3161TimestampRequest RequestFor(ReadOnlySpan<byte> data)
    {
        var nonce = RandomNumberGenerator.GetBytes(8);
        nonce[0] = (byte)((nonce[0] & 0x3F) | 0x40);
        return Rfc3161TimestampRequest.CreateFromData(data, HashAlgorithmName.SHA256, nonce: nonce, requestSignerCertificates: true);
    }

    /// <summary>The time the authority vouches for.</summary>
    /// <param name="request">As sent.</param>
    /// <param name="response">As received.</param>
    /// <param name="data">The bytes that were to be stamped.</param>
    /// <param name="roots">Trusted certificates.</param>
    /// <param name="at">When the certificates must be valid; by default the time in the token, because certificates end before evidence does.</param>
    /// <exception cref="EvidenceException">It does not fit; the message says what.</exception>
    public static DateTimeOffset Check(
        byte[] request, byte[] response, byte[] data, X509Certificate2Collection roots, DateTimeOffset? at = null)
    {
        try
        {
            var token = Open(request, response);
            if (!token.VerifySignatureForData(data, out var signer)) throw new EvidenceException("the token stamps other data");
            RequireUse(signer!);
            RequireChain(signer!, token, roots, at ?? token.TokenInfo.Timestamp);
            return token.TokenInfo.Timestamp;
        }
        catch (CryptographicException malformed)
        {
            throw new EvidenceException(malformed.Message.TrimEnd('.'), malformed);
        }
    }

    private static Rfc3161TimestampToken Open(byte[] request, byte[] response)
    {
        if (!Rfc3161TimestampRequest.TryDecode(request, out var asked, out var requestLength) || requestLength != request.Length)
            throw new EvidenceException("the time-stamp request cannot be read");
        var token = asked.ProcessResponse(response, out var responseLength);
        return responseLength == response.Length ? token : throw new EvidenceException("the time-stamp answer has bytes after its end");
    }

    private static void RequireUse(X509Certificate2 signer)
    {
        var use = signer.Extensions.OfType<X509EnhancedKeyUsageExtension>().SingleOrDefault();
        if (use is not { Critical: true } || use.EnhancedKeyUsages.Count != 1 || use.EnhancedKeyUsages[0].Value != TimeStampingUse)
            throw new EvidenceException("the signer's certificate is not for time stamping alone");
    }

    private static void RequireChain(
        X509Certificate2 signer, Rfc3161TimestampToken token, X509Certificate2Collection roots, DateTimeOffset at)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(roots);
        chain.ChainPolicy.ExtraStore.AddRange(token.AsSignedCms().Certificates);
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid(TimeStampingUse));
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.VerificationTime = at.LocalDateTime;
        if (chain.Build(signer)) return;
        var reasons = chain.ChainStatus.Select(status => status.StatusInformation.Trim().TrimEnd('.')).Distinct();
        throw new EvidenceException($"the signer's certificate does not lead to a trusted one: {string.Join("; ", reasons)}");
    }
}
