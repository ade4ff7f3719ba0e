using System.Globalization;
using System.Xml;
using Plainproof.Documents.Xlsx;

namespace Plainproof.Documents.Workbooks;

/// <summary>Reads the rows of one sheet. Rows that hold nothing are left out; a value that several merged rows share stands in each of them.</summary>
internal sealed class SheetReader(string name, IReadOnlyList<string> texts, DayStyles days)
{
    private const int MostMerged = 5_000;
    private readonly List<(int Number, List<string> Cells, bool IsHidden)> _rows = [];
    private readonly List<MergedCells> _merged = [];
    private int _formulas;

    /// <exception cref="WorkbookProblem">It has more rows than are taken.</exception>
    public ReadSheet Read(XmlReader xml)
    {
        for (var number = 0; xml.Read();)
        {
            if (xml is { NodeType: XmlNodeType.Element, LocalName: "row" })
                number = ReadRow(xml, number + 1);
            else if (xml is { NodeType: XmlNodeType.Element, LocalName: "mergeCell" } && _merged.Count < MostMerged && Range(xml.GetAttribute("ref") ?? "") is { } range)
                _merged.Add(range);
        }

        SpreadMerged();
        return new ReadSheet(name, [.. _rows.Select(row => new ReadRow(row.Number, row.Cells, row.IsHidden))], _merged, _formulas);
    }

    private int ReadRow(XmlReader xml, int next)
    {
        var number = int.TryParse(xml.GetAttribute("r"), NumberStyles.None, CultureInfo.InvariantCulture, out var told) ? told : next;
        var (hidden, cells) = (xml.GetAttribute("hidden") is "1" or "true", new List<string>());
        if (!xml.IsEmptyElement)
        {
            var depth = xml.Depth;
            while (xml.Read() && xml.Depth > depth)
                if (xml is { NodeType: XmlNodeType.Element, LocalName: "c" })
                    ReadCell(xml, cells);
        }

        if (cells.Exists(cell => cell.Length > 0))
            _rows.Add((number, cells, hidden));
        return _rows.Count <= SentWorkbook.MostRows
            ? number
            : throw new WorkbookProblem($"The sheet “{name}” has more than {SentWorkbook.MostRows.ToString("#,0", CultureInfo.InvariantCulture)} rows. A list of requests has some hundred. Send the sheet with the requests alone.");
    }

    private void ReadCell(XmlReader xml, List<string> cells)
    {
        var column = xml.GetAttribute("r") is { } place ? Place(place).Column : cells.Count;
        var (kind, style) = (xml.GetAttribute("t"), int.TryParse(xml.GetAttribute("s"), NumberStyles.None, CultureInfo.InvariantCulture, out var told) ? told : 0);
        var text = xml.IsEmptyElement ? "" : Value(xml, kind, style);
        if (text.Length == 0 || column is < 0 or >= SentWorkbook.MostColumns)
            return;
        while (cells.Count <= column)
            cells.Add("");
        cells[column] = SheetNames.Cut(text, SheetLimits.Characters);
    }

    private string Value(XmlReader xml, string? kind, int style)
    {
        var (value, depth) = ("", xml.Depth);
        while (xml.Read() && xml.Depth > depth)
        {
            if (xml.NodeType != XmlNodeType.Element)
                continue;
            if (xml.LocalName == "f")
                _formulas++;
            else if (xml.LocalName is "v" or "is")
                value = SharedTexts.Text(xml);
        }

        return (kind switch
        {
            "s" => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < texts.Count ? texts[index] : "",
            "b" => value == "1" ? "yes" : "no",
            "inlineStr" or "str" or "e" => value,
            _ => days.Text(value, style),
        }).Trim();
    }

    /// <summary>Only downwards: a title across columns is one title.</summary>
    private void SpreadMerged()
    {
        var rows = _rows.DistinctBy(row => row.Number).ToDictionary(row => row.Number, row => row.Cells);
        foreach (var range in _merged.Where(range => range.LastRow > range.FirstRow))
        {
            var first = rows.GetValueOrDefault(range.FirstRow);
            if (first is null || range.FirstColumn >= first.Count)
                continue;
            foreach (var (number, cells, _) in _rows.Where(row => row.Number > range.FirstRow && row.Number <= range.LastRow))
            {
                while (cells.Count <= range.FirstColumn)
                    cells.Add("");
                if (cells[range.FirstColumn].Length == 0)
                    cells[range.FirstColumn] = first[range.FirstColumn];
            }
        }
    }

    private static MergedCells? Range(string text)
    {
        var (first, last) = (Place(text.Split(':')[0]), Place(text.Split(':')[^1]));
        return first.Row > 0 && last.Row >= first.Row && first.Column >= 0 && last.Column >= first.Column ? new MergedCells(first.Row, last.Row, first.Column, last.Column) : null;
    }

    /// <summary>C7 is row 7 and column 2. What names no place has row 0.</summary>
    private static (int Row, int Column) Place(string text)
    {
        var letters = text.TakeWhile(char.IsAsciiLetter).Count();
        return (int.TryParse(text.AsSpan(letters), NumberStyles.None, CultureInfo.InvariantCulture, out var row) ? row : 0, ReadSheet.ColumnOf(text[..letters]));
    }
}
