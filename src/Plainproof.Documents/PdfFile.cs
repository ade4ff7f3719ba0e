using Plainproof.Documents.Pdf;

namespace Plainproof.Documents;

/// <summary>Renders a document as a tagged PDF, page after page. The same input gives the same bytes.</summary>
public static class PdfFile
{
    public static void Write(Document document, FileFacts facts, Stream to)
    {
        var objects = new PdfObjects(to);
        var fonts = new PdfFonts(objects);
        var structure = new Structure(objects);
        var pages = new Pages(objects, fonts, structure);
        new Flow(document, pages, structure, fonts).Write();
        pages.Finish(document.Title);
        new PdfCatalog(objects, document, facts).Write(pages, structure);
        fonts.Write();
        objects.Finish();
    }
}
