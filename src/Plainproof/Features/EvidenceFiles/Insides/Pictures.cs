using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Plainproof.Features.EvidenceFiles.Insides;

/// <summary>What a picture's own data say: its size, the program that wrote it, and when. What it shows nobody reads here.</summary>
internal static class Pictures
{
    private const int Signature = 8;
    private const string ExifTime = "yyyy:MM:dd HH:mm:ss";

    public static Inside Png(ReadOnlySpan<byte> bytes)
    {
        var picture = new Inside(InsideState.NoText, "");
        for (var at = Signature; at + 12 <= bytes.Length;)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(bytes[at..]);
            if (length > bytes.Length - at - 12)
                break;
            var name = Encoding.ASCII.GetString(bytes.Slice(at + 4, 4));
            var data = bytes.Slice(at + 8, (int)length);
            picture = name switch
            {
                "IHDR" when length >= 8 => picture with { Width = BinaryPrimitives.ReadInt32BigEndian(data), Height = BinaryPrimitives.ReadInt32BigEndian(data[4..]) },
                "tEXt" or "iTXt" => WithText(picture, data),
                "tIME" when length >= 7 => picture with { ChangedAt = TimeOf(string.Create(CultureInfo.InvariantCulture, $"{BinaryPrimitives.ReadUInt16BigEndian(data):0000}:{data[2]:00}:{data[3]:00} {data[4]:00}:{data[5]:00}:{data[6]:00}")) },
                "eXIf" => WithExif(picture, data),
                _ => picture,
            };
            at += 12 + (int)length;
        }

        return picture;
    }

    public static Inside Jpeg(ReadOnlySpan<byte> bytes)
    {
        var picture = new Inside(InsideState.NoText, "");
        for (var at = 2; at + 4 <= bytes.Length && bytes[at] == 0xff && bytes[at + 1] != 0xda;)
        {
            var (marker, length) = (bytes[at + 1], BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 2)..]));
            if (length < 2 || at + 2 + length > bytes.Length)
                break;
            var data = bytes.Slice(at + 4, length - 2);
            if (marker == 0xe1 && data.StartsWith("Exif\0\0"u8))
                picture = WithExif(picture, data[6..]);
            else if (marker is >= 0xc0 and <= 0xcf and not (0xc4 or 0xc8 or 0xcc) && data.Length >= 5)
                picture = picture with { Height = BinaryPrimitives.ReadUInt16BigEndian(data[1..]), Width = BinaryPrimitives.ReadUInt16BigEndian(data[3..]) };
            at += 2 + length;
        }

        return picture;
    }

    private static Inside WithText(Inside picture, ReadOnlySpan<byte> data)
    {
        var text = Encoding.UTF8.GetString(data);
        var value = text[(text.LastIndexOf('\0') + 1)..].Trim();
        return text.StartsWith("Software\0", StringComparison.Ordinal) ? picture with { MadeWith = value }
            : text.StartsWith("Creation Time\0", StringComparison.Ordinal) && DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? picture with { MadeAt = at }
            : picture;
    }

    /// <summary>The TIFF inside: the program, the time of the file, and the time of the picture in the Exif part.</summary>
    private static Inside WithExif(Inside picture, ReadOnlySpan<byte> tiff)
    {
        if (tiff.Length < 8)
            return picture;
        var little = tiff[0] == (byte)'I';
        var first = (int)Math.Min(U32(tiff[4..], little), int.MaxValue);
        foreach (var (tag, value) in Entries(tiff, first, little))
            picture = With(picture, tag, value, tiff, little);
        return picture;
    }

    private static Inside With(Inside picture, int tag, (int Count, int At) value, ReadOnlySpan<byte> tiff, bool little)
    {
        switch (tag)
        {
            case 0x0131:
                return picture with { MadeWith = TextAt(tiff, value) ?? picture.MadeWith };
            case 0x0132:
                return picture with { ChangedAt = TimeOf(TextAt(tiff, value)) ?? picture.ChangedAt };
            case 0x9003:
                return picture with { MadeAt = TimeOf(TextAt(tiff, value)) ?? picture.MadeAt };
            case 0x8769 when value.At + 4 <= tiff.Length:
                foreach (var (inner, found) in Entries(tiff, (int)Math.Min(U32(tiff[value.At..], little), int.MaxValue), little))
                    picture = inner == 0x8769 ? picture : With(picture, inner, found, tiff, little);
                return picture;
            default:
                return picture;
        }
    }

    private static List<(int Tag, (int Count, int At) Value)> Entries(ReadOnlySpan<byte> tiff, int at, bool little)
    {
        var entries = new List<(int, (int, int))>();
        if (at < 8 || at > tiff.Length - 2)
            return entries;
        var count = U16(tiff[at..], little);
        for (var i = 0; i < count && at + 2 + ((i + 1) * 12) <= tiff.Length; i++)
        {
            var entry = at + 2 + (i * 12);
            var length = (int)Math.Min(U32(tiff[(entry + 4)..], little), 4096);
            var isText = U16(tiff[(entry + 2)..], little) == 2;
            entries.Add((U16(tiff[entry..], little), (length, isText && length > 4 ? (int)Math.Min(U32(tiff[(entry + 8)..], little), int.MaxValue) : entry + 8)));
        }

        return entries;
    }

    private static string? TextAt(ReadOnlySpan<byte> tiff, (int Count, int At) value) =>
        value.Count > tiff.Length - value.At || value.At < 0 ? null : Encoding.UTF8.GetString(tiff.Slice(value.At, value.Count)).Trim('\0', ' ') is { Length: > 0 } text ? text : null;

    private static DateTimeOffset? TimeOf(string? text) =>
        DateTimeOffset.TryParseExact(text, ExifTime, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : null;

    private static ushort U16(ReadOnlySpan<byte> at, bool little) => little ? BinaryPrimitives.ReadUInt16LittleEndian(at) : BinaryPrimitives.ReadUInt16BigEndian(at);

    private static uint U32(ReadOnlySpan<byte> at, bool little) => little ? BinaryPrimitives.ReadUInt32LittleEndian(at) : BinaryPrimitives.ReadUInt32BigEndian(at);
}
