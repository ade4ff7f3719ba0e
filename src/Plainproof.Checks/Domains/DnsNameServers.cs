using Plainproof.Facts;

namespace Plainproof.Checks.Domains;

/// <summary>The domain stays reachable when one name server fails (RFC 1034 section 4.1).</summary>
internal sealed class DnsNameServers : EachCheck<DomainDns>
{
    protected override Outcome Judge(DomainDns it, Given given) => PassWhen(it.NameServers.Count >= given["nameServers"]);

    protected override string Say(DomainDns it, Dated about, Outcome outcome, Given given) =>
        $"{it.Domain} has {it.NameServers.Count} name server{(it.NameServers.Count == 1 ? "" : "s")}{(it.NameServers.Count == 0 ? "" : $": {DomainWords.List(it.NameServers)}")}.";
}
