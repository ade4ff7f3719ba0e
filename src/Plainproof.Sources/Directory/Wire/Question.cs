using System.Formats.Asn1;
using System.Text;

namespace Plainproof.Sources.Directories.Wire;

/// <summary>The levels of a search, RFC 4511 section 4.5.1.2. Their names stand in the evidence.</summary>
internal enum SearchScope
{
    Base,
    OneLevel,
    Subtree,
}

/// <param name="Base">Where to look; empty for the directory's own root entry.</param>
internal sealed record Search(string Base, string Filter, SearchScope Scope, params string[] Attributes);

/// <summary>What can be asked, each as the bytes of one message with the number it is given.</summary>
internal static class Question
{
    private const string PagedResults = "1.2.840.113556.1.4.319";
    private const string SecurityDescriptorFlags = "1.2.840.113556.1.4.801";
    private const string StartTlsName = "1.3.6.1.4.1.1466.20037";
    private const string WhoAmIName = "1.3.6.1.4.1.4203.1.11.3";

    /// <summary>RFC 4511 section 4.2, with a name and a password.</summary>
    public static Func<int, byte[]> Bind(string user, string password) => id => Message(id, writer =>
    {
        using var bind = writer.PushSequence(Application(0));
        writer.WriteInteger(3);
        Write(writer, user);
        writer.WriteOctetString(Encoding.UTF8.GetBytes(password), new Asn1Tag(TagClass.ContextSpecific, 0));
    });

    /// <summary>RFC 4511 section 4.3. Nothing is answered.</summary>
    public static byte[] Unbind(int id) => Message(id, writer => writer.WriteNull(Application(2)));

    /// <summary>RFC 4511 section 4.5, in pages (RFC 2696), which a tree that cannot page may leave out.</summary>
    /// <param name="securityFlags">Which parts of a security descriptor to give (MS-ADTS 3.1.1.3.4.1.11).</param>
    public static Func<int, byte[]> Find(Search search, int pageSize, byte[] cookie, int? securityFlags) => id => Message(
        id,
        writer =>
        {
            using var request = writer.PushSequence(Application(3));
            Write(writer, search.Base);
            writer.WriteEnumeratedValue(search.Scope);
            writer.WriteEnumeratedValue(Aliases.Never);
            writer.WriteInteger(0);
            writer.WriteInteger(0);
            writer.WriteBoolean(false);
            Filter.Write(search.Filter, writer);
            using var attributes = writer.PushSequence();
            foreach (var attribute in search.Attributes)
                Write(writer, attribute);
        },
        writer =>
        {
            Control(writer, PagedResults, critical: false, value => { value.WriteInteger(pageSize); value.WriteOctetString(cookie); });
            if (securityFlags is { } flags)
                Control(writer, SecurityDescriptorFlags, critical: true, value => value.WriteInteger(flags));
        });

    /// <summary>RFC 4511 section 4.10.</summary>
    public static Func<int, byte[]> Compare(string name, string attribute, string value) => id => Message(id, writer =>
    {
        using var compare = writer.PushSequence(Application(14));
        Write(writer, name);
        using var assertion = writer.PushSequence();
        Write(writer, attribute);
        Write(writer, value);
    });

    /// <summary>RFC 4532.</summary>
    public static byte[] WhoAmI(int id) => Extended(id, WhoAmIName);

    /// <summary>RFC 4511 section 4.14.</summary>
    public static byte[] StartTls(int id) => Extended(id, StartTlsName);

    private static byte[] Extended(int id, string name) => Message(id, writer =>
    {
        using var extended = writer.PushSequence(Application(23));
        writer.WriteOctetString(Encoding.ASCII.GetBytes(name), new Asn1Tag(TagClass.ContextSpecific, 0));
    });

    private static byte[] Message(int id, Action<AsnWriter> operation, Action<AsnWriter>? controls = null)
    {
        var writer = new AsnWriter(AsnEncodingRules.BER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(id);
            operation(writer);
            if (controls is not null)
            {
                using var all = writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 0));
                controls(writer);
            }
        }

        return writer.Encode();
    }

    private static void Control(AsnWriter writer, string name, bool critical, Action<AsnWriter> content)
    {
        using var control = writer.PushSequence();
        Write(writer, name);
        if (critical)
            writer.WriteBoolean(true);
        using var value = writer.PushOctetString();
        using var sequence = writer.PushSequence();
        content(writer);
    }

    private static void Write(AsnWriter writer, string text) => writer.WriteOctetString(Encoding.UTF8.GetBytes(text));

    private static Asn1Tag Application(int number) => new(TagClass.Application, number);

    private enum Aliases
    {
        Never,
    }
}
