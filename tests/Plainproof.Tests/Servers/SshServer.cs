using System.Diagnostics;

namespace Plainproof.Tests.Servers;

/// <summary>A real OpenSSH server on loopback with keys and settings of its own. Needs root, openssh-server and sudo.</summary>
internal sealed class SshServer : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Running _running;

    public SshServer(int port, string settings = "PermitRootLogin prohibit-password\nPasswordAuthentication no\nKbdInteractiveAuthentication no\n")
    {
        Port = port;
        Directory.CreateDirectory("/run/sshd");
        Running.Run("chmod", "0755", _folder.Path);
        Running.Run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", _folder.File("host"));
        Running.Run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "reader@test", "-f", KeyFile);
        Running.Run("chmod", "0644", KeyFile + ".pub");
        ConfigFile = _folder.Write("sshd_config", $"""
            Port {port}
            ListenAddress 127.0.0.1
            HostKey {_folder.File("host")}
            PidFile {_folder.File("pid")}
            AuthorizedKeysFile {KeyFile}.pub
            StrictModes no
            UsePAM no
            {settings}
            """);
        KnownHosts = _folder.Write("known_hosts", $"[127.0.0.1]:{port} {File.ReadAllText(_folder.File("host.pub"))}");
        _running = Running.Start("/usr/sbin/sshd", ["-D", "-e", "-f", ConfigFile]);
        _running.WaitForPort(port);
    }

    public int Port { get; }

    public string ConfigFile { get; }

    public string KeyFile => _folder.File("reader");

    public string KnownHosts { get; }

    public string Fingerprint => Running.Run("ssh-keygen", "-lf", _folder.File("host.pub")).Split(' ')[1];

    public string Said => _running.Said;

    public string Target(string user, string? more = null) => $"host=ssh://{user}@127.0.0.1:{Port}?key-file={KeyFile}&{more ?? $"known-hosts={KnownHosts}"}";

    public string Write(string name, string text) => _folder.Write(name, text);

    public void Dispose()
    {
        _running.Dispose();
        _folder.Dispose();
    }
}

/// <summary>An ordinary account of this machine, removed with its home when the test ends.</summary>
internal sealed class SystemAccount : IDisposable
{
    private readonly string? _rules;

    /// <param name="sudoRules">Lines for /etc/sudoers.d; none leaves the account without any right.</param>
    public SystemAccount(string name, string? sudoRules = null, bool locked = false)
    {
        Name = name;
        Remove();
        Running.Run("useradd", "--create-home", "--shell", "/bin/sh", name);
        if (!locked)
            Running.Run("usermod", "-p", "*", name);
        if (sudoRules is null)
            return;
        _rules = $"/etc/sudoers.d/{name}";
        File.WriteAllText(_rules, sudoRules + "\n");
        Running.Run("chmod", "0440", _rules);
        Running.Run("visudo", "-cqf", _rules);
    }

    public string Name { get; }

    public string Home => $"/home/{Name}";

    public void Dispose()
    {
        if (_rules is not null)
            File.Delete(_rules);
        Remove();
    }

    private void Remove()
    {
        using var process = Process.Start(new ProcessStartInfo("userdel", ["--remove", "--force", Name]) { RedirectStandardError = true })!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
    }
}
