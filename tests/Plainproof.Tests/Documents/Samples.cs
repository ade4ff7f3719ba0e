using Plainproof.Documents;

namespace Plainproof.Tests.Documents;

/// <summary>Documents with every block, and with text that breaks careless writers.</summary>
internal static class Samples
{
    public static readonly FileFacts Facts = new("Ada <Lovelace> & Co", new DateTimeOffset(2026, 5, 4, 3, 2, 1, TimeSpan.Zero), "en-GB");

    public const string Foreign = "Ελλάδα, Москва, Zażółć gęślą jaźń, € ½ ≤ “ ” …";

    public static readonly string LongWord = "Longword" + new string('x', 300) + "end";

    public static Document Every() => new("Description of the ledger <&>", "Northwind Ledger Ltd, 1 January to 30 June 2026", [.. Plain(), .. Tables(), .. Nasty()]);

    public static Document ManyRows() => new("Many rows", "", [new Table(["Id", "Name", "What"], [.. Enumerable.Range(1, 5000).Select(LongRow)], "Five thousand rows")]);

    public static Document OnlyProse(int chapters) =>
        new("Prose", "Only text", [.. Enumerable.Range(1, chapters).SelectMany(chapter => (Block[])[new Heading(2, $"Chapter {chapter}"), .. Enumerable.Range(0, 9).Select(_ => new Paragraph(Sentence(6)))])]);

    /// <summary>The same text wherever text can stand.</summary>
    public static Document Only(string text) => new(text, text,
    [
        new Heading(2, text, text),
        new Paragraph(Text.Of(new Run(text, RunStyle.Code, "#" + text), new Run(text, RunStyle.Bad, "https://example.com/" + text), new Run(text, RunStyle.Plain, text))),
        new KeyFigures([new KeyFigure(text, text, Tone.Good, "mailto:" + text)]),
        new BulletList([text]),
        new NumberedList([text]),
        new Note(Tone.Bad, text),
        new Bars(text, [new BarPart(text, Tone.Bad)], [new BarRow(text, [1, 2], text), new BarRow(text, [])]),
        new Table([text], [[text, text], []], text),
        new Table([], [], text),
        new Card(text, text, Tone.Good, [(text, text)], [new Heading(1, text)], text),
        new Details(text, [new Paragraph(text)], text),
    ]);

    private static IEnumerable<Block> Plain() =>
    [
        new Heading(2, "What the company does", "what"),
        new Paragraph(Text.Of(
            new Run("See "), new Run("the controls", RunStyle.Plain, "#controls"), new Run(" and "), new Run("a page", RunStyle.Plain, "https://example.com/page?x=1&y=2"),
            new Run(", not "), new Run("nowhere", RunStyle.Plain, "#nowhere"), new Run(" or "), new Run("a script", RunStyle.Plain, "javascript:alert(1)"), new Run("; "),
            new Run("strong", RunStyle.Strong), new Run(" "), new Run("code --flag", RunStyle.Code), new Run(" "), new Run("bad", RunStyle.Bad))),
        new Paragraph("A quiet line.", Quiet: true),
        new KeyFigures([new KeyFigure("61", "criteria in scope", Tone.Neutral, "#controls"), new KeyFigure("4", "gaps open", Tone.Bad), new KeyFigure("1", "c"), new KeyFigure("2", "d"), new KeyFigure("3", "in a second row")]),
        new BulletList(["First point", Text.Of(new Run("Second", RunStyle.Strong), new Run(" point"))]),
        new NumberedList(["Ask", "Approve"]),
        new Paragraph("Anew:"),
        new NumberedList(["Begin at one"]),
        .. Enum.GetValues<Tone>().Select(tone => new Note(tone, $"A note, {tone}.")),
        new Heading(4, "A level that skips one"),
        new Card("Turn on a second factor", "CC6.1, first", Tone.Bad, [("Hours", "3"), ("Who", Text.Of(new Run("the owner", RunStyle.Plain, "#what")))], [new Paragraph("Two people sign in with a password alone."), new NumberedList(["Open the directory."])], "card-1"),
        new Details("What was read", [new Heading(3, "Inside"), new Paragraph("Three systems.")], "read"),
    ];

    private static IEnumerable<Block> Tables() =>
    [
        new Heading(2, "Controls", "controls"),
        new Bars("Controls by series", [new BarPart("Holds", Tone.Good), new BarPart("Gap", Tone.Bad)], [new BarRow("CC6 Access", [12, 3], "#what"), new BarRow("A1", [0, 0])]),
        new Table(["Control", "Statement", "Items"], [.. Enumerable.Range(1, 60).Select(ControlRow)], "The controls that management states"),
        new Table(["Tall"], [[Sentence(140)], ["after it"]], "A row taller than a page"),
        new Table(["Short", "Row"], [["only one"]], "A row with a cell missing"),
        new Table(["Empty"], [], "No rows"),
    ];

    private static IEnumerable<Block> Nasty() =>
    [
        new Heading(2, "Nasty <&> \"quotes\""),
        new Paragraph(Foreign),
        new Paragraph("Emoji 😀 👩‍👩‍👧, Chinese 王, Hebrew שלום, tab\tafter, control \u0001\u0008 gone, half \ud83d end, two\nlines"),
        new Paragraph(LongWord),
        new Table(["=1+1", "<b>&amp;</b>"], [["=2+2", new string('z', 120)], ["\t\n", ""]], "Caption <&>"),
    ];

    private static IReadOnlyList<Text> ControlRow(int number) => [$"AC-{number:00}", Sentence(number % 3 + 1), $"{number * 37}"];

    private static IReadOnlyList<Text> LongRow(int number) => [$"R-{number}", $"Person {number}", "Access was asked for, approved and given the same day by the owner of the system"];

    private static string Sentence(int times) => string.Join(' ', Enumerable.Repeat("Management states what its system does and how it is kept safe.", times));
}
