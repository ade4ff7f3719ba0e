using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;
using Plainproof.Sources.Domain;

namespace Plainproof.Features.Advisor.OwnDomain;

/// <summary>
/// How much strangers may have us do towards domains: nobody can have us bomb a domain with letters, questions or readings. Counted for each
/// visitor's network, for each registered domain with all names below it, and for the installation.
/// </summary>
internal sealed class DomainLimits : IDisposable
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private readonly Quota _looks = new((40, Hour), (60, Hour), (2000, Hour));
    private readonly Quota _letters = new((5, Hour), (5, Day), (60, Hour));
    private readonly Quota _readings = new((10, Hour), (8, Hour), (200, Hour));

    /// <summary>One question to the DNS for the proof.</summary>
    public bool MayLook(HttpContext context, string domain) => _looks.Take(context, domain);

    public bool MaySendLetter(HttpContext context, string domain) => _letters.Take(context, domain);

    public bool MayRead(HttpContext context, string domain) => _readings.Take(context, domain);

    public void Dispose()
    {
        _looks.Dispose();
        _letters.Dispose();
        _readings.Dispose();
    }

    private sealed class Quota((int Times, TimeSpan In) visitor, (int Times, TimeSpan In) domain, (int Times, TimeSpan In) all) : IDisposable
    {
        private readonly PartitionedRateLimiter<string> _visitor = VisitorLimits.Each(visitor.Times, visitor.In);
        private readonly PartitionedRateLimiter<string> _domain = VisitorLimits.Each(domain.Times, domain.In);
        private readonly PartitionedRateLimiter<string> _all = VisitorLimits.Each(all.Times, all.In);

        /// <summary>The visitor comes first, so that one visitor alone cannot use up what others have.</summary>
        public bool Take(HttpContext context, string name) =>
            Has(_visitor, VisitorLimits.NetworkOf(context)) && Has(_domain, DomainProof.RegisteredPart(name)) && Has(_all, "");

        public void Dispose()
        {
            _visitor.Dispose();
            _domain.Dispose();
            _all.Dispose();
        }

        private static bool Has(PartitionedRateLimiter<string> limiter, string key)
        {
            using var lease = limiter.AttemptAcquire(key);
            return lease.IsAcquired;
        }
    }
}
