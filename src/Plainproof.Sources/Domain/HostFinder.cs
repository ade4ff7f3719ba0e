using System.Net;
using System.Net.Sockets;
using DnsClient;
using DnsClient.Protocol;
using Plainproof.Facts;

namespace Plainproof.Sources.Domain;

/// <param name="Addresses">Those that may be contacted.</param>
/// <param name="Private">Private addresses that a public name points at; reported, never contacted.</param>
internal sealed record HostAddresses(string Host, IReadOnlyList<IPAddress> Addresses, IReadOnlyList<IPAddress> Private)
{
    public bool Resolves => Addresses.Count + Private.Count > 0;

    /// <exception cref="CannotRead">The name has no address that may be contacted.</exception>
    public IReadOnlyList<IPAddress> Contactable => Addresses.Count > 0
        ? Addresses
        : throw (Private.Count > 0
            ? new CannotRead(Completeness.Unreachable, $"{Host} points at the private address {Private[0]}, so it was not contacted.",
                "If that network is yours, add allow-private=true.")
            : new CannotRead(Completeness.Unreachable, $"{Host} has no address in DNS.", $"Add an address for {Host}, or leave it out of the list."));
}

/// <summary>
/// Finds the addresses of the target's own hosts. Danger: a name can be pointed at a machine inside our own network,
/// so nothing is contacted that did not come through here.
/// </summary>
internal static class HostFinder
{
    public static async Task<HostAddresses> FindAsync(Conversation dns, string host, bool allowPrivate)
    {
        var four = await dns.AskAsync(host, QueryType.A);
        var six = await dns.AskAsync(host, QueryType.AAAA);
        var all = four.Of<ARecord>().Select(record => record.Address).Concat(six.Of<AaaaRecord>().Select(record => record.Address)).Distinct().ToList();
        return new HostAddresses(host, [.. all.Where(address => allowPrivate || IsPublic(address))], [.. all.Where(address => !allowPrivate && !IsPublic(address))]);
    }

    /// <summary>False for addresses that mean this host, this network or nobody (RFC 6890).</summary>
    public static bool IsPublic(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
            return IsPublic(address.MapToIPv4());
        if (address.AddressFamily == AddressFamily.InterNetwork)
            return !NotPublic4.Any(network => network.Contains(address));
        return !NotPublic6.Any(network => network.Contains(address)) && !EmbedsPrivate(address);
    }

    private static readonly IPNetwork[] NotPublic4 =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
            "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
        }.Select(IPNetwork.Parse),
    ];

    private static readonly IPNetwork[] NotPublic6 =
    [
        .. new[] { "::/96", "100::/64", "2001:db8::/32", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8", "64:ff9b:1::/48" }.Select(IPNetwork.Parse),
    ];

    /// <summary>An IPv4 address carried inside (NAT64, 6to4) counts as what it carries.</summary>
    private static bool EmbedsPrivate(IPAddress address)
    {
        var bytes = address.GetAddressBytes();
        if (IPNetwork.Parse("64:ff9b::/96").Contains(address))
            return !IsPublic(new IPAddress(bytes[12..]));
        return bytes is [0x20, 0x02, ..] && !IsPublic(new IPAddress(bytes[2..6]));
    }
}
