using System.Globalization;
using System.Text;
using System.Xml.Linq;

namespace Plainproof.Documents.Pdf;

/// <summary>What a reader of the file looks at first: its language, its title, its bookmarks and the places that links lead to.</summary>
internal sealed class PdfCatalog(PdfObjects objects, Document document, FileFacts facts)
{
    private const string Producer = "Plainproof";

    public void Write(Pages pages, Structure structure)
    {
        structure.Write();
        objects.Info = objects.Add($"<</Title{PdfValue.Text(document.Title)}/Subject{PdfValue.Text(document.Subtitle)}/Author{PdfValue.Text(facts.Author)}/Producer({Producer})/CreationDate{PdfValue.Moment(facts.MadeAt)}/ModDate{PdfValue.Moment(facts.MadeAt)}>>");
        var bookmarks = new PdfBookmarks(objects).Write(pages.Bookmarks);
        var mode = bookmarks is null ? "" : string.Create(CultureInfo.InvariantCulture, $"/Outlines {bookmarks} 0 R/PageMode/UseOutlines");
        objects.Root = objects.Add(string.Create(CultureInfo.InvariantCulture, $"<</Type/Catalog/Pages {pages.Tree} 0 R/Lang{PdfValue.Text(facts.Language)}/MarkInfo<</Marked true>>/ViewerPreferences<</DisplayDocTitle true>>/StructTreeRoot {structure.Root} 0 R/Metadata {Metadata()} 0 R/Names<</Dests {Places(pages.Anchors)} 0 R>>{mode}>>"));
    }

    private int Places(SortedDictionary<string, Spot> anchors)
    {
        var names = new StringBuilder();
        foreach (var (anchor, spot) in anchors)
            names.Append(PdfValue.Bytes(anchor)).Append(Destination(spot));
        return objects.Add($"<</Names[{names}]>>");
    }

    public static string Destination(Spot spot) =>
        string.Create(CultureInfo.InvariantCulture, $"[{spot.Page} 0 R/XYZ null {spot.Height:0.##} null]");

    private int Metadata()
    {
        XNamespace x = "adobe:ns:meta/", rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#", dc = "http://purl.org/dc/elements/1.1/", xmp = "http://ns.adobe.com/xap/1.0/", pdf = "http://ns.adobe.com/pdf/1.3/";
        var described = new XElement(
            rdf + "Description",
            new XAttribute(rdf + "about", ""),
            new XAttribute(XNamespace.Xmlns + "dc", dc),
            new XAttribute(XNamespace.Xmlns + "xmp", xmp),
            new XAttribute(XNamespace.Xmlns + "pdf", pdf),
            new XElement(dc + "format", "application/pdf"),
            new XElement(dc + "title", new XElement(rdf + "Alt", new XElement(rdf + "li", new XAttribute(XNamespace.Xml + "lang", "x-default"), CleanText.Of(document.Title)))),
            new XElement(dc + "creator", new XElement(rdf + "Seq", new XElement(rdf + "li", CleanText.Of(facts.Author)))),
            new XElement(dc + "language", new XElement(rdf + "Bag", new XElement(rdf + "li", facts.Language))),
            new XElement(xmp + "CreateDate", facts.MadeAtUtc),
            new XElement(xmp + "ModifyDate", facts.MadeAtUtc),
            new XElement(pdf + "Producer", Producer));
        var meta = new XElement(x + "xmpmeta", new XAttribute(XNamespace.Xmlns + "x", x), new XElement(rdf + "RDF", new XAttribute(XNamespace.Xmlns + "rdf", rdf), described));
        var id = objects.Reserve();
        objects.WriteOpenStream(id, "/Type/Metadata/Subtype/XML", Encoding.UTF8.GetBytes($"<?xpacket begin=\"\uFEFF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n{meta.ToString().ReplaceLineEndings("\n")}\n<?xpacket end=\"r\"?>"));
        return id;
    }
}
