namespace Plainproof.Documents.Pdf;

/// <summary>Draws lines of text: first what lies behind them, then the text, piece by piece for the element it belongs to.</summary>
internal static class Painter
{
    /// <summary>Of the size of the text.</summary>
    public const double Leading = 1.4;

    public static void Draw(Canvas canvas, Lines lines, int from, int to, double x, double top, double leading, Element element)
    {
        DrawBehind(canvas, lines, from, to, x, top, leading);
        Element? current = null;
        foreach (var (line, piece) in Pieces(lines, from, to))
        {
            var owner = piece.Ink.Link is { } link ? element.For(link) : element;
            if (owner != current)
                canvas.Begin(current = owner);
            DrawPiece(canvas, lines, piece, x, Baseline(top, line - from, leading, piece.Ink), owner);
        }

        canvas.End();
    }

    /// <summary>Text that repeats what was said before.</summary>
    public static void DrawAgain(Canvas canvas, Lines lines, double x, double top, double leading)
    {
        canvas.BeginDecoration();
        foreach (var (line, piece) in Pieces(lines, 0, lines.Count))
            canvas.Text(x + piece.X, Baseline(top, line, leading, piece.Ink), piece.Ink, lines.Letters.All, piece.From, piece.To);
        canvas.End();
    }

    /// <summary>Letters of one line in one ink.</summary>
    private readonly record struct Piece(int From, int To, double X, double Width, Ink Ink);

    private static void DrawPiece(Canvas canvas, Lines lines, Piece piece, double x, double baseline, Element owner)
    {
        canvas.Text(x + piece.X, baseline, piece.Ink, lines.Letters.All, piece.From, piece.To);
        if (piece.Ink.Link is { } link)
            canvas.Link(owner, link, x + piece.X, baseline - piece.Ink.Size * 0.95, piece.Width, piece.Ink.Size * 1.25);
    }

    private static void DrawBehind(Canvas canvas, Lines lines, int from, int to, double x, double top, double leading)
    {
        foreach (var (line, piece) in Pieces(lines, from, to).Where(found => found.Piece.Ink is { Link: not null } or { Fill: not null }))
        {
            var (ink, baseline) = (piece.Ink, Baseline(top, line - from, leading, piece.Ink));
            canvas.BeginDecoration();
            if (ink.Fill is not null)
                canvas.Fill(x + piece.X - 1, baseline - ink.Size * 0.85, piece.Width + 2, ink.Size * 1.15, ink.Fill);
            if (ink.Link is not null)
                canvas.Fill(x + piece.X, baseline + ink.Size * 0.12, piece.Width, 0.5, ink.Colour);
        }

        canvas.End();
    }

    private static IEnumerable<(int Line, Piece Piece)> Pieces(Lines lines, int from, int to)
    {
        for (var line = from; line < to; line++)
        {
            var x = 0.0;
            for (var at = lines[line].From; at < lines[line].To;)
            {
                var piece = Next(lines.Letters, at, lines[line].To, x);
                yield return (line, piece);
                (at, x) = (piece.To, x + Advance(lines.Letters.All, piece.From, piece.To));
            }
        }
    }

    private static Piece Next(Letters letters, int from, int end, double x)
    {
        var all = letters.All;
        var to = from + 1;
        while (to < end && all[to].Ink == all[from].Ink)
            to++;
        var seen = to;
        while (to == end && seen > from && all[seen - 1].Kind == LetterKind.Space)
            seen--;
        return new Piece(from, to, x, Advance(all, from, seen), letters.Inks[all[from].Ink]);
    }

    private static double Advance(IReadOnlyList<Letter> letters, int from, int to)
    {
        var width = 0.0;
        for (var i = from; i < to; i++)
            width += letters[i].Width;
        return width;
    }

    private static double Baseline(double top, int line, double leading, Ink ink) =>
        top + line * leading + (leading + (ink.Face.Ascent + ink.Face.Descent) * ink.Size) / 2;
}
