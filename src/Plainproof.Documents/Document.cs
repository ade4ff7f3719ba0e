namespace Plainproof.Documents;

/// <summary>A document as plain data. It knows nothing of SOC 2; a renderer turns it into a page, text or a file.</summary>
public sealed record Document(string Title, string Subtitle, IReadOnlyList<Block> Blocks);

public abstract record Block;

/// <param name="Anchor">Where links point to; letters, digits and dashes.</param>
public sealed record Heading(int Level, string Text, string? Anchor = null) : Block;

public sealed record Paragraph(Text Text, bool Quiet = false) : Block;

public sealed record BulletList(IReadOnlyList<Text> Items) : Block;

public sealed record NumberedList(IReadOnlyList<Text> Items) : Block;

public sealed record Table(IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<Text>> Rows, string Caption) : Block;

public enum Tone
{
    Neutral,
    Good,
    Attention,
    Bad,
}

/// <summary>A few numbers worth seeing first. Each links to what it counts.</summary>
public sealed record KeyFigures(IReadOnlyList<KeyFigure> Figures) : Block;

public sealed record KeyFigure(string Value, string Label, Tone Tone = Tone.Neutral, string? Link = null);

/// <summary>One bar per row, cut into parts; drawn with its numbers, so that no colour carries meaning alone.</summary>
public sealed record Bars(string Caption, IReadOnlyList<BarPart> Legend, IReadOnlyList<BarRow> Rows) : Block;

public sealed record BarPart(string Name, Tone Tone);

public sealed record BarRow(string Label, IReadOnlyList<int> Values, string? Link = null);

/// <summary>A card that stands for one thing to do.</summary>
/// <param name="Facts">Short label and value pairs, such as hours and cost.</param>
public sealed record Card(
    string Title, string? Tag, Tone Tone, IReadOnlyList<(string Label, Text Value)> Facts, IReadOnlyList<Block> Blocks, string? Anchor = null) : Block;

/// <summary>Folded away until asked for; printed open.</summary>
public sealed record Details(string Summary, IReadOnlyList<Block> Blocks, string? Anchor = null) : Block;

public sealed record Note(Tone Tone, Text Text) : Block;

/// <summary>Text in runs. A plain string is one run.</summary>
public sealed record Text(IReadOnlyList<Run> Runs)
{
    public static implicit operator Text(string plain) => new([new Run(plain)]);

    public static Text Of(params Run[] runs) => new(runs);
}

public enum RunStyle
{
    Plain,
    Strong,
    Code,
    Quiet,
    Good,
    Attention,
    Bad,
}

public sealed record Run(string Value, RunStyle Style = RunStyle.Plain, string? Link = null);
