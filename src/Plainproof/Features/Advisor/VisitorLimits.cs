using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;

namespace Plainproof.Features.Advisor;

/// <summary>How much one network may ask of a site that is open to strangers, and how much it may have us keep.</summary>
internal sealed class VisitorLimits : IDisposable
{
    private const int PagesAMinute = 240;
    private const int SavesAnHour = 20;

    private readonly PartitionedRateLimiter<string> _saves = Each(SavesAnHour, TimeSpan.FromHours(1));

    /// <summary>For every request of a public site.</summary>
    public static PartitionedRateLimiter<HttpContext> Pages() =>
        PartitionedRateLimiter.Create<HttpContext, string>(context => Sliding(NetworkOf(context), PagesAMinute, TimeSpan.FromMinutes(1)));

    /// <summary>So many times in a sliding window, counted for each key by itself.</summary>
    public static PartitionedRateLimiter<string> Each(int times, TimeSpan window) =>
        PartitionedRateLimiter.Create<string, string>(key => Sliding(key, times, window));

    /// <summary>Who counts as one: an IPv4 address, or the /64 that one IPv6 customer has at least.</summary>
    public static string NetworkOf(HttpContext context) => context.Connection.RemoteIpAddress switch
    {
        null => "",
        { IsIPv4MappedToIPv6: true } mapped => mapped.MapToIPv4().ToString(),
        { AddressFamily: AddressFamily.InterNetworkV6 } six => new IPAddress([.. six.GetAddressBytes()[..8], .. new byte[8]]).ToString(),
        var four => four.ToString(),
    };

    public bool MaySave(HttpContext context)
    {
        using var lease = _saves.AttemptAcquire(NetworkOf(context));
        return lease.IsAcquired;
    }

    public void Dispose() => _saves.Dispose();

    private static RateLimitPartition<string> Sliding(string key, int times, TimeSpan window) => RateLimitPartition.GetSlidingWindowLimiter(
        key, _ => new SlidingWindowRateLimiterOptions { PermitLimit = times, Window = window, SegmentsPerWindow = 6, QueueLimit = 0 });
}
