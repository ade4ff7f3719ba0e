using System.Diagnostics;
using System.Globalization;
using System.Text;
using Plainproof.Tests.Servers;

namespace Plainproof.EndToEnd.Program;

/// <summary>The program while it runs. Dispose kills it when it still does.</summary>
internal sealed class Started : IDisposable
{
    private readonly Process _process;
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly StringBuilder _said = new();
    private readonly Task<string> _out;
    private readonly Task<string> _error;
    private long _peak;

    public Started(ProcessStartInfo start)
    {
        Command = $"plainproof {string.Join(' ', start.ArgumentList)}";
        _process = Process.Start(start)!;
        _process.StandardInput.Close();
        _out = ListenAsync();
        _error = _process.StandardError.ReadToEndAsync();
    }

    public string Command { get; }

    public bool HasExited => _process.HasExited;

    public async Task<Ran> EndAsync(int seconds = 180)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(seconds));
        var watch = WatchMemoryAsync();
        try
        {
            await _process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            Kill();
            throw new InvalidOperationException($"{Command}\nstill ran after {seconds} s. It had said:\n{await _out}\n{await _error}");
        }

        await watch;
        return new Ran(Command, _process.ExitCode, await _out, await _error, _clock.Elapsed, _peak);
    }

    /// <summary>The first line of the output that begins so, as soon as it is there.</summary>
    public async Task<string> LineAsync(string beginning, int seconds = 60)
    {
        var limit = Stopwatch.StartNew();
        while (!_out.IsCompleted && limit.Elapsed.TotalSeconds < seconds)
        {
            if (Lines().FirstOrDefault(line => line.StartsWith(beginning, StringComparison.Ordinal)) is { } found)
                return found;
            await Task.Delay(20);
        }

        return Lines().FirstOrDefault(line => line.StartsWith(beginning, StringComparison.Ordinal))
            ?? throw new InvalidOperationException($"{Command}\ndid not say '{beginning}'. It had said:\n{string.Join('\n', Lines())}\n{(_process.HasExited ? await _error : "")}");
    }

    /// <summary>As <c>kill -9</c>: the program has no chance to tidy up.</summary>
    public void Kill() => _process.Kill(entireProcessTree: true);

    /// <summary>As Ctrl+C.</summary>
    public void PressCtrlC() => Running.Run("/bin/kill", "-INT", _process.Id.ToString(CultureInfo.InvariantCulture));

    public void Dispose()
    {
        if (!_process.HasExited)
            Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    private async Task<string> ListenAsync()
    {
        var part = new char[4096];
        for (int count; (count = await _process.StandardOutput.ReadAsync(part)) > 0;)
            lock (_said)
                _said.Append(part, 0, count);
        return _said.ToString();
    }

    /// <summary>The lines that are whole.</summary>
    private string[] Lines()
    {
        lock (_said)
            return _said.ToString().Split('\n')[..^1];
    }

    private async Task WatchMemoryAsync()
    {
        while (!_process.HasExited)
        {
            try
            {
                foreach (var line in File.ReadLines($"/proc/{_process.Id}/status"))
                    if (line.StartsWith("VmHWM:", StringComparison.Ordinal))
                        _peak = Math.Max(_peak, long.Parse(line["VmHWM:".Length..].Replace("kB", "", StringComparison.Ordinal), NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture));
            }
            catch (IOException)
            {
                return; // It ended while we looked.
            }

            await Task.Delay(50);
        }
    }
}
