using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Plainproof.Facts;

namespace Plainproof.Sources.Domain;

/// <summary>
/// A ClientHello written byte by byte, because the TLS library of this host refuses to speak the old versions that we must ask about
/// (RFC 8446 section 4.1.2, RFC 5246 section 7.4.1.2, RFC 6101 section 5.6.1.2).
/// </summary>
internal static class TlsHello
{
    private const ushort X25519 = 0x001d;

    private static readonly ushort[] ModernCiphers = [0x1301, 0x1302, 0x1303, 0x1304, 0x1305];

    /// <summary>Broad on purpose, weak and anonymous ones too: a server must not look safe because we share no cipher with it.</summary>
    private static readonly ushort[] OlderCiphers =
    [
        0xc02b, 0xc02f, 0xc02c, 0xc030, 0xcca9, 0xcca8, 0xccaa, 0xc009, 0xc013, 0xc00a, 0xc014, 0xc023, 0xc027, 0xc024, 0xc028,
        0x009e, 0x009f, 0x0033, 0x0039, 0x0067, 0x006b, 0x009c, 0x009d, 0x002f, 0x0035, 0x003c, 0x003d, 0x0032, 0x0038, 0x0040, 0x006a,
        0x0041, 0x0084, 0x0045, 0x0088, 0xc072, 0xc073, 0xc076, 0xc077, 0x0096, 0x009a, 0xc0ac, 0xc0ad, 0xc09c, 0xc09d, 0xc09e, 0xc09f,
        0x000a, 0x0016, 0x0013, 0xc008, 0xc012, 0x0005, 0x0004, 0xc007, 0xc011, 0x0009, 0x0015, 0x0012, 0x0003, 0x0006, 0x0008, 0x0014, 0x0011,
        0x0062, 0x0064, 0x0018, 0x001a, 0x001b, 0x0034, 0x003a, 0x006c, 0x006d, 0x00a6, 0x00a7, 0xc018, 0xc019, 0x0001, 0x0002, 0x003b,
        0xc006, 0xc010, 0x00ff,
    ];

    private static readonly ushort[] Signatures =
        [0x0403, 0x0503, 0x0603, 0x0804, 0x0805, 0x0806, 0x0401, 0x0501, 0x0601, 0x0807, 0x0808, 0x0809, 0x080a, 0x080b, 0x0203, 0x0201, 0x0402, 0x0202, 0x0101];

    private static readonly ushort[] Groups = [X25519, 0x0017, 0x0018, 0x0019, 0x001e, 0x0100];

    public static ushort Code(TlsVersion version) => (ushort)(0x0300 + (int)version);

    /// <summary>One record that offers the given version and nothing newer or older.</summary>
    public static byte[] For(TlsVersion version, string host)
    {
        var legacy = Code(version == TlsVersion.Tls13 ? TlsVersion.Tls12 : version);
        var hello = new Writer();
        hello.Number(legacy);
        hello.Bytes(RandomNumberGenerator.GetBytes(32));
        hello.Sized(1, id => id.Bytes(version == TlsVersion.Tls13 ? RandomNumberGenerator.GetBytes(32) : []));
        hello.Sized(2, ciphers => ciphers.Numbers(version == TlsVersion.Tls13 ? ModernCiphers : OlderCiphers));
        hello.Bytes([1, 0]);
        if (version > TlsVersion.Ssl30)
            hello.Sized(2, extensions => AddExtensions(extensions, version, host));

        var handshake = new Writer();
        handshake.Bytes([1]);
        handshake.Sized(3, body => body.Bytes(hello.ToArray()));
        var record = new Writer();
        record.Bytes([22]);
        record.Number(Code(version == TlsVersion.Ssl30 ? TlsVersion.Ssl30 : TlsVersion.Tls10));
        record.Sized(2, body => body.Bytes(handshake.ToArray()));
        return record.ToArray();
    }

    private static void AddExtensions(Writer to, TlsVersion version, string host)
    {
        Extension(to, 0x0000, name => name.Sized(2, list =>
        {
            list.Bytes([0]);
            list.Sized(2, text => text.Bytes(Encoding.ASCII.GetBytes(host)));
        }));
        Extension(to, 0x000a, groups => groups.Sized(2, list => list.Numbers(Groups)));
        Extension(to, 0x000b, formats => formats.Bytes([1, 0]));
        if (version >= TlsVersion.Tls12)
            Extension(to, 0x000d, signatures => signatures.Sized(2, list => list.Numbers(Signatures)));
        if (version != TlsVersion.Tls13)
            return;
        Extension(to, 0x002b, versions => versions.Sized(1, list => list.Number(Code(TlsVersion.Tls13))));
        Extension(to, 0x002d, modes => modes.Bytes([1, 1]));
        Extension(to, 0x0033, shares => shares.Sized(2, list =>
        {
            list.Number(X25519);
            list.Sized(2, key => key.Bytes(RandomNumberGenerator.GetBytes(32)));
        }));
    }

    private static void Extension(Writer to, ushort type, Action<Writer> body)
    {
        to.Number(type);
        to.Sized(2, body);
    }

    private sealed class Writer
    {
        private readonly List<byte> _bytes = [];

        public void Bytes(ReadOnlySpan<byte> bytes) => _bytes.AddRange(bytes);

        public void Number(ushort number)
        {
            Span<byte> two = stackalloc byte[2];
            BinaryPrimitives.WriteUInt16BigEndian(two, number);
            _bytes.AddRange(two);
        }

        public void Numbers(ReadOnlySpan<ushort> numbers)
        {
            foreach (var number in numbers)
                Number(number);
        }

        /// <summary>Writes the body with its length before it, in so many bytes.</summary>
        public void Sized(int lengthBytes, Action<Writer> body)
        {
            var inner = new Writer();
            body(inner);
            for (var at = lengthBytes - 1; at >= 0; at--)
                _bytes.Add((byte)(inner._bytes.Count >> (8 * at)));
            _bytes.AddRange(inner._bytes);
        }

        public byte[] ToArray() => [.. _bytes];
    }
}
