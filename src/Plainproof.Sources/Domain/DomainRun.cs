using Plainproof.Facts;

namespace Plainproof.Sources.Domain;

/// <summary>One run over one domain: what is asked for, and the answers that several aspects share.</summary>
internal sealed class DomainRun(DomainSettings settings, Resolver resolver, TimeProvider clock, Action<Call> called, CancellationToken stop)
{
    private const int HostsAtOnce = 4;
    private const int DnsLimits = 3;

    public DomainSettings Settings { get; } = settings;

    public string Domain => Settings.Domain;

    public TimeProvider Clock { get; } = clock;

    /// <summary>Safe to call from several threads.</summary>
    public Action<Call> Called { get; } = called;

    public CancellationToken Stop { get; } = stop;

    public Conversation Converse(Evidence evidence) => new(resolver, evidence, DnsLimits * Settings.Timeout);

    /// <summary>The domain and its www, when they resolve, and the hosts that were given, which must.</summary>
    public async Task<IReadOnlyList<HostAddresses>> WebHostsAsync(Conversation dns)
    {
        var hosts = new List<HostAddresses>();
        foreach (var host in new[] { Domain, $"www.{Domain}" }.Concat(Settings.Hosts).Distinct(StringComparer.Ordinal))
        {
            var found = await HostFinder.FindAsync(dns, host, Settings.Private);
            if (found.Resolves || Settings.Hosts.Contains(host))
                hosts.Add(found);
        }

        return hosts;
    }

    /// <summary>Reads each host within the time limit, a few at once; what could not be read is tallied with its reason.</summary>
    public async Task<AspectRead> EachAsync<T>(
        Evidence evidence, IEnumerable<T> hosts, Func<T, string> nameOf, Func<T, CancellationToken, Task<Seen>> readAsync)
    {
        using var turn = new SemaphoreSlim(HostsAtOnce);
        var outcomes = await Task.WhenAll(hosts.Select(async host =>
        {
            await turn.WaitAsync(Stop);
            try
            {
                return (Seen: (Seen?)await WithinLimitAsync(nameOf(host), inTime => readAsync(host, inTime)), Miss: (CannotRead?)null);
            }
            catch (CannotRead e)
            {
                return (Seen: null, Miss: (CannotRead?)e);
            }
            finally
            {
                turn.Release();
            }
        }));

        var tally = new Tally();
        foreach (var (seen, miss) in outcomes)
        {
            if (seen is not null)
                tally.Read(seen);
            else
                tally.Missed(miss!);
        }

        return tally.ToRead(evidence);
    }

    /// <exception cref="CannotRead">The limit passed first.</exception>
    public async Task<T> WithinLimitAsync<T>(string what, Func<CancellationToken, Task<T>> doAsync)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        limit.CancelAfter(Settings.Timeout);
        try
        {
            return await doAsync(limit.Token);
        }
        catch (OperationCanceledException) when (!Stop.IsCancellationRequested)
        {
            throw new CannotRead(Completeness.TimedOut, $"{what} did not answer within {Settings.Timeout.TotalSeconds:0} seconds.",
                "Try again, or allow more time: timeout=60");
        }
    }
}
