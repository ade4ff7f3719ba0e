namespace Plainproof.Documents;

/// <summary>How a table is laid out: how many columns, how wide each, which hold numbers.</summary>
internal sealed class TableShape
{
    private readonly Table _table;

    public TableShape(Table table)
    {
        _table = table;
        Columns = table.Rows.Select(row => row.Count).Append(table.Columns.Count).Max();
    }

    public int Columns { get; }

    public string Head(int column) => column < _table.Columns.Count ? _table.Columns[column] : "";

    public static Text Cell(IReadOnlyList<Text> row, int column) => column < row.Count ? row[column] : "";

    public bool HoldsNumbers(int column) =>
        column > 0 && _table.Rows.Count > 0 && _table.Rows.All(row => IsNumber(Cell(row, column)));

    /// <summary>Shares the width out: each column gets its longest word, and the rest goes by how much each has to say.</summary>
    /// <param name="head">The width of a word of the head.</param>
    /// <param name="body">The width of a word in a cell.</param>
    public double[] Widths(double total, double padding, Func<string, double> head, Func<string, double> body)
    {
        if (Columns == 0)
            return [];
        var wants = new Want[Columns];
        for (var column = 0; column < Columns; column++)
            wants[column] = WantOf(column, total, padding, head, body);
        return Shared(wants, total);
    }

    private readonly record struct Want(double Least, double Most);

    private Want WantOf(int column, double total, double padding, Func<string, double> head, Func<string, double> body)
    {
        var want = Add(new Want(0, 0), Head(column), head);
        foreach (var row in _table.Rows.Take(Sampled))
            want = Add(want, Plain(Cell(row, column)), body);
        return new Want(Math.Min(want.Least, total / 3) + padding, Math.Min(want.Most, total) + padding);
    }

    /// <summary>Rows after these are taken to be like them.</summary>
    private const int Sampled = 1000;

    /// <summary>At 1, those who ask for most get all; at 0, all get the same.</summary>
    private const double Fairness = 0.65;

    private static Want Add(Want want, string text, Func<string, double> width)
    {
        var (least, most) = (want.Least, 0.0);
        foreach (var word in text.AsSpan().SplitAny(' ', '\n', '\t'))
        {
            var wide = width(text[word]);
            least = Math.Max(least, wide);
            most += wide + width(" ");
        }

        return new Want(least, Math.Max(want.Most, most));
    }

    /// <summary>When all fits on one line, numbers take no more than they need. When not, what is short hardly grows.</summary>
    private double[] Shared(Want[] wants, double total)
    {
        var (least, most) = (wants.Sum(want => want.Least), wants.Sum(want => want.Most));
        if (least >= total)
            return [.. wants.Select(want => want.Least * total / least)];
        if (most > total)
            return Shared(wants, [.. wants.Select(want => Math.Pow(want.Most - want.Least, Fairness))], total - least);
        var words = wants.Select((want, column) => HoldsNumbers(column) ? 0 : want.Most).ToArray();
        return [.. wants.Select((want, column) => want.Most + (total - most) * words[column] / words.Sum())];
    }

    private static double[] Shared(Want[] wants, double[] wishes, double left) =>
        [.. wants.Select((want, column) => want.Least + left * wishes[column] / wishes.Sum())];

    private static string Plain(Text text) => text.Runs.Count == 1 ? text.Runs[0].Value : string.Concat(text.Runs.Select(run => run.Value));

    private static bool IsNumber(Text text) => Plain(text).Trim().TrimStart('-') is var value
        && (value.Length == 0 || (char.IsAsciiDigit(value[0]) && value.All(c => char.IsAsciiDigit(c) || c is '.' or ',' or ' ' or '%')));
}
