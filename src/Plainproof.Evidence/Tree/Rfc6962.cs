using System.Security.Cryptography;

namespace Plainproof.Evidence;

/// <summary>The hashing of RFC 6962 section 2.1: a leaf is SHA-256(0x00, entry), a node is SHA-256(0x01, left, right).</summary>
internal static class Rfc6962
{
    /// <summary>
    /// One hasher for each thread, used again and again: with inputs this short, making one costs more than hashing. It is always left
    /// reset.
    /// </summary>
    [ThreadStatic]
    private static Hasher? _hasher;

    /// <summary>The root of the log without entries: the SHA-256 of nothing.</summary>
    public static Hash EmptyRoot { get; } = Hash.OfBytes([]);

    public static Hash Leaf(ReadOnlySpan<byte> entry)
    {
        Span<byte> leaf = stackalloc byte[Hash.Length];
        Mine.Hash(0, entry, leaf);
        return new Hash(leaf);
    }

    public static Hash Node(Hash left, Hash right)
    {
        Span<byte> pair = stackalloc byte[2 * Hash.Length];
        left.CopyTo(pair);
        right.CopyTo(pair[Hash.Length..]);
        Span<byte> node = stackalloc byte[Hash.Length];
        Mine.Hash(1, pair, node);
        return new Hash(node);
    }

    /// <summary>
    /// The root over one row of hashes, 32 bytes each, at least one. Pairs from the left, an odd last one moves up as it is:
    /// that is the same tree as the RFC's split at the largest power of two.
    /// </summary>
    public static Hash Fold(ReadOnlySpan<byte> row) => Mine.Fold(row);

    private static Hasher Mine => _hasher ??= new Hasher();

    private sealed class Hasher
    {
        private readonly IncrementalHash _sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        private byte[] _framed = new byte[1024];
        private byte[] _row = new byte[(TileId.FullWidth + 1) * Evidence.Hash.Length];

        public void Hash(byte prefix, ReadOnlySpan<byte> content, Span<byte> destination)
        {
            if (_framed.Length <= content.Length) _framed = new byte[EntryBundle.LargestEntry + 1];
            _framed[0] = prefix;
            content.CopyTo(_framed.AsSpan(1));
            _sha256.AppendData(_framed.AsSpan(0, content.Length + 1));
            _sha256.GetHashAndReset(destination);
        }

        public Hash Fold(ReadOnlySpan<byte> row)
        {
            const int Length = Evidence.Hash.Length;
            if (_row.Length < row.Length) _row = new byte[row.Length];
            row.CopyTo(_row);
            for (var count = row.Length / Length; count > 1; count = (count + 1) / 2)
            {
                for (var i = 0; i < count / 2; i++)
                    Hash(1, _row.AsSpan(2 * i * Length, 2 * Length), _row.AsSpan(i * Length, Length));
                if (count % 2 == 1) _row.AsSpan((count - 1) * Length, Length).CopyTo(_row.AsSpan(count / 2 * Length));
            }

            return new Hash(_row.AsSpan(0, Length));
        }
    }
}
