using System.Net;
using System.Net.Sockets;

namespace Plainproof.Tests.Servers;

/// <summary>Takes every connection and never says a word.</summary>
internal sealed class SilentServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly List<TcpClient> _taken = [];

    public SilentServer()
    {
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _ = TakeAsync();
    }

    public int Port { get; }

    public void Dispose()
    {
        _listener.Dispose();
        _taken.ForEach(client => client.Dispose());
    }

    private async Task TakeAsync()
    {
        try
        {
            while (true)
                _taken.Add(await _listener.AcceptTcpClientAsync());
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // The test is over.
        }
    }
}

/// <summary>Stands before a real server and goes away, or falls silent, after so many bytes of its answers.</summary>
internal sealed class FailingProxy : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly int _to;
    private readonly int _after;
    private readonly bool _silent;
    private readonly CancellationTokenSource _end = new();

    public FailingProxy(int to, int after, bool silent = false)
    {
        (_to, _after, _silent) = (to, after, silent);
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _ = CarryAsync();
    }

    public int Port { get; }

    public void Dispose()
    {
        _end.Cancel();
        _listener.Dispose();
    }

    private async Task CarryAsync()
    {
        try
        {
            using var near = await _listener.AcceptTcpClientAsync(_end.Token);
            using var far = new TcpClient();
            await far.ConnectAsync(IPAddress.Loopback, _to, _end.Token);
            var up = near.GetStream().CopyToAsync(far.GetStream(), _end.Token);
            var buffer = new byte[256];
            for (var passed = 0; passed < _after; passed += buffer.Length)
                await near.GetStream().WriteAsync(buffer.AsMemory(0, await far.GetStream().ReadAsync(buffer, _end.Token)), _end.Token);
            if (_silent)
                await Task.Delay(Timeout.Infinite, _end.Token);
        }
        catch (Exception e) when (e is SocketException or IOException or OperationCanceledException or ObjectDisposedException)
        {
            // The test is over.
        }
    }
}
