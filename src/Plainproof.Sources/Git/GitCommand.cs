using System.Diagnostics;
using System.Text;
using Plainproof.Facts;

namespace Plainproof.Sources.Git;

/// <summary>
/// Runs git on a repository that may belong to someone else. Nothing that the repository's own settings name is run:
/// no hook, pager, external diff, text conversion, file system monitor, signing program or transport.
/// </summary>
internal sealed class GitCommand(string folder)
{
    private static readonly string[] Safe =
    [
        "--no-pager", "--no-optional-locks", "--literal-pathspecs", "--no-replace-objects",
        "-c", "core.hooksPath=/dev/null", "-c", "core.fsmonitor=false", "-c", "core.pager=cat", "-c", "core.sshCommand=false", "-c", "core.alternateRefsCommand=false",
        "-c", "diff.external=", "-c", "protocol.allow=never", "-c", "gc.auto=0", "-c", "maintenance.auto=false", "-c", "credential.helper=", "-c", "log.showSignature=false",
        "-c", "gpg.program=gpg", "-c", "gpg.openpgp.program=gpg", "-c", "gpg.ssh.program=ssh-keygen", "-c", "gpg.x509.program=gpgsm", "-c", "uploadpack.packObjectsHook=",
    ];

    public string Folder => folder;

    /// <summary>All of what it prints, as text; bytes that are no UTF-8 become question marks.</summary>
    /// <exception cref="GitFailed">It ended with an error.</exception>
    public async Task<string> TextAsync(CancellationToken stop, params string[] arguments)
    {
        using var running = Start(arguments);
        running.Input.Close();
        using var reader = new StreamReader(running.Output, Encoding.UTF8);
        var text = await reader.ReadToEndAsync(stop);
        await running.EndAsync(stop);
        return text;
    }

    /// <summary>Null when git says no: a setting that is not set, a reference that is not there.</summary>
    public async Task<string?> MaybeAsync(CancellationToken stop, params string[] arguments)
    {
        try
        {
            return (await TextAsync(stop, arguments)).TrimEnd('\n') is { Length: > 0 } text ? text : null;
        }
        catch (GitFailed e) when (e.Code == 1 || e.Complaint.Length == 0)
        {
            return null;
        }
    }

    public RunningGit Start(params string[] arguments)
    {
        var start = new ProcessStartInfo("git", [.. Safe, "-c", $"safe.directory={folder}", "-C", folder, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("GIT_", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(name);
        start.Environment["GIT_TERMINAL_PROMPT"] = "0";
        start.Environment["GIT_CONFIG_NOSYSTEM"] = "1";
        start.Environment["GIT_CEILING_DIRECTORIES"] = Path.GetDirectoryName(folder) ?? "/";
        start.Environment["GIT_NO_LAZY_FETCH"] = "1";
        start.Environment["LC_ALL"] = "C";
        try
        {
            return new RunningGit(Process.Start(start)!);
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw new CannotRead(Completeness.Disabled, "The program git is not installed here, so the repository cannot be read.", "Install git (Debian: sudo apt-get install git).", e);
        }
    }
}

internal sealed class RunningGit : IDisposable
{
    private readonly Process _process;
    private readonly Task<string> _complaint;

    public RunningGit(Process process)
    {
        _process = process;
        _complaint = process.StandardError.ReadToEndAsync();
    }

    public Stream Output => _process.StandardOutput.BaseStream;

    public StreamWriter Input => _process.StandardInput;

    public async Task EndAsync(CancellationToken stop)
    {
        await _process.WaitForExitAsync(stop);
        if (_process.ExitCode != 0)
            throw new GitFailed(_process.ExitCode, (await _complaint).Trim());
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }
}

internal sealed class GitFailed(int code, string complaint) : Exception($"git ended with {code}: {complaint}")
{
    public int Code => code;

    public string Complaint => complaint;
}
