using System.Numerics;
using System.Security.Cryptography;

namespace Plainproof.Evidence;

/// <summary>
/// The tree of RFC 6962 over salted rows: a leaf is SHA-256(0x00, salt, row). One row can be shown with its salt and its path, and nobody
/// learns or guesses another one. Immutable; safe to use from many threads.
/// </summary>
public sealed class RowTree
{
    public const int SaltBytes = 16;

    /// <summary>The kind of an entry that holds the root over the rows of a frozen population.</summary>
    public const string FrozenKind = "population.frozen";

    /// <summary>On each level the hashes of the complete subtrees of twice as many rows.</summary>
    private readonly List<Hash[]> _levels = [];

    /// <param name="leaves">Of <see cref="LeafOf"/>, in the order of the rows.</param>
    public RowTree(IEnumerable<Hash> leaves)
    {
        _levels.Add([.. leaves]);
        while (_levels[^1].Length > 1)
        {
            var below = _levels[^1];
            _levels.Add([.. Enumerable.Range(0, below.Length / 2).Select(i => Rfc6962.Node(below[2 * i], below[(2 * i) + 1]))]);
        }

        Root = Count == 0 ? Rfc6962.EmptyRoot : TreeProofs.Subtree(0, Count, Node);
    }

    public long Count => _levels[0].Length;

    /// <summary>The SHA-256 of nothing when there are no rows.</summary>
    public Hash Root { get; }

    public static byte[] NewSalt() => RandomNumberGenerator.GetBytes(SaltBytes);

    /// <exception cref="ArgumentException">The salt has another length.</exception>
    public static Hash LeafOf(ReadOnlySpan<byte> salt, ReadOnlySpan<byte> row)
    {
        if (salt.Length != SaltBytes) throw new ArgumentException($"a salt has {SaltBytes} bytes, not {salt.Length}", nameof(salt));
        return Hash.OfBytes([0, .. salt, .. row]);
    }

    /// <summary>Siblings from the row up to the root.</summary>
    public IReadOnlyList<Hash> PathOf(long index) => TreeProofs.Inclusion(index, Count, Node);

    /// <summary>Whether a leaf with its path is the row of this number in a tree of so many rows with this root.</summary>
    public static bool Holds(Hash leaf, long index, long count, IReadOnlyList<Hash> path, Hash root) =>
        path.Count <= BitOperations.Log2((ulong)Math.Max(1, count)) + 1 && TreeProofs.VerifyInclusion(leaf, index, count, path, root);

    private Hash Node(int height, long index) => _levels[height][index];
}
