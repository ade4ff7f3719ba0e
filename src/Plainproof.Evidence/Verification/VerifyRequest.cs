using System.Security.Cryptography.X509Certificates;

namespace Plainproof.Evidence;

/// <summary>What to verify, and what the verifier brings along. Whatever comes from the folder itself proves less.</summary>
public sealed record VerifyRequest
{
    /// <summary>The folder that holds <c>log</c> and <c>blobs</c>, or a package as a folder or a zip.</summary>
    public required string Folder { get; init; }

    /// <summary>The log's public key line as received earlier from elsewhere; null takes the one in the folder, and says so.</summary>
    public string? Vkey { get; init; }

    /// <summary>Roots of the time-stamp authorities; null when none were given.</summary>
    public X509Certificate2Collection? TimestampRoots { get; init; }

    /// <summary>When certificates must be valid; by default the time in each token.</summary>
    public DateTimeOffset? CertificatesValidAt { get; init; }

    /// <summary>Signed checkpoints that someone kept outside the folder, each with the name to call it by.</summary>
    public IReadOnlyList<(string Name, byte[] Note)> Kept { get; init; } = [];

    /// <summary>The vault keys; null leaves the content of sealed evidence unchecked.</summary>
    public KeyFolder? Keys { get; init; }

    /// <summary>The company's database, to hold it against the files; null checks the files alone.</summary>
    public ILogDatabase? Database { get; init; }

    /// <summary>How far the company's clock may be off.</summary>
    public TimeSpan Skew { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>An entry that is proven only this long after the time it claims is reported as late.</summary>
    public TimeSpan LateAfter { get; init; } = TimeSpan.FromHours(24);
}
