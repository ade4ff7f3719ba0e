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

/// <summary>A way to a real server that is open or closed. Closing it ends what is on it.</summary>
internal sealed class ClosableWay(int to) : IDisposable
{
    private readonly List<TcpClient> _under = [];
    private TcpListener? _listener;

    /// <summary>Known from the first opening on, and then the same for ever.</summary>
    public int Port { get; private set; }

    public void Open()
    {
        _listener = new TcpListener(IPAddress.Loopback, Port);
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _ = TakeAsync(_listener);
    }

    public void Close()
    {
        _listener?.Dispose();
        lock (_under)
            _under.ForEach(client => client.Dispose());
    }

    public void Dispose() => Close();

    private async Task TakeAsync(TcpListener listener)
    {
        try
        {
            while (true)
                _ = CarryAsync(await listener.AcceptTcpClientAsync());
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // It was closed.
        }
    }

    private async Task CarryAsync(TcpClient near)
    {
        using var far = new TcpClient();
        lock (_under)
            _under.AddRange([near, far]);
        try
        {
            await far.ConnectAsync(IPAddress.Loopback, to);
            await Task.WhenAny(near.GetStream().CopyToAsync(far.GetStream()), far.GetStream().CopyToAsync(near.GetStream()));
        }
        catch (Exception e) when (e is SocketException or IOException or ObjectDisposedException or InvalidOperationException)
        {
            // It was closed.
        }

        near.Dispose();
    }
}
