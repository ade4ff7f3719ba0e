using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Plainproof.Cli;
using Plainproof.Facts;
using Plainproof.Features.Check;
using Plainproof.Sources;
using Plainproof.Web;

namespace Plainproof.Features.Advisor.OwnDomain;

/// <summary>
/// Readings of visitors' domains, under way and done, in memory only: a restart loses them, and each ends after some hours. Only the browser
/// that began has the key to its own.
/// </summary>
internal sealed class DomainReadings(SiteSettings settings, DomainTarget target, ILogger<DomainReadings> log) : IHostedService, IDisposable
{
    public static readonly TimeSpan KeptFor = TimeSpan.FromHours(12);
    public static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    private const int AtOnce = 4;
    private const int MostKept = 200;
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(5);
    private readonly ConcurrentDictionary<string, DomainReading> _all = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _closing = new();
    private readonly Lock _starting = new();

    /// <summary>Starts to read; when this browser's reading is under way already, it goes on.</summary>
    /// <param name="mayRead">Asked only when a reading would start.</param>
    /// <exception cref="BadInput">Too many are under way, or were started.</exception>
    public void Start(Challenge challenge, Func<bool> mayRead)
    {
        var now = settings.Clock.GetUtcNow();
        if (!challenge.IsProven(now))
            throw new BadInput("Show first that the domain is yours.");
        lock (_starting)
        {
            if (_all.TryGetValue(challenge.Key, out var there) && there.IsRunning)
                return;
            if (_all.Values.Count(one => one.IsRunning) >= AtOnce)
                throw new BadInput($"{AtOnce} domains are being read just now. Try again in a minute.");
            if (!mayRead())
                throw new BadInput("Too many readings were started in the last hour, by your network or for this domain. Try again later.");
            Tidy(now);
            var reading = _all[challenge.Key] = new DomainReading(challenge.Domain, now);
            reading.Work = Task.Run(() => RunAsync(reading, challenge));
        }
    }

    public DomainReading? Find(Challenge? challenge) =>
        challenge is not null && _all.TryGetValue(challenge.Key, out var found) && settings.Clock.GetUtcNow() < found.StartedAt + KeptFor ? found : null;

    /// <summary>A reading under way is stopped.</summary>
    public void Forget(Challenge challenge)
    {
        if (_all.TryRemove(challenge.Key, out var found))
            found.Stop();
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _closing.CancelAsync();
        await Task.WhenAny(Task.WhenAll(_all.Values.Select(one => one.Work)), Task.Delay(Farewell, CancellationToken.None));
    }

    public void Dispose() => _closing.Dispose();

    private void Tidy(DateTimeOffset now)
    {
        foreach (var old in _all.Where(one => !one.Value.IsRunning).OrderByDescending(one => one.Value.StartedAt).Where((one, place) => place >= MostKept || now >= one.Value.StartedAt + KeptFor))
            _all.TryRemove(old);
    }

    private async Task RunAsync(DomainReading reading, Challenge challenge)
    {
        try
        {
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(_closing.Token, reading.Stopped);
            reading.End(await ReadAsync(reading, challenge, stop.Token));
        }
        catch (OperationCanceledException)
        {
            reading.End("The reading was stopped. Start it again.");
        }
        catch (BadTarget bad)
        {
            reading.End(string.Join(' ', bad.Problems));
        }
        catch (Exception e)
        {
            log.LogError(e, "The reading of a visitor's domain broke");
            reading.End("Something broke on our side. The console of the server has the details.");
        }
    }

    private async Task<SeenDomain> ReadAsync(DomainReading reading, Challenge challenge, CancellationToken stop)
    {
        var source = target.Source;
        var asked = target.For(challenge.Domain, challenge.Selectors);
        var scope = source.ScopeOf(asked);
        var offered = source.OffersOf(asked).Select(offer => offer.Aspect).ToHashSet();
        var sink = new SightSink(scope, reading.Tell);
        var problem = await ReadSource.CollectAsync(source, asked, offered, sink, Limit, stop);
        var told = sink.Coverage.Select(line => line.Aspect).ToHashSet();
        foreach (var aspect in offered.Where(aspect => !told.Contains(aspect)))
            await sink.CoverAsync(new Coverage(aspect, scope, problem.State, problem.Message), stop);
        var now = settings.Clock.GetUtcNow();
        return SeenDomain.Of(challenge.Domain, sink, offered, now, (now - reading.StartedAt).TotalSeconds);
    }
}

/// <summary>How many of the parts are done.</summary>
internal sealed record DomainProgress(long Done, long Of);

/// <summary>One reading: under way, done, or ended with a problem.</summary>
internal sealed class DomainReading(string domain, DateTimeOffset startedAt)
{
    private readonly CancellationTokenSource _stop = new();
    private volatile object? _outcome;
    private volatile DomainProgress? _progress;

    public string Domain { get; } = domain;

    public DateTimeOffset StartedAt { get; } = startedAt;

    public Task Work { get; set; } = Task.CompletedTask;

    public bool IsRunning => _outcome is null;

    /// <summary>Null while it runs, and when it ended with a problem.</summary>
    public SeenDomain? Seen => _outcome as SeenDomain;

    public string? Problem => _outcome as string;

    /// <summary>Null until it is known.</summary>
    public DomainProgress? Progress => _progress;

    public CancellationToken Stopped => _stop.Token;

    public void Tell(string doing, long done, long? of) => _progress = of is { } all ? new DomainProgress(done, all) : _progress;

    public void End(SeenDomain seen) => _outcome = seen;

    public void End(string problem) => _outcome = problem;

    public void Stop() => _stop.Cancel();
}
