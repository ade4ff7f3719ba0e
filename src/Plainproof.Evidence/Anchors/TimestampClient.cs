using System.Net.Http.Headers;

namespace Plainproof.Evidence;

/// <summary>Asks an authority over HTTP (RFC 3161 section 3.4). The caller owns the client with its timeout and trust settings.</summary>
internal sealed class TimestampClient(HttpClient http)
{
    /// <summary>A token goes into a log entry, in base64, so it must leave room there.</summary>
    private const int LargestResponse = 40_000;

    /// <exception cref="EvidenceException">No answer, or not one that can be kept; the message says why.</exception>
    public async Task<byte[]> AskAsync(Uri address, byte[] request, CancellationToken stop)
    {
        // The client's own timeout ends with the headers; a body that never ends must end too.
        using var timed = CancellationTokenSource.CreateLinkedTokenSource(stop);
        timed.CancelAfter(http.Timeout);
        try
        {
            using var content = new ByteArrayContent(request);
            content.Headers.ContentType = new MediaTypeHeaderValue("application/timestamp-query");
            using var message = new HttpRequestMessage(HttpMethod.Post, address) { Content = content };
            using var answer = await http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, timed.Token);
            if (!answer.IsSuccessStatusCode) throw new EvidenceException($"{address} answered {(int)answer.StatusCode} {answer.ReasonPhrase}");
            return await ReadAsync(address, await answer.Content.ReadAsStreamAsync(timed.Token), timed.Token);
        }
        catch (Exception unreachable) when (unreachable is HttpRequestException or IOException)
        {
            throw new EvidenceException($"{address} could not be reached: {unreachable.Message}", unreachable);
        }
        catch (OperationCanceledException slow) when (!stop.IsCancellationRequested)
        {
            throw new EvidenceException($"{address} did not answer in time", slow);
        }
    }

    private static async Task<byte[]> ReadAsync(Uri address, Stream answer, CancellationToken stop)
    {
        var buffer = new byte[LargestResponse + 1];
        var length = await answer.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, stop);
        return length <= LargestResponse ? buffer[..length] : throw new EvidenceException($"{address} sent more than a time stamp");
    }
}
