using System.Globalization;
using System.Text;

namespace Plainproof.Documents.Pdf;

/// <summary>What is drawn on one page. Heights count from its top.</summary>
/// <param name="key">By which the page finds its elements again.</param>
internal sealed class Canvas(PdfObjects objects, Structure structure, int page, int key)
{
    private readonly StringBuilder _drawn = new(8 * 1024);
    private readonly List<Element> _pieces = [];
    private readonly StringBuilder _annotations = new();
    private bool _marked;

    public int Id => page;

    /// <summary>What follows belongs to an element, until the end.</summary>
    public void Begin(Element element)
    {
        End();
        element.Add(Id, _pieces.Count);
        _drawn.Append(CultureInfo.InvariantCulture, $"/{element.Type}<</MCID {_pieces.Count}>>BDC\n");
        _pieces.Add(element);
        _marked = true;
    }

    /// <summary>What follows is decoration, which nobody needs to hear.</summary>
    public void BeginDecoration()
    {
        End();
        _drawn.Append("/Artifact BMC\n");
        _marked = true;
    }

    public void BeginFooter()
    {
        End();
        _drawn.Append("/Artifact<</Type/Pagination/Subtype/Footer>>BDC\n");
        _marked = true;
    }

    public void End()
    {
        if (_marked)
            _drawn.Append("EMC\n");
        _marked = false;
    }

    public void Fill(double x, double top, double width, double height, string colour) =>
        _drawn.Append(colour).Append(" rg ").Number(x).Number(PageSize.Height - top - height).Number(width).Number(height).Append("re f\n");

    public void Text(double x, double baseline, Ink ink, IReadOnlyList<Letter> letters, int from, int to)
    {
        _drawn.Append("BT/").Append(ink.Face.Resource).Append(' ').Number(ink.Size).Append("Tf ").Append(ink.Colour).Append(" rg ");
        _drawn.Number(x).Number(PageSize.Height - baseline).Append("Td\n");
        for (var i = from; i < to;)
            i = letters[i].Stands is null ? Plain(letters, i, to) : Box(letters[i], i);
        _drawn.Append("ET\n");
    }

    public void Link(Element element, LinkSpot link, double x, double top, double width, double height)
    {
        var own = structure.NextKey();
        structure.Own(own, element.Id);
        var box = new StringBuilder().Number(x).Number(PageSize.Height - top - height).Number(x + width).Number(PageSize.Height - top);
        var id = objects.Add(string.Create(CultureInfo.InvariantCulture, $"<</Type/Annot/Subtype/Link/Rect[{box}]/Border[0 0 0]/F 4/P {Id} 0 R/StructParent {own}/Contents{PdfValue.Text(link.Words)}{link.Action}>>"));
        element.AddAnnotation(Id, id);
        _annotations.Reference(id);
    }

    /// <summary>Writes what is drawn so far; the object it is in.</summary>
    public int Write()
    {
        End();
        var id = objects.Reserve();
        objects.WriteStream(id, "", Encoding.ASCII.GetBytes(_drawn.ToString()));
        _drawn.Clear();
        return id;
    }

    /// <summary>The page is done but for its footer.</summary>
    public Leaf Done()
    {
        var content = Write();
        structure.Own(key, objects.Add($"[{string.Concat(_pieces.Select(piece => PdfValue.Reference(piece.Id) + " "))}]"));
        return new Leaf(Id, key, content, _annotations.ToString());
    }

    private int Plain(IReadOnlyList<Letter> letters, int from, int to)
    {
        _drawn.Append('<');
        var i = from;
        for (; i < to && letters[i].Stands is null; i++)
            Hex(letters[i].Glyph);
        _drawn.Append(">Tj\n");
        return i;
    }

    private int Box(Letter letter, int at)
    {
        _drawn.Append("/Span<</ActualText").Append(PdfValue.Text(letter.Stands!)).Append(">>BDC<");
        Hex(letter.Glyph);
        _drawn.Append(">Tj EMC\n");
        return at + 1;
    }

    private void Hex(ushort glyph)
    {
        for (var shift = 12; shift >= 0; shift -= 4)
            _drawn.Append("0123456789ABCDEF"[glyph >> shift & 15]);
    }
}

/// <summary>A page that was written, as the list of pages needs it.</summary>
internal readonly record struct Leaf(int Id, int Key, int Content, string Annotations);
