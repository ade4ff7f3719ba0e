using System.Buffers.Binary;

namespace Plainproof.Sources.Directories;

/// <summary>
/// The access list of an entry, as far as "may we read this?" needs it (MS-DTYP sections 2.4.4 to 2.4.6).
/// .NET reads such lists on Windows only.
/// </summary>
internal sealed class SecurityDescriptor
{
    private const uint GenericAll = 0x10000000;
    private const uint GenericRead = 0x80000000;
    private const uint FullControl = 0xF01FF;
    private const uint Read = 0x20094;
    private const byte InheritOnly = 0x08;

    private readonly List<Rule> _rules;

    private SecurityDescriptor(List<Rule> rules) => _rules = rules;

    /// <summary>Null when the bytes are no descriptor with an access list.</summary>
    public static SecurityDescriptor? Parse(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 20 || BinaryPrimitives.ReadInt32LittleEndian(bytes[16..]) is not (> 0 and var start) || start + 8 > bytes.Length)
            return null;
        var rules = new List<Rule>();
        var list = bytes[start..];
        var count = BinaryPrimitives.ReadUInt16LittleEndian(list[4..]);
        for (var (i, at) = (0, 8); i < count; i++)
        {
            if (at + 8 > list.Length || BinaryPrimitives.ReadUInt16LittleEndian(list[(at + 2)..]) is not (>= 8 and var size) || at + size > list.Length)
                return null;
            if (RuleOf(list.Slice(at, size)) is { } rule)
                rules.Add(rule);
            at += size;
        }

        return new SecurityDescriptor(rules);
    }

    /// <summary>The first rule that speaks of us and of the right decides, as the directory itself goes through the list.</summary>
    /// <param name="kinds">The attribute and its property set; empty for the entry as a whole.</param>
    public bool Allows(IReadOnlySet<string> sids, uint right, IReadOnlyList<Guid> kinds)
    {
        foreach (var rule in _rules)
        {
            if ((rule.Rights & right) != 0 && sids.Contains(rule.Sid) && (rule.Kind is not { } kind || kinds.Contains(kind)))
                return rule.Allow;
        }

        return false;
    }

    private static Rule? RuleOf(ReadOnlySpan<byte> bytes)
    {
        var (type, flags) = (bytes[0], bytes[1]);
        if (type is not (0 or 1 or 5 or 6) || (flags & InheritOnly) != 0)
            return null;
        var rights = Expand(BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]));
        var at = 8;
        Guid? kind = null;
        if (type is 5 or 6 && bytes.Length >= 12)
        {
            var present = BinaryPrimitives.ReadUInt32LittleEndian(bytes[8..]);
            at = 12;
            if ((present & 1) != 0 && bytes.Length >= at + 16)
                kind = new Guid(bytes.Slice(at, 16));
            at += ((present & 1) != 0 ? 16 : 0) + ((present & 2) != 0 ? 16 : 0);
        }

        return at < bytes.Length && SecurityId.Text(bytes[at..]) is { } sid ? new Rule(type is 0 or 5, rights, kind, sid) : null;
    }

    private static uint Expand(uint rights) =>
        rights | ((rights & GenericAll) != 0 ? FullControl : 0) | ((rights & GenericRead) != 0 ? Read : 0);

    private sealed record Rule(bool Allow, uint Rights, Guid? Kind, string Sid);
}
