using DnsClient;
using DnsClient.Protocol;
using Plainproof.Facts;

namespace Plainproof.Sources.Domain;

/// <summary>Name servers, and the authorities that may issue certificates (CAA, RFC 8659).</summary>
internal static class DnsReader
{
    public static async Task<AspectRead> ReadAsync(DomainRun run, Conversation dns)
    {
        var path = "";
        var servers = new List<string>();
        foreach (var name in DomainName.Climb(run.Domain, fewest: 2))
        {
            var answer = await dns.AskAsync(name, QueryType.NS);
            path = answer.Path;
            servers = [.. answer.Of<NsRecord>().Select(record => Plain(record.NSDName)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
            if (servers.Count > 0)
                break;
        }

        var (at, mayIssue) = await IssuersAsync(dns, run.Domain);
        return AspectRead.Complete(dns.Evidence, new Seen("domain", run.Domain, new DomainDns(run.Domain, servers, mayIssue, at), path));
    }

    /// <summary>Climbs until a name has CAA records; the top-level domain counts too, the root does not.</summary>
    private static async Task<(string? At, IReadOnlyList<string> MayIssue)> IssuersAsync(Conversation dns, string domain)
    {
        foreach (var name in DomainName.Climb(domain))
        {
            var records = (await dns.AskAsync(name, QueryType.CAA)).Of<CaaRecord>().ToList();
            var issuers = records.Where(record => record.Tag.Equals("issue", StringComparison.OrdinalIgnoreCase)).ToList();
            if (issuers.Count > 0)
                return (name, [.. issuers.Select(record => record.Value.Split(';')[0].Trim()).Where(issuer => issuer.Length > 0).Distinct().Order(StringComparer.Ordinal)]);
            if (records.Count > 0)
                return (null, []);
        }

        return (null, []);
    }

    private static string Plain(DnsString name) => name.Value.TrimEnd('.').ToLowerInvariant();
}
