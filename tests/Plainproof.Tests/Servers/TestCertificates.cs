using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Plainproof.Tests.Servers;

/// <summary>An authority of our own and a server certificate for 127.0.0.1 and localhost, as PEM files.</summary>
internal sealed class TestCertificates
{
    private TestCertificates(string authority, string certificate, string key) => (Authority, Certificate, Key) = (authority, certificate, key);

    public string Authority { get; }

    public string Certificate { get; }

    public string Key { get; }

    public static TestCertificates In(TemporaryFolder folder, string name = "server")
    {
        var from = DateTimeOffset.UtcNow.AddDays(-1);
        using var rootKey = RSA.Create(2048);
        var rootRequest = new CertificateRequest($"CN=Test authority of {name}", rootKey, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        rootRequest.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, false, 0, critical: true));
        rootRequest.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        using var root = rootRequest.CreateSelfSigned(from, from.AddYears(2));

        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], critical: false));
        using var certificate = request.Create(root, from, from.AddYears(1), RandomNumberGenerator.GetBytes(8));

        var keyFile = folder.Write($"{name}.key", key.ExportPkcs8PrivateKeyPem());
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(keyFile, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return new TestCertificates(folder.Write($"{name}-ca.pem", root.ExportCertificatePem()), folder.Write($"{name}.pem", certificate.ExportCertificatePem()), keyFile);
    }
}
