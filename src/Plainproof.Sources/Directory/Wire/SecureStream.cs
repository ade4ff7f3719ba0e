using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Plainproof.Facts;

namespace Plainproof.Sources.Directories.Wire;

/// <summary>The way to a directory: connected, and encrypted unless the person asked for a readable one in so many words.</summary>
internal static class SecureStream
{
    /// <exception cref="CannotRead">No connection, no trust, or no answer in time: each with its own words.</exception>
    public static async Task<Stream> OpenAsync(DirectoryAddress to, CancellationToken stop)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(to.Timeout);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await ConnectAsync(socket, to, limit.Token, stop);
            return await ProtectAsync(new NetworkStream(socket, ownsSocket: true), to, limit.Token);
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

    /// <summary>Nothing that came readable may pass for something that came encrypted, so a server that said more than its yes is refused.</summary>
    private static async Task StartTlsAsync(Stream raw, DirectoryAddress to, CancellationToken limit)
    {
        var code = "no answer";
        try
        {
            var wire = new LdapWire(raw);
            var answer = await wire.AskAsync(Question.StartTls, Tag.ExtendedResponse, null, limit);
            if (answer.Code == ResultCode.Success && !wire.HasMore)
                return;
            code = answer.Code == ResultCode.Success ? "it went on unencrypted" : $"result {(int)answer.Code}";
        }
        catch (Exception e) when (e is BadAnswer or Disconnected or IOException)
        {
            code = e is BadAnswer ? $"an answer that is no LDAP: {e.Message}" : code;
        }

        throw new CannotRead(Completeness.Unreachable, $"{to.Text} does not offer encryption by StartTLS ({code}).", "Give the directory a certificate, or use ldaps://.");
    }
}
