using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using DnsClient;
using DnsClient.Protocol;
using Plainproof.Facts;

namespace Plainproof.Sources.Domain;

/// <summary>One answer of the resolver. NXDOMAIN (<see cref="Exists"/> false), no data, and trouble are three different things.</summary>
/// <param name="Authenticated">The resolver validated the signatures (the AD bit).</param>
/// <param name="Trouble">Set when no answer came; the records then mean nothing.</param>
internal sealed record DnsAnswer(
    string Name, QueryType Type, string Status, bool Exists, bool Authenticated, IReadOnlyList<DnsResourceRecord> Records, CannotRead? Trouble = null)
{
    /// <summary>Where the answer stands in the evidence.</summary>
    public string Path { get; init; } = "";

    public bool IsVoid => Trouble is null && Records.All(record => record.RecordType == ResourceRecordType.CNAME);

    public IEnumerable<T> Of<T>() where T : DnsResourceRecord => Records.OfType<T>();

    /// <summary>Texts with their strings joined without a space (RFC 7208 section 3.3).</summary>
    public IReadOnlyList<string> Texts => [.. Of<TxtRecord>().Select(record => string.Concat(record.Text))];
}

/// <summary>Asks one DNS server, or those of this host; each question once a run. EDNS, and TCP when an answer is cut off.</summary>
internal sealed class Resolver
{
    private const int EdnsBytes = 1232;
    private readonly LookupClient _client;
    private readonly Action<Call> _called;
    private readonly CancellationToken _stop;
    private readonly Lazy<Task<bool>> _isThere;
    private readonly ConcurrentDictionary<(string, QueryType), Lazy<Task<DnsAnswer>>> _asked = new();

    /// <param name="called">Told of every question sent; must be safe to call from several threads.</param>
    /// <exception cref="CannotRead">This host knows no DNS server.</exception>
    public Resolver(DomainSettings settings, Action<Call> called, CancellationToken stop)
    {
        NameServer[] servers = settings.Resolver is { } given
            ? [new NameServer(given)]
            : [.. NameServer.ResolveNameServers(skipIPv6SiteLocal: true, fallbackToGooglePublicDns: false)];
        if (servers.Length == 0)
            throw new CannotRead(Completeness.Unreachable, "This computer knows no DNS server.", "Give one: resolver=9.9.9.9");
        Server = settings.ResolverName ?? settings.Resolver?.ToString() ?? string.Join(", ", servers.Select(server => server.ToString()));
        _called = called;
        _stop = stop;
        _isThere = new Lazy<Task<bool>>(() => IsThereAsync(new IPEndPoint(IPAddress.Parse(servers[0].Address), servers[0].Port)));
        _client = new LookupClient(new LookupClientOptions(servers)
        {
            AutoResolveNameServers = false,
            UseCache = false,
            Retries = 1,
            Timeout = TimeSpan.FromSeconds(Math.Min(5, settings.Timeout.TotalSeconds / 4)),
            ThrowDnsErrors = false,
            ContinueOnDnsError = true,
            UseTcpFallback = true,
            ExtendedDnsBufferSize = EdnsBytes,
            RequestDnsSecRecords = true,
        });
    }

    public string Server { get; }

    public Task<DnsAnswer> AskAsync(string name, QueryType type) =>
        _asked.GetOrAdd((name, type), key => new Lazy<Task<DnsAnswer>>(() => SendAsync(key.Item1, key.Item2))).Value;

    private async Task<DnsAnswer> SendAsync(string name, QueryType type)
    {
        var began = Stopwatch.GetTimestamp();
        DnsAnswer answer;
        try
        {
            answer = Understand(name, type, await _client.QueryAsync(name, type, QueryClass.IN, _stop));
        }
        catch (Exception e) when (e is DnsResponseException or SocketException or IOException or ArgumentException or IndexOutOfRangeException)
        {
            _stop.ThrowIfCancellationRequested();
            answer = NoAnswer(name, type, await _isThere.Value ? e : new SocketException((int)SocketError.ConnectionRefused));
        }

        _called(new Call($"DNS {type}", Items: answer.Records.Count, Milliseconds: Stopwatch.GetElapsedTime(began).TotalMilliseconds, Status: answer.Status));
        return answer;
    }

    /// <summary>Tells a port that nothing listens on from a server that stays silent: only a connected socket hears of the refusal.</summary>
    private async Task<bool> IsThereAsync(IPEndPoint server)
    {
        byte[] askRootName = [0, 1, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0, 1];
        using var client = new UdpClient(server.AddressFamily);
        using var soon = CancellationTokenSource.CreateLinkedTokenSource(_stop);
        soon.CancelAfter(TimeSpan.FromMilliseconds(500));
        try
        {
            client.Connect(server);
            await client.SendAsync(askRootName, soon.Token);
            await client.ReceiveAsync(soon.Token);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
        catch (OperationCanceledException)
        {
            return true;
        }
    }

    private DnsAnswer Understand(string name, QueryType type, IDnsQueryResponse response)
    {
        var records = response.Answers.Where(record => record.RecordType is not ResourceRecordType.RRSIG).ToList();
        return response.Header.ResponseCode switch
        {
            DnsHeaderResponseCode.NoError => new(name, type, "NOERROR", true, response.Header.IsAuthenticData, records),
            DnsHeaderResponseCode.NotExistentDomain => new(name, type, "NXDOMAIN", false, response.Header.IsAuthenticData, []),
            DnsHeaderResponseCode.ServerFailure => Trouble(name, type, "SERVFAIL", Completeness.Unreachable,
                "reported that it could not get the answer (SERVFAIL)", "Check that the name servers of the domain answer and that its DNSSEC signatures are valid."),
            DnsHeaderResponseCode.Refused => Trouble(name, type, "REFUSED", Completeness.Denied,
                "refused to answer", "Use a DNS server that answers this computer: resolver=ADDRESS"),
            var other => Trouble(name, type, other.ToString(), Completeness.Failed, $"answered with the error {other}", "Try another DNS server: resolver=ADDRESS"),
        };
    }

    private DnsAnswer NoAnswer(string name, QueryType type, Exception e) => e switch
    {
        DnsResponseException { Code: DnsResponseCode.ConnectionTimeout } when !IsRefused(e) => Trouble(name, type, "timeout", Completeness.TimedOut,
            "did not answer in time", "Check that it runs and that UDP and TCP to it are open, or use another: resolver=ADDRESS"),
        _ when IsRefused(e) => Trouble(name, type, "unreachable", Completeness.Unreachable,
            "could not be reached", "Check the address and port, or use another: resolver=ADDRESS"),
        _ => Trouble(name, type, "unreadable", Completeness.Failed,
            $"sent an answer that could not be read ({e.Message.TrimEnd('.')})", "Try another DNS server: resolver=ADDRESS"),
    };

    private DnsAnswer Trouble(string name, QueryType type, string status, Completeness state, string what, string mend) =>
        new(name, type, status, false, false, [], new CannotRead(state, $"Asked for {type} of {name}, the DNS server {Server} {what}.", mend));

    private static bool IsRefused(Exception? e) =>
        e is SocketException { SocketErrorCode: not SocketError.TimedOut } || (e?.InnerException is { } inner && IsRefused(inner));
}

/// <summary>Questions asked for one aspect: every answer is written down before it is used. It ends when the limit has passed.</summary>
internal sealed class Conversation(Resolver resolver, Evidence evidence, TimeSpan limit)
{
    private readonly long _began = Stopwatch.GetTimestamp();

    public Evidence Evidence { get; } = evidence;

    /// <exception cref="CannotRead">No answer came.</exception>
    public async Task<DnsAnswer> AskAsync(string name, QueryType type)
    {
        var answer = await TryAskAsync(name, type);
        return answer.Trouble is null ? answer : throw answer.Trouble;
    }

    /// <summary>For questions whose failure must not end the reading: look at <see cref="DnsAnswer.Trouble"/>.</summary>
    public async Task<DnsAnswer> TryAskAsync(string name, QueryType type)
    {
        if (Stopwatch.GetElapsedTime(_began) > limit)
            throw new CannotRead(Completeness.TimedOut, $"The DNS server {resolver.Server} answers too slowly.", "Use another: resolver=ADDRESS, or allow more time: timeout=60");
        var answer = await resolver.AskAsync(name, type);
        return answer with
        {
            Path = Evidence.Add(new
            {
                dns = $"{name} {type}",
                server = resolver.Server,
                status = answer.Status,
                authenticated = answer.Authenticated,
                answers = answer.Records.Select(record => record.ToString()),
            }),
        };
    }
}
