using System.Globalization;
using System.Text;

namespace Plainproof.Documents.Pdf;

internal enum LetterKind
{
    Letter,
    Space,

    /// <summary>A letter after which a line may end.</summary>
    Joint,
    LineEnd,
}

/// <param name="Stands">The text that a box stands for; nothing for a letter that draws itself.</param>
internal readonly record struct Letter(ushort Glyph, double Width, short Ink, LetterKind Kind, string? Stands = null);

/// <summary>Text as glyphs, each with its width and its ink.</summary>
internal sealed class Letters(PdfFonts fonts)
{
    private const int Box = 0x25A1;
    private const string Tab = "    ";

    /// <summary>From Hebrew to the forms of Arabic: these read from right to left, which this writer cannot.</summary>
    private static readonly (int First, int Last)[] RightToLeft = [(0x0590, 0x08FF), (0xFB1D, 0xFDFF), (0xFE70, 0xFEFE), (0x10800, 0x10FFF), (0x1E800, 0x1EFFF)];

    private readonly List<Letter> _letters = [];
    private readonly List<Ink> _inks = [];

    public IReadOnlyList<Ink> Inks => _inks;

    public IReadOnlyList<Letter> All => _letters;

    public Letters Add(string text, Ink ink)
    {
        _inks.Add(ink);
        var clean = Accents.Joined(CleanText.Of(text));
        for (var i = 0; i < clean.Length;)
            i += AddNext(clean, i, ink);
        return this;
    }

    private int AddNext(string text, int at, Ink ink)
    {
        var c = text[at];
        if (c is '\n' or '\u2028' or '\u2029')
            return AddLineEnd();
        if (c == '\t')
            return AddTab(ink);
        if (ink.Face.Draws(c) && !IsInvisible(c) && !ReadsFromRight(c) && !Accents.IsAccent(c))
            return AddLetter(c, ink);
        return AddOther(text, at, ink);
    }

    private int AddLineEnd()
    {
        _letters.Add(new Letter(0, 0, 0, LetterKind.LineEnd));
        return 1;
    }

    private int AddTab(Ink ink)
    {
        foreach (var space in Tab)
            AddLetter(space, ink);
        return 1;
    }

    private int AddLetter(char c, Ink ink)
    {
        var kind = c switch { ' ' => LetterKind.Space, '-' or '/' or '–' or '—' or '_' or '\\' => LetterKind.Joint, _ => LetterKind.Letter };
        Add(c, ink, kind);
        return 1;
    }

    private void Add(int character, Ink ink, LetterKind kind, string? stands = null)
    {
        var glyph = ink.Face.Use(character);
        _letters.Add(new Letter(glyph, ink.Face.WidthOf(glyph) * ink.Size, (short)(_inks.Count - 1), kind, stands));
    }

    /// <summary>What people see as one character becomes one box, however many codes it is made of.</summary>
    private int AddOther(string text, int at, Ink ink)
    {
        if (Rune.TryGetRuneAt(text, at, out var rune) && IsInvisible(rune.Value))
            return rune.Utf16SequenceLength;
        var length = Math.Max(1, StringInfo.GetNextTextElementLength(text.AsSpan(at)));
        var element = text.Substring(at, length);
        fonts.Missing.Add(element);
        Add(ink.Face.Draws(Box) ? Box : '?', ink, LetterKind.Letter, element);
        return length;
    }

    private static bool IsInvisible(int character) =>
        character is 0xAD or (>= 0x200B and <= 0x200F) or (>= 0x202A and <= 0x202E) or (>= 0x2060 and <= 0x206F) or (>= 0xFE00 and <= 0xFE0F) or 0xFEFF;

    private static bool ReadsFromRight(int character) =>
        character >= RightToLeft[0].First && RightToLeft.Any(range => character >= range.First && character <= range.Last);
}
