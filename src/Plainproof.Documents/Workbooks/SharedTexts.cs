using System.Text;
using System.Xml;

namespace Plainproof.Documents.Workbooks;

/// <summary>The texts that cells name by number. How a text is to be spoken is no part of it.</summary>
internal static class SharedTexts
{
    public static IReadOnlyList<string> Read(byte[]? part)
    {
        var texts = new List<string>();
        if (part is null)
            return texts;
        using var xml = XmlParts.Open(part);
        while (xml.Read())
            if (xml is { NodeType: XmlNodeType.Element, LocalName: "si" })
                texts.Add(Text(xml));
        return texts;
    }

    /// <summary>The text of the element that the reader stands at; afterwards it stands at its end.</summary>
    public static string Text(XmlReader xml)
    {
        if (xml.IsEmptyElement)
            return "";
        var (text, depth, spoken) = (new StringBuilder(), xml.Depth, false);
        while (xml.Read() && xml.Depth > depth)
        {
            if (xml.LocalName == "rPh")
                spoken = xml.NodeType == XmlNodeType.Element && !xml.IsEmptyElement;
            else if (!spoken && xml.NodeType is XmlNodeType.Text or XmlNodeType.SignificantWhitespace or XmlNodeType.CDATA)
                text.Append(xml.Value);
        }

        return CleanText.Of(XmlConvert.DecodeName(text.ToString())); // A spreadsheet writes some characters by their codes, such as _x000D_.
    }
}
