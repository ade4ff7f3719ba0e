using Plainproof.Facts;

namespace Plainproof.Features.Sample;

/// <summary>The domain of the made-up company, as anybody sees it.</summary>
internal static class SampleDomain
{
    private const string Name = Larkfield.Domain;
    private const string Mail = $"mail.{Name}";
    private const string Web = $"app.{Name}";

    public static SampleReading Domain(SampleCalendar year, int ago) => new SampleReading("domain", $"domain:{Name}", null, "ask DNS, the web host and the mail host")
        .With("domain", (Name, new DomainSpf(Name, 1, 2, 0, ago >= 340 ? SpfVerdict.Neutral : SpfVerdict.Fail, [], Record: ago >= 340 ? "v=spf1 mx ?all" : "v=spf1 mx -all")))
        .With("dkim", ("s1", new DomainDkim(Name, "s1", DkimState.Usable, "rsa", 2048)))
        .With("domain", (Name, new DomainDmarc(
            Name, 1, Name, [$"mailto:dmarc@{Name}"], [], FoundAt: $"_dmarc.{Name}", Policy: ago >= 200 ? DmarcPolicy.None : DmarcPolicy.Quarantine,
            SubdomainPolicy: ago >= 200 ? DmarcPolicy.None : DmarcPolicy.Quarantine, Record: ago >= 200 ? "v=DMARC1; p=none" : "v=DMARC1; p=quarantine")))
        .With("domain", (Name, new DomainDns(Name, [$"ns1.{Name}", $"ns2.{Name}"], ago >= 120 ? [] : ["ca.example.test"], ago >= 120 ? null : Name)))
        .With("domain", (Name, new DomainDnssec(Name, false, false, false, [])))
        .With("domain", (Name, new DomainRegistration(Name, ["clientTransferProhibited"], true, year.At(-210))))
        .With("web", (Web, new WebTls(Web, 443, "192.0.2.20", ago >= 290 ? [TlsVersion.Tls11, TlsVersion.Tls12, TlsVersion.Tls13] : [TlsVersion.Tls12, TlsVersion.Tls13], [TlsVersion.Ssl30, TlsVersion.Tls10])))
        .With("web", (Web, new WebCertificate(Web, 443, Certificate(year, ago, Web))))
        .With("web", (Web, new WebHttps(
            Web, true, NoSniff: true, ContentPolicy: false, FrameProtection: true, HttpAnswers: true, CertificateTrusted: true, HttpStatus: 301, HttpGoesTo: $"https://{Web}/",
            HttpsStatus: 200, HstsSeconds: ago >= 310 ? null : 31_536_000)))
        .With("mail", (Mail, new MailServer(Mail, 25, "192.0.2.25", true, [TlsVersion.Tls12, TlsVersion.Tls13], Certificate(year, ago, Mail))))
        .With("domain", (Name, new MailSts(Name, ago < 90, [], true, 1, 0, false, ago < 90 ? StsMode.Testing : null, ago < 90 ? 604_800 : null)));

    /// <summary>Made anew every eight weeks, for twelve.</summary>
    private static ServerCertificate Certificate(SampleCalendar year, int ago, string host)
    {
        var made = (ago / 56 + 1) * 56;
        return new ServerCertificate(
            $"CN={host}", "CN=Example Test CA", year.At(made), year.At(made - 84), true, true, false, "ECDSA", 256, [host], [],
            Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes($"{host} {made % 56}"))));
    }
}
