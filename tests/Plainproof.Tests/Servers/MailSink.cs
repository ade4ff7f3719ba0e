using System.Net;
using System.Net.Sockets;

namespace Plainproof.Tests.Servers;

/// <summary>Postfix's own <c>smtp-sink</c>: a real SMTP server that lays every letter into a folder and delivers none.</summary>
internal sealed class MailSink : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private Running? _sink;

    private MailSink(int port)
    {
        Port = port;
        Running.Run("/bin/chmod", "777", _folder.Path);
        _sink = Running.Start("/usr/sbin/smtp-sink", [.. Environment.IsPrivilegedProcess ? ["-u", "postfix"] : Array.Empty<string>(), "-d", _folder.File("letter."), $"127.0.0.1:{port}", "10"]);
        _sink.WaitForPort(port);
    }

    public int Port { get; }

    public static MailSink Start() => new(Running.FreePort());

    /// <summary>The newest letter, as soon as it is there.</summary>
    public async Task<string> LetterAsync()
    {
        for (var waited = 0; waited < 100; waited++)
        {
            var letters = Directory.GetFiles(_folder.Path).Select(File.ReadAllText).Where(text => text.Contains("To: ", StringComparison.Ordinal)).ToList();
            if (letters.Count > 0)
                return letters[^1];
            await Task.Delay(100);
        }

        throw new InvalidOperationException($"No letter came. smtp-sink said: {_sink?.Said}");
    }

    public void Dispose()
    {
        if (_sink is null)
            return;
        _sink.Dispose();
        _sink = null;
        _folder.Dispose();
    }
}
