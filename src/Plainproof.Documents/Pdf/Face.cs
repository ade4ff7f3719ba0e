using System.Globalization;
using System.Text;

namespace Plainproof.Documents.Pdf;

/// <summary>One typeface in one file: what of it is used, and the objects that carry it.</summary>
internal sealed class Face(string resource, TrueType font, string look)
{
    private readonly SortedDictionary<ushort, int> _used = [];

    /// <summary>As pages call it.</summary>
    public string Resource { get; } = resource;

    public int Id { get; set; }

    public double Ascent => font.Ascent / 1000;

    public double Descent => font.Descent / 1000;

    public bool Draws(int character) => font.GlyphOf(character) != 0;

    public ushort Use(int character)
    {
        var glyph = font.GlyphOf(character);
        if (!_used.TryGetValue(glyph, out var known) || character < known)
            _used[glyph] = character;
        return glyph;
    }

    /// <summary>Of a size of 1.</summary>
    public double WidthOf(ushort glyph) => font.WidthOf(glyph) / 1000;

    public double WidthOf(string text)
    {
        var width = 0.0;
        foreach (var c in text)
            width += font.WidthOf(font.GlyphOf(c));
        return width / 1000;
    }

    public void Write(PdfObjects objects)
    {
        var (file, toUnicode) = (objects.Reserve(), objects.Reserve());
        objects.WriteStream(file, "", TrueTypeSubset.Of(font, _used.Keys));
        objects.WriteStream(toUnicode, "", Encoding.ASCII.GetBytes(ToUnicode()));
        var name = "/PPROOF+" + font.Name;
        var box = string.Join(' ', font.Box.Select(side => side.ToString(CultureInfo.InvariantCulture)));
        var descriptor = objects.Add(string.Create(CultureInfo.InvariantCulture, $"<</Type/FontDescriptor/FontName{name}/Flags {look}/FontBBox[{box}]/ItalicAngle 0/Ascent {font.Ascent}/Descent {font.Descent}/CapHeight {font.CapHeight}/StemV 80/FontFile2 {file} 0 R>>"));
        var glyphs = objects.Add(string.Create(CultureInfo.InvariantCulture, $"<</Type/Font/Subtype/CIDFontType2/BaseFont{name}/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/FontDescriptor {descriptor} 0 R/CIDToGIDMap/Identity/W[{Widths()}]>>"));
        objects.Write(Id, string.Create(CultureInfo.InvariantCulture, $"<</Type/Font/Subtype/Type0/BaseFont{name}/Encoding/Identity-H/DescendantFonts[{glyphs} 0 R]/ToUnicode {toUnicode} 0 R>>"));
    }

    private string Widths() =>
        string.Join(' ', _used.Keys.Select(glyph => string.Create(CultureInfo.InvariantCulture, $"{glyph}[{font.WidthOf(glyph):0.###}]")));

    private string ToUnicode()
    {
        var map = new StringBuilder("""
            /CIDInit/ProcSet findresource begin
            12 dict begin
            begincmap
            /CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>> def
            /CMapName/Adobe-Identity-UCS def
            /CMapType 2 def
            1 begincodespacerange
            <0000><FFFF>
            endcodespacerange

            """.ReplaceLineEndings("\n"));
        foreach (var some in _used.Chunk(100))
        {
            map.Append(CultureInfo.InvariantCulture, $"{some.Length} beginbfchar\n");
            foreach (var (glyph, character) in some)
                map.Append(CultureInfo.InvariantCulture, $"<{glyph:X4}><{character:X4}>\n");
            map.Append("endbfchar\n");
        }

        return map.Append("endcmap\nCMapName currentdict/CMap defineresource pop\nend\nend\n").ToString();
    }
}
