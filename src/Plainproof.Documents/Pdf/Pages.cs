using System.Globalization;

namespace Plainproof.Documents.Pdf;

/// <summary>The pages, one after the other, and how far down the current one is filled.</summary>
internal sealed class Pages
{
    private readonly PdfObjects _objects;
    private readonly PdfFonts _fonts;
    private readonly Structure _structure;
    private readonly List<Leaf> _done = [];
    private readonly List<Edge> _edges = [];

    public Pages(PdfObjects objects, PdfFonts fonts, Structure structure)
    {
        (_objects, _fonts, _structure) = (objects, fonts, structure);
        Canvas = NewCanvas();
    }

    /// <summary>A coloured edge beside what is drawn, from page to page until it ends.</summary>
    private sealed class Edge(double x, double from, string colour)
    {
        public double X => x;

        public double From { get; set; } = from;

        public string Colour => colour;
    }

    public Canvas Canvas { get; private set; }

    public double Y { get; set; } = PageSize.Top;

    public double Left { get; private set; } = PageSize.Margin;

    public double Width => PageSize.Width - PageSize.Margin - Left;

    public double Room => PageSize.Bottom - Y;

    public bool AtTop => Y <= PageSize.Top;

    public static double WholeRoom => PageSize.Bottom - PageSize.Top;

    public List<Bookmark> Bookmarks { get; } = [];

    public SortedDictionary<string, Spot> Anchors { get; } = new(StringComparer.Ordinal);

    /// <summary>The object that lists all pages.</summary>
    public int Tree { get; private set; }

    /// <summary>Goes to the next page when less room is left, unless no page has more.</summary>
    public void Need(double height)
    {
        if (Room < Math.Min(height, WholeRoom) && !AtTop)
            Next();
    }

    /// <summary>Room between two blocks; none at the top of a page.</summary>
    public void Gap(double height)
    {
        if (!AtTop)
            Y += height;
    }

    public void Next()
    {
        foreach (var edge in _edges)
            Draw(edge, Math.Min(Y, PageSize.Bottom));
        _done.Add(Canvas.Done());
        Canvas = NewCanvas();
        Y = PageSize.Top;
        foreach (var edge in _edges)
            edge.From = Y;
    }

    public void Inside(string colour, double indent, Action write)
    {
        _edges.Add(new Edge(Left, Y, colour));
        Left += indent;
        write();
        Left -= indent;
        Draw(_edges[^1], Y);
        _edges.RemoveAt(_edges.Count - 1);
    }

    public void Indented(double indent, Action write)
    {
        Left += indent;
        write();
        Left -= indent;
    }

    public void Mark(string? anchor)
    {
        if (anchor is not null)
            Anchors.TryAdd(anchor, Here);
    }

    public void Mark(int depth, string title) => Bookmarks.Add(new Bookmark(depth, title, Here));

    public void Finish(string title)
    {
        _done.Add(Canvas.Done());
        Tree = _objects.Reserve();
        for (var i = 0; i < _done.Count; i++)
            Write(_done[i], i + 1, title);
        _objects.Write(Tree, string.Create(CultureInfo.InvariantCulture, $"<</Type/Pages/Count {_done.Count}/Kids[{string.Join(' ', _done.Select(page => PdfValue.Reference(page.Id)))}]>>"));
    }

    private Canvas NewCanvas() => new(_objects, _structure, _objects.Reserve(), _structure.NextKey());

    private Spot Here => new(Canvas.Id, Math.Min(PageSize.Height, PageSize.Height - Y + 12));

    private void Draw(Edge edge, double to)
    {
        if (to <= edge.From)
            return;
        Canvas.BeginDecoration();
        Canvas.Fill(edge.X, edge.From, 2.5, to - edge.From, edge.Colour);
        Canvas.End();
    }

    /// <summary>The footer comes last: only then is it known how many pages there are.</summary>
    private void Write(Leaf page, int number, string title)
    {
        var footer = new Canvas(_objects, _structure, page.Id, page.Key);
        DrawFooter(footer, title, string.Create(CultureInfo.InvariantCulture, $"Page {number} of {_done.Count}"));
        var annotations = page.Annotations.Length == 0 ? "" : $"/Annots[{page.Annotations}]";
        _objects.Write(page.Id, string.Create(CultureInfo.InvariantCulture, $"<</Type/Page/Parent {Tree} 0 R/MediaBox[0 0 {PageSize.Width} {PageSize.Height}]/Resources {_fonts.Resources} 0 R/Contents[{page.Content} 0 R {footer.Write()} 0 R]/StructParents {page.Key}/Tabs/S{annotations}>>"));
    }

    private void DrawFooter(Canvas footer, string title, string number)
    {
        var ink = new Ink(_fonts.Regular, 8, Colours.Quiet);
        var right = new Lines(new Letters(_fonts).Add(number, ink), PageSize.Text);
        var left = new Lines(new Letters(_fonts).Add(title, ink), PageSize.Text - right[0].Width - 30);
        footer.BeginFooter();
        footer.Fill(PageSize.Margin, PageSize.Footer - 14, PageSize.Text, 0.5, Colours.Line);
        footer.Text(PageSize.Margin, PageSize.Footer, ink, left.Letters.All, left[0].From, left[0].To);
        footer.Text(PageSize.Width - PageSize.Margin - right[0].Width, PageSize.Footer, ink, right.Letters.All, 0, right[0].To);
        footer.End();
    }
}

/// <summary>A place that can be gone to.</summary>
internal readonly record struct Spot(int Page, double Height);

internal sealed record Bookmark(int Depth, string Title, Spot At);
