using System.Security.Cryptography;

namespace Plainproof.Evidence;

/// <summary>The hashing of RFC 6962 section 2.1: a leaf is SHA-256(0x00, entry), a node is SHA-256(0x01, left, right).</summary>
internal static class Rfc6962
{
    private const int StackLimit = 1024;

    /// <summary>The root of the log without entries: the SHA-256 of nothing.</summary>
    public static Hash EmptyRoot { get; } = Hash.OfBytes([]);

    public static Hash Leaf(ReadOnlySpan<byte> entry)
    {
        var framed = entry.Length < StackLimit ? stackalloc byte[entry.Length + 1] : new byte[entry.Length + 1];
        framed[0] = 0;
        entry.CopyTo(framed[1..]);
        return Hash.OfBytes(framed);
    }

    public static Hash Node(Hash left, Hash right)
    {
        Span<byte> pair = stackalloc byte[2 * Hash.Length];
        left.CopyTo(pair);
        right.CopyTo(pair[Hash.Length..]);
        Span<byte> node = stackalloc byte[Hash.Length];
        Node(pair, node);
        return new Hash(node);
    }

    /// <summary>
    /// The root over one row of hashes, 32 bytes each, at least one. Pairs from the left, an odd last one moves up as it is:
    /// that is the same tree as the RFC's split at the largest power of two.
    /// </summary>
    public static Hash Fold(ReadOnlySpan<byte> row)
    {
        var scratch = row.ToArray();
        var count = row.Length / Hash.Length;
        for (; count > 1; count = (count + 1) / 2)
        {
            for (var i = 0; i < count / 2; i++)
                Node(scratch.AsSpan(2 * i * Hash.Length, 2 * Hash.Length), scratch.AsSpan(i * Hash.Length, Hash.Length));
            if (count % 2 == 1)
                scratch.AsSpan((count - 1) * Hash.Length, Hash.Length).CopyTo(scratch.AsSpan(count / 2 * Hash.Length));
        }

        return new Hash(scratch.AsSpan(0, Hash.Length));
    }

    private static void Node(ReadOnlySpan<byte> pair, Span<byte> node)
    {
        Span<byte> framed = stackalloc byte[1 + (2 * Hash.Length)];
        framed[0] = 1;
        pair.CopyTo(framed[1..]);
        SHA256.HashData(framed, node);
    }
}
