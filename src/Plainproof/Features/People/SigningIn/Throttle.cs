using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;

namespace Plainproof.Features.People.SigningIn;

/// <summary>How often one network address, and one account, may try to get in. Unknown accounts are counted like known ones.</summary>
internal sealed class Throttle : IDisposable
{
    private const int TriesOfAnAddress = 60;
    private const int TriesForAnAccount = 12;
    private readonly PartitionedRateLimiter<string> _addresses = Sliding(TriesOfAnAddress);
    private readonly PartitionedRateLimiter<string> _accounts = Sliding(TriesForAnAccount);

    /// <param name="account">The e-mail address that was typed, when one was.</param>
    public bool MayTry(HttpContext context, string? account = null)
    {
        using var one = _addresses.AttemptAcquire(context.Connection.RemoteIpAddress?.ToString() ?? "");
        using var two = account is null ? null : _accounts.AttemptAcquire(Person.KeyOf(account));
        return one.IsAcquired && two is not { IsAcquired: false };
    }

    public void Dispose()
    {
        _addresses.Dispose();
        _accounts.Dispose();
    }

    private static PartitionedRateLimiter<string> Sliding(int tries) => PartitionedRateLimiter.Create<string, string>(key => RateLimitPartition.GetSlidingWindowLimiter(
        key, _ => new SlidingWindowRateLimiterOptions { PermitLimit = tries, Window = TimeSpan.FromMinutes(1), SegmentsPerWindow = 6, QueueLimit = 0 }));
}
