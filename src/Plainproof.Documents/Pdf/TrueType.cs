using System.Buffers.Binary;

namespace Plainproof.Documents.Pdf;

/// <summary>A TrueType font: which glyph draws a character, how wide it is, and the tables that a subset keeps.</summary>
internal sealed class TrueType
{
    private readonly byte[] _bytes;
    private readonly Dictionary<string, (int At, int Length)> _tables = [];
    private readonly ushort[] _plane = new ushort[0x10000];
    private readonly int _measured;
    private readonly double _unit;

    public TrueType(string name)
    {
        Name = name;
        _bytes = Resource.Bytes(name + ".ttf");
        for (var i = 0; i < U16(4); i++)
        {
            var entry = 12 + i * 16;
            _tables[System.Text.Encoding.ASCII.GetString(_bytes, entry, 4)] = (I32(entry + 8), I32(entry + 12));
        }

        _unit = 1000.0 / U16(At("head") + 18);
        _measured = U16(At("hhea") + 34);
        Glyphs = U16(At("maxp") + 4);
        ReadCharacters();
    }

    public string Name { get; }

    public int Glyphs { get; }

    public double Ascent => Scaled(At("hhea") + 4);

    public double Descent => Scaled(At("hhea") + 6);

    public double CapHeight => Scaled(At("OS/2") + 88);

    public double[] Box => [Scaled(At("head") + 36), Scaled(At("head") + 38), Scaled(At("head") + 40), Scaled(At("head") + 42)];

    /// <summary>0 when the font has none.</summary>
    public ushort GlyphOf(int character) => character < _plane.Length ? _plane[character] : (ushort)0;

    /// <summary>In thousandths of the size.</summary>
    public double WidthOf(ushort glyph) => U16(At("hmtx") + Math.Min(glyph, _measured - 1) * 4) * _unit;

    public ReadOnlySpan<byte> TableOf(string tag) => _tables.TryGetValue(tag, out var table) ? _bytes.AsSpan(table.At, table.Length) : [];

    public ReadOnlySpan<byte> OutlineOf(int glyph)
    {
        var (from, to) = (Offset(glyph), Offset(glyph + 1));
        return TableOf("glyf")[from..to];
    }

    private int Offset(int glyph) => U16(At("head") + 50) == 0 ? U16(At("loca") + glyph * 2) * 2 : I32(At("loca") + glyph * 4);

    /// <summary>From the table for the first plane of Unicode, in segments.</summary>
    private void ReadCharacters()
    {
        var table = Enumerable.Range(0, U16(At("cmap") + 2)).Select(i => At("cmap") + 4 + i * 8)
            .Where(record => U16(record) == 3 && U16(record + 2) == 1).Select(record => At("cmap") + I32(record + 4)).First();
        var twice = U16(table + 6);
        for (var i = 0; i < twice; i += 2)
            ReadSegment(table + 14 + i, twice);
    }

    private void ReadSegment(int segment, int twice)
    {
        var (last, first, delta, offsetAt) = (U16(segment), U16(segment + twice + 2), U16(segment + 2 * twice + 2), segment + 3 * twice + 2);
        var offset = U16(offsetAt);
        for (var character = first; character <= last && character != 0xFFFF; character++)
        {
            var glyph = offset == 0 ? character : U16(offsetAt + offset + (character - first) * 2);
            _plane[character] = glyph == 0 ? (ushort)0 : (ushort)(glyph + delta);
        }
    }

    private int At(string tag) => _tables[tag].At;

    private double Scaled(int at) => Math.Round(BinaryPrimitives.ReadInt16BigEndian(_bytes.AsSpan(at)) * _unit);

    private int U16(int at) => BinaryPrimitives.ReadUInt16BigEndian(_bytes.AsSpan(at));

    private int I32(int at) => BinaryPrimitives.ReadInt32BigEndian(_bytes.AsSpan(at));
}
