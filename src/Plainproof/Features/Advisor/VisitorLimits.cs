using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;

namespace Plainproof.Features.Advisor;

/// <summary>How much one network address may ask of a site that is open to strangers, and how much it may have us keep.</summary>
internal sealed class VisitorLimits : IDisposable
{
    private const int PagesAMinute = 240;
    private const int SavesAnHour = 20;

    private readonly PartitionedRateLimiter<string> _saves = PartitionedRateLimiter.Create<string, string>(address => Sliding(address, SavesAnHour, TimeSpan.FromHours(1)));

    /// <summary>For every request of a public site.</summary>
    public static PartitionedRateLimiter<HttpContext> Pages() =>
        PartitionedRateLimiter.Create<HttpContext, string>(context => Sliding(AddressOf(context), PagesAMinute, TimeSpan.FromMinutes(1)));

    public bool MaySave(HttpContext context)
    {
        using var lease = _saves.AttemptAcquire(AddressOf(context));
        return lease.IsAcquired;
    }

    public void Dispose() => _saves.Dispose();

    private static string AddressOf(HttpContext context) => context.Connection.RemoteIpAddress?.ToString() ?? "";

    private static RateLimitPartition<string> Sliding(string address, int times, TimeSpan window) => RateLimitPartition.GetSlidingWindowLimiter(
        address, _ => new SlidingWindowRateLimiterOptions { PermitLimit = times, Window = window, SegmentsPerWindow = 6, QueueLimit = 0 });
}
