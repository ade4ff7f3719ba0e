using System.Security;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using W = DocumentFormat.OpenXml.Wordprocessing;

namespace Plainproof.Documents.Docx;

/// <summary>The parts of a DOCX. Each gets a name of ours: those that the library makes up differ from run to run.</summary>
internal static class WordParts
{
    public static void Write(WordprocessingDocument file, Document document, FileFacts facts)
    {
        var main = file.AddMainDocumentPart();
        file.ChangeIdOfPart(main, "document");
        WriteXml(main.AddNewPart<StyleDefinitionsPart>("styles"), "word-styles.xml", facts);
        WriteXml(main.AddNewPart<DocumentSettingsPart>("settings"), "word-settings.xml", facts);
        var lists = new WordLists();
        WriteFooter(main.AddNewPart<FooterPart>("footer"), document);
        WriteBody(main, document, lists);
        lists.Write(main.AddNewPart<NumberingDefinitionsPart>("numbering"));
        WriteProperties(file, document, facts);
    }

    private static void WriteXml(OpenXmlPart part, string resource, FileFacts facts)
    {
        using var writer = new StreamWriter(part.GetStream(FileMode.Create));
        writer.Write(Resource.Text(resource).Replace("{language}", SecurityElement.Escape(facts.Language), StringComparison.Ordinal));
    }

    private static void WriteBody(MainDocumentPart main, Document document, WordLists lists)
    {
        using var xml = OpenXmlWriter.Create(main);
        xml.WriteStartDocument(true);
        xml.WriteStartElement(new W.Document());
        xml.WriteStartElement(new W.Body());
        new WordBlocks(xml, new WordText(main, new Links(document)), lists, new Outline(document)).Write(document);
        xml.WriteElement(Page());
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static W.SectionProperties Page() => new(
        new W.FooterReference { Type = W.HeaderFooterValues.Default, Id = "footer" },
        new W.PageSize { Width = WordPage.Width, Height = WordPage.Height },
        new W.PageMargin { Top = 1247, Bottom = 1247, Left = WordPage.Margin, Right = WordPage.Margin, Header = 624, Footer = 624, Gutter = 0 });

    private static void WriteFooter(FooterPart part, Document document)
    {
        var line = new W.Paragraph(new W.ParagraphProperties { ParagraphStyleId = new W.ParagraphStyleId { Val = "Footer" } });
        line.Append(
            WordText.Run(document.Title.ReplaceLineEndings(" ")), new W.Run(new W.TabChar()), WordText.Run("Page "), Field("PAGE"), WordText.Run(" of "), Field("NUMPAGES"));
        part.Footer = new W.Footer(line);
        part.Footer.Save();
    }

    private static W.SimpleField Field(string name) => new(WordText.Run("1")) { Instruction = $" {name} " };

    private static void WriteProperties(WordprocessingDocument file, Document document, FileFacts facts)
    {
        var (core, extended) = (file.AddCoreFilePropertiesPart(), file.AddExtendedFilePropertiesPart());
        file.ChangeIdOfPart(core, "core");
        file.ChangeIdOfPart(extended, "extended");
        FileProperties.Write(core, extended, facts, document.Title, document.Subtitle);
    }
}
