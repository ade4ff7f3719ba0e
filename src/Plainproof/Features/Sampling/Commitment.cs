using System.Security.Cryptography;
using System.Text;
using Plainproof.Evidence;

namespace Plainproof.Features.Sampling;

/// <summary>
/// A text that the log holds to without telling it: SHA-256 over a random salt and the text. When text and salt are shown later, anybody
/// sees that it was not changed since.
/// </summary>
internal sealed record Commitment(string Salt, string Text)
{
    private const int SaltBytes = 32;

    public string Digest => Hash.OfBytes([.. Convert.FromHexString(Salt), .. Encoding.UTF8.GetBytes(Text)]).ToString();

    public static Commitment To(string text) => new(NewSalt(), text);

    public static string NewSalt() => RandomNumberGenerator.GetHexString(SaltBytes * 2, lowercase: true);
}
