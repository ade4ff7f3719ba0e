using Plainproof.Facts;

namespace Plainproof.Checks.Domains;

/// <summary>Words that several checks of a domain share.</summary>
internal static class DomainWords
{
    /// <summary>1.2 for TLS 1.2; 0 for SSL 3.0, which is older than all.</summary>
    public static double NumberOf(TlsVersion version) => version switch
    {
        TlsVersion.Tls10 => 1.0,
        TlsVersion.Tls11 => 1.1,
        TlsVersion.Tls12 => 1.2,
        TlsVersion.Tls13 => 1.3,
        _ => 0,
    };

    public static string Versions(IEnumerable<TlsVersion> versions) => List(versions.Select(version => version switch
    {
        TlsVersion.Tls10 => "TLS 1.0",
        TlsVersion.Tls11 => "TLS 1.1",
        TlsVersion.Tls12 => "TLS 1.2",
        TlsVersion.Tls13 => "TLS 1.3",
        _ => "SSL 3.0",
    }));

    public static string List(IEnumerable<string> items) => items.ToList() switch
    {
        [] => "nothing",
        [var only] => only,
        [.. var first, var last] => $"{string.Join(", ", first)} and {last}",
    };

    /// <summary>Each thing that makes a client refuse the certificate on the given day, in plain words; empty when it holds.</summary>
    public static IEnumerable<string> Faults(ServerCertificate it, string host, DateTimeOffset asOf)
    {
        if (!it.NameMatches)
            yield return $"It is not for the name {host}.";
        if (it.SelfSigned && !it.Trusted)
            yield return "It is self-signed, so nobody vouches for it.";
        else if (!it.Trusted)
            yield return string.Join(' ', it.Problems.DefaultIfEmpty("No authority that is trusted vouches for it."));
        if (it.NotAfter <= asOf)
            yield return $"It ended on {it.NotAfter:yyyy-MM-dd}.";
        if (it.NotBefore > asOf)
            yield return $"It starts only on {it.NotBefore:yyyy-MM-dd}.";
    }
}
