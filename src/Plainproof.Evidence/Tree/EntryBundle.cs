using System.Buffers.Binary;

namespace Plainproof.Evidence;

/// <summary>C2SP tlog-tiles entry bundles: each entry follows its length as a big-endian 16-bit number.</summary>
internal static class EntryBundle
{
    public const int LargestEntry = ushort.MaxValue;

    public static void Append(Stream bundle, ReadOnlySpan<byte> entry)
    {
        if (entry.Length > LargestEntry) throw new ArgumentException($"an entry has at most {LargestEntry} bytes, this one {entry.Length}");
        Span<byte> length = stackalloc byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(length, (ushort)entry.Length);
        bundle.Write(length);
        bundle.Write(entry);
    }

    /// <summary>Cuts a bundle into exactly <paramref name="width"/> entries.</summary>
    /// <exception cref="InvalidDataException">It has fewer, more, or a cut entry.</exception>
    public static List<ReadOnlyMemory<byte>> Split(ReadOnlyMemory<byte> bundle, int width)
    {
        var entries = new List<ReadOnlyMemory<byte>>(width);
        while (bundle.Length > 0)
        {
            if (bundle.Length < 2) throw new InvalidDataException("the entry bundle ends inside a length");
            var length = BinaryPrimitives.ReadUInt16BigEndian(bundle.Span);
            if (bundle.Length < 2 + length) throw new InvalidDataException("the entry bundle ends inside an entry");
            entries.Add(bundle.Slice(2, length));
            bundle = bundle[(2 + length)..];
        }

        if (entries.Count != width) throw new InvalidDataException($"the entry bundle has {entries.Count} entries; {width} were expected");
        return entries;
    }

    /// <summary>The first entries of a bundle; all of it when it has no more.</summary>
    public static byte[] Prefix(byte[] bundle, int width)
    {
        var end = 0;
        for (var i = 0; i < width && end + 2 <= bundle.Length; i++) end += 2 + BinaryPrimitives.ReadUInt16BigEndian(bundle.AsSpan(end));
        return bundle[..Math.Min(end, bundle.Length)];
    }
}
