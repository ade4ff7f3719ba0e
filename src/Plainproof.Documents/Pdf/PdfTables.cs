namespace Plainproof.Documents.Pdf;

/// <summary>Tables, row after row. The head is repeated on each page; a row is split only when no page could hold it.</summary>
internal sealed class PdfTables(Pages pages, Structure structure, Script script)
{
    private const double Size = 8.5;
    private const double Leading = Size * 1.36;
    private const double Side = 5;
    private const double Above = 4;
    private const double BarHeight = 5;
    private const string RowHead = "/A<</O/Table/Scope/Row>>";
    private const string ColumnHead = "/A<</O/Table/Scope/Column>>";

    public void Write(Table table) => Write(table, null);

    /// <summary>The numbers of the bars, with each bar beneath its label.</summary>
    public void Write(Bars bars) => Write(BarsAsTable.Of(bars), bars);

    /// <summary>A table on its way: its head, and where its columns are.</summary>
    private sealed record Frame(double[] Widths, bool[] Numbers, Lines[] Head, Bars? Bars)
    {
        public double HeadHeight => Head.Max(cell => cell.Count) * Leading + 2 * Above;
    }

    private void Write(Table table, Bars? bars)
    {
        var shape = new TableShape(table);
        structure.Open("Table");
        pages.Gap(6);
        var frame = shape.Columns == 0 ? null : FrameOf(shape, bars);
        WriteCaption(table, frame);
        if (frame is not null)
            WriteRows(table, frame);
        structure.Close();
        pages.Gap(10);
    }

    private Frame FrameOf(TableShape shape, Bars? bars)
    {
        var widths = shape.Widths(pages.Width, 2 * Side, word => script.WidthOf(word, Size, bold: true), word => script.WidthOf(word, Size));
        var numbers = Enumerable.Range(0, shape.Columns).Select(shape.HoldsNumbers).ToArray();
        var head = widths.Select((width, column) => new Lines(script.Plain(shape.Head(column), Size, bold: true), width - 2 * Side)).ToArray();
        return new Frame(widths, numbers, head, bars);
    }

    /// <summary>The caption stays with the head and the first lines.</summary>
    private void WriteCaption(Table table, Frame? frame)
    {
        var caption = new Lines(script.Plain(table.Caption, 9, bold: true), pages.Width);
        pages.Need((table.Caption.Length > 0 ? caption.Count * 13 + 4 : 0) + (frame?.HeadHeight ?? 0) + 3 * Leading + 2 * Above);
        if (table.Caption.Length == 0)
            return;
        structure.Inside("Caption", element => Painter.Draw(pages.Canvas, caption, 0, caption.Count, pages.Left, pages.Y, 13, element));
        pages.Y += caption.Count * 13 + 4;
    }

    private void WriteRows(Table table, Frame frame)
    {
        structure.Open("THead");
        structure.Open("TR");
        DrawHeadGround(frame);
        DrawCells(frame, frame.Head, (cell, column, x) =>
            structure.Inside("TH", element => Painter.Draw(pages.Canvas, cell, 0, cell.Count, x, pages.Y + Above, Leading, element), ColumnHead));
        pages.Y += frame.HeadHeight;
        structure.Close();
        structure.Close();
        structure.Open("TBody");
        for (var i = 0; i < table.Rows.Count; i++)
            WriteRow(table.Rows[i], frame, frame.Bars?.Rows[i]);
        structure.Close();
    }

    private void WriteRow(IReadOnlyList<Text> row, Frame frame, BarRow? bar)
    {
        var cells = frame.Widths.Select((width, column) => new Lines(script.Of(TableShape.Cell(row, column), Size), width - 2 * Side)).ToArray();
        var extra = 2 * Above + (bar is null ? 0 : BarHeight + 3);
        var lines = cells.Max(cell => cell.Count);
        if (lines * Leading + extra > pages.Room && (lines * Leading + extra <= Pages.WholeRoom - frame.HeadHeight || pages.Room < 4 * Leading))
            BeginPage(frame);
        structure.Open("TR");
        var elements = cells.Select((_, column) => column == 0 ? structure.Beside("TH", RowHead) : structure.Beside("TD")).ToArray();
        for (var from = 0; from < lines;)
        {
            var to = Math.Min(lines, from + Math.Max(1, (int)((pages.Room - extra + 0.01) / Leading)));
            DrawPart(frame, cells, elements, from, to, bar);
            from = to;
            if (from < lines)
                BeginPage(frame);
        }

        foreach (var element in elements)
            element.Write();
        structure.Close();
    }

    private void DrawPart(Frame frame, Lines[] cells, Element[] elements, int from, int to, BarRow? bar)
    {
        DrawCells(frame, cells, (cell, column, x) =>
        {
            if (from < cell.Count)
                Painter.Draw(pages.Canvas, cell, from, Math.Min(to, cell.Count), x, pages.Y + Above, Leading, elements[column]);
        }, from);
        pages.Y += (to - from) * Leading + 2 * Above;
        pages.Canvas.BeginDecoration();
        if (bar is not null)
            DrawBar(frame, bar);
        pages.Canvas.Fill(pages.Left, pages.Y - 0.5, frame.Widths.Sum(), 0.5, Colours.Line);
        pages.Canvas.End();
    }

    private void DrawBar(Frame frame, BarRow bar)
    {
        var widest = Math.Max(1, frame.Bars!.Rows.Max(row => row.Values.Sum()));
        var (x, unit) = (pages.Left + Side, (frame.Widths[0] - 2 * Side) / widest);
        for (var i = 0; i < bar.Values.Count && i < frame.Bars.Legend.Count; i++)
        {
            if (bar.Values[i] > 0)
                pages.Canvas.Fill(x, pages.Y - 2, Math.Max(bar.Values[i] * unit - 0.75, 0.5), BarHeight, Colours.Fill(frame.Bars.Legend[i].Tone));
            x += bar.Values[i] * unit;
        }

        pages.Y += BarHeight + 3;
    }

    private void BeginPage(Frame frame)
    {
        pages.Next();
        DrawHeadGround(frame);
        DrawCells(frame, frame.Head, (cell, _, x) => Painter.DrawAgain(pages.Canvas, cell, x, pages.Y + Above, Leading));
        pages.Y += frame.HeadHeight;
    }

    private void DrawHeadGround(Frame frame)
    {
        var (x, width) = (pages.Left, frame.Widths.Sum());
        pages.Canvas.BeginDecoration();
        pages.Canvas.Fill(x, pages.Y, width, frame.HeadHeight, Colours.HeadShade);
        pages.Canvas.Fill(x, pages.Y + frame.HeadHeight - 1, width, 1, Colours.Edge);
        for (var column = 1; frame.Bars is not null && column <= frame.Bars.Legend.Count; column++)
            pages.Canvas.Fill(x + frame.Widths[..column].Sum() + 2, pages.Y, frame.Widths[column] - 4, 2.5, Colours.Fill(frame.Bars.Legend[column - 1].Tone));
        pages.Canvas.End();
    }

    /// <summary>Numbers end at the right of their column: the place of a cell is that of its first line.</summary>
    private void DrawCells(Frame frame, Lines[] cells, Action<Lines, int, double> draw, int line = 0)
    {
        var left = pages.Left;
        for (var column = 0; column < cells.Length; column++)
        {
            var (cell, width) = (cells[column], frame.Widths[column]);
            draw(cell, column, frame.Numbers[column] && line < cell.Count ? left + width - Side - cell[line].Width : left + Side);
            left += width;
        }
    }
}
