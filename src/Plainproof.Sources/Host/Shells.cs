using System.Diagnostics;
using Plainproof.Facts;

namespace Plainproof.Sources.Host;

/// <summary>Where the script runs.</summary>
internal interface IShell
{
    /// <summary>
    /// Feeds the script to /bin/sh and gathers what it prints into <paramref name="into"/>,
    /// also when <paramref name="stop"/> ends it half way.
    /// </summary>
    Task RunAsync(HostScript script, Stream into, CancellationToken stop);
}

/// <summary>This host.</summary>
internal sealed class LocalShell : IShell
{
    public async Task RunAsync(HostScript script, Stream into, CancellationToken stop)
    {
        using var process = Start();
        try
        {
            var output = Output.CopyAsync(process.StandardOutput.BaseStream, into, stop);
            var complaints = process.StandardError.BaseStream.CopyToAsync(Stream.Null, stop);
            await process.StandardInput.WriteAsync(script.Text.AsMemory(), stop);
            process.StandardInput.Close();
            await Task.WhenAll(output, complaints);
            await process.WaitForExitAsync(stop);
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }

    private static Process Start()
    {
        var start = new ProcessStartInfo("/bin/sh", ["-s"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        };
        start.Environment.Clear();
        start.Environment["PATH"] = "/usr/sbin:/usr/bin:/sbin:/bin";
        try
        {
            return Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw new CannotRead(Completeness.Disabled, $"There is no /bin/sh here: {e.Message}. Plainproof reads Linux hosts only.", "Read a Linux host with --source host=ssh://USER@HOST.", e);
        }
    }
}

internal static class Output
{
    private const int MostBytes = 32 << 20;

    /// <summary>Copies up to a bound; a host that prints without end is cut off, and its last sections then count as not read.</summary>
    public static async Task CopyAsync(Stream from, Stream into, CancellationToken stop)
    {
        var buffer = new byte[81920];
        long total = 0;
        for (int read; total < MostBytes && (read = await from.ReadAsync(buffer, stop)) > 0; total += read)
            into.Write(buffer.AsSpan(0, read));
    }
}
