namespace Plainproof.Documents.Pdf;

/// <summary>A few numbers, four in a row, each above what it counts.</summary>
internal sealed class PdfFigures(Pages pages, Structure structure, Script script)
{
    private const int InARow = 4;
    private const double Between = 12;
    private const double ValueLeading = 24;
    private const double LabelLeading = 12;

    public void Write(KeyFigures figures)
    {
        if (figures.Figures.Count == 0)
            return;
        pages.Gap(4);
        structure.Open("L");
        foreach (var row in figures.Figures.Chunk(InARow))
            Write(row);
        structure.Close();
        pages.Gap(4);
    }

    private void Write(KeyFigure[] row)
    {
        var width = (pages.Width - (InARow - 1) * Between) / InARow;
        var values = row.Select(figure => new Lines(Value(figure), width)).ToArray();
        var labels = row.Select(figure => new Lines(script.Plain(figure.Label + " ", 8.5, Colours.Quiet), width)).ToArray();
        var high = values.Max(lines => lines.Count) * ValueLeading;
        var height = 6 + high + labels.Max(lines => lines.Count) * LabelLeading;
        pages.Need(height);
        for (var i = 0; i < row.Length; i++)
            Write(row[i].Tone, values[i], labels[i], pages.Left + i * (width + Between), width, high);
        pages.Y += height + 10;
    }

    /// <summary>Spaces part what stands apart, for those who hear or copy it.</summary>
    private Letters Value(KeyFigure figure) => script.Linked(figure.Value + " ", figure.Link, 18, Colours.Words(figure.Tone), bold: true);

    private void Write(Tone tone, Lines value, Lines label, double x, double width, double high)
    {
        pages.Canvas.BeginDecoration();
        pages.Canvas.Fill(x, pages.Y, width, 2, Colours.Fill(tone));
        structure.Open("LI");
        structure.Inside("LBody", element =>
        {
            Painter.Draw(pages.Canvas, value, 0, value.Count, x, pages.Y + 5, ValueLeading, element);
            Painter.Draw(pages.Canvas, label, 0, label.Count, x, pages.Y + 5 + high, LabelLeading, element);
        });
        structure.Close();
    }
}
