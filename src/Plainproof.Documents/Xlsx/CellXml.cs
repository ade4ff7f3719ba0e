using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml;
using Plainproof.Documents.Workbooks;

namespace Plainproof.Documents.Xlsx;

/// <summary>One cell. Text goes in as text, so nothing that people typed can become a formula.</summary>
internal sealed partial class CellXml(XmlWriter xml, Action<string> cut)
{
    private const int TextStyle = 0;
    private const int HeadStyle = 1;
    private const int QuotedStyle = 2;
    private const int DateStyle = 3;
    private const int MomentStyle = 4;
    private const int QuotedHeadStyle = 5;
    private const string CutMark = " [cut]";

    /// <summary>Beyond this, a spreadsheet would round.</summary>
    private const decimal MostExact = 999_999_999_999_999;

    /// <summary>Spreadsheets disagree on the days before.</summary>
    private static readonly DateTime FirstDay = new(1900, 3, 1);

    private static readonly DateTime DayZero = new(1899, 12, 30);

    public void WriteHead(string title, int column) => WriteText(title, column, 1, HeadStyle, QuotedHeadStyle);

    public void Write(object? value, int column, int row)
    {
        switch (value)
        {
            case null or "":
                break;
            case bool truth:
                WriteValue("b", truth ? "1" : "0", column, row, TextStyle);
                break;
            case DateOnly day when day.ToDateTime(default) >= FirstDay:
                WriteMoment(day.ToDateTime(default), column, row, DateStyle);
                break;
            case DateTime moment when moment >= FirstDay:
                WriteMoment(moment, column, row, MomentStyle);
                break;
            case DateTimeOffset moment when moment.UtcDateTime >= FirstDay:
                WriteMoment(moment.UtcDateTime, column, row, MomentStyle);
                break;
            case double or float when double.IsFinite(Convert.ToDouble(value, CultureInfo.InvariantCulture)):
                WriteValue(null, ((IFormattable)value).ToString("R", CultureInfo.InvariantCulture), column, row, TextStyle);
                break;
            case byte or sbyte or short or ushort or int or uint or long or ulong or decimal when IsExact(value):
                WriteValue(null, Words(value), column, row, TextStyle);
                break;
            default:
                WriteText(Words(value), column, row, TextStyle, QuotedStyle);
                break;
        }
    }

    /// <summary>As people write it: column 0 and row 1 are <c>A1</c>.</summary>
    public static string Name(int column, int row) => ReadSheet.ColumnName(column) + row.ToString(CultureInfo.InvariantCulture);

    /// <summary>As a text of a cell is stored: clean, and nothing in it read as a character's code.</summary>
    public static string Stored(string clean) => Escape().Replace(clean, "_x005F_");

    private static bool IsExact(object number) => Math.Abs(Convert.ToDecimal(number, CultureInfo.InvariantCulture)) <= MostExact;

    private static string Words(object value) => value switch
    {
        string text => text,
        Text text => string.Concat(text.Runs.Select(run => run.Value)),
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTime or DateTimeOffset => ((IFormattable)value).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    private void WriteMoment(DateTime moment, int column, int row, int style) =>
        WriteValue(null, (moment - DayZero).TotalDays.ToString("R", CultureInfo.InvariantCulture), column, row, style);

    private void WriteValue(string? type, string value, int column, int row, int style)
    {
        Begin(type, column, row, style);
        xml.WriteElementString("v", value);
        xml.WriteEndElement();
    }

    private void WriteText(string text, int column, int row, int plain, int quoted)
    {
        var clean = Cut(CleanText.Of(text), column, row);
        Begin("inlineStr", column, row, LooksLikeFormula(clean) ? quoted : plain);
        xml.WriteStartElement("is");
        xml.WriteStartElement("t");
        xml.WriteAttributeString("xml", "space", null, "preserve");
        xml.WriteString(Stored(clean));
        xml.WriteEndElement();
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private string Cut(string text, int column, int row)
    {
        if (text.Length <= SheetLimits.Characters)
            return text;
        cut(Name(column, row));
        return SheetNames.Cut(text, SheetLimits.Characters - CutMark.Length) + CutMark;
    }

    private void Begin(string? type, int column, int row, int style)
    {
        xml.WriteStartElement("c");
        xml.WriteAttributeString("r", Name(column, row));
        if (style != TextStyle)
            xml.WriteAttributeString("s", style.ToString(CultureInfo.InvariantCulture));
        if (type is not null)
            xml.WriteAttributeString("t", type);
    }

    /// <summary>Tab too: some programs pass over it when they read the file as CSV.</summary>
    private static bool LooksLikeFormula(string text) => text is ['=' or '+' or '-' or '@' or '\t' or '\'', ..];

    /// <summary>What Excel would read as a character's code.</summary>
    [GeneratedRegex("_(?=x[0-9A-Fa-f]{4}_)")]
    private static partial Regex Escape();
}
