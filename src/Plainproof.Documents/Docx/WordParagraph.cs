using DocumentFormat.OpenXml;
using W = DocumentFormat.OpenXml.Wordprocessing;

namespace Plainproof.Documents.Docx;

internal static class WordParagraph
{
    /// <param name="style">None for plain text.</param>
    public static W.Paragraph Of(string? style, IEnumerable<OpenXmlElement> content)
    {
        var paragraph = new W.Paragraph();
        if (style is not null)
            paragraph.ParagraphProperties = new W.ParagraphProperties { ParagraphStyleId = new W.ParagraphStyleId { Val = style } };
        paragraph.Append(content);
        return paragraph;
    }
}
