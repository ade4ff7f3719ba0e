using System.Xml.Linq;
using DocumentFormat.OpenXml.Packaging;

namespace Plainproof.Documents;

/// <summary>The properties that DOCX and XLSX share. Written by hand, because the library gives the part a random name.</summary>
internal static class FileProperties
{
    private static readonly XNamespace Core = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties";
    private static readonly XNamespace Dc = "http://purl.org/dc/elements/1.1/";
    private static readonly XNamespace Terms = "http://purl.org/dc/terms/";
    private static readonly XNamespace Xsi = "http://www.w3.org/2001/XMLSchema-instance";
    private static readonly XNamespace Extended = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties";

    public static void Write(CoreFilePropertiesPart core, ExtendedFilePropertiesPart extended, FileFacts facts, string title, string subject)
    {
        Write(core, new XElement(
            Core + "coreProperties",
            new XAttribute(XNamespace.Xmlns + "cp", Core),
            new XAttribute(XNamespace.Xmlns + "dc", Dc),
            new XAttribute(XNamespace.Xmlns + "dcterms", Terms),
            new XAttribute(XNamespace.Xmlns + "xsi", Xsi),
            new XElement(Dc + "title", CleanText.Of(title)),
            new XElement(Dc + "subject", CleanText.Of(subject)),
            new XElement(Dc + "creator", CleanText.Of(facts.Author)),
            new XElement(Core + "lastModifiedBy", CleanText.Of(facts.Author)),
            Moment("created", facts),
            Moment("modified", facts),
            new XElement(Dc + "language", facts.Language)));
        Write(extended, new XElement(Extended + "Properties", new XElement(Extended + "Application", "Plainproof")));
    }

    private static XElement Moment(string name, FileFacts facts) =>
        new(Terms + name, new XAttribute(Xsi + "type", "dcterms:W3CDTF"), facts.MadeAtUtc);

    private static void Write(OpenXmlPart part, XElement root)
    {
        using var stream = part.GetStream(FileMode.Create);
        new XDocument(new XDeclaration("1.0", "UTF-8", "yes"), root).Save(stream);
    }
}
