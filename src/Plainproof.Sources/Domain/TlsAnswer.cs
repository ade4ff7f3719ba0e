using System.Buffers.Binary;
using System.Net.Sockets;
using Plainproof.Facts;

namespace Plainproof.Sources.Domain;

internal enum TlsReply
{
    Hello,
    Alert,

    /// <summary>The server ended the connection without a word of TLS.</summary>
    Closed,
    Silent,

    /// <summary>It said something that is not TLS.</summary>
    NotTls,
}

/// <param name="Version">The version the server chose; null unless it is one we know.</param>
/// <param name="Certificates">Certificates in DER, as far as the handshake showed them in clear.</param>
/// <param name="Received">The first bytes received, for the evidence.</param>
internal sealed record TlsAnswer(TlsReply Reply, TlsVersion? Version, int? AlertCode, IReadOnlyList<byte[]> Certificates, byte[] Received)
{
    private const int MaxBytes = 128 * 1024;
    private const int MaxRecord = 16 * 1024 + 2048;
    private const int KeptBytes = 2048;

    /// <summary>Reads until the server's hello, and its certificates when wanted, or until it is clear that none will come.</summary>
    public static async Task<TlsAnswer> ReadAsync(Stream stream, bool withCertificates, CancellationToken stop)
    {
        var reading = new TlsReading(withCertificates);
        var all = new MemoryStream();
        var header = new byte[5];
        try
        {
            while (!reading.Done && all.Length < MaxBytes)
            {
                if (await stream.ReadAtLeastAsync(header, header.Length, throwOnEndOfStream: false, stop) is var got && got < header.Length)
                {
                    all.Write(header, 0, got);
                    reading.End(got > 0 && all.Length == got && !LooksLikeTls(header));
                    break;
                }

                all.Write(header);
                var length = BinaryPrimitives.ReadUInt16BigEndian(header.AsSpan(3));
                if (!LooksLikeTls(header) || length > MaxRecord)
                {
                    reading.End(notTls: true);
                    break;
                }

                var body = new byte[length];
                var bodyGot = await stream.ReadAtLeastAsync(body, length, throwOnEndOfStream: false, stop);
                all.Write(body, 0, bodyGot);
                if (bodyGot == length)
                    reading.Take(header[0], body);
                else
                    reading.End(notTls: false);
            }
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            reading.End(notTls: false);
        }
        catch (OperationCanceledException)
        {
            reading.Silent();
        }

        return reading.ToAnswer(all.ToArray()[..(int)Math.Min(all.Length, KeptBytes)]);
    }

    private static bool LooksLikeTls(byte[] header) => header[0] is 20 or 21 or 22 or 23 && header[1] == 3 && header[2] <= 4;
}

/// <summary>Takes records apart, one at a time. Danger: every length comes from a stranger.</summary>
internal sealed class TlsReading(bool withCertificates)
{
    private const byte ServerHello = 2;
    private const byte Certificate = 11;
    private const byte ServerHelloDone = 14;
    private const ushort SupportedVersions = 0x002b;
    private readonly List<byte> _handshake = [];
    private readonly List<byte[]> _certificates = [];
    private TlsVersion? _version;
    private int? _alert;
    private TlsReply? _reply;

    public bool Done { get; private set; }

    public void Take(byte type, byte[] body)
    {
        if (type == 21 && body is [var level, var code, ..])
        {
            if (level == 1 && code != 0)
                return;
            (_alert, _reply, Done) = (code, _reply ?? TlsReply.Alert, true);
        }
        else if (type == 22)
        {
            _handshake.AddRange(body);
            TakeMessages();
        }
        else
        {
            Done = _reply is not null;
        }
    }

    public void End(bool notTls)
    {
        _reply ??= notTls ? TlsReply.NotTls : TlsReply.Closed;
        Done = true;
    }

    public void Silent()
    {
        _reply ??= TlsReply.Silent;
        Done = true;
    }

    public TlsAnswer ToAnswer(byte[] received) => new(_reply ?? TlsReply.NotTls, _version, _alert, _certificates, received);

    private void TakeMessages()
    {
        while (!Done && _handshake.Count >= 4)
        {
            var length = (_handshake[1] << 16) | (_handshake[2] << 8) | _handshake[3];
            if (_handshake.Count < 4 + length)
                return;
            var message = _handshake.GetRange(4, length).ToArray();
            TakeMessage(_handshake[0], message);
            _handshake.RemoveRange(0, 4 + length);
        }
    }

    private void TakeMessage(byte type, ReadOnlySpan<byte> message)
    {
        if (type == ServerHello)
        {
            _version = VersionIn(message);
            _reply = _version is null ? TlsReply.NotTls : TlsReply.Hello;
            Done = !withCertificates || _version is null or TlsVersion.Tls13;
        }
        else if (type == Certificate)
        {
            TakeCertificates(message);
            Done = true;
        }
        else
        {
            Done = type == ServerHelloDone;
        }
    }

    /// <summary>The version in force: that of supported_versions when there, the plain one otherwise. A HelloRetryRequest has the same form.</summary>
    private static TlsVersion? VersionIn(ReadOnlySpan<byte> hello)
    {
        if (hello.Length < 38 || 38 + hello[34] > hello.Length)
            return null;
        var code = BinaryPrimitives.ReadUInt16BigEndian(hello);
        var rest = hello[(35 + hello[34] + 3)..];
        if (rest.Length >= 2)
            rest = rest[2..];
        while (rest.Length >= 4)
        {
            var (type, length) = (BinaryPrimitives.ReadUInt16BigEndian(rest), BinaryPrimitives.ReadUInt16BigEndian(rest[2..]));
            if (rest.Length < 4 + length)
                return null;
            if (type == SupportedVersions && length == 2)
                code = BinaryPrimitives.ReadUInt16BigEndian(rest[4..]);
            rest = rest[(4 + length)..];
        }

        return code is >= 0x0300 and <= 0x0304 ? (TlsVersion)(code - 0x0300) : null;
    }

    private void TakeCertificates(ReadOnlySpan<byte> message)
    {
        for (var rest = message.Length >= 3 ? message[3..] : []; rest.Length >= 3;)
        {
            var length = (rest[0] << 16) | (rest[1] << 8) | rest[2];
            if (rest.Length < 3 + length)
                return;
            _certificates.Add(rest[3..(3 + length)].ToArray());
            rest = rest[(3 + length)..];
        }
    }
}
