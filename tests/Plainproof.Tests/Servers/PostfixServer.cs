namespace Plainproof.Tests.Servers;

/// <param name="Certificate">Null for a server that offers no encryption.</param>
/// <param name="Settings">More <c>-o</c> settings of this listener.</param>
internal sealed record MailListener(string Host, (string Certificate, string Key)? Certificate, params string[] Settings);

/// <summary>A real Postfix that listens on several loopback addresses, each with its own encryption.</summary>
internal sealed class PostfixServer : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Running _postfix;

    private PostfixServer(int port, IReadOnlyList<MailListener> listeners)
    {
        foreach (var name in new[] { "spool", "data", "conf" })
            Directory.CreateDirectory(_folder.File(name));
        Running.Run("/bin/chown", "postfix", _folder.File("data"));
        Running.Run("/bin/chmod", "755", _folder.Path);
        _folder.Write("conf/main.cf", $"""
            compatibility_level = 3.6
            queue_directory = {_folder.File("spool")}
            data_directory = {_folder.File("data")}
            command_directory = /usr/sbin
            daemon_directory = /usr/lib/postfix/sbin
            inet_interfaces = 127.0.0.1
            inet_protocols = ipv4
            mydestination =
            myhostname = mail.test
            maillog_file = /dev/stdout
            alias_maps =
            local_recipient_maps =

            """);
        _folder.Write("conf/master.cf", string.Concat(listeners.Select(listener => $"{listener.Host}:{port} inet n - n - - smtpd\n{Options(listener)}")) + """
            cleanup unix n - n - 0 cleanup
            rewrite unix - - n - - trivial-rewrite
            anvil unix - - n - 1 anvil
            scache unix - - n - 1 scache
            tlsmgr unix - - n 1000? 1 tlsmgr
            postlog unix-dgram n - n - 1 postlogd

            """);
        _postfix = Running.Start("/usr/sbin/postfix", ["-c", _folder.File("conf"), "start-fg"]);
        foreach (var listener in listeners)
            _postfix.WaitForPort(port, listener.Host);
    }

    public static PostfixServer Start(int port, params IReadOnlyList<MailListener> listeners) => new(port, listeners);

    public void Dispose()
    {
        _postfix.Dispose();
        _folder.Dispose();
    }

    private static string Options(MailListener listener)
    {
        string[] tls = listener.Certificate is { } files
            ? ["smtpd_tls_security_level=may", $"smtpd_tls_cert_file={files.Certificate}", $"smtpd_tls_key_file={files.Key}"]
            : ["smtpd_tls_security_level=none"];
        return string.Concat(tls.Concat(listener.Settings).Select(setting => $"  -o {setting}\n"));
    }
}
