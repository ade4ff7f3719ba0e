using System.Collections.Frozen;
using DnsClient;
using Plainproof.Facts;

namespace Plainproof.Sources.Domain;

/// <summary>
/// A domain seen from outside: DNS, web hosts and mail servers. Needs no sign-in. Contacts the DNS server, the domain's own hosts
/// and, for the registration, the registry's public service; nobody else.
/// </summary>
internal sealed class DomainSource(TimeProvider clock) : ISource
{
    private static readonly FrozenDictionary<Aspect, Func<DomainRun, Conversation, Task<AspectRead>>> Readers = new Dictionary<Aspect, Func<DomainRun, Conversation, Task<AspectRead>>>
    {
        [Aspect.Of<DomainSpf>()] = SpfReader.ReadAsync,
        [Aspect.Of<DomainDkim>()] = DkimReader.ReadAsync,
        [Aspect.Of<DomainDmarc>()] = DmarcReader.ReadAsync,
        [Aspect.Of<DomainDns>()] = DnsReader.ReadAsync,
        [Aspect.Of<DomainDnssec>()] = DnssecReader.ReadAsync,
        [Aspect.Of<WebTls>()] = WebReader.ReadTlsAsync,
        [Aspect.Of<WebCertificate>()] = WebReader.ReadCertificatesAsync,
        [Aspect.Of<WebHttps>()] = WebReader.ReadHttpsAsync,
        [Aspect.Of<MailServer>()] = MailReader.ReadAsync,
        [Aspect.Of<MailSts>()] = StsReader.ReadAsync,
        [Aspect.Of<DomainRegistration>()] = RegistrationReader.ReadAsync,
    }.ToFrozenDictionary();

    public SourceInfo Info { get; } = new(
        "domain", 1, "Domain", "A domain from outside: DNS, web hosts, mail servers", "DOMAIN", "--source domain=example.com",
        DomainSettings.Options,
        [
            Public<DomainSpf>("TXT of the domain, and what its SPF record points at"),
            Public<DomainDkim>("TXT of SELECTOR._domainkey, for the selectors given and some well-known ones"),
            Public<DomainDmarc>("TXT of _dmarc, here and above"),
            Public<DomainDns>("NS and CAA, here and above"),
            Public<DomainDnssec>("SOA, DS and DNSKEY"),
            Public<WebTls>("the first message of a TLS handshake, once per version"),
            Public<WebCertificate>("one TLS handshake per host"),
            Public<WebHttps>("GET / over HTTP and HTTPS; the page is not read"),
            Public<MailServer>("MX, then EHLO and STARTTLS at each mail server; no mail is offered"),
            Public<MailSts>("TXT of _mta-sts and _smtp._tls, TLSA of each mail server, and the policy file"),
            Public<DomainRegistration>("the public registration record (RDAP)"),
        ],
        "About 60 small DNS questions and 10 connections to each host, at most 4 hosts at once.")
    { Leads = AddressKind.Network };

    public string ScopeOf(Target target) => $"domain:{DomainSettings.Parse(target).Domain}";

    public async Task CollectAsync(Target target, IReadOnlySet<Aspect> wanted, ISink sink, CancellationToken stop)
    {
        var settings = DomainSettings.Parse(target);
        var scope = ScopeOf(target);
        sink.Principal("nobody: public data, no sign-in");
        var telling = new Lock();
        void Called(Call call)
        {
            lock (telling)
                sink.Called(call);
        }

        var run = new DomainRun(settings, new Resolver(settings, Called, stop), clock, Called, stop);
        await MustExistAsync(run);
        var chosen = Readers.Where(pair => wanted.Contains(pair.Key)).ToList();
        var done = 0;
        void Progressed(int more)
        {
            lock (telling)
                sink.Progress($"Reading {settings.Domain}, parts", done += more, chosen.Count);
        }

        Progressed(0);
        var reads = await Task.WhenAll(chosen.Select(async pair =>
        {
            var read = await TryAsync(pair.Value, run);
            Progressed(1);
            return (Aspect: pair.Key, Read: read);
        }));
        foreach (var (aspect, read) in reads)
            await TellAsync(sink, scope, aspect, read, stop);
    }

    /// <summary>A misspelt domain has no flaws; it must not look clean.</summary>
    private static async Task MustExistAsync(DomainRun run)
    {
        if (!(await run.Converse(new Evidence()).AskAsync(run.Domain, QueryType.NS)).Exists)
            throw new CannotRead(Completeness.Unreachable, $"The domain {run.Domain} does not exist in DNS (NXDOMAIN).", "Check the spelling, and that the registration has not ended.");
    }

    /// <summary>One aspect that cannot be read leaves the others alone, and what was said until then stays as evidence.</summary>
    private static async Task<AspectRead> TryAsync(Func<DomainRun, Conversation, Task<AspectRead>> readAsync, DomainRun run)
    {
        var dns = run.Converse(new Evidence());
        try
        {
            return await readAsync(run, dns);
        }
        catch (CannotRead e)
        {
            return new AspectRead(dns.Evidence, [], e.State, 0, null, e.Message, e.Mend);
        }
        catch (Exception e) when (e is not (OperationCanceledException or OutOfMemoryException))
        {
            return new AspectRead(dns.Evidence, [], Completeness.Failed, 0, null, $"Reading failed: {e.Message.TrimEnd('.')}. This is a fault in Plainproof.");
        }
    }

    private static async Task TellAsync(ISink sink, string scope, Aspect aspect, AspectRead read, CancellationToken stop)
    {
        var blob = await sink.KeepTextAsync("application/json", read.Evidence.ToJson(), stop);
        foreach (var seen in read.Facts)
            await sink.AddAsync(new Fact(Subjects.Of(scope, seen.Kind, seen.Id), aspect, seen.Value, new Pointer(blob, seen.Path)), stop);
        await sink.CoverAsync(new Coverage(aspect, scope, read.State, read.Why, read.Mend, read.Read, read.Expected), stop);
    }

    private static Offer Public<T>(string calls) => new(Aspect.Of<T>(), [], calls);
}
