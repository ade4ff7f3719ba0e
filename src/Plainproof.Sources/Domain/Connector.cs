using System.Net;
using System.Net.Sockets;
using Plainproof.Facts;

namespace Plainproof.Sources.Domain;

/// <summary>Opens connections to addresses that <see cref="HostFinder"/> let through, and to no others.</summary>
internal static class Connector
{
    /// <summary>Real hosts have fewer. It keeps a name with hundreds of addresses from making us knock at all of them.</summary>
    private const int MostAddresses = 8;

    private static readonly TimeSpan LongestTry = TimeSpan.FromSeconds(5);

    /// <summary>Tries each address in turn and keeps the first that answers.</summary>
    /// <exception cref="CannotRead">None answered: refused, or no sign of life.</exception>
    public static async Task<(TcpClient Client, IPAddress Address)> ConnectAsync(HostAddresses host, int port, TimeSpan limit, CancellationToken stop)
    {
        SocketException? refused = null;
        var addresses = host.Contactable.Take(MostAddresses).ToList();
        var each = limit / (addresses.Count + 1);
        foreach (var address in addresses)
        {
            var client = new TcpClient(address.AddressFamily) { NoDelay = true };
            using var tooLong = CancellationTokenSource.CreateLinkedTokenSource(stop);
            tooLong.CancelAfter(each < LongestTry ? each : LongestTry);
            try
            {
                await client.ConnectAsync(address, port, tooLong.Token);
                return (client, address);
            }
            catch (Exception e) when (e is SocketException or OperationCanceledException)
            {
                client.Dispose();
                stop.ThrowIfCancellationRequested();
                refused ??= e is SocketException { SocketErrorCode: SocketError.ConnectionRefused } closed ? closed : null;
            }
        }

        throw Unconnected(host.Host, port, refused);
    }

    /// <summary>True when something at the address said that nothing listens on the port; false when nobody answered.</summary>
    public static bool WasRefused(CannotRead e) => e.InnerException is SocketException;

    private static CannotRead Unconnected(string host, int port, SocketException? refused) => new(
        Completeness.Unreachable,
        refused is not null ? $"{host} refuses connections on port {port}." : $"No connection to {host} on port {port} could be made from here.",
        port == 25 ? "Many networks block port 25. Run Plainproof from a network that allows it." : $"Check that {host} is up and that port {port} is open to this computer.",
        refused);
}
