using System.Globalization;
using DocumentFormat.OpenXml;
using W = DocumentFormat.OpenXml.Wordprocessing;

namespace Plainproof.Documents.Docx;

/// <summary>Tables, row after row, so that a long one is never whole in memory. The head is repeated on each page.</summary>
internal sealed class WordTables(OpenXmlWriter xml, WordText text)
{
    /// <summary>Word opens no table that has more.</summary>
    private const int MostColumns = 63;

    private const int FiguresInARow = 4;

    public void Write(Table table)
    {
        var shape = new TableShape(table);
        if (shape.Columns > MostColumns)
            throw new ArgumentException($"The table \"{table.Caption}\" has {shape.Columns} columns. Word takes {MostColumns} at most: split it, or write it as XLSX.", nameof(table));
        if (table.Caption.Length > 0)
            xml.WriteElement(WordParagraph.Of("Caption", [WordText.Run(table.Caption)]));
        if (shape.Columns > 0)
            WriteTable(table, shape);
    }

    public void Write(KeyFigures figures)
    {
        foreach (var row in figures.Figures.Chunk(FiguresInARow))
            WriteFigures(row);
    }

    private void WriteTable(Table table, TableShape shape)
    {
        var widths = shape.Widths(WordPage.Text, 220, word => Width(word, 112), word => Width(word, 102));
        var numbers = Enumerable.Range(0, shape.Columns).Select(shape.HoldsNumbers).ToArray();
        Begin("ReportTable", widths, table.Caption);
        xml.WriteElement(Head(shape, numbers));
        foreach (var row in table.Rows)
            xml.WriteElement(Row([.. numbers.Select((number, column) => Cell(number ? "TableNumber" : "TableText", text.Runs(TableShape.Cell(row, column))))]));
        End();
    }

    /// <summary>About: Word measures anew, others take what stands here.</summary>
    private static double Width(string word, int each) => word.Length * (double)each;

    private static W.TableRow Head(TableShape shape, bool[] numbers)
    {
        var row = Row([.. numbers.Select((number, column) => Cell(number ? "TableHeadNumber" : "TableHead", [WordText.Run(shape.Head(column))]))]);
        row.TableRowProperties!.Append(new W.TableHeader());
        return row;
    }

    private void WriteFigures(KeyFigure[] figures)
    {
        Begin("Figures", [.. figures.Select(_ => (double)WordPage.Text / FiguresInARow)], "");
        xml.WriteElement(Row([.. figures.Select(Figure)]));
        End();
    }

    private W.TableCell Figure(KeyFigure figure) => new(
        WordParagraph.Of("FigureValue" + WordBlocks.Suffix(figure.Tone), [text.Linked(figure.Value, figure.Link)]),
        WordParagraph.Of("FigureLabel", [WordText.Run(figure.Label)]));

    private void Begin(string style, double[] widths, string caption)
    {
        xml.WriteStartElement(new W.Table());
        xml.WriteElement(new W.TableProperties
        {
            TableStyle = new W.TableStyle { Val = style },
            TableWidth = new W.TableWidth { Width = Twips(widths.Sum()), Type = W.TableWidthUnitValues.Dxa },
            TableLayout = new W.TableLayout { Type = W.TableLayoutValues.Fixed },
            TableLook = new W.TableLook { Val = "0020", FirstRow = style == "ReportTable", LastRow = false, FirstColumn = false, LastColumn = false, NoHorizontalBand = true, NoVerticalBand = true },
            TableCaption = caption.Length == 0 ? null : new W.TableCaption { Val = CleanText.Of(caption) },
        });
        xml.WriteElement(new W.TableGrid(widths.Select(width => new W.GridColumn { Width = Twips(width) })));
    }

    /// <summary>Two tables without anything between them would become one.</summary>
    private void End()
    {
        xml.WriteEndElement();
        xml.WriteElement(WordParagraph.Of("TableGap", []));
    }

    private static W.TableRow Row(W.TableCell[] cells)
    {
        var row = new W.TableRow { TableRowProperties = new W.TableRowProperties(new W.CantSplit()) };
        row.Append(cells);
        return row;
    }

    private static W.TableCell Cell(string style, IEnumerable<OpenXmlElement> content) => new(WordParagraph.Of(style, content));

    private static string Twips(double width) => Math.Round(width).ToString(CultureInfo.InvariantCulture);
}
