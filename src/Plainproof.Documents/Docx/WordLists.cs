using DocumentFormat.OpenXml.Packaging;
using W = DocumentFormat.OpenXml.Wordprocessing;

namespace Plainproof.Documents.Docx;

/// <summary>The numbering of lists. Each numbered list has a number of its own, so that it begins at 1.</summary>
internal sealed class WordLists
{
    private const int Bullets = 1;
    private const int Numbers = 2;
    private int _last = Numbers;

    public W.NumberingProperties BeginNumbers() =>
        new() { NumberingLevelReference = new W.NumberingLevelReference { Val = 0 }, NumberingId = new W.NumberingId { Val = ++_last } };

    public void Write(NumberingDefinitionsPart part)
    {
        var numbering = new W.Numbering(
            Kind(Bullets, "ListBullet", W.NumberFormatValues.Bullet, "•"), Kind(Numbers, "ListNumber", W.NumberFormatValues.Decimal, "%1."));
        numbering.Append(List(Bullets, Bullets), List(Numbers, Numbers));
        for (var id = Numbers + 1; id <= _last; id++)
            numbering.Append(FromOne(List(id, Numbers)));
        part.Numbering = numbering;
        numbering.Save();
    }

    private static W.AbstractNum Kind(int id, string style, W.NumberFormatValues format, string mark) =>
        new(
            new W.MultiLevelType { Val = W.MultiLevelValues.SingleLevel },
            new W.Level(
                new W.StartNumberingValue { Val = 1 },
                new W.NumberingFormat { Val = format },
                new W.ParagraphStyleIdInLevel { Val = style },
                new W.LevelText { Val = mark },
                new W.LevelJustification { Val = W.LevelJustificationValues.Left },
                new W.PreviousParagraphProperties(new W.Indentation { Left = "454", Hanging = "340" }))
            { LevelIndex = 0 })
        { AbstractNumberId = id };

    private static W.NumberingInstance List(int id, int kind) => new(new W.AbstractNumId { Val = kind }) { NumberID = id };

    private static W.NumberingInstance FromOne(W.NumberingInstance list)
    {
        list.Append(new W.LevelOverride(new W.StartOverrideNumberingValue { Val = 1 }) { LevelIndex = 0 });
        return list;
    }
}
