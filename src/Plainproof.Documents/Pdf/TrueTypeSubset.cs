using System.Buffers.Binary;
using System.Text;

namespace Plainproof.Documents.Pdf;

/// <summary>A font with the outlines that a document uses. Glyphs keep their numbers; those not used are empty.</summary>
internal static class TrueTypeSubset
{
    /// <summary>In the order of their names, as the format wants.</summary>
    private static readonly string[] Kept = ["cvt ", "fpgm", "glyf", "head", "hhea", "hmtx", "loca", "maxp", "prep"];

    private const int HasParts = -1;
    private const int WordArguments = 0x0001;
    private const int OneScale = 0x0008;
    private const int MoreParts = 0x0020;
    private const int TwoScales = 0x0040;
    private const int FourScales = 0x0080;

    public static byte[] Of(TrueType font, IEnumerable<ushort> used)
    {
        var (outlines, places) = Outlines(font, WithParts(font, used));
        return File([.. Kept.Select(tag => (tag, Table(font, tag, outlines, places))).Where(table => table.Item2.Length > 0)]);
    }

    private static SortedSet<int> WithParts(TrueType font, IEnumerable<ushort> used)
    {
        var all = new SortedSet<int>();
        var todo = new Stack<int>(used.Select(glyph => (int)glyph).Append(0));
        while (todo.TryPop(out var glyph))
        {
            if (!all.Add(glyph))
                continue;
            foreach (var part in Parts(font.OutlineOf(glyph)))
                todo.Push(part);
        }

        return all;
    }

    /// <summary>The glyphs that one is put together from, such as a letter and its accent.</summary>
    private static List<int> Parts(ReadOnlySpan<byte> outline)
    {
        var parts = new List<int>();
        if (outline.Length == 0 || BinaryPrimitives.ReadInt16BigEndian(outline) != HasParts)
            return parts;
        var at = 10;
        int flags;
        do
        {
            flags = BinaryPrimitives.ReadUInt16BigEndian(outline[at..]);
            parts.Add(BinaryPrimitives.ReadUInt16BigEndian(outline[(at + 2)..]));
            at += 4 + ((flags & WordArguments) != 0 ? 4 : 2) + ((flags & OneScale) != 0 ? 2 : (flags & TwoScales) != 0 ? 4 : (flags & FourScales) != 0 ? 8 : 0);
        }
        while ((flags & MoreParts) != 0);
        return parts;
    }

    private static (byte[] Outlines, byte[] Places) Outlines(TrueType font, SortedSet<int> glyphs)
    {
        using var outlines = new MemoryStream();
        var places = new byte[(font.Glyphs + 1) * 4];
        for (var glyph = 0; glyph < font.Glyphs; glyph++)
        {
            BinaryPrimitives.WriteUInt32BigEndian(places.AsSpan(glyph * 4), (uint)outlines.Length);
            if (glyphs.Contains(glyph))
                outlines.Write(font.OutlineOf(glyph));
            while (outlines.Length % 4 != 0)
                outlines.WriteByte(0);
        }

        BinaryPrimitives.WriteUInt32BigEndian(places.AsSpan(font.Glyphs * 4), (uint)outlines.Length);
        return (outlines.ToArray(), places);
    }

    private static byte[] Table(TrueType font, string tag, byte[] outlines, byte[] places)
    {
        switch (tag)
        {
            case "glyf":
                return outlines;
            case "loca":
                return places;
            case "head":
                var head = font.TableOf(tag).ToArray();
                BinaryPrimitives.WriteInt16BigEndian(head.AsSpan(50), 1);
                return head;
            default:
                return font.TableOf(tag).ToArray();
        }
    }

    private static byte[] File((string Tag, byte[] Bytes)[] tables)
    {
        using var file = new MemoryStream();
        var powers = (int)Math.Log2(tables.Length);
        Write16(file, 0x0001, 0x0000, tables.Length, 16 << powers, powers, tables.Length * 16 - (16 << powers));
        var at = 12 + tables.Length * 16;
        foreach (var (tag, bytes) in tables)
        {
            file.Write(Encoding.ASCII.GetBytes(tag));
            Write32(file, Sum(bytes), (uint)at, (uint)bytes.Length);
            at += (bytes.Length + 3) / 4 * 4;
        }

        foreach (var (_, bytes) in tables)
        {
            file.Write(bytes);
            file.Write(new byte[(4 - bytes.Length % 4) % 4]);
        }

        return file.ToArray();
    }

    private static uint Sum(byte[] bytes)
    {
        var sum = 0u;
        for (var i = 0; i < bytes.Length; i++)
            sum += (uint)bytes[i] << (24 - i % 4 * 8);
        return sum;
    }

    private static void Write16(Stream to, params int[] numbers)
    {
        var two = new byte[2];
        foreach (var number in numbers)
        {
            BinaryPrimitives.WriteUInt16BigEndian(two, (ushort)number);
            to.Write(two);
        }
    }

    private static void Write32(Stream to, params uint[] numbers)
    {
        var four = new byte[4];
        foreach (var number in numbers)
        {
            BinaryPrimitives.WriteUInt32BigEndian(four, number);
            to.Write(four);
        }
    }
}
