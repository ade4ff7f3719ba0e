using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Plainproof.Tests.Servers;

/// <summary>A root, an authority below it, and the server certificates they issue, good and bad; files in one folder.</summary>
internal sealed class DomainCertificates : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly X509Certificate2 _root = Authority("CN=Plainproof test root", null);
    private readonly X509Certificate2 _between;

    public DomainCertificates()
    {
        _between = Authority("CN=Plainproof test authority", _root);
        RootFile = _folder.Write("root.pem", _root.ExportCertificatePem());
    }

    public string RootFile { get; }

    /// <summary>Issues a certificate and writes it, with the one in between, and its key.</summary>
    public (string Certificate, string Key) Issue(
        string file, string[] names, int daysLeft = 90, int rsaBits = 0, bool withChain = true, bool selfSigned = false)
    {
        using var rsa = rsaBits > 0 ? RSA.Create(rsaBits) : null;
        using var ecdsa = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var subject = new X500DistinguishedName($"CN={names[0]}");
        var request = rsa is not null
            ? new CertificateRequest(subject, rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            : new CertificateRequest(subject, ecdsa, HashAlgorithmName.SHA256);
        var alternatives = new SubjectAlternativeNameBuilder();
        foreach (var name in names)
            alternatives.AddDnsName(name);
        request.CertificateExtensions.Add(alternatives.Build());
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], critical: false));
        var (from, until) = (DateTimeOffset.UtcNow.AddDays(-200), DateTimeOffset.UtcNow.AddDays(daysLeft));
        using var certificate = selfSigned
            ? request.CreateSelfSigned(from, until)
            : request.Create(_between.SubjectName, X509SignatureGenerator.CreateForECDsa(_between.GetECDsaPrivateKey()!), from, until, RandomNumberGenerator.GetBytes(8));
        var pem = certificate.ExportCertificatePem() + "\n" + (withChain && !selfSigned ? _between.ExportCertificatePem() + "\n" : "");
        return (_folder.Write($"{file}.crt", pem), _folder.Write($"{file}.key", rsa?.ExportPkcs8PrivateKeyPem() ?? ecdsa.ExportPkcs8PrivateKeyPem()));
    }

    public void Dispose()
    {
        _root.Dispose();
        _between.Dispose();
        _folder.Dispose();
    }

    private static X509Certificate2 Authority(string name, X509Certificate2? above)
    {
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        var (from, until) = (DateTimeOffset.UtcNow.AddDays(-400), DateTimeOffset.UtcNow.AddDays(4000));
        return above is null
            ? request.CreateSelfSigned(from, until)
            : request.Create(above, from.AddDays(1), until.AddDays(-1), RandomNumberGenerator.GetBytes(8)).CopyWithPrivateKey(key);
    }
}
