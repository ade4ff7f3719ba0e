using System.Collections.Frozen;
using System.Net;
using Plainproof.Facts;

namespace Plainproof.Checks.Hosts;

/// <summary>Ports of databases, consoles and file shares: never meant for strangers. By their registered or usual numbers.</summary>
internal sealed class InnerPortsStayInside : EachCheck<HostListener>
{
    private static readonly FrozenDictionary<(string Protocol, int Port), string> Inner = new Dictionary<(string, int), string>
    {
        [("tcp", 23)] = "Telnet",
        [("tcp", 111)] = "Portmapper",
        [("udp", 111)] = "Portmapper",
        [("tcp", 135)] = "Windows RPC",
        [("tcp", 139)] = "Windows file sharing",
        [("tcp", 445)] = "Windows file sharing",
        [("udp", 161)] = "SNMP",
        [("tcp", 512)] = "rexec",
        [("tcp", 513)] = "rlogin",
        [("tcp", 514)] = "rsh",
        [("tcp", 873)] = "rsync",
        [("tcp", 1433)] = "SQL Server",
        [("tcp", 1521)] = "Oracle",
        [("tcp", 2049)] = "NFS",
        [("tcp", 2375)] = "Docker",
        [("tcp", 2376)] = "Docker",
        [("tcp", 2379)] = "etcd",
        [("tcp", 2380)] = "etcd",
        [("tcp", 3306)] = "MySQL",
        [("tcp", 3389)] = "Remote desktop",
        [("tcp", 4369)] = "Erlang port mapper",
        [("tcp", 5432)] = "PostgreSQL",
        [("tcp", 5601)] = "Kibana",
        [("tcp", 5672)] = "RabbitMQ",
        [("tcp", 5900)] = "VNC",
        [("tcp", 5901)] = "VNC",
        [("tcp", 5984)] = "CouchDB",
        [("tcp", 6379)] = "Redis",
        [("tcp", 7000)] = "Cassandra",
        [("tcp", 8086)] = "InfluxDB",
        [("tcp", 8500)] = "Consul",
        [("tcp", 9042)] = "Cassandra",
        [("tcp", 9092)] = "Kafka",
        [("tcp", 9200)] = "Elasticsearch",
        [("tcp", 9300)] = "Elasticsearch",
        [("tcp", 10250)] = "Kubernetes node",
        [("tcp", 11211)] = "Memcached",
        [("udp", 11211)] = "Memcached",
        [("tcp", 15672)] = "RabbitMQ",
        [("tcp", 27017)] = "MongoDB",
    }.ToFrozenDictionary();

    protected override Outcome Judge(HostListener it, Given given) =>
        !Inner.ContainsKey((it.Protocol, it.Port)) ? Outcome.NotApplicable : PassWhen(it.Loopback || IsPrivate(it.Address));

    protected override string Say(HostListener it, Dated about, Outcome outcome, Given given)
    {
        var what = $"{Inner.GetValueOrDefault((it.Protocol, it.Port), it.Protocol)} (port {it.Port}{(it.Program is { } program ? $", program {program}" : "")})";
        return outcome switch
        {
            Outcome.NotApplicable => $"{what} is no database or console that we know.",
            Outcome.Pass when it.Loopback => $"{what} listens on {it.Address}, for this host alone.",
            Outcome.Pass => $"{what} listens on {it.Address}, a private address.",
            _ when IsEvery(it.Address) => $"{what} listens on every address.",
            _ => $"{what} listens on {it.Address}, a public address.",
        };
    }

    private static bool IsEvery(string address) => address is "0.0.0.0" or "::" or "*";

    /// <summary>RFC 1918, RFC 6598, RFC 3927, and for IPv6 RFC 4193 and link-local.</summary>
    private static bool IsPrivate(string address)
    {
        if (!IPAddress.TryParse(address, out var ip))
            return false;
        if (ip.IsIPv4MappedToIPv6)
            ip = ip.MapToIPv4();
        var b = ip.GetAddressBytes();
        return b.Length == 16
            ? ip.IsIPv6LinkLocal || ip.IsIPv6UniqueLocal
            : b[0] == 10 || (b[0] == 172 && b[1] is >= 16 and < 32) || (b[0] == 192 && b[1] == 168) || (b[0] == 169 && b[1] == 254) || (b[0] == 100 && b[1] is >= 64 and < 128);
    }
}
