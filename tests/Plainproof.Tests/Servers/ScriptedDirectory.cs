using System.Formats.Asn1;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Plainproof.Tests.Servers;

/// <summary>
/// Takes one caller on a readable port, lets it sign in, and gives to every search the answer of a script: a server as broken or
/// hostile as a test wants it.
/// </summary>
internal sealed class ScriptedDirectory : IDisposable
{
    private const byte BindRequest = 0x60;
    private const byte SearchRequest = 0x63;
    private const byte ExtendedRequest = 0x77;

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly Func<int, int, Step> _onSearch;
    private readonly Func<int, byte[]> _onExtended;
    private readonly Task _serving;

    /// <param name="onSearch">Told the number of the message and how many searches came before.</param>
    /// <param name="onExtended">Told the number of the message.</param>
    public ScriptedDirectory(Func<int, int, Step> onSearch, Func<int, byte[]>? onExtended = null)
    {
        (_onSearch, _onExtended) = (onSearch, onExtended ?? (id => Result(id, 24, 2, "no such operation")));
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _serving = ServeAsync();
    }

    public enum Then
    {
        GoOn,
        Close,
        FallSilent,
        Repeat,
    }

    public sealed record Step(byte[] Bytes, Then Then = Then.GoOn);

    public int Port { get; }

    /// <param name="tag">1 for a sign-in, 5 for the end of a search, 24 for an extended operation.</param>
    public static byte[] Result(int id, int tag, int code, string said = "", string? name = null) => Message(id, writer =>
    {
        using var result = writer.PushSequence(new Asn1Tag(TagClass.Application, tag));
        writer.WriteEncodedValue([0x0a, 1, (byte)code]);
        writer.WriteOctetString([]);
        writer.WriteOctetString(Encoding.UTF8.GetBytes(said));
        if (name is not null)
            writer.WriteOctetString(Encoding.UTF8.GetBytes(name), new Asn1Tag(TagClass.ContextSpecific, 10));
    });

    public static byte[] Entry(int id, string name, params (string Name, string Value)[] attributes) => Message(id, writer =>
    {
        using var entry = writer.PushSequence(new Asn1Tag(TagClass.Application, 4));
        writer.WriteOctetString(Encoding.UTF8.GetBytes(name));
        using var list = writer.PushSequence();
        foreach (var (attribute, value) in attributes)
        {
            using var one = writer.PushSequence();
            writer.WriteOctetString(Encoding.UTF8.GetBytes(attribute));
            using var values = writer.PushSetOf();
            writer.WriteOctetString(Encoding.UTF8.GetBytes(value));
        }
    });

    public string Source(string password, string more = "&plain=true&timeout=2") =>
        $"directory=ldap://127.0.0.1:{Port}?user=cn=reader,dc=ex,dc=test&password-file={password}&base=dc=ex,dc=test{more}";

    public void Dispose()
    {
        _end.Cancel();
        _listener.Dispose();
        _serving.Wait();
        _end.Dispose();
    }

    private static byte[] Message(int id, Action<AsnWriter> operation)
    {
        var writer = new AsnWriter(AsnEncodingRules.BER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(id);
            operation(writer);
        }

        return writer.Encode();
    }

    private async Task ServeAsync()
    {
        try
        {
            using var caller = await _listener.AcceptTcpClientAsync(_end.Token);
            await AnswerAsync(caller.GetStream());
        }
        catch (Exception e) when (e is SocketException or IOException or OperationCanceledException or ObjectDisposedException)
        {
            // The caller went away, or the test is over.
        }
    }

    private async Task AnswerAsync(NetworkStream stream)
    {
        var searches = 0;
        while (await RequestAsync(stream) is var (id, operation))
        {
            var step = operation switch
            {
                BindRequest => new Step(Result(id, 1, 0)),
                ExtendedRequest => new Step(_onExtended(id)),
                SearchRequest => _onSearch(id, searches++),
                _ => new Step([], Then.Close),
            };
            do
                await stream.WriteAsync(step.Bytes, _end.Token);
            while (step.Then == Then.Repeat);
            if (step.Then == Then.FallSilent)
                await Task.Delay(Timeout.Infinite, _end.Token);
            if (step.Then == Then.Close)
                return;
        }
    }

    private async Task<(int Id, byte Operation)?> RequestAsync(NetworkStream stream)
    {
        var bytes = new byte[64 * 1024];
        for (var length = 0; ;)
        {
            var read = await stream.ReadAsync(bytes.AsMemory(length), _end.Token);
            if (read == 0)
                return null;
            length += read;
            if (AsnDecoder.TryReadEncodedValue(bytes.AsSpan(0, length), AsnEncodingRules.BER, out _, out var start, out var content, out _))
            {
                var message = new AsnReader(bytes.AsMemory(start, content), AsnEncodingRules.BER);
                return ((int)message.ReadInteger(), message.PeekEncodedValue().Span[0]);
            }
        }
    }
}
