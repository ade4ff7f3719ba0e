using System.Security.Cryptography.X509Certificates;

namespace Plainproof.Evidence;

/// <summary>An RFC 3161 time-stamp authority, and the certificates that it is trusted by.</summary>
/// <param name="Name">Names its files: lower-case letters, digits and '-'.</param>
/// <param name="Address">Where requests are posted.</param>
/// <param name="Roots">The authority's root certificates, received from elsewhere than the authority's answers.</param>
public sealed record TimestampAuthority(string Name, Uri Address, X509Certificate2Collection Roots)
{
    /// <exception cref="ArgumentException">The name cannot name a file.</exception>
    public static TimestampAuthority Create(string name, Uri address, X509Certificate2Collection roots) =>
        name.Length is > 0 and <= 40 && name.All(c => c is >= 'a' and <= 'z' or >= '0' and <= '9' or '-')
            ? new TimestampAuthority(name, address, roots)
            : throw new ArgumentException($"'{name}' cannot name a time-stamp authority: use lower-case letters, digits and '-'");
}

/// <summary>What came of asking one authority. A problem is also an <c>anchor.failed</c> entry in the log.</summary>
/// <param name="Authority">Its name.</param>
/// <param name="Size">The size of the checkpoint that was to be stamped.</param>
/// <param name="StampedAt">The time in the token, when there is a good one.</param>
/// <param name="Problem">Why there is none: tell a person.</param>
public sealed record AnchorResult(string Authority, long Size, DateTimeOffset? StampedAt, string? Problem);
