using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Plainproof.Cli;
using Plainproof.Evidence;
using Plainproof.Features.Check;
using Plainproof.Features.Library;
using Plainproof.Sources;
using Plainproof.Storage;
using Plainproof.Storage.Records;
using Plainproof.Web;

namespace Plainproof.Features.Systems;

/// <summary>
/// Runs in the background, one at a time for each company and server, and their history. What a dead server left unfinished is marked as
/// broken off by whoever looks next.
/// </summary>
internal sealed class Readings(SiteSettings settings, ConnectedSystems systems, ServerLives lives, ILogger<Readings> log) : IHostedService, IDisposable
{
    private const int Remembered = 200;
    private const string Nobody = "The server stopped while this ran. What had been read before is kept; start it again.";
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(5);
    private readonly ConcurrentDictionary<string, LiveReading> _now = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _closing = new();

    /// <summary>Starts to read; when the company reads already, that run is the answer.</summary>
    /// <param name="why">What made it start, in words.</param>
    /// <returns>The id of the run.</returns>
    /// <exception cref="BadInput">There is nothing to read.</exception>
    public async Task<string> StartAsync(string company, string by, string why, IReadOnlyList<Connection> connections, CancellationToken stop)
    {
        var chosen = connections.Where(one => one.DisabledAt is null).ToList();
        if (chosen.Count == 0)
            throw new BadInput("There is nothing to read yet. Connect a system first.");
        var live = new LiveReading(Guid.CreateVersion7().ToString("D"));
        if (_now.GetOrAdd(company, live) is var there && there != live)
            return there.Id;
        await BeginAsync(company, by, why, live, chosen, (_, _) => Task.CompletedTask, stop);
        return live.Id;
    }

    /// <summary>Starts what is due, unless this server reads the company already: then it stays due.</summary>
    /// <exception cref="StaleRecord">Another server was first.</exception>
    public async Task StartPlannedAsync(string company, IReadOnlyList<PlannedRun> due, IReadOnlyList<Connection> connections, CancellationToken stop)
    {
        var live = new LiveReading(Guid.CreateVersion7().ToString("D"));
        if (_now.TryAdd(company, live))
            await BeginAsync(company, "timetable", WhyOf(due), live, connections, (records, now) => PlannedRuns.ClaimAsync(records, live.Id, due, now, stop), stop);
    }

    /// <summary>Reads again what a check needs, and nothing else; the checks are judged anew over everything known.</summary>
    /// <exception cref="BadInput">Nothing that is connected feeds the check.</exception>
    public async Task<string> RecheckAsync(string company, string by, string check, CancellationToken stop)
    {
        var feeding = await FeedingAsync(company, check, stop);
        return feeding.Count == 0
            ? throw new BadInput($"No connected system tells what the check {check} needs. Connect one that does.")
            : await StartAsync(company, by, $"re-check of {check}", feeding, stop);
    }

    /// <summary>Connections that are switched on and tell something that the check reads.</summary>
    public async Task<IReadOnlyList<Connection>> FeedingAsync(string company, string check, CancellationToken stop)
    {
        var library = new SourceLibrary(settings.Clock);
        return [.. (await systems.AllAsync(company, stop)).Where(one => one.DisabledAt is null && library.Find(one.Source) is { } source
            && source.Info.Offers.Any(offer => LibraryLookup.ChecksReading(offer.Aspect).Any(reading => reading.Info.Id == check)))];
    }

    /// <summary>Newest first.</summary>
    public async Task<IReadOnlyList<Reading>> AllAsync(string company, CancellationToken stop)
    {
        await using var records = await systems.OpenAsync(company);
        await EndLostAsync(company, records, stop);
        return await records.Set<Reading>().AsNoTracking().OrderByDescending(one => one.StartedAt).Take(Remembered).ToListAsync(stop);
    }

    public async Task<Reading?> FindAsync(string company, string id, CancellationToken stop)
    {
        await using var records = await systems.OpenAsync(company);
        await EndLostAsync(company, records, stop);
        return await records.Set<Reading>().AsNoTracking().SingleOrDefaultAsync(one => one.Id == id, stop);
    }

    /// <summary>Marks runs that nobody runs any more as broken off.</summary>
    public async Task EndLostAsync(string company, CancellationToken stop)
    {
        await using var records = await systems.OpenAsync(company);
        await EndLostAsync(company, records, stop);
    }

    /// <summary>How far each system is; empty when the run is not under way here.</summary>
    public IReadOnlyList<SourceProgress> ProgressOf(string company, string id) => _now.TryGetValue(company, out var live) && live.Id == id ? live.Told() : [];

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _closing.CancelAsync();
        await Task.WhenAny(Task.WhenAll(_now.Values.Select(live => live.Work)), Task.Delay(Farewell, CancellationToken.None));
    }

    public void Dispose() => _closing.Dispose();

    private static string WhyOf(IReadOnlyList<PlannedRun> due) => due.Max(run => run.Attempts) is > 0 and var before ? $"planned, attempt {before + 1}" : "planned";

    /// <param name="with">What else is stored with the run, or not at all.</param>
    private async Task BeginAsync(
        string company, string by, string why, LiveReading live, IReadOnlyList<Connection> chosen, Func<CompanyRecords, DateTimeOffset, Task> with, CancellationToken stop)
    {
        try
        {
            var now = Micros.Round(settings.Clock.GetUtcNow());
            await using var records = await systems.OpenAsync(company);
            records.Add(new Reading
            {
                Id = live.Id,
                StartedAt = now,
                StartedBy = by,
                Why = why,
                Connections = string.Join(' ', chosen.Select(one => one.Id)),
                State = ReadingState.Running,
                Server = lives.Me,
                Parts = "[]",
            });
            await with(records, now);
            await records.SaveChangesAsync(stop);
        }
        catch
        {
            _now.TryRemove(company, out _);
            throw;
        }

        live.Work = Task.Run(() => RunAsync(company, by, live, chosen), CancellationToken.None);
    }

    private async Task RunAsync(string company, string by, LiveReading live, IReadOnlyList<Connection> connections)
    {
        var parts = new Dictionary<string, ReadingPart>(StringComparer.Ordinal);
        var (state, says) = (ReadingState.Done, (string?)null);
        try
        {
            await ReadAsync(company, by, live, connections, parts);
        }
        catch (OperationCanceledException) when (_closing.IsCancellationRequested)
        {
            (state, says) = (ReadingState.BrokenOff, Nobody);
        }
        catch (Exception e) when (e is BadInput or BadTarget or DataProblem or EvidenceException)
        {
            (state, says) = (ReadingState.Failed, e.Message);
        }
        catch (Exception e)
        {
            log.LogError(e, "The run {Run} of {Company} broke", live.Id, company);
            (state, says) = (ReadingState.Failed, "Something broke on our side. What was read before is safe. The console of the server has the details.");
        }

        try
        {
            await EndAsync(company, live.Id, state, says, [.. connections.Where(one => parts.ContainsKey(one.Id)).Select(one => parts[one.Id])]);
        }
        catch (Exception e)
        {
            log.LogError(e, "The end of the run {Run} of {Company} could not be stored", live.Id, company);
        }
        finally
        {
            _now.TryRemove(KeyValuePair.Create(company, live));
        }
    }

    private async Task ReadAsync(string company, string by, LiveReading live, IReadOnlyList<Connection> connections, Dictionary<string, ReadingPart> parts)
    {
        var problems = new List<string>();
        var checks = CompanyChecks.Read(settings.Data, company, [], problems);
        if (problems.Count > 0)
            throw new BadInput(problems);
        var ready = new List<(Connection Connection, ISource Source, Target Target)>();
        foreach (var connection in connections)
        {
            try
            {
                var (source, target) = systems.ReadyToRead(company, connection);
                ready.Add((connection, source, target));
                live.Tell(new SourceProgress(target.AsTyped, "waiting", 0, null, null), connection.Name);
            }
            catch (BadInput e)
            {
                parts[connection.Id] = ReadingPart.NotTried(connection, e.Message);
            }
        }

        var request = new CheckRequest(
            [.. ready.Select(one => (one.Source, one.Target))], checks, new Dictionary<string, string>(), [], new HashSet<string> { "Security" }, new Dictionary<string, double>(), by, Limit);
        var run = await new RunCheck(settings.Data, company, settings.Clock).RunAsync(request, progress => live.Tell(progress), _closing.Token);
        foreach (var (one, read) in ready.Zip(run.Sources))
            parts[one.Connection.Id] = ReadingPart.From(one.Connection, read);
    }

    private async Task EndAsync(string company, string id, ReadingState state, string? says, IReadOnlyList<ReadingPart> parts)
    {
        await using var records = await systems.OpenAsync(company);
        var reading = await records.Set<Reading>().SingleAsync(one => one.Id == id);
        (reading.State, reading.Says, reading.EndedAt) = (state, says, Micros.Round(settings.Clock.GetUtcNow()));
        reading.Tell(parts);
        await PlannedRuns.EndAsync(records, reading, reading.EndedAt.Value, CancellationToken.None);
        await records.SaveChangesAsync();
    }

    private async Task EndLostAsync(string company, CompanyRecords records, CancellationToken stop)
    {
        var open = await records.Set<Reading>().Where(one => one.EndedAt == null).ToListAsync(stop);
        if (open.All(reading => IsHere(company, reading)))
            return;
        var alive = await lives.AliveAsync(stop);
        foreach (var reading in open.Where(reading => !IsHere(company, reading) && (reading.Server == lives.Me || !alive.Contains(reading.Server))))
        {
            (reading.State, reading.Says, reading.EndedAt) = (ReadingState.BrokenOff, Nobody, Micros.Round(settings.Clock.GetUtcNow()));
            await PlannedRuns.EndAsync(records, reading, reading.EndedAt.Value, stop);
        }

        try
        {
            await records.SaveChangesAsync(stop);
        }
        catch (StaleRecord)
        {
            records.ChangeTracker.Clear(); // It ended by itself meanwhile, or somebody else marked it.
        }
    }

    private bool IsHere(string company, Reading reading) => _now.TryGetValue(company, out var live) && live.Id == reading.Id;
}

/// <summary>A run that is under way in this process.</summary>
internal sealed class LiveReading(string id)
{
    private readonly ConcurrentDictionary<string, SourceProgress> _told = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> _names = new(StringComparer.Ordinal);

    public string Id { get; } = id;

    public Task Work { get; set; } = Task.CompletedTask;

    /// <param name="name">How people call the system; given once.</param>
    public void Tell(SourceProgress progress, string? name = null)
    {
        if (name is not null)
            _names[progress.Source] = name;
        _told[progress.Source] = progress;
    }

    /// <summary>By the names that people gave.</summary>
    public IReadOnlyList<SourceProgress> Told() => [.. _told.Values.Select(one => one with { Source = _names.GetValueOrDefault(one.Source, one.Source) }).OrderBy(one => one.Source, StringComparer.Ordinal)];
}
