using System.Globalization;
using System.Text;
using System.Xml;

namespace Plainproof.Documents.Xlsx;

/// <summary>One worksheet, written row after row.</summary>
internal static class SheetXml
{
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const double WidestColumn = 255;

    /// <param name="cut">Told of each cell whose text was too long.</param>
    public static void Write(Stream to, Sheet sheet, Action<string> cut)
    {
        using var xml = XmlWriter.Create(to, new XmlWriterSettings { Encoding = new UTF8Encoding(false) });
        xml.WriteStartDocument(true);
        xml.WriteStartElement("worksheet", Main);
        WriteView(xml);
        WriteColumns(xml, sheet);
        WriteRows(xml, sheet, new CellXml(xml, cut));
        Element(xml, "autoFilter", ("ref", $"A1:{CellXml.Name(sheet.Columns.Count - 1, sheet.Rows.Count + 1)}"));
        WritePrinting(xml);
        xml.WriteEndElement();
    }

    private static void WriteView(XmlWriter xml)
    {
        xml.WriteStartElement("sheetPr");
        Element(xml, "pageSetUpPr", ("fitToPage", "1"));
        xml.WriteEndElement();
        xml.WriteStartElement("sheetViews");
        xml.WriteStartElement("sheetView");
        xml.WriteAttributeString("workbookViewId", "0");
        Element(xml, "pane", ("ySplit", "1"), ("topLeftCell", "A2"), ("activePane", "bottomLeft"), ("state", "frozen"));
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static void WriteColumns(XmlWriter xml, Sheet sheet)
    {
        xml.WriteStartElement("cols");
        for (var i = 0; i < sheet.Columns.Count; i++)
        {
            var number = (i + 1).ToString(CultureInfo.InvariantCulture);
            var width = Math.Clamp(sheet.Columns[i].Width, 1, WidestColumn).ToString(CultureInfo.InvariantCulture);
            Element(xml, "col", ("min", number), ("max", number), ("width", width), ("customWidth", "1"));
        }

        xml.WriteEndElement();
    }

    private static void WriteRows(XmlWriter xml, Sheet sheet, CellXml cells)
    {
        xml.WriteStartElement("sheetData");
        WriteRow(xml, 1, sheet.Columns.Count, column => cells.WriteHead(sheet.Columns[column].Title, column));
        for (var i = 0; i < sheet.Rows.Count; i++)
        {
            var (row, number) = (sheet.Rows[i], i + 2);
            WriteRow(xml, number, row.Count, column => cells.Write(row[column], column, number));
        }

        xml.WriteEndElement();
    }

    private static void WriteRow(XmlWriter xml, int number, int count, Action<int> write)
    {
        xml.WriteStartElement("row");
        xml.WriteAttributeString("r", number.ToString(CultureInfo.InvariantCulture));
        for (var column = 0; column < count; column++)
            write(column);
        xml.WriteEndElement();
    }

    private static void WritePrinting(XmlWriter xml)
    {
        Element(xml, "pageMargins", ("left", "0.5"), ("right", "0.5"), ("top", "0.6"), ("bottom", "0.7"), ("header", "0.3"), ("footer", "0.3"));
        Element(xml, "pageSetup", ("paperSize", "9"), ("orientation", "landscape"), ("fitToHeight", "0"));
        xml.WriteStartElement("headerFooter");
        xml.WriteElementString("oddFooter", "&L&A&RPage &P of &N");
        xml.WriteEndElement();
    }

    private static void Element(XmlWriter xml, string name, params (string Name, string Value)[] attributes)
    {
        xml.WriteStartElement(name);
        foreach (var (attributeName, value) in attributes)
            xml.WriteAttributeString(attributeName, value);
        xml.WriteEndElement();
    }
}
