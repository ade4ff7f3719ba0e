using System.Formats.Asn1;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Plainproof.Facts;

namespace Plainproof.Sources.Directories;

/// <summary>
/// Carries one LDAP connection. The LDAP library speaks to a port of this machine; we own the way to the server.
/// The native library knows one trust store for the whole process, has no limit for a silent server, and tells every trouble
/// as "unavailable". Here trust, name, time limit and reason are per connection, and closing it ends a call that hangs.
/// The listener takes one caller and then closes. What passes this machine's loopback is seen by its root user only.
/// </summary>
internal sealed class Tunnel : IAsyncDisposable
{
    // LDAPMessage { 1, ExtendedRequest { 1.3.6.1.4.1.1466.20037 } }, RFC 4511 section 4.14.1.
    private static readonly byte[] StartTlsRequest = [0x30, 0x1d, 0x02, 0x01, 0x01, 0x77, 0x18, 0x80, 0x16, .. "1.3.6.1.4.1.1466.20037"u8];

    private readonly Stream _remote;
    private readonly TcpListener _listener;
    private readonly CancellationTokenSource _closing = new();
    private readonly Task _carrying;
    private long _received;

    private Tunnel(Stream remote)
    {
        _remote = remote;
        _listener = new TcpListener(IPAddress.Loopback, 0);
        _listener.Start(1);
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _carrying = CarryAsync();
    }

    public int Port { get; }

    public long Received => Interlocked.Read(ref _received);

    /// <exception cref="CannotRead">No connection, no trust, or no answer in time: each with its own words.</exception>
    public static async Task<Tunnel> OpenAsync(DirectoryAddress to, CancellationToken stop)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(to.Timeout);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await ConnectAsync(socket, to, limit.Token, stop);
            return new Tunnel(await ProtectAsync(new NetworkStream(socket, ownsSocket: true), to, limit.Token));
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            socket.Dispose();
            throw new CannotRead(Completeness.TimedOut, $"{to.Text} took the connection and then said nothing for {to.Timeout.TotalSeconds:0} seconds.", "Check that a directory answers there, or set a longer timeout=SECONDS.");
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Ends the connection at once; a call that waits on it fails.</summary>
    public void Close() => _closing.Cancel();

    public async ValueTask DisposeAsync()
    {
        Close();
        await _carrying;
        await _remote.DisposeAsync();
        _closing.Dispose();
    }

    private static async Task ConnectAsync(Socket socket, DirectoryAddress to, CancellationToken limit, CancellationToken stop)
    {
        try
        {
            await socket.ConnectAsync(to.Host, to.Port, limit);
        }
        catch (SocketException e)
        {
            throw new CannotRead(Completeness.Unreachable, e.SocketErrorCode switch
            {
                SocketError.ConnectionRefused => $"Nothing listens at {to.Text}.",
                SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain => $"The name {to.Host} is not known to the resolver.",
                _ => $"No connection to {to.Text}: {e.Message}.",
            }, "Check the name and the port, and that a firewall lets this machine through.", e);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            throw new CannotRead(Completeness.Unreachable, $"No connection to {to.Text} within {to.Timeout.TotalSeconds:0} seconds.", "Check the name and the port, and that a firewall lets this machine through.");
        }
    }

    private static async Task<Stream> ProtectAsync(Stream raw, DirectoryAddress to, CancellationToken limit)
    {
        if (to.Protection == Protection.None)
            return raw;
        if (to.Protection == Protection.StartTls)
            await StartTlsAsync(raw, to, limit);
        var refused = "";
        var tls = new SslStream(raw);
        try
        {
            await tls.AuthenticateAsClientAsync(OptionsFor(to, why => refused = why), limit);
            return tls;
        }
        catch (AuthenticationException) when (refused.Length > 0)
        {
            throw new CannotRead(Completeness.Unreachable, refused, to.Trust is null
                ? "Save the certificate of the authority that signed it as a PEM file and add ca=FILE."
                : $"Check that ca=FILE holds the authority that signed the certificate of {to.Host}.");
        }
        catch (Exception e) when (e is AuthenticationException or IOException)
        {
            throw new CannotRead(Completeness.Unreachable, $"{to.Text} did not agree on an encrypted connection: {(e.InnerException ?? e).Message}", "Check that this port speaks LDAPS. On port 389 use ldap:// with starttls=true.", e);
        }
    }

    private static SslClientAuthenticationOptions OptionsFor(DirectoryAddress to, Action<string> refuse)
    {
        var options = new SslClientAuthenticationOptions
        {
            TargetHost = to.TlsName,
            RemoteCertificateValidationCallback = (_, certificate, chain, errors) => Accept(to, certificate, chain, errors, refuse),
        };
        if (to.Trust is null)
            return options;
        options.CertificateChainPolicy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        options.CertificateChainPolicy.CustomTrustStore.AddRange(to.Trust);
        return options;
    }

    private static bool Accept(DirectoryAddress to, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors, Action<string> refuse)
    {
        if (errors == SslPolicyErrors.None)
            return true;
        refuse(errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable) ? $"{to.Text} showed no certificate."
            : errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch) ? $"The certificate of {to.Text} is made out to another name ({certificate?.Subject}), so we did not sign in."
            : $"The certificate of {to.Text} is not trusted, so we did not sign in: {string.Join("; ", chain?.ChainStatus.Select(status => status.StatusInformation.Trim()) ?? [])}");
        return false;
    }

    private static async Task StartTlsAsync(Stream raw, DirectoryAddress to, CancellationToken limit)
    {
        await raw.WriteAsync(StartTlsRequest, limit);
        var answer = new byte[512];
        var length = 0;
        var code = -1;
        while (code < 0 && length < answer.Length)
        {
            var read = await raw.ReadAsync(answer.AsMemory(length), limit);
            if (read == 0)
                break;
            length += read;
            code = ResultCode(answer.AsMemory(0, length));
        }

        if (code != 0)
            throw new CannotRead(Completeness.Unreachable, $"{to.Text} does not offer encryption by StartTLS (result {code}).", "Give the directory a certificate, or use ldaps://.");
    }

    /// <summary>The result code of a whole extended response (RFC 4511 section 4.12), or -1 while it is not whole.</summary>
    private static int ResultCode(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            var message = new AsnReader(bytes, AsnEncodingRules.BER).ReadSequence();
            message.ReadInteger();
            var response = message.ReadSequence(new Asn1Tag(TagClass.Application, 24, isConstructed: true));
            return response.ReadEnumeratedBytes().Span[0];
        }
        catch (AsnContentException)
        {
            return -1;
        }
    }

    private async Task CarryAsync()
    {
        try
        {
            using var local = await _listener.AcceptTcpClientAsync(_closing.Token);
            _listener.Stop();
            local.NoDelay = true;
            await using var near = local.GetStream();
            using var over = CancellationTokenSource.CreateLinkedTokenSource(_closing.Token);
            var up = CopyAsync(near, _remote, null, over.Token);
            var down = CopyAsync(_remote, near, count => Interlocked.Add(ref _received, count), over.Token);
            await Task.WhenAny(up, down);
            await over.CancelAsync();
            await Task.WhenAll(up, down);
        }
        catch (OperationCanceledException)
        {
            // Closed on purpose: the caller who waits is told by the library that the server is gone.
        }
        finally
        {
            _listener.Stop();
        }
    }

    /// <summary>Ends quietly when either side goes away; the LDAP call that waits reports it.</summary>
    private static async Task CopyAsync(Stream from, Stream to, Action<int>? count, CancellationToken stop)
    {
        var buffer = new byte[32 * 1024];
        try
        {
            while (await from.ReadAsync(buffer, stop) is > 0 and var read)
            {
                count?.Invoke(read);
                await to.WriteAsync(buffer.AsMemory(0, read), stop);
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // The end of the connection, whichever side ended it.
        }
    }
}
