using System.Globalization;

namespace Plainproof.Documents.Pdf;

/// <summary>Lays the blocks of a document out, one beneath the other.</summary>
internal sealed class Flow
{
    private const double Body = 10;
    private const double Small = 9;
    private const double ListIndent = 18;
    private const double EdgeIndent = 12;
    private const double NotePad = 4;
    private const double FactLabel = 90;

    /// <summary>A heading stays with at least this much of what it heads.</summary>
    private const double AfterHeading = 46;

    private static readonly double[] HeadingSizes = [15, 12.5, 11, 10, 10, 10];
    private static readonly double[] HeadingGaps = [22, 17, 14, 12, 12, 12];

    private readonly Document _document;
    private readonly Pages _pages;
    private readonly Structure _structure;
    private readonly PdfFonts _fonts;
    private readonly Script _script;
    private readonly Outline _outline;
    private readonly PdfTables _tables;
    private readonly PdfFigures _figures;

    public Flow(Document document, Pages pages, Structure structure, PdfFonts fonts)
    {
        (_document, _pages, _structure, _fonts) = (document, pages, structure, fonts);
        _script = new Script(fonts, new Links(document));
        _outline = new Outline(document);
        _tables = new PdfTables(pages, structure, _script);
        _figures = new PdfFigures(pages, structure, _script);
    }

    public void Write()
    {
        WriteTitle();
        Write(_document.Blocks);
        WriteMissing();
    }

    private void WriteTitle()
    {
        Write("H1", _script.Plain(_document.Title, 22, bold: true), 22 * 1.2);
        _pages.Gap(4);
        if (_document.Subtitle.Length > 0)
            Write("P", _script.Plain(_document.Subtitle, 11, Colours.Quiet), 11 * Painter.Leading);
        _pages.Gap(10);
        _pages.Canvas.BeginDecoration();
        _pages.Canvas.Fill(_pages.Left, _pages.Y, _pages.Width, 1, Colours.Edge);
        _pages.Canvas.End();
        _pages.Gap(14);
    }

    private void Write(IEnumerable<Block> blocks)
    {
        foreach (var block in blocks)
            Write(block);
    }

    private void Write(Block block)
    {
        switch (block)
        {
            case Heading heading:
                WriteHeading(_outline.Enter(heading), heading.Text, heading.Anchor);
                break;
            case Paragraph paragraph:
                WriteParagraph(paragraph);
                break;
            case BulletList list:
                WriteList(list.Items, _ => "•", "Disc");
                break;
            case NumberedList list:
                WriteList(list.Items, index => string.Create(CultureInfo.InvariantCulture, $"{index + 1}."), "Decimal");
                break;
            case Note note:
                WriteNote(note);
                break;
            case Table table:
                _tables.Write(table);
                break;
            case KeyFigures figures:
                _figures.Write(figures);
                break;
            case Bars bars:
                _tables.Write(bars);
                break;
            case Card card:
                WriteCard(card);
                break;
            case Details details:
                WriteHeading(_outline.Beneath, details.Summary, details.Anchor);
                _outline.Inside(() => Write(details.Blocks));
                break;
            default:
                throw new NotSupportedException($"No way to write {block.GetType().Name} as PDF.");
        }
    }

    private void WriteHeading(int depth, string text, string? anchor)
    {
        var size = HeadingSizes[depth - 1];
        var lines = new Lines(_script.Plain(text, size, bold: true), _pages.Width);
        _pages.Gap(HeadingGaps[depth - 1] - 6);
        _pages.Need(lines.Count * size * 1.25 + AfterHeading);
        _pages.Mark(anchor);
        _pages.Mark(depth, text);
        Write($"H{Math.Min(depth + 1, Outline.Deepest)}", lines, size * 1.25);
        _pages.Gap(5);
    }

    private void WriteParagraph(Paragraph paragraph)
    {
        var size = paragraph.Quiet ? Small : Body;
        Write("P", _script.Of(paragraph.Text, size, paragraph.Quiet ? Colours.Quiet : Colours.Ink), size * Painter.Leading);
        _pages.Gap(7);
    }

    private void WriteList(IReadOnlyList<Text> items, Func<int, string> mark, string numbering)
    {
        if (items.Count == 0)
            return;
        _structure.Open("L", $"/A<</O/List/ListNumbering/{numbering}>>");
        for (var i = 0; i < items.Count; i++)
            WriteItem(mark(i), items[i]);
        _structure.Close();
        _pages.Gap(5);
    }

    private void WriteItem(string mark, Text item)
    {
        const double leading = Body * Painter.Leading;
        var body = new Lines(_script.Of(item, Body), _pages.Width - ListIndent);
        _structure.Open("LI");
        _pages.Need(Math.Min(body.Count, 2) * leading);
        var label = new Lines(_script.Plain(mark, Body), ListIndent);
        _structure.Inside("Lbl", element => Painter.Draw(_pages.Canvas, label, 0, 1, _pages.Left + 4, _pages.Y, leading, element));
        _pages.Indented(ListIndent, () => Write("LBody", body, leading));
        _structure.Close();
        _pages.Gap(2);
    }

    private void WriteNote(Note note)
    {
        _pages.Gap(2);
        _pages.Inside(Colours.Fill(note.Tone), EdgeIndent, () =>
        {
            _pages.Need(2 * (Body * Painter.Leading + NotePad));
            _pages.Y += NotePad;
            Write("P", new Lines(_script.Of(note.Text, Body), _pages.Width - 2 * NotePad), Body * Painter.Leading, Colours.Shade);
            _pages.Y += NotePad;
        });
        _pages.Gap(9);
    }

    private void WriteCard(Card card)
    {
        _pages.Gap(8);
        _pages.Need(80);
        _structure.Open("Sect");
        _pages.Inside(Colours.Fill(card.Tone), EdgeIndent, () =>
        {
            WriteCardHead(card);
            _outline.Inside(() => Write(card.Blocks));
            foreach (var (label, value) in card.Facts)
                WriteFact(label, value);
        });
        _structure.Close();
        _pages.Gap(10);
    }

    private void WriteCardHead(Card card)
    {
        var depth = _outline.Beneath;
        _pages.Mark(card.Anchor);
        _pages.Mark(depth, card.Title);
        Write($"H{Math.Min(depth + 1, Outline.Deepest)}", _script.Plain(card.Title, 10.5, bold: true), 10.5 * 1.3);
        if (card.Tag is not null)
            Write("P", _script.Plain(card.Tag, 8.5, Colours.Quiet), 8.5 * Painter.Leading);
        _pages.Gap(4);
    }

    private void WriteFact(string label, Text value)
    {
        const double leading = Small * Painter.Leading;
        _pages.Need(leading);
        var words = new Lines(_script.Plain(label, Small, Colours.Quiet), FactLabel - 8);
        var (canvas, top) = (_pages.Canvas, _pages.Y);
        _structure.Inside("P", element => Painter.Draw(canvas, words, 0, words.Count, _pages.Left, top, leading, element));
        _pages.Indented(FactLabel, () => Write("P", _script.Of(value, Small), leading));
        if (_pages.Canvas == canvas)
            _pages.Y = Math.Max(_pages.Y, top + words.Count * leading);
    }

    private void WriteMissing()
    {
        if (_fonts.Missing.Count == 0)
            return;
        const int most = 40;
        var some = string.Join("; ", _fonts.Missing.Take(most).Select(text => string.Join(' ', text.EnumerateRunes().Select(rune => $"U+{rune.Value:X4}"))));
        var rest = _fonts.Missing.Count > most ? string.Create(CultureInfo.InvariantCulture, $"; and {_fonts.Missing.Count - most} more") : "";
        _pages.Gap(14);
        WriteParagraph(new Paragraph($"Characters drawn as a box, because this file cannot show them: {some}{rest}. Copied text has them.", Quiet: true));
    }

    private void Write(string type, Letters letters, double leading) => Write(type, new Lines(letters, _pages.Width), leading);

    private void Write(string type, Lines lines, double leading, string? shade = null) =>
        _structure.Inside(type, element =>
        {
            for (var from = 0; from < lines.Count;)
            {
                var count = Fitting(lines.Count - from, leading);
                if (count > 0)
                    Draw(lines, from, from + count, leading, element, shade);
                from += count;
                if (from < lines.Count)
                    _pages.Next();
            }
        });

    private void Draw(Lines lines, int from, int to, double leading, Element element, string? shade)
    {
        var height = (to - from) * leading;
        if (shade is not null)
        {
            _pages.Canvas.BeginDecoration();
            _pages.Canvas.Fill(_pages.Left - EdgeIndent + 2.5, _pages.Y - NotePad, _pages.Width + EdgeIndent - 2.5, height + 2 * NotePad, shade);
        }

        Painter.Draw(_pages.Canvas, lines, from, to, _pages.Left, _pages.Y, leading, element);
        _pages.Y += height;
    }

    /// <summary>How many lines go on this page. One line alone stands neither at its foot nor at the top of the next.</summary>
    private int Fitting(int count, double leading)
    {
        var fit = (int)((_pages.Room + 0.01) / leading);
        if (fit >= count)
            return count;
        var kept = Math.Min(fit, count - 2);
        return kept >= 2 ? kept : _pages.AtTop ? Math.Max(fit, 1) : 0;
    }
}
