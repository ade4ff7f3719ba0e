using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Plainproof.Sources.Domain;

/// <summary>What a domain target asks for, checked.</summary>
/// <param name="Resolver">Null means the resolvers of this host.</param>
/// <param name="Hosts">Names besides the domain and its www, all within the domain.</param>
/// <param name="Trusted">Authorities to trust instead of those of this host; null means the host's.</param>
/// <param name="ResolverName">What reports call the DNS server; null means its address.</param>
internal sealed record DomainSettings(
    string Domain, IPEndPoint? Resolver, int HttpsPort, int HttpPort, int SmtpPort, X509Certificate2Collection? Trusted,
    IReadOnlyList<string> Selectors, IReadOnlyList<string> Hosts, TimeSpan Timeout, PrivateNetworks Private, Uri? Rdap, string? ResolverName)
{
    private const int DnsPort = 53;
    private const int LongestName = 60;

    public static readonly IReadOnlyList<SourceOption> Options =
    [
        new("resolver", "DNS server to ask, as ADDRESS[:PORT]. The default is the one this computer uses."),
        new("hosts", "More web hosts of the domain, such as app,login. The domain itself and www are always looked at."),
        new("dkim-selectors", "DKIM selectors your mail services use, such as s1,google. Find them in a sent mail: s= in DKIM-Signature."),
        new("ca", "File with the authority certificates (PEM) to trust instead of those of this computer.", Kind: OptionKind.File),
        new("https-port", "Port for HTTPS, 443 when not given.", Kind: OptionKind.Number),
        new("http-port", "Port for plain HTTP, 80 when not given.", Kind: OptionKind.Number),
        new("smtp-port", "Port for mail servers, 25 when not given.", Kind: OptionKind.Number),
        new("rdap", "Address of the registration service (RDAP) to ask, such as https://rdap.example/."),
        new("allow-private", "true when hosts with private addresses may be contacted. The default is true only when the resolver is this computer.", Kind: OptionKind.YesNo),
        new("allow-networks", "Private networks that may be contacted besides, such as 10.20.0.0/16,fd00:20::/32."),
        new("resolver-name", "What reports call the DNS server. The default is its address."),
        new("timeout", "Seconds to wait for each system, 20 when not given.", Kind: OptionKind.Number),
    ];

    /// <exception cref="BadTarget">Lists every problem at once.</exception>
    public static DomainSettings Parse(Target target)
    {
        var problems = new List<string>();
        var domain = DomainName.Normalise(target.Address);
        if (domain is null)
            problems.Add($"{target.AsTyped}: '{target.Address}' is not a domain name. Write it like example.com, without https:// or a path.");
        var resolver = Try(problems, () => Endpoint(target, "resolver"));
        var settings = new DomainSettings(
            domain ?? "", resolver,
            Try(problems, () => target.Number("https-port", 443, 1, 65535)),
            Try(problems, () => target.Number("http-port", 80, 1, 65535)),
            Try(problems, () => target.Number("smtp-port", 25, 1, 65535)),
            Try(problems, () => Authorities(target)),
            Try(problems, () => SelectorsOf(target)) ?? [],
            Try(problems, () => HostsOf(target, domain)) ?? [],
            TimeSpan.FromSeconds(Try(problems, () => target.Number("timeout", 20, 1, 600))),
            new PrivateNetworks(
                Try(problems, () => YesOrNo(target, "allow-private")) ?? (resolver is not null && IPAddress.IsLoopback(resolver.Address)),
                Try(problems, () => NetworksOf(target)) ?? []),
            Try(problems, () => RdapBase(target)),
            Try(problems, () => ResolverNameOf(target)));
        return problems.Count == 0 ? settings : throw new BadTarget(problems);
    }

    private static T? Try<T>(List<string> problems, Func<T?> read)
    {
        try
        {
            return read();
        }
        catch (BadTarget e)
        {
            problems.AddRange(e.Problems);
            return default;
        }
    }

    private static IPEndPoint? Endpoint(Target target, string name)
    {
        if (target.Option(name) is not { } text)
            return null;
        if (IPAddress.TryParse(text, out var address) && (address.AddressFamily == AddressFamily.InterNetwork || !text.StartsWith('[')))
            return new IPEndPoint(address, DnsPort);
        return IPEndPoint.TryParse(text, out var endpoint)
            ? new IPEndPoint(endpoint.Address, endpoint.Port == 0 ? DnsPort : endpoint.Port)
            : throw new BadTarget($"{target.AsTyped}: {name}={text} is not an address. Write ADDRESS or ADDRESS:PORT, such as 9.9.9.9 or [2620:fe::fe]:53.");
    }

    private static bool? YesOrNo(Target target, string name) => target.Option(name) switch
    {
        null => null,
        "false" => false,
        "true" => true,
        var text => throw new BadTarget($"{target.AsTyped}: {name}={text} must be true or false."),
    };

    private static List<IPNetwork> NetworksOf(Target target) =>
        [.. Listed(target, "allow-networks").Select(text => IPNetwork.TryParse(text, out var network)
            ? network
            : throw new BadTarget($"{target.AsTyped}: '{text}' in allow-networks is not a network. Write it like 10.20.0.0/16."))];

    private static string? ResolverNameOf(Target target) => target.Option("resolver-name") is not { } name || (name.Length is > 0 and <= LongestName && !name.Any(char.IsControl))
        ? target.Option("resolver-name")
        : throw new BadTarget($"{target.AsTyped}: resolver-name has 1 to {LongestName} letters.");

    private static X509Certificate2Collection? Authorities(Target target)
    {
        var pasted = target.Pasted("ca");
        if ((pasted is null ? target.Option("ca") : "what was pasted") is not { } path)
            return null;
        var found = new X509Certificate2Collection();
        try
        {
            if (pasted is null)
                found.ImportFromPemFile(path);
            else
                found.ImportFromPem(pasted);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new BadTarget($"{target.AsTyped}: cannot read ca {path}: {e.Message} Give a file with certificates in PEM form.");
        }

        return found.Count > 0
            ? found
            : throw new BadTarget($"{target.AsTyped}: {path} holds no certificate in PEM form. It must hold -----BEGIN CERTIFICATE-----.");
    }

    private static List<string> SelectorsOf(Target target) =>
        [.. Listed(target, "dkim-selectors").Select(selector => DomainName.Normalise(selector + "._domainkey") is not null
            ? selector.ToLowerInvariant()
            : throw new BadTarget($"{target.AsTyped}: '{selector}' is not a DKIM selector. It is what follows s= in a DKIM-Signature."))];

    /// <summary>Only names of the target's own are ever contacted.</summary>
    private static List<string> HostsOf(Target target, string? domain)
    {
        var hosts = new List<string>();
        var problems = new List<string>();
        foreach (var typed in Listed(target, "hosts").Where(_ => domain is not null))
        {
            var host = DomainName.Normalise(DomainName.Normalise(typed) is { } full && DomainName.IsWithin(full, domain!) ? full : $"{typed}.{domain}");
            if (host is null)
                problems.Add($"{target.AsTyped}: '{typed}' in hosts is not a name within {domain}. Write app or app.{domain}.");
            else
                hosts.Add(host);
        }

        return problems.Count == 0 ? hosts : throw new BadTarget(problems);
    }

    private static Uri? RdapBase(Target target)
    {
        if (target.Option("rdap") is not { } text)
            return null;
        return Uri.TryCreate(text.EndsWith('/') ? text : text + "/", UriKind.Absolute, out var address)
            && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback))
            ? address
            : throw new BadTarget($"{target.AsTyped}: rdap={text} must be an address that starts with https://.");
    }

    private static string[] Listed(Target target, string name) =>
        (target.Option(name) ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
