using System.Diagnostics;
using System.Globalization;

namespace Plainproof.Bench.Log;

/// <summary>What this machine can do at best, measured now.</summary>
internal static class Floors
{
    /// <summary>Appends of 4 KiB to one file, each synced to the disk, in a second.</summary>
    public static Task<double> FsyncsAsync(string folder)
    {
        var path = Path.Combine(folder, "fsync.probe");
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 0);
        var page = new byte[4096];
        var (count, clock) = (0, Stopwatch.StartNew());
        for (; clock.Elapsed.TotalSeconds < 1; count++)
        {
            file.Write(page);
            file.Flush(flushToDisk: true);
        }

        return Task.FromResult(count / clock.Elapsed.TotalSeconds);
    }

    /// <summary>How many entries a second <c>openssl speed sha256</c> could hash: one leaf of this size and one node each.</summary>
    public static async Task<double> HashedEntriesAsync(int entryBytes)
    {
        var leaf = await OpenSslAsync(entryBytes + 1) / (entryBytes + 1);
        var node = await OpenSslAsync(65) / 65;
        return 1 / ((1 / leaf) + (1 / node));
    }

    public static async Task<double> HashedMegabytesAsync() => await OpenSslAsync(1 << 20) / 1e6;

    /// <summary>Bytes a second at this block size.</summary>
    private static async Task<double> OpenSslAsync(int bytes)
    {
        var start = new ProcessStartInfo(
            "openssl", ["speed", "-mr", "-seconds", "1", "-bytes", bytes.ToString(CultureInfo.InvariantCulture), "-evp", "sha256"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        _ = await errors;
        var line = (await output).Split('\n').First(line => line.StartsWith("+F:", StringComparison.Ordinal));
        return double.Parse(line.Split(':')[^1], CultureInfo.InvariantCulture);
    }
}
