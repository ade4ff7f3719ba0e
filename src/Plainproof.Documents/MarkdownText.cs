using System.Globalization;
using System.Text;

namespace Plainproof.Documents;

/// <summary>Renders a document as Markdown (CommonMark with tables), for pull requests and wikis.</summary>
public static class MarkdownText
{
    private const string Special = "\\`*_{}[]<>#|!~";

    public static string Render(Document document)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"# {Escape(document.Title)}\n\n{Escape(document.Subtitle)}\n\n");
        Append(text, document.Blocks);
        return text.ToString().TrimEnd() + "\n";
    }

    private static void Append(StringBuilder text, IEnumerable<Block> blocks)
    {
        foreach (var block in blocks)
            Append(text, block);
    }

    private static void Append(StringBuilder text, Block block)
    {
        switch (block)
        {
            case Heading heading:
                text.Append(CultureInfo.InvariantCulture, $"{new string('#', heading.Level)} {Escape(heading.Text)}\n\n");
                break;
            case Paragraph paragraph:
                text.Append(CultureInfo.InvariantCulture, $"{Inline(paragraph.Text)}\n\n");
                break;
            case Note note:
                text.Append(CultureInfo.InvariantCulture, $"> {Inline(note.Text)}\n\n");
                break;
            case BulletList list:
                AppendItems(text, list.Items, _ => "-");
                break;
            case NumberedList list:
                AppendItems(text, list.Items, index => $"{index + 1}.");
                break;
            case KeyFigures figures:
                AppendItems(text, [.. figures.Figures.Select(figure => (Text)$"{figure.Label}: {figure.Value}")], _ => "-");
                break;
            case Bars bars:
                AppendTable(text, new Table(
                    ["", .. bars.Legend.Select(part => part.Name)],
                    [.. bars.Rows.Select(row => (IReadOnlyList<Text>)[row.Label, .. row.Values.Select(value => (Text)value.ToString(CultureInfo.InvariantCulture))])],
                    bars.Caption));
                break;
            case Table table:
                AppendTable(text, table);
                break;
            case Card card:
                AppendCard(text, card);
                break;
            case Details details:
                text.Append(CultureInfo.InvariantCulture, $"### {Escape(details.Summary)}\n\n");
                Append(text, details.Blocks);
                break;
        }
    }

    private static void AppendCard(StringBuilder text, Card card)
    {
        text.Append(CultureInfo.InvariantCulture, $"### {Escape(card.Title)}\n\n");
        if (card.Tag is not null)
            text.Append(CultureInfo.InvariantCulture, $"*{Escape(card.Tag)}*\n\n");
        Append(text, card.Blocks);
        AppendItems(text, [.. card.Facts.Select(fact => Text.Of([new Run(fact.Label + ": ", RunStyle.Strong), .. fact.Value.Runs]))], _ => "-");
    }

    private static void AppendItems(StringBuilder text, IReadOnlyList<Text> items, Func<int, string> mark)
    {
        for (var i = 0; i < items.Count; i++)
            text.Append(CultureInfo.InvariantCulture, $"{mark(i)} {Inline(items[i])}\n");
        text.Append('\n');
    }

    private static void AppendTable(StringBuilder text, Table table)
    {
        text.Append(CultureInfo.InvariantCulture, $"| {string.Join(" | ", table.Columns.Select(Escape))} |\n|{string.Concat(table.Columns.Select(_ => " --- |"))}\n");
        foreach (var row in table.Rows)
            text.Append(CultureInfo.InvariantCulture, $"| {string.Join(" | ", row.Select(Inline))} |\n");
        text.Append('\n');
    }

    private static string Inline(Text text) => string.Concat(text.Runs.Select(Inline));

    private static string Inline(Run run) => run.Style switch
    {
        RunStyle.Code => $"`{run.Value.Replace('`', '\'')}`",
        RunStyle.Strong or RunStyle.Bad => $"**{Escape(run.Value)}**",
        _ => Escape(run.Value),
    };

    private static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length + 8);
        foreach (var c in text.ReplaceLineEndings(" "))
        {
            if (Special.Contains(c, StringComparison.Ordinal))
                escaped.Append('\\');
            escaped.Append(c);
        }

        return escaped.ToString();
    }
}
