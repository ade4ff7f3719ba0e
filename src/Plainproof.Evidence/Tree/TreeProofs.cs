using System.Numerics;

namespace Plainproof.Evidence;

/// <summary>Making and checking inclusion and consistency proofs: RFC 9162 sections 2.1.3 and 2.1.4.</summary>
internal static class TreeProofs
{
    /// <summary>The hash of the complete subtree of 2^height leaves that stands at this index of its row.</summary>
    public delegate Hash NodeReader(int height, long index);

    /// <summary>RFC 9162 2.1.3.1. Siblings from the leaf up to the root.</summary>
    public static IReadOnlyList<Hash> Inclusion(long index, long size, NodeReader node)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, size);
        var path = new List<Hash>();
        var (from, to) = (0L, size);
        while (to - from > 1)
        {
            var middle = from + Split(to - from);
            if (index < middle)
            {
                path.Add(Subtree(middle, to, node));
                to = middle;
            }
            else
            {
                path.Add(Subtree(from, middle, node));
                from = middle;
            }
        }

        path.Reverse();
        return path;
    }

    /// <summary>RFC 9162 2.1.4.1. Empty when the old tree has no entries or both are the same.</summary>
    public static IReadOnlyList<Hash> Consistency(long oldSize, long size, NodeReader node)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(oldSize);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(oldSize, size);
        if (oldSize == 0 || oldSize == size) return [];
        var path = new List<Hash>();
        var (from, to) = (0L, size);
        var oldIsWhole = true;
        while (to != oldSize)
        {
            var middle = from + Split(to - from);
            if (oldSize <= middle)
            {
                path.Add(Subtree(middle, to, node));
                to = middle;
            }
            else
            {
                path.Add(Subtree(from, middle, node));
                from = middle;
                oldIsWhole = false;
            }
        }

        if (!oldIsWhole) path.Add(Subtree(from, to, node));
        path.Reverse();
        return path;
    }

    /// <summary>RFC 9162 2.1.3.2.</summary>
    public static bool VerifyInclusion(Hash leaf, long index, long size, IReadOnlyList<Hash> path, Hash root)
    {
        if (index < 0 || index >= size) return false;
        var (fn, sn) = (index, size - 1);
        var r = leaf;
        foreach (var p in path)
        {
            if (sn == 0) return false;
            if ((fn & 1) == 1 || fn == sn)
            {
                r = Rfc6962.Node(p, r);
                while ((fn & 1) == 0 && fn != 0) (fn, sn) = (fn >> 1, sn >> 1);
            }
            else
            {
                r = Rfc6962.Node(r, p);
            }

            (fn, sn) = (fn >> 1, sn >> 1);
        }

        return sn == 0 && r == root;
    }

    /// <summary>RFC 9162 2.1.4.2. A tree without entries is a prefix of every tree and needs no path.</summary>
    public static bool VerifyConsistency(long oldSize, Hash oldRoot, long size, Hash root, IReadOnlyList<Hash> path)
    {
        if (oldSize < 0 || oldSize > size) return false;
        if (oldSize == size) return path.Count == 0 && oldRoot == root;
        if (oldSize == 0) return path.Count == 0 && oldRoot == Rfc6962.EmptyRoot;
        if (path.Count == 0) return false;

        var next = 0;
        var seed = BitOperations.IsPow2(oldSize) ? oldRoot : path[next++];
        var (fn, sn) = (oldSize - 1, size - 1);
        while ((fn & 1) == 1) (fn, sn) = (fn >> 1, sn >> 1);
        var (fr, sr) = (seed, seed);
        for (; next < path.Count; next++)
        {
            var c = path[next];
            if (sn == 0) return false;
            if ((fn & 1) == 1 || fn == sn)
            {
                (fr, sr) = (Rfc6962.Node(c, fr), Rfc6962.Node(c, sr));
                while ((fn & 1) == 0 && fn != 0) (fn, sn) = (fn >> 1, sn >> 1);
            }
            else
            {
                sr = Rfc6962.Node(sr, c);
            }

            (fn, sn) = (fn >> 1, sn >> 1);
        }

        return sn == 0 && fr == oldRoot && sr == root;
    }

    /// <summary>The root of the entries from (included) to (excluded), where from is a multiple of the largest power of two in the range.</summary>
    public static Hash Subtree(long from, long to, NodeReader node)
    {
        var count = to - from;
        if (!BitOperations.IsPow2(count))
        {
            var middle = from + Split(count);
            return Rfc6962.Node(Subtree(from, middle, node), Subtree(middle, to, node));
        }

        var height = BitOperations.Log2((ulong)count);
        return node(height, from >> height);
    }

    /// <summary>The largest power of two smaller than count (RFC 6962 2.1).</summary>
    private static long Split(long count) => 1L << BitOperations.Log2((ulong)(count - 1));
}
