using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Plainproof.Sources.Directories.Wire;

namespace Plainproof.Sources.Directories;

/// <summary>
/// One entry as the directory gave it (RFC 4511 section 4.5.2). It stays in the bytes that were received, and a value is decoded when
/// it is asked for. Attribute names are not case-sensitive; of an attribute that is given twice the first counts.
/// </summary>
internal sealed class Entry
{
    private static readonly string[] Binary = ["objectSid", "objectGUID", "nTSecurityDescriptor", "tokenGroups", "schemaIDGUID", "attributeSecurityGUID"];

    private readonly byte[] _bytes;
    private readonly Piece _name;
    private readonly Attribute[] _attributes;

    private Entry(byte[] bytes, Piece name, Attribute[] attributes) => (_bytes, _name, _attributes) = (bytes, name, attributes);

    /// <summary>The distinguished name.</summary>
    public string Name => Decoded(_name);

    public string? this[string attribute] => Find(attribute) is { Count: > 0 } found ? Text(found, Values(found).Read(Tag.OctetString)) : null;

    /// <exception cref="BadAnswer">The message is no entry.</exception>
    public static Entry Parse(Message message)
    {
        var reader = new BerReader(message.Bytes, message.Body);
        var name = reader.Read(Tag.OctetString);
        var list = new BerReader(message.Bytes, reader.Read(Tag.Sequence));
        var attributes = new Attribute[list.Count()];
        for (var i = 0; i < attributes.Length; i++)
            attributes[i] = Attribute.Parse(message.Bytes, list.Read(Tag.Sequence));
        return new Entry(message.Bytes, name, attributes);
    }

    public IReadOnlyList<string> All(string attribute)
    {
        if (Find(attribute) is not { Count: > 0 } found)
            return [];
        var texts = new string[found.Count];
        var values = Values(found);
        for (var i = 0; i < texts.Length; i++)
            texts[i] = Text(found, values.Read(Tag.OctetString));
        return texts;
    }

    public IReadOnlyList<byte[]> Bytes(string attribute)
    {
        if (Find(attribute) is not { Count: > 0 } found)
            return [];
        var all = new byte[found.Count][];
        var values = Values(found);
        for (var i = 0; i < all.Length; i++)
            all[i] = Span(values.Read(Tag.OctetString)).ToArray();
        return all;
    }

    public bool Has(string attribute) => Find(attribute) is not null;

    /// <summary>The first attribute whose name begins so; null when there is none.</summary>
    public string? NameBeginning(string start)
    {
        foreach (var attribute in _attributes)
        {
            if (attribute.Name.Length >= start.Length && Ascii.EqualsIgnoreCase(Span(attribute.Name)[..start.Length], start))
                return Decoded(attribute.Name);
        }

        return null;
    }

    public bool Is(string objectClass)
    {
        if (Find("objectClass") is not { } found)
            return false;
        var values = Values(found);
        while (!values.AtEnd)
        {
            if (Ascii.EqualsIgnoreCase(Span(values.Read(Tag.OctetString)), objectClass))
                return true;
        }

        return false;
    }

    public long? Number(string attribute) => long.TryParse(this[attribute], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>A generalized time (RFC 4517 section 3.3.13), to the microsecond.</summary>
    public DateTimeOffset? Time(string attribute) => DateTimeOffset.TryParseExact(
        this[attribute], ["yyyyMMddHHmmss'Z'", "yyyyMMddHHmmss'.'FFFFFF'Z'", "yyyyMMddHHmm'Z'"], CultureInfo.InvariantCulture,
        DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) ? time : null;

    /// <summary>A Windows file time: 100 ns since 1601. 0 and the greatest number both mean "never".</summary>
    public DateTimeOffset? FileTime(string attribute)
    {
        if (Number(attribute) is not { } ticks || ticks <= 0 || ticks > DateTime.MaxValue.ToFileTimeUtc())
            return null;
        var time = DateTimeOffset.FromFileTime(ticks).ToUniversalTime();
        return time.AddTicks(-(time.Ticks % TimeSpan.TicksPerMicrosecond));
    }

    /// <summary>The entry as one object, its values as they came; what is no text is told as an identifier or in Base64.</summary>
    public void WriteTo(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WritePropertyName("dn"u8);
        WriteText(json, _name);
        foreach (var attribute in _attributes)
        {
            if (Utf8.IsValid(Span(attribute.Name)))
                json.WriteStartArray(Span(attribute.Name));
            else
                json.WriteStartArray(Decoded(attribute.Name));
            var binary = IsBinary(attribute);
            var values = Values(attribute);
            while (!values.AtEnd)
            {
                if (binary)
                    json.WriteStringValue(Text(attribute, values.Read(Tag.OctetString)));
                else
                    WriteText(json, values.Read(Tag.OctetString));
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    /// <summary>What is no UTF-8 is decoded first, which puts a mark in place of each wrong byte.</summary>
    private void WriteText(Utf8JsonWriter json, Piece piece)
    {
        if (Utf8.IsValid(Span(piece)))
            json.WriteStringValue(Span(piece));
        else
            json.WriteStringValue(Decoded(piece));
    }

    private Attribute? Find(string name)
    {
        foreach (var attribute in _attributes)
        {
            if (attribute.Name.Length == name.Length && Ascii.EqualsIgnoreCase(Span(attribute.Name), name))
                return attribute;
        }

        return null;
    }

    private string Text(Attribute attribute, Piece value) => IsBinary(attribute) ? Readable(Decoded(attribute.Name), Span(value)) : Decoded(value);

    private bool IsBinary(Attribute attribute)
    {
        foreach (var name in Binary)
        {
            if (attribute.Name.Length == name.Length && Ascii.EqualsIgnoreCase(Span(attribute.Name), name))
                return true;
        }

        return false;
    }

    private BerReader Values(Attribute attribute) => new(_bytes, attribute.Values);

    private ReadOnlySpan<byte> Span(Piece piece) => _bytes.AsSpan(piece.Start, piece.Length);

    private string Decoded(Piece piece) => Encoding.UTF8.GetString(Span(piece));

    private static string Readable(string attribute, ReadOnlySpan<byte> value) =>
        attribute.EndsWith("GUID", StringComparison.OrdinalIgnoreCase) && value.Length == 16 ? new Guid(value).ToString()
        : attribute.Equals("nTSecurityDescriptor", StringComparison.OrdinalIgnoreCase) ? Convert.ToBase64String(value)
        : SecurityId.Text(value) ?? Convert.ToBase64String(value);

    /// <param name="Values">The content of the set.</param>
    private readonly record struct Attribute(Piece Name, Piece Values, int Count)
    {
        /// <summary>Looks at every value, so that reading one later cannot fail.</summary>
        public static Attribute Parse(byte[] bytes, Piece content)
        {
            var reader = new BerReader(bytes, content);
            var (name, values) = (reader.Read(Tag.OctetString), reader.Read(Tag.Set));
            return new Attribute(name, values, new BerReader(bytes, values).Count(Tag.OctetString));
        }
    }
}

/// <summary>Security identifiers, MS-DTYP section 2.4.2.</summary>
internal static class SecurityId
{
    /// <summary><c>S-1-5-21-...-500</c>, or null when the bytes are no identifier.</summary>
    public static string? Text(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 8 || bytes[0] != 1 || bytes.Length < 8 + (4 * bytes[1]))
            return null;
        long authority = 0;
        foreach (var part in bytes[2..8])
            authority = (authority << 8) | part;
        var text = new StringBuilder($"S-1-{authority}");
        for (var i = 0; i < bytes[1]; i++)
            text.Append('-').Append(BitConverter.ToUInt32(bytes.Slice(8 + (4 * i), 4)));
        return text.ToString();
    }

    /// <summary>The last part, such as 500 for the first administrator of a domain; null for anything else.</summary>
    public static long? Rid(string? sid) => sid is not null && long.TryParse(sid.AsSpan(sid.LastIndexOf('-') + 1), out var rid) ? rid : null;
}

/// <summary>Distinguished names as text, RFC 4514.</summary>
internal static class Dn
{
    /// <summary>For comparing: lower case, no blanks around commas and equals signs.</summary>
    public static string Key(string name)
    {
        var key = new StringBuilder(name.Length);
        foreach (var part in Parts(name))
        {
            var at = part.IndexOf('=');
            key.Append(key.Length > 0 ? "," : "");
            key.Append(at < 0 ? part.Trim() : $"{part[..at].Trim()}={part[(at + 1)..].Trim()}");
        }

        return key.ToString().ToLowerInvariant();
    }

    /// <summary>The value of the first part: <c>IT Ops</c> of <c>CN=IT Ops,OU=Groups,DC=example</c>.</summary>
    public static string ShortName(string name)
    {
        var first = Parts(name).First();
        return first[(first.IndexOf('=') + 1)..].Trim().Replace("\\,", ",");
    }

    /// <summary>As a value in a search filter, RFC 4515 section 3.</summary>
    public static string InFilter(string text) => text.Replace("\\", "\\5c").Replace("*", "\\2a").Replace("(", "\\28").Replace(")", "\\29").Replace("\0", "\\00");

    private static IEnumerable<string> Parts(string name)
    {
        var start = 0;
        for (var i = 0; i < name.Length; i++)
        {
            if (name[i] == '\\')
                i++;
            else if (name[i] == ',')
            {
                yield return name[start..i];
                start = i + 1;
            }
        }

        yield return name[start..];
    }
}
