using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using Plainproof.Documents.Docx;

namespace Plainproof.Documents;

/// <summary>Renders a document as DOCX, for people to edit: real styles, lists and headings. The same input gives the same bytes.</summary>
public static class DocxFile
{
    public static void Write(Document document, FileFacts facts, Stream to)
    {
        using var parts = new MemoryStream();
        using (var file = WordprocessingDocument.Create(parts, WordprocessingDocumentType.Document))
            WordParts.Write(file, document, facts);
        FixedZip.Copy(parts, to);
    }
}
