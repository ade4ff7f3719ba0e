using System.Diagnostics;
using System.Globalization;
using Plainproof.Tests.Servers;

namespace Plainproof.EndToEnd.Program;

/// <summary>The program while it runs. Dispose kills it when it still does.</summary>
internal sealed class Started : IDisposable
{
    private readonly Process _process;
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly Task<string> _out;
    private readonly Task<string> _error;
    private long _peak;

    public Started(ProcessStartInfo start)
    {
        Command = $"plainproof {string.Join(' ', start.ArgumentList)}";
        _process = Process.Start(start)!;
        _process.StandardInput.Close();
        _out = _process.StandardOutput.ReadToEndAsync();
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
