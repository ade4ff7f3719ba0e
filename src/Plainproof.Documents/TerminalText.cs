using System.Text;

namespace Plainproof.Documents;

/// <summary>Renders a document as text for a terminal, wrapped at a readable width.</summary>
public static class TerminalText
{
    private const int Width = 96;

    public static string Render(Document document)
    {
        var text = new StringBuilder();
        text.AppendLine(document.Title).AppendLine(document.Subtitle).AppendLine();
        Append(text, document.Blocks);
        return text.ToString().TrimEnd();
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
                text.AppendLine(heading.Text);
                break;
            case Paragraph paragraph:
                Wrap(text, "", Plain(paragraph.Text));
                text.AppendLine();
                break;
            case Note note:
                Wrap(text, "", Plain(note.Text));
                text.AppendLine();
                break;
            case BulletList list:
                Items(text, list.Items, _ => "  - ");
                break;
            case NumberedList list:
                Items(text, list.Items, index => $"  {index + 1}. ");
                break;
            case Details details:
                text.AppendLine(details.Summary);
                Append(text, details.Blocks);
                break;
            case Card card:
                text.AppendLine(card.Title);
                Append(text, card.Blocks);
                Items(text, [.. card.Facts.Select(fact => (Text)$"{fact.Label}: {Plain(fact.Value)}")], _ => "  ");
                break;
            case Table table:
                foreach (var row in table.Rows)
                    Wrap(text, "  ", string.Join(" | ", row.Select(Plain)));
                text.AppendLine();
                break;
            case KeyFigures figures:
                Items(text, [.. figures.Figures.Select(figure => (Text)$"{figure.Label}: {figure.Value}")], _ => "  ");
                break;
            case Bars bars:
                foreach (var row in bars.Rows)
                    Wrap(text, "  ", $"{row.Label}: {string.Join(", ", bars.Legend.Zip(row.Values, (part, value) => $"{value} {part.Name.ToLowerInvariant()}"))}");
                text.AppendLine();
                break;
        }
    }

    private static void Items(StringBuilder text, IReadOnlyList<Text> items, Func<int, string> mark)
    {
        for (var i = 0; i < items.Count; i++)
            Wrap(text, mark(i), Plain(items[i]));
        text.AppendLine();
    }

    private static string Plain(Text text) => string.Concat(text.Runs.Select(run => run.Value));

    private static void Wrap(StringBuilder text, string mark, string words)
    {
        var line = new StringBuilder(mark);
        var filled = false;
        foreach (var word in words.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (filled && line.Length + 1 + word.Length > Width)
            {
                text.AppendLine(line.ToString());
                line.Clear().Append(' ', mark.Length);
                filled = false;
            }

            line.Append(filled ? " " : "").Append(word);
            filled = true;
        }

        text.AppendLine(line.ToString());
    }
}
