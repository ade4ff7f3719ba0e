using System.Net.Sockets;
using System.Text;
using Plainproof.Facts;
using Renci.SshNet;
using Renci.SshNet.Common;

namespace Plainproof.Sources.Host;

/// <summary>Another Linux host, in one round trip over SSH. The host's key must be known.</summary>
internal sealed class SshShell(HostAddress address) : IShell
{
    public async Task RunAsync(HostScript script, Stream into, CancellationToken stop)
    {
        var known = KnownHosts.For(address);
        var info = new ConnectionInfo(address.Host, address.Port, address.User, [.. Ways()]) { Timeout = TimeSpan.FromSeconds(address.TimeoutSeconds) };
        Prefer(info, known.TypesKnown);
        using var client = new SshClient(info);
        string? refusal = null;
        client.HostKeyReceived += (_, key) => key.CanTrust = (refusal = known.WhyNot(key.HostKeyName, key.HostKey)) is null;
        try
        {
            await client.ConnectAsync(stop);
            await RunAsync(client, script, into, stop);
        }
        catch (Exception e) when (e is SshException or SocketException or ObjectDisposedException)
        {
            stop.ThrowIfCancellationRequested();
            throw refusal is null ? Explain(e) : new CannotRead(Completeness.Unreachable, refusal, known.HowToAccept, e);
        }
    }

    private static async Task RunAsync(SshClient client, HostScript script, Stream into, CancellationToken stop)
    {
        using var command = client.CreateCommand("/bin/sh -s");
        var running = command.ExecuteAsync(stop);
        var output = Output.CopyAsync(command.OutputStream, into, stop);
        using (var input = command.CreateInputStream())
        {
            var bytes = Encoding.UTF8.GetBytes(script.Text);
            await input.WriteAsync(bytes, stop);
        }

        await output;
        await running;
    }

    private IEnumerable<AuthenticationMethod> Ways()
    {
        if (address.KeyFiles.Count > 0)
            yield return new PrivateKeyAuthenticationMethod(address.User, [.. address.KeyFiles.Select(KeyIn)]);
        if (address.KeyText is { } text)
            yield return new PrivateKeyAuthenticationMethod(address.User, Key(text));
        if (address.Password is { } password)
            yield return new PasswordAuthenticationMethod(address.User, password);
    }

    private PrivateKeyFile Key(string text)
    {
        using var bytes = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\n").TrimEnd() + "\n"), writable: false);
        try
        {
            return address.Passphrase is { } passphrase ? new PrivateKeyFile(bytes, passphrase) : new PrivateKeyFile(bytes);
        }
        catch (Exception e) when (e is SshException or NotSupportedException or FormatException)
        {
            throw new BadTarget($"host: the private key cannot be used: {e.Message} Paste the whole file, or give its passphrase.");
        }
    }

    private PrivateKeyFile KeyIn(string path)
    {
        try
        {
            return address.Passphrase is { } passphrase ? new PrivateKeyFile(path, passphrase) : new PrivateKeyFile(path);
        }
        catch (Exception e) when (e is SshException or IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new BadTarget($"host: the key file {path} cannot be used: {e.Message} Check the path, or give its passphrase with passphrase-file=PATH.");
        }
    }

    /// <summary>Asks first for the kinds of key that are known, as ssh does: a server shows only one of its keys.</summary>
    private static void Prefer(ConnectionInfo info, IReadOnlySet<string> known)
    {
        if (known.Count == 0)
            return;
        var wanted = info.HostKeyAlgorithms.Where(pair => known.Contains(KnownHosts.TypeOf(pair.Key))).ToList();
        if (wanted.Count == 0)
            return;
        foreach (var name in info.HostKeyAlgorithms.Keys.Except(wanted.Select(pair => pair.Key)).ToList())
            info.HostKeyAlgorithms.Remove(name);
    }

    private CannotRead Explain(Exception e) => e switch
    {
        SshAuthenticationException => new CannotRead(
            Completeness.Denied, $"{address.Host} did not accept {address.User}: {e.Message}", "Check the user, and give its key with key-file=PATH or its password with password-file=PATH.", e),
        SshOperationTimeoutException => new CannotRead(
            Completeness.TimedOut, $"{address.Host}:{address.Port} took the connection and did not answer within {address.TimeoutSeconds} seconds.", "Check that an SSH server listens there, or raise the option timeout.", e),
        SocketException => new CannotRead(
            Completeness.Unreachable, $"{address.Host}:{address.Port} cannot be reached: {e.Message}", "Check the name, the port, and that a firewall lets this machine in.", e),
        _ => new CannotRead(Completeness.Unreachable, $"The connection to {address.Host}:{address.Port} broke: {e.Message}", "Check that an SSH server listens there.", e),
    };
}
