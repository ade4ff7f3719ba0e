using System.Globalization;
using System.Text;

namespace Plainproof.Documents.Pdf;

/// <summary>Values as PDF writes them.</summary>
internal static class PdfValue
{
    /// <summary>Text of any language.</summary>
    public static string Text(string text) => $"<FEFF{Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(CleanText.Of(text)))}>";

    /// <summary>Bytes, such as an address or the name of a place.</summary>
    public static string Bytes(string text) => $"<{Convert.ToHexString(Encoding.UTF8.GetBytes(text))}>";

    public static string Moment(DateTimeOffset moment) =>
        $"(D:{moment.UtcDateTime.ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture)}Z)";

    public static StringBuilder Number(this StringBuilder to, double number) =>
        to.Append(CultureInfo.InvariantCulture, $"{Math.Round(number, 2):0.##}").Append(' ');

    public static StringBuilder Number(this StringBuilder to, int number) => to.Append(CultureInfo.InvariantCulture, $"{number}").Append(' ');

    public static StringBuilder Reference(this StringBuilder to, int id) => to.Append(CultureInfo.InvariantCulture, $"{id} 0 R ");

    public static string Reference(int id) => string.Create(CultureInfo.InvariantCulture, $"{id} 0 R");
}
