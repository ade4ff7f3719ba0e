using System.Diagnostics;
using System.Globalization;
using System.Net;

namespace Plainproof.Bench.Web;

/// <summary>
/// Asks at a fixed rate, whatever the answers do. The time of an answer counts from the moment at which it should have been asked, so that
/// a server that stalls is charged for all who would have waited.
/// </summary>
internal sealed class Load(Uri address, string cookie)
{
    private const int Connections = 64;

    private readonly HttpClient _client = new(new SocketsHttpHandler { UseCookies = false, AutomaticDecompression = DecompressionMethods.None, MaxConnectionsPerServer = Connections })
    {
        BaseAddress = address,
        DefaultRequestHeaders = { { "Cookie", cookie }, { "Accept-Encoding", "br" } },
    };

    /// <returns>The middle and the 99th percentile in milliseconds, the bytes of an answer, and how many were asked.</returns>
    public async Task<string> RunAsync(int rate, TimeSpan lasts, IReadOnlyList<string> paths)
    {
        var count = (int)(rate * lasts.TotalSeconds);
        var (times, bytes) = (new double[count], new long[count]);
        var asked = new Task[count];
        var clock = Stopwatch.StartNew();
        for (var i = 0; i < count; i++)
        {
            var due = TimeSpan.FromSeconds((double)i / rate);
            if (due - clock.Elapsed is { Ticks: > 0 } wait)
                await Task.Delay(wait);
            asked[i] = AskAsync(i, due);
        }

        await Task.WhenAll(asked);
        Array.Sort(times);
        return string.Create(CultureInfo.InvariantCulture, $"{times[count / 2]:0.000} {times[count * 99 / 100]:0.000} {bytes.Average():0} {count}");

        async Task AskAsync(int i, TimeSpan due)
        {
            using var answer = await _client.GetAsync(paths[i % paths.Count], HttpCompletionOption.ResponseContentRead);
            if (answer.StatusCode != HttpStatusCode.OK)
                throw new InvalidOperationException($"{paths[i % paths.Count]}: {answer.StatusCode}");
            bytes[i] = (await answer.Content.ReadAsByteArrayAsync()).Length;
            times[i] = (clock.Elapsed - due).TotalMilliseconds;
        }
    }
}
