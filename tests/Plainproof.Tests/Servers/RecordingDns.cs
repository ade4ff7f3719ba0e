using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Plainproof.Tests.Servers;

/// <summary>Stands before a real DNS server, passes each question on, and remembers what was asked.</summary>
internal sealed class RecordingDns : IDisposable
{
    private readonly UdpClient _front = new(new IPEndPoint(IPAddress.Loopback, 0));
    private readonly ConcurrentQueue<string> _asked = new();

    private RecordingDns(int behind) => _ = ServeAsync(behind);

    public int Port => ((IPEndPoint)_front.Client.LocalEndPoint!).Port;

    /// <summary>The names in the order of the questions, in lower case.</summary>
    public IReadOnlyList<string> Asked => [.. _asked];

    public static RecordingDns Before(int port) => new(port);

    public void Dispose() => _front.Dispose();

    private async Task ServeAsync(int behind)
    {
        try
        {
            while (true)
            {
                var question = await _front.ReceiveAsync();
                _asked.Enqueue(NameIn(question.Buffer));
                _ = PassOnAsync(question, behind);
            }
        }
        catch (Exception e) when (e is ObjectDisposedException or SocketException)
        {
            return; // The test is over.
        }
    }

    private async Task PassOnAsync(UdpReceiveResult question, int behind)
    {
        using var back = new UdpClient();
        back.Connect(IPAddress.Loopback, behind);
        await back.SendAsync(question.Buffer);
        var answer = await back.ReceiveAsync();
        await _front.SendAsync(answer.Buffer, question.RemoteEndPoint);
    }

    private static string NameIn(byte[] question)
    {
        var labels = new List<string>();
        for (var at = 12; question[at] > 0; at += question[at] + 1)
            labels.Add(Encoding.ASCII.GetString(question, at + 1, question[at]));
        return string.Join('.', labels).ToLowerInvariant();
    }
}
