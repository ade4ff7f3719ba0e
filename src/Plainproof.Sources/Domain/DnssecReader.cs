using DnsClient;
using DnsClient.Protocol;
using Plainproof.Facts;

namespace Plainproof.Sources.Domain;

/// <summary>
/// Whether the zone is signed and the chain from above holds. We do not validate signatures ourselves:
/// a resolver that validates says so with the AD bit, and without one a signed zone stays unproven.
/// </summary>
internal static class DnssecReader
{
    public static async Task<AspectRead> ReadAsync(DomainRun run, Conversation dns)
    {
        var zone = await ZoneOfAsync(dns, run.Domain);
        var atParent = await dns.AskAsync(zone, QueryType.DS);
        var keys = await dns.AskAsync(zone, QueryType.DNSKEY);
        var links = atParent.Of<DsRecord>().ToList();
        var fact = new DomainDnssec(
            run.Domain, links.Count > 0, keys.Of<DnsKeyRecord>().Any(), keys.Authenticated && links.Count > 0,
            [.. links.Select(link => WeakName(link.Algorithm)).OfType<string>().Distinct()]);
        return keys.Authenticated || atParent.Authenticated || await ValidatesAsync(dns, run.Domain)
            ? AspectRead.Complete(dns.Evidence, new Seen("domain", run.Domain, fact, keys.Path))
            : new AspectRead(dns.Evidence, [], Completeness.Unproven, 0, null, "The DNS server that was asked does not check DNSSEC signatures.",
                "Ask a DNS server that does, such as resolver=9.9.9.9");
    }

    /// <summary>Asks for names that are signed almost everywhere: the top-level domain and the root.</summary>
    private static async Task<bool> ValidatesAsync(Conversation dns, string domain) =>
        (await dns.TryAskAsync(domain[(domain.LastIndexOf('.') + 1)..], QueryType.SOA)).Authenticated
        || (await dns.TryAskAsync(".", QueryType.SOA)).Authenticated;

    /// <summary>The name at or above the domain that has a zone of its own.</summary>
    private static async Task<string> ZoneOfAsync(Conversation dns, string domain)
    {
        foreach (var name in DomainName.Climb(domain, fewest: 2))
        {
            if ((await dns.AskAsync(name, QueryType.SOA)).Of<SoaRecord>().Any())
                return name;
        }

        return domain;
    }

    /// <summary>RFC 8624 section 3.1 and RFC 9905: algorithms that must not be used for signing.</summary>
    private static string? WeakName(DnsSecurityAlgorithm algorithm) => (int)algorithm switch
    {
        1 => "RSA/MD5",
        3 or 6 => "DSA/SHA-1",
        5 or 7 => "RSA/SHA-1",
        12 => "GOST",
        _ => null,
    };
}
