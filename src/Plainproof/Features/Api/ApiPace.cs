using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;

namespace Plainproof.Features.Api;

/// <summary>How often one token, and one network address without a token, may ask.</summary>
internal sealed class ApiPace : IRateLimiterPolicy<string>
{
    public const string Name = "api";
    public const int AMinute = 600;
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    public Func<OnRejectedContext, CancellationToken, ValueTask>? OnRejected { get; } = async (rejected, _) =>
    {
        var wait = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : Window;
        rejected.HttpContext.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString("0", System.Globalization.CultureInfo.InvariantCulture);
        await ApiProblem.TooMany(wait).WriteAsync(rejected.HttpContext);
    };

    public RateLimitPartition<string> GetPartition(HttpContext httpContext) => RateLimitPartition.GetFixedWindowLimiter(
        KeyOf(httpContext), _ => new FixedWindowRateLimiterOptions { PermitLimit = AMinute, Window = Window, QueueLimit = 0 });

    /// <summary>The token itself stays out of tables. What does not look like a token counts for its network address.</summary>
    private static string KeyOf(HttpContext context) =>
        context.Request.Headers.Authorization.ToString() is { Length: > 7 } header && ApiToken.HashOf(header[7..].Trim()) is { } hash
            ? hash
            : context.Connection.RemoteIpAddress?.ToString() ?? "";
}
