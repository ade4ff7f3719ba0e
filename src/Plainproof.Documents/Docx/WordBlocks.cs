using DocumentFormat.OpenXml;
using W = DocumentFormat.OpenXml.Wordprocessing;

namespace Plainproof.Documents.Docx;

/// <summary>Writes the blocks of a document, one after the other. All looks come from styles, so that people can change them.</summary>
internal sealed class WordBlocks(OpenXmlWriter xml, WordText text, WordLists lists, Outline outline)
{
    private readonly WordTables _tables = new(xml, text);

    public void Write(Document document)
    {
        Write("Title", [WordText.Run(document.Title)]);
        if (document.Subtitle.Length > 0)
            Write("Subtitle", [WordText.Run(document.Subtitle)]);
        Write(document.Blocks);
    }

    private void Write(IEnumerable<Block> blocks)
    {
        foreach (var block in blocks)
            Write(block);
    }

    private void Write(Block block)
    {
        switch (block)
        {
            case Heading heading:
                WriteHeading(outline.Enter(heading), heading.Text, heading.Anchor);
                break;
            case Paragraph paragraph:
                Write(paragraph.Quiet ? "Quiet" : null, text.Runs(paragraph.Text));
                break;
            case BulletList list:
                WriteBullets(list);
                break;
            case NumberedList list:
                WriteNumbers(list);
                break;
            case Note note:
                Write("Note" + Suffix(note.Tone), text.Runs(note.Text));
                break;
            case Table table:
                _tables.Write(table);
                break;
            case KeyFigures figures:
                _tables.Write(figures);
                break;
            case Bars bars:
                _tables.Write(BarsAsTable.Of(bars));
                break;
            case Card card:
                WriteCard(card);
                break;
            case Details details:
                WriteHeading(outline.Beneath, details.Summary, details.Anchor);
                outline.Inside(() => Write(details.Blocks));
                break;
            default:
                throw new NotSupportedException($"No way to write {block.GetType().Name} as DOCX.");
        }
    }

    private void WriteHeading(int depth, string words, string? anchor) => Write($"Heading{depth}", text.Place(anchor, words));

    private void WriteBullets(BulletList list)
    {
        foreach (var item in list.Items)
            Write("ListBullet", text.Runs(item));
    }

    private void WriteNumbers(NumberedList list)
    {
        var number = lists.BeginNumbers();
        foreach (var item in list.Items)
        {
            var paragraph = WordParagraph.Of("ListNumber", text.Runs(item));
            paragraph.ParagraphProperties!.NumberingProperties = (W.NumberingProperties)number.CloneNode(true);
            xml.WriteElement(paragraph);
        }
    }

    private void WriteCard(Card card)
    {
        WriteHeading(outline.Beneath, card.Title, card.Anchor);
        if (card.Tag is not null)
            Write("CardMark" + Suffix(card.Tone), [WordText.Run(card.Tag)]);
        outline.Inside(() => Write(card.Blocks));
        foreach (var (label, value) in card.Facts)
            Write("CardFact", [.. text.Runs(Text.Of(new Run(label, RunStyle.Quiet), new Run("\t"))), .. text.Runs(value)]);
    }

    private void Write(string? style, IEnumerable<OpenXmlElement> content) => xml.WriteElement(WordParagraph.Of(style, content));

    internal static string Suffix(Tone tone) => tone == Tone.Neutral ? "" : tone.ToString();
}
