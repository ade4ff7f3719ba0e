using System.DirectoryServices.Protocols;
using System.Globalization;
using System.Text;

namespace Plainproof.Sources.Directories;

/// <summary>One entry as the directory gave it, decoded once. Attribute names are not case-sensitive.</summary>
internal sealed class Entry
{
    private static readonly HashSet<string> Binary = new(StringComparer.OrdinalIgnoreCase) { "objectSid", "objectGUID", "nTSecurityDescriptor", "tokenGroups", "schemaIDGUID", "attributeSecurityGUID" };

    private readonly Dictionary<string, string[]> _texts;
    private Dictionary<string, byte[][]>? _bytes;

    public Entry(SearchResultEntry from)
    {
        Name = from.DistinguishedName ?? "";
        _texts = new Dictionary<string, string[]>(from.Attributes.Count, StringComparer.OrdinalIgnoreCase);
        foreach (DirectoryAttribute attribute in from.Attributes.Values)
            Keep(attribute.Name, (byte[][])attribute.GetValues(typeof(byte[])));
    }

    /// <summary>The distinguished name.</summary>
    public string Name { get; }

    public IReadOnlyDictionary<string, string[]> Texts => _texts;

    public string? this[string attribute] => _texts.TryGetValue(attribute, out var values) && values.Length > 0 ? values[0] : null;

    public IReadOnlyList<string> All(string attribute) => _texts.GetValueOrDefault(attribute) ?? [];

    public IReadOnlyList<byte[]> Bytes(string attribute) => _bytes?.GetValueOrDefault(attribute) ?? [];

    public bool Has(string attribute) => _texts.ContainsKey(attribute);

    public bool Is(string objectClass) => All("objectClass").Contains(objectClass, StringComparer.OrdinalIgnoreCase);

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

    private void Keep(string name, byte[][] values)
    {
        var binary = Binary.Contains(name);
        if (binary)
            (_bytes ??= new Dictionary<string, byte[][]>(StringComparer.OrdinalIgnoreCase))[name] = values;
        var texts = new string[values.Length];
        for (var i = 0; i < texts.Length; i++)
            texts[i] = binary ? Readable(name, values[i]) : Encoding.UTF8.GetString(values[i]);
        _texts[name] = texts;
    }

    private static string Readable(string attribute, byte[] value) =>
        attribute.EndsWith("GUID", StringComparison.OrdinalIgnoreCase) && value.Length == 16 ? new Guid(value).ToString()
        : attribute.Equals("nTSecurityDescriptor", StringComparison.OrdinalIgnoreCase) ? Convert.ToBase64String(value)
        : SecurityId.Text(value) ?? Convert.ToBase64String(value);
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
