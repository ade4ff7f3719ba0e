namespace Plainproof.Documents.Pdf;

/// <param name="Width">Without the spaces at its end.</param>
internal readonly record struct Line(int From, int To, double Width);

/// <summary>Letters broken into lines no wider than their room. A word that is wider is broken where it must be.</summary>
internal sealed class Lines
{
    private readonly List<Line> _lines = [];

    public Lines(Letters letters, double room)
    {
        Letters = letters;
        Break(room);
    }

    public Letters Letters { get; }

    public int Count => _lines.Count;

    public Line this[int index] => _lines[index];

    private void Break(double room)
    {
        var all = Letters.All;
        var (from, chance, width) = (0, 0, 0.0);
        for (var i = 0; i < all.Count; i++)
        {
            var letter = all[i];
            if (letter.Kind == LetterKind.LineEnd)
            {
                Add(from, i);
                (from, chance, width) = (i + 1, i + 1, 0);
            }
            else if (letter.Kind != LetterKind.Space && width + letter.Width > room && i > from)
            {
                var at = chance > from ? chance : i;
                Add(from, at);
                (from, chance, width) = (at, at, 0);
                i = at - 1;
            }
            else
            {
                width += letter.Width;
                if (letter.Kind is LetterKind.Space or LetterKind.Joint)
                    chance = i + 1;
            }
        }

        if (from < all.Count || _lines.Count == 0)
            Add(from, all.Count);
    }

    private void Add(int from, int to)
    {
        var (width, spaces) = (0.0, 0.0);
        for (var i = from; i < to; i++)
        {
            spaces = Letters.All[i].Kind == LetterKind.Space ? spaces + Letters.All[i].Width : 0;
            width += Letters.All[i].Width;
        }

        _lines.Add(new Line(from, to, width - spaces));
    }
}
