using System.Globalization;
using System.Text;

namespace Plainproof.Documents.Pdf;

/// <summary>The tree that says what is a heading, a list, a table. Elements are written when they close, so it is never whole in memory.</summary>
internal sealed class Structure
{
    private readonly PdfObjects _objects;
    private readonly Stack<Element> _open = [];
    private readonly SortedDictionary<int, int> _parents = [];
    private int _keys;

    public Structure(PdfObjects objects)
    {
        _objects = objects;
        Root = objects.Reserve();
        Top = new Element(objects, "Document", Root, "");
        _open.Push(Top);
    }

    public int Root { get; }

    private Element Top { get; }

    /// <summary>What is drawn inside belongs to it. The caller closes it.</summary>
    public Element Open(string type, string attributes = "")
    {
        var element = Beside(type, attributes);
        _open.Push(element);
        return element;
    }

    /// <summary>An element that stays open beside others, such as the cells of a row. The caller writes it.</summary>
    public Element Beside(string type, string attributes = "")
    {
        var element = new Element(_objects, type, _open.Peek().Id, attributes);
        _open.Peek().Add(element);
        return element;
    }

    public void Close() => _open.Pop().Write();

    public void Inside(string type, Action<Element> write, string attributes = "")
    {
        write(Open(type, attributes));
        Close();
    }

    /// <summary>A number by which a page or a link finds its elements again.</summary>
    public int NextKey() => _keys++;

    public void Own(int key, int owner) => _parents[key] = owner;

    public void Write()
    {
        Close();
        var numbers = new StringBuilder();
        foreach (var (key, owner) in _parents)
            numbers.Number(key).Reference(owner);
        var parents = _objects.Add($"<</Nums[{numbers}]>>");
        _objects.Write(Root, string.Create(CultureInfo.InvariantCulture, $"<</Type/StructTreeRoot/K[{Top.Id} 0 R]/ParentTree {parents} 0 R/ParentTreeNextKey {_keys}>>"));
    }
}

/// <summary>One element: its kids are elements, pieces of pages, and links.</summary>
internal sealed class Element(PdfObjects objects, string type, int parent, string attributes)
{
    private readonly StringBuilder _kids = new();
    private List<Element>? _links;
    private int _page;

    public int Id { get; } = objects.Reserve();

    public string Type { get; } = type;

    public void Add(Element kid) => _kids.Reference(kid.Id);

    /// <param name="piece">Its number on the page.</param>
    public void Add(int page, int piece)
    {
        if (_page == 0)
            _page = page;
        if (_page == page)
            _kids.Number(piece);
        else
            _kids.Append(CultureInfo.InvariantCulture, $"<</Type/MCR/Pg {page} 0 R/MCID {piece}>>");
    }

    public void AddAnnotation(int page, int annotation) =>
        _kids.Append(CultureInfo.InvariantCulture, $"<</Type/OBJR/Pg {page} 0 R/Obj {annotation} 0 R>>");

    public Element For(LinkSpot link)
    {
        if (link.Element is not null)
            return link.Element;
        link.Element = new Element(objects, "Link", Id, "");
        Add(link.Element);
        (_links ??= []).Add(link.Element);
        return link.Element;
    }

    public void Write()
    {
        foreach (var link in _links ?? [])
            link.Write();
        var page = _page == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"/Pg {_page} 0 R");
        var kids = _kids.Length == 0 ? "" : $"/K[{_kids}]";
        objects.Write(Id, string.Create(CultureInfo.InvariantCulture, $"<</Type/StructElem/S/{Type}/P {parent} 0 R{page}{attributes}{kids}>>"));
    }
}
