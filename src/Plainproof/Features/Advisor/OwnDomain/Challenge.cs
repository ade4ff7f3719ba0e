using System.Security.Cryptography;
using System.Text;

namespace Plainproof.Features.Advisor.OwnDomain;

/// <summary>One visitor's wish to have one domain read, kept sealed in that visitor's browser. Its secret binds the proof and the result to that browser.</summary>
/// <param name="Secret">Never shown; what is shown is derived from it.</param>
/// <param name="Selectors">Of DKIM, when the visitor knows them.</param>
/// <param name="ProvenAt">When the visitor showed to control the domain; null when that is still to come.</param>
internal sealed record Challenge(byte[] Secret, string Domain, IReadOnlyList<string> Selectors, DateTimeOffset AskedAt, DateTimeOffset? ProvenAt = null)
{
    /// <summary>DNS needs hours in bad cases, and the person who may change it may be away for a day.</summary>
    public static readonly TimeSpan Lasts = TimeSpan.FromDays(3);

    /// <summary>How long a proof holds, so that what was mended can be read again.</summary>
    public static readonly TimeSpan ProofLasts = TimeSpan.FromDays(1);

    private const int SecretBytes = 32;
    private const string Prefix = "plainproof-challenge=";

    /// <summary>Names the result on this server. Nobody can derive it from what is shown.</summary>
    public string Key => Derived("key");

    /// <summary>What belongs into the DNS. It differs for each visitor, each domain and each beginning.</summary>
    public string Text => Prefix + Derived("dns");

    public DateTimeOffset EndsAt => AskedAt + Lasts;

    public static Challenge New(string domain, IReadOnlyList<string> selectors, DateTimeOffset now) =>
        new(RandomNumberGenerator.GetBytes(SecretBytes), domain, selectors, now);

    public bool IsProven(DateTimeOffset now) => ProvenAt is { } at && now < at + ProofLasts;

    private string Derived(string what) => Convert.ToHexStringLower(HMACSHA256.HashData(Secret, Encoding.UTF8.GetBytes($"{what} {Domain} {AskedAt.UtcTicks}")))[..40];
}
