using System.Globalization;
using System.Net;
using DnsClient;
using DnsClient.Protocol;
using Plainproof.Facts;

namespace Plainproof.Sources.Domain;

/// <summary>Whether senders are told to insist on encryption: MTA-STS (RFC 8461), TLS reports (RFC 8460), DANE (RFC 7672).</summary>
internal static class StsReader
{
    public static async Task<AspectRead> ReadAsync(DomainRun run, Conversation dns)
    {
        var mail = await MailHosts.FindAsync(run, dns);
        if (mail.TakesNoMail)
            return AspectRead.ProvenEmpty(dns.Evidence, "The domain takes no mail.");

        var announced = (await dns.AskAsync($"_mta-sts.{run.Domain}", QueryType.TXT)).Texts.Where(text => TagList.Starts(text, "STSv1")).ToList();
        var policy = announced.Count switch
        {
            0 => Policy.None,
            1 when TagList.Parse(announced[0])["id"] is not { Length: > 0 } => Policy.Broken("The _mta-sts record has no id."),
            1 => await run.WithinLimitAsync($"mta-sts.{run.Domain}", stop => FetchAsync(run, dns, stop)),
            var many => Policy.Broken($"There are {many} _mta-sts records."),
        };
        var reports = (await dns.AskAsync($"_smtp._tls.{run.Domain}", QueryType.TXT)).Texts.Any(text => TagList.Starts(text, "TLSRPTv1") && TagList.Parse(text)["rua"] is not null);
        var (withDane, validated) = await DaneAsync(dns, mail.Hosts);
        var fact = new MailSts(
            run.Domain, announced.Count > 0, policy.Mode is null ? [] : [.. mail.Hosts.Where(host => !policy.Covers(host))], reports, mail.Hosts.Count, withDane, validated,
            policy.Mode, policy.MaxAge, policy.Problem);
        return AspectRead.Complete(dns.Evidence, new Seen("domain", run.Domain, fact, policy.Path ?? mail.Path));
    }

    private static async Task<(int With, bool Validated)> DaneAsync(Conversation dns, IReadOnlyList<string> hosts)
    {
        var (with, validated) = (0, true);
        foreach (var host in hosts)
        {
            var answer = await dns.AskAsync($"_25._tcp.{host}", QueryType.TLSA);
            if (answer.Of<TlsaRecord>().Any())
                (with, validated) = (with + 1, validated && answer.Authenticated);
        }

        return (with, with > 0 && validated);
    }

    /// <summary>Senders take the policy only over a connection whose certificate holds, and follow no redirect (RFC 8461 section 3.3).</summary>
    private static async Task<Policy> FetchAsync(DomainRun run, Conversation dns, CancellationToken stop)
    {
        var host = await HostFinder.FindAsync(dns, $"mta-sts.{run.Domain}", run.Settings.Private);
        if (!host.Resolves)
            return Policy.Broken($"{host.Host} has no address, so the policy cannot be fetched.");
        using var http = new HttpTalk(run, dns);
        var answer = await http.GetAsync(new UriBuilder("https", host.Host, run.Settings.HttpsPort, "/.well-known/mta-sts.txt").Uri, stop, withBody: true);
        if (!answer.CertificateHolds(run.Clock.GetUtcNow()))
            return Policy.Broken($"The certificate of {host.Host} does not hold, so senders ignore the policy.", answer.Path);
        return answer.Status == HttpStatusCode.OK
            ? Policy.Parse(answer.Body ?? "") with { Path = answer.Path }
            : Policy.Broken($"The policy file answers with status {(int)answer.Status}.", answer.Path);
    }

    private sealed record Policy(StsMode? Mode, long? MaxAge, IReadOnlyList<string> Patterns, string? Problem, string? Path = null)
    {
        public static Policy None { get; } = new(null, null, [], null);

        public static Policy Broken(string why, string? path = null) => new(null, null, [], why, path);

        public static Policy Parse(string text)
        {
            var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .Select(line => line.Split(':', 2, StringSplitOptions.TrimEntries)).Where(pair => pair.Length == 2).ToList();
            string? First(string key) => lines.FirstOrDefault(pair => pair[0] == key)?[1];

            if (First("version") != "STSv1")
                return Broken("The policy file does not say version: STSv1.");
            if (!Enum.TryParse<StsMode>(First("mode"), ignoreCase: true, out var mode) || First("mode") is not ("enforce" or "testing" or "none"))
                return Broken("The mode in the policy file is not enforce, testing or none.");
            if (!long.TryParse(First("max_age"), NumberStyles.None, CultureInfo.InvariantCulture, out var age))
                return Broken("The policy file has no valid max_age.");
            return new Policy(mode, age, [.. lines.Where(pair => pair[0] == "mx").Select(pair => pair[1].TrimEnd('.').ToLowerInvariant())], null);
        }

        /// <summary>A star stands for exactly one label on the left (RFC 8461 section 4.1).</summary>
        public bool Covers(string host) => Patterns.Any(pattern =>
            pattern == host || (pattern.StartsWith("*.", StringComparison.Ordinal) && host.IndexOf('.') is > 0 and var dot && host[dot..] == pattern[1..]));
    }
}
