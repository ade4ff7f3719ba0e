using DnsClient;
using DnsClient.Protocol;

namespace Plainproof.Sources.Domain;

/// <param name="Hosts">Best first; the domain itself when it has an address and no MX (RFC 5321 section 5.1).</param>
/// <param name="Left">Servers beyond the first ones, which are not asked.</param>
/// <param name="TakesNoMail">A null MX (RFC 7505), or neither MX nor address.</param>
internal sealed record MailHosts(IReadOnlyList<string> Hosts, int Left, bool TakesNoMail, string Path)
{
    private const int MostHosts = 20;

    public static async Task<MailHosts> FindAsync(DomainRun run, Conversation dns)
    {
        var answer = await dns.AskAsync(run.Domain, QueryType.MX);
        var servers = answer.Of<MxRecord>().OrderBy(record => record.Preference).Select(record => record.Exchange.Value.TrimEnd('.').ToLowerInvariant()).Distinct().ToList();
        if (servers is [""])
            return new MailHosts([], 0, true, answer.Path);
        if (servers.Count > 0)
            return new MailHosts([.. servers.Where(server => server.Length > 0).Take(MostHosts)], Math.Max(0, servers.Count - MostHosts), false, answer.Path);
        var self = await HostFinder.FindAsync(dns, run.Domain, run.Settings.Private);
        return new MailHosts(self.Resolves ? [run.Domain] : [], 0, !self.Resolves, answer.Path);
    }
}
