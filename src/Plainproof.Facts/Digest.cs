using System.Diagnostics.CodeAnalysis;

namespace Plainproof.Facts;

/// <summary>The salted SHA-256 that names one sealed blob of raw evidence: 64 lower-case hexadecimal digits.</summary>
public readonly record struct Digest : IParsable<Digest>
{
    private readonly string? _hex;

    private Digest(string hex) => _hex = hex;

    public static Digest FromBytes(ReadOnlySpan<byte> sha256)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(sha256.Length, 32);
        return new Digest(Convert.ToHexStringLower(sha256));
    }

    public byte[] ToBytes() => Convert.FromHexString(ToString());

    public static Digest Parse(string text, IFormatProvider? provider = null) =>
        TryParse(text, provider, out var digest) ? digest : throw new FormatException($"'{text}' is not a SHA-256 in hexadecimal.");

    public static bool TryParse([NotNullWhen(true)] string? text, IFormatProvider? provider, out Digest result)
    {
        result = default;
        if (text is not { Length: 64 } || !text.All(char.IsAsciiHexDigit))
            return false;
        result = new Digest(text.ToLowerInvariant());
        return true;
    }

    public override string ToString() => _hex ?? new string('0', 64);
}
