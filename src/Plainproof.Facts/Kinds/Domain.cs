namespace Plainproof.Facts;

/// <summary>What a sender policy says of a server that it does not name (RFC 7208 section 4.6.2).</summary>
public enum SpfVerdict
{
    /// <summary>Nothing is said: no <c>all</c> and no redirect.</summary>
    None,
    Pass,
    Neutral,
    SoftFail,
    Fail,
}

/// <param name="Records">SPF records found at the domain; more than one is an error (RFC 7208 section 4.5).</param>
/// <param name="LookUps">DNS look-ups that a full evaluation needs; the limit is ten. Counting stops soon after the limit.</param>
/// <param name="VoidLookUps">Look-ups that find nothing; the limit is two.</param>
/// <param name="Others">What happens to mail from a server that is not listed.</param>
/// <param name="Problems">Each thing that makes receivers ignore the record, in plain words.</param>
/// <param name="SendsNoMail">True for exactly <c>v=spf1 -all</c>: nobody may send.</param>
[Kind("domain.spf", "Mail: which servers may send for the domain (SPF)")]
public sealed record DomainSpf(
    string Domain, int Records, int LookUps, int VoidLookUps, SpfVerdict Others, IReadOnlyList<string> Problems,
    bool SendsNoMail = false, string? Record = null);

public enum DkimState
{
    Usable,

    /// <summary>The company named the selector, and the name holds no key.</summary>
    Missing,

    /// <summary>An empty key: signatures with it are void (RFC 6376 section 3.6.1).</summary>
    Revoked,

    /// <summary>A record that no receiver can read.</summary>
    Broken,
}

/// <param name="KeyType"><c>rsa</c> or <c>ed25519</c>.</param>
/// <param name="Bits">Length of the modulus of an RSA key.</param>
/// <param name="Testing">True when the record says <c>t=y</c>: receivers may ignore failures.</param>
[Kind("domain.dkim", "Mail: the keys that sign mail (DKIM)")]
public sealed record DomainDkim(
    string Domain, string Selector, DkimState State, string? KeyType = null, int? Bits = null, bool Testing = false, string? Problem = null);

public enum DmarcPolicy
{
    None,
    Quarantine,
    Reject,
}

/// <param name="FoundAt">The name that holds the record in force, found by the tree walk; null when there is none.</param>
/// <param name="OrganisationalDomain">As the tree walk finds it (RFC 9989).</param>
/// <param name="Policy">What the record asks for mail from this very domain; null when no record is in force.</param>
/// <param name="SubdomainPolicy">What it asks for mail from names below.</param>
/// <param name="MissingNamePolicy">What it asks for mail from names that do not exist.</param>
/// <param name="Testing"><c>t=y</c>: receivers apply the next weaker policy.</param>
/// <param name="Percent"><c>pct</c> of older records; 100 when not given.</param>
/// <param name="ReportsTo">Addresses that get the daily reports (<c>rua</c>).</param>
/// <param name="Records">DMARC records at the domain's own name; more than one makes receivers ignore all.</param>
[Kind("domain.dmarc", "Mail: what happens to forged mail (DMARC)")]
public sealed record DomainDmarc(
    string Domain, int Records, string OrganisationalDomain, IReadOnlyList<string> ReportsTo, IReadOnlyList<string> Problems,
    bool Testing = false, int Percent = 100, string? FoundAt = null, DmarcPolicy? Policy = null,
    DmarcPolicy? SubdomainPolicy = null, DmarcPolicy? MissingNamePolicy = null, string? Record = null);

/// <param name="NameServers">Names of the servers that answer for the domain.</param>
/// <param name="CaaAt">The name whose CAA records are in force, found by climbing (RFC 8659); null when there are none.</param>
/// <param name="MayIssue">Authorities that may issue certificates; empty with <paramref name="CaaAt"/> set means that nobody may.</param>
[Kind("domain.dns", "DNS: name servers, and who may issue certificates (CAA)")]
public sealed record DomainDns(
    string Domain, IReadOnlyList<string> NameServers, IReadOnlyList<string> MayIssue, string? CaaAt = null);

/// <param name="ParentHasKey">The parent zone holds a DS record.</param>
/// <param name="HasKeys">The zone holds DNSKEY records.</param>
/// <param name="Validated">A resolver that validates vouches for the answer.</param>
/// <param name="WeakAlgorithms">Algorithms of the DS records that must no longer be used for signing (RFC 8624).</param>
[Kind("domain.dnssec", "DNS: signatures (DNSSEC)")]
public sealed record DomainDnssec(
    string Domain, bool ParentHasKey, bool HasKeys, bool Validated, IReadOnlyList<string> WeakAlgorithms);

/// <param name="ExpiresAt">When the registration ends unless renewed.</param>
/// <param name="TransferLocked">True when the registrar or registry forbids moving the domain.</param>
[Kind("domain.registration", "Registration of the domain: end date and lock")]
public sealed record DomainRegistration(
    string Domain, IReadOnlyList<string> Status, bool TransferLocked, DateTimeOffset? ExpiresAt = null);

public enum TlsVersion
{
    Ssl30,
    Tls10,
    Tls11,
    Tls12,
    Tls13,
}

/// <param name="Accepts">Versions with which a handshake starts, oldest first.</param>
/// <param name="Address">The address that was asked; a name may have others.</param>
[Kind("web.tls", "Web hosts: which TLS versions they accept")]
public sealed record WebTls(string Host, int Port, string Address, IReadOnlyList<TlsVersion> Accepts, IReadOnlyList<TlsVersion> Refuses);

/// <summary>A certificate that a server showed, and whether it can be trusted. Revocation is not asked for.</summary>
/// <param name="NameMatches">The certificate is for the name that was asked.</param>
/// <param name="Trusted">A chain leads to a trusted authority; the end date is left out, since it is judged on its own.</param>
/// <param name="KeyType"><c>RSA</c>, <c>ECDSA</c>, or what the certificate says.</param>
/// <param name="Problems">Why it is not trusted, in plain words.</param>
/// <param name="Sha256">Fingerprint of the certificate.</param>
public sealed record ServerCertificate(
    string Subject, string Issuer, DateTimeOffset NotBefore, DateTimeOffset NotAfter, bool NameMatches, bool Trusted, bool SelfSigned,
    string KeyType, int KeyBits, IReadOnlyList<string> Names, IReadOnlyList<string> Problems, string Sha256);

[Kind("web.certificate", "Web hosts: certificates")]
public sealed record WebCertificate(string Host, int Port, ServerCertificate Certificate);

/// <param name="HttpAnswers">False when the host says that nothing listens for plain HTTP; null when nobody answered.</param>
/// <param name="HttpStatus">Status of the plain HTTP answer.</param>
/// <param name="HttpGoesTo">Where plain HTTP sends the visitor, without query.</param>
/// <param name="HstsSeconds">Null when the header is missing or cannot be read.</param>
/// <param name="LeavesDomain">The site sends visitors to a host of someone else; page headers are theirs.</param>
/// <param name="CertificateTrusted">Browsers heed the header only over a trusted connection (RFC 6797 section 8.1).</param>
[Kind("web.https", "Web hosts: redirects to HTTPS and protective headers")]
public sealed record WebHttps(
    string Host, bool HttpsAnswers, bool NoSniff, bool ContentPolicy, bool FrameProtection,
    bool? HttpAnswers = null, bool LeavesDomain = false, bool HstsSubdomains = false, bool CertificateTrusted = false,
    int? HttpStatus = null, string? HttpGoesTo = null, int? HttpsStatus = null, long? HstsSeconds = null);

/// <param name="StartTls">The server offers an encrypted connection, and starts one.</param>
/// <param name="Accepts">TLS versions with which a handshake starts; empty without STARTTLS.</param>
[Kind("mail.server", "Mail servers: encryption offered to senders")]
public sealed record MailServer(
    string Host, int Port, string Address, bool StartTls, IReadOnlyList<TlsVersion> Accepts, ServerCertificate? Certificate = null, string? Problem = null);

public enum StsMode
{
    None,
    Testing,
    Enforce,
}

/// <param name="StsAnnounced">A <c>_mta-sts</c> record is there.</param>
/// <param name="StsProblem">Why senders would ignore the policy, in plain words.</param>
/// <param name="NotCovered">Mail servers that the policy does not name.</param>
/// <param name="Reports">TLS reports are asked for (RFC 8460).</param>
/// <param name="WithDane">Mail servers with TLSA records (RFC 7672).</param>
/// <param name="DaneValidated">A resolver that validates vouches for all of them.</param>
[Kind("mail.sts", "Mail: whether senders are told to insist on encryption (MTA-STS, DANE)")]
public sealed record MailSts(
    string Domain, bool StsAnnounced, IReadOnlyList<string> NotCovered, bool Reports, int MailServers, int WithDane, bool DaneValidated,
    StsMode? Mode = null, long? MaxAgeSeconds = null, string? StsProblem = null);
