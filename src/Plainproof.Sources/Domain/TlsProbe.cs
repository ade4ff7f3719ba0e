using Plainproof.Facts;

namespace Plainproof.Sources.Domain;

/// <summary>A connection on which TLS may start at once.</summary>
/// <param name="Owner">Closed with the connection.</param>
internal sealed record Line(Stream Stream, string Address, IDisposable Owner) : IDisposable
{
    public void Dispose()
    {
        Stream.Dispose();
        Owner.Dispose();
    }
}

internal sealed record TlsVersions(string Address, IReadOnlyList<TlsVersion> Accepts, IReadOnlyList<TlsVersion> Refuses, string Path);

/// <summary>Asks a server for each TLS version in turn, one connection each.</summary>
internal static class TlsProbe
{
    /// <summary>Newest first: when neither of the two current versions gets a word out of the server, it is given up as silent.</summary>
    private static readonly TlsVersion[] Order = [TlsVersion.Tls13, TlsVersion.Tls12, TlsVersion.Tls11, TlsVersion.Tls10, TlsVersion.Ssl30];

    /// <exception cref="CannotRead">No version got an answer, so nothing may be said of any.</exception>
    public static async Task<TlsVersions> AskAllAsync(
        string host, int port, Func<CancellationToken, Task<Line>> openAsync, Evidence evidence, TimeSpan limit, CancellationToken stop)
    {
        var answers = new Dictionary<TlsVersion, TlsAnswer>();
        var (address, path) = ("", "");
        foreach (var version in Order)
        {
            using var line = await openAsync(stop);
            address = line.Address;
            answers[version] = await AskAsync(line, version, host, withCertificates: false, limit / 6, stop);
            var at = WriteDown(evidence, $"{host}:{port}", version, answers[version]);
            path = answers[version].Reply == TlsReply.Hello || path.Length == 0 ? at : path;
            if (version == TlsVersion.Tls12 && answers.Values.All(answer => answer.Reply == TlsReply.Silent))
                break;
        }

        return Judge(host, port, answers, address, path);
    }

    /// <summary>One ClientHello and what comes back. Silence for longer than the limit is an answer too.</summary>
    public static async Task<TlsAnswer> AskAsync(Line line, TlsVersion version, string host, bool withCertificates, TimeSpan limit, CancellationToken stop)
    {
        using var tooLong = CancellationTokenSource.CreateLinkedTokenSource(stop);
        tooLong.CancelAfter(limit);
        try
        {
            await line.Stream.WriteAsync(TlsHello.For(version, host), tooLong.Token);
        }
        catch (IOException)
        {
            return new TlsAnswer(TlsReply.Closed, null, null, [], []);
        }

        var answer = await TlsAnswer.ReadAsync(line.Stream, withCertificates, tooLong.Token);
        stop.ThrowIfCancellationRequested();
        return answer;
    }

    public static string WriteDown(Evidence evidence, string server, TlsVersion asked, TlsAnswer answer) => evidence.Add(new
    {
        tls = server,
        asked = asked.ToString(),
        reply = answer.Reply.ToString(),
        version = answer.Version?.ToString(),
        alert = answer.AlertCode,
        received = Convert.ToHexStringLower(answer.Received),
    });

    /// <summary>A reset or silence counts as refused only because another version got an answer on the same host.</summary>
    private static TlsVersions Judge(string host, int port, Dictionary<TlsVersion, TlsAnswer> answers, string address, string path)
    {
        var accepts = answers.Where(pair => pair.Value.Reply == TlsReply.Hello && pair.Value.Version == pair.Key).Select(pair => pair.Key).Order().ToList();
        if (accepts.Count > 0)
            return new TlsVersions(address, accepts, [.. Order.Except(accepts).Order()], path);
        if (answers.Values.All(answer => answer.Reply == TlsReply.Silent))
            throw new CannotRead(Completeness.TimedOut, $"{host} took the connection on port {port} and then said nothing.", $"Check the service on {host}, or allow more time: timeout=60");
        if (answers.Values.Any(answer => answer.Reply == TlsReply.NotTls))
            throw new CannotRead(Completeness.Disabled, $"{host} does not speak TLS on port {port}.", $"Turn TLS on for {host}, or give the right port.");
        if (answers.Values.Any(answer => answer.Reply == TlsReply.Alert))
            throw new CannotRead(Completeness.Denied, $"{host} refused every TLS version on port {port}.", $"Check that {host} has a certificate for its own name.");
        throw new CannotRead(Completeness.Unreachable, $"{host} closed every connection on port {port} before TLS began.", $"Check what stands in front of {host}; it may block this computer.");
    }
}
