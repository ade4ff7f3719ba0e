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
    public static async Task<HostAddresses> FindAsync(Conversation dns, string host, PrivateNetworks allowed)
    {
        var four = await dns.AskAsync(host, QueryType.A);
        var six = await dns.AskAsync(host, QueryType.AAAA);
        var all = four.Of<ARecord>().Select(record => record.Address).Concat(six.Of<AaaaRecord>().Select(record => record.Address)).Distinct().ToList();
        return new HostAddresses(host, [.. all.Where(allowed.MayContact)], [.. all.Where(address => !allowed.MayContact(address))]);
    }

    /// <summary>False for every address that is not one machine out on the internet: this host, a network of somebody's own, a group, nobody (RFC 6890).</summary>
    public static bool IsPublic(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
            return IsPublic(address.MapToIPv4());
        if (address.AddressFamily == AddressFamily.InterNetwork)
            return !NotPublic4.Any(network => network.Contains(address));
        return Carried(address) is { } inside
            ? IsPublic(inside)
            : Unicast6.Contains(address) && !NotPublic6.Any(network => network.Contains(address));
    }

    private static readonly IPNetwork[] NotPublic4 =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
            "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
        }.Select(IPNetwork.Parse),
    ];

    private static readonly IPNetwork[] NotPublic6 =
    [
        .. new[] { "2001::/23", "2001:db8::/32", "3fff::/20" }.Select(IPNetwork.Parse),
    ];

    /// <summary>All that was ever given out for single machines; the rest is for loopback, links, groups and own networks.</summary>
    private static readonly IPNetwork Unicast6 = IPNetwork.Parse("2000::/3");
    private static readonly IPNetwork Nat64 = IPNetwork.Parse("64:ff9b::/96");
    private static readonly IPNetwork SixToFour = IPNetwork.Parse("2002::/16");

    /// <summary>The IPv4 address that is reached by way of this one (NAT64, 6to4); null when there is none.</summary>
    private static IPAddress? Carried(IPAddress address)
    {
        if (Nat64.Contains(address))
            return new IPAddress(address.GetAddressBytes()[12..]);
        return SixToFour.Contains(address) ? new IPAddress(address.GetAddressBytes()[2..6]) : null;
    }
}

/// <summary>Which addresses may be contacted besides the public ones.</summary>
internal sealed record PrivateNetworks(bool All, IReadOnlyList<IPNetwork> Some)
{
    public bool MayContact(IPAddress address) =>
        All || HostFinder.IsPublic(address) || Some.Any(network => network.Contains(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address));
}
