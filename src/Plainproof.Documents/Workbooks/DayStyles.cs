using System.Globalization;
using System.Xml;

namespace Plainproof.Documents.Workbooks;

/// <summary>Which styles show a number as a day (ECMA-376 18.8.30), and the day that the workbook counts from.</summary>
internal sealed class DayStyles(IReadOnlySet<int> styles, bool from1904)
{
    private static readonly DateTime Epoch = new(1899, 12, 30, 0, 0, 0, DateTimeKind.Unspecified);
    private static readonly DateTime Epoch1904 = new(1904, 1, 1, 0, 0, 0, DateTimeKind.Unspecified);
    private const double LastDay = 2_958_465;

    public static DayStyles Read(byte[]? styles, byte[]? workbook) => new(styles is null ? new HashSet<int>() : Styles(styles), workbook is not null && From1904(workbook));

    /// <summary>As people write it, where the style shows a day; else the number as it stands.</summary>
    public string Text(string number, int style)
    {
        if (!styles.Contains(style) || !double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var days) || days is < 1 or > LastDay)
            return number;
        var at = (from1904 ? Epoch1904 : Epoch).AddDays(days);
        return at.TimeOfDay.TotalSeconds < 1 ? at.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : at.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
    }

    private static HashSet<int> Styles(byte[] part)
    {
        var (own, styles, style, within) = (new HashSet<int>(), new HashSet<int>(), 0, false);
        using var xml = XmlParts.Open(part);
        while (xml.Read())
        {
            if (xml.LocalName == "cellXfs")
                within = xml.NodeType == XmlNodeType.Element && !xml.IsEmptyElement;
            else if (xml is { NodeType: XmlNodeType.Element, LocalName: "numFmt" } && ShowsDay(xml.GetAttribute("formatCode") ?? ""))
                own.Add(Number(xml, "numFmtId"));
            else if (within && xml is { NodeType: XmlNodeType.Element, LocalName: "xf" })
            {
                if (Number(xml, "numFmtId") is var format && (format is >= 14 and <= 17 or 22 || own.Contains(format)))
                    styles.Add(style);
                style++;
            }
        }

        return styles;
    }

    /// <summary>What stands in quotes or brackets is no part of the pattern.</summary>
    private static bool ShowsDay(string pattern)
    {
        var (quoted, bracketed) = (false, false);
        foreach (var letter in pattern)
        {
            if (letter == '"')
                quoted = !quoted;
            else if (letter is '[' or ']')
                bracketed = letter == '[';
            else if (!quoted && !bracketed && letter is 'd' or 'D' or 'y' or 'Y')
                return true;
        }

        return false;
    }

    private static bool From1904(byte[] part)
    {
        using var xml = XmlParts.Open(part);
        while (xml.Read())
            if (xml is { NodeType: XmlNodeType.Element, LocalName: "workbookPr" })
                return xml.GetAttribute("date1904") is "1" or "true";
        return false;
    }

    private static int Number(XmlReader xml, string name) => int.TryParse(xml.GetAttribute(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
