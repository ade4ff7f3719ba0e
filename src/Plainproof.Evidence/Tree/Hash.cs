using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Plainproof.Evidence;

/// <summary>32 bytes that SHA-256 gave: a leaf, a node, a root, or the salted digest of a blob.</summary>
public readonly record struct Hash
{
    public const int Length = 32;

    private readonly ulong _a, _b, _c, _d;

    /// <exception cref="ArgumentException">The span is not 32 bytes.</exception>
    public Hash(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Length) throw new ArgumentException($"a hash has {Length} bytes, not {bytes.Length}", nameof(bytes));
        _a = BinaryPrimitives.ReadUInt64BigEndian(bytes);
        _b = BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]);
        _c = BinaryPrimitives.ReadUInt64BigEndian(bytes[16..]);
        _d = BinaryPrimitives.ReadUInt64BigEndian(bytes[24..]);
    }

    public static Hash OfBytes(ReadOnlySpan<byte> bytes)
    {
        Span<byte> digest = stackalloc byte[Length];
        SHA256.HashData(bytes, digest);
        return new Hash(digest);
    }

    public void CopyTo(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt64BigEndian(destination, _a);
        BinaryPrimitives.WriteUInt64BigEndian(destination[8..], _b);
        BinaryPrimitives.WriteUInt64BigEndian(destination[16..], _c);
        BinaryPrimitives.WriteUInt64BigEndian(destination[24..], _d);
    }

    public byte[] ToBytes()
    {
        var bytes = new byte[Length];
        CopyTo(bytes);
        return bytes;
    }

    /// <summary>64 lower-case hexadecimal digits.</summary>
    public override string ToString() => Convert.ToHexStringLower(ToBytes());

    public string ToBase64() => Convert.ToBase64String(ToBytes());

    public static bool TryParseHex([NotNullWhen(true)] string? hex, out Hash hash)
    {
        hash = default;
        if (hex is not { Length: 2 * Length } || hex.AsSpan().ContainsAnyExcept("0123456789abcdef")) return false;
        hash = new Hash(Convert.FromHexString(hex));
        return true;
    }

    public static bool TryParseBase64(string text, out Hash hash)
    {
        hash = default;
        Span<byte> bytes = stackalloc byte[Length];
        if (!StrictBase64.TryDecode(text, bytes)) return false;
        hash = new Hash(bytes);
        return true;
    }
}
