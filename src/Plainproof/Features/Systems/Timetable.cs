using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Plainproof.Features.Check;
using Plainproof.Storage.Records;
using Plainproof.Web;

namespace Plainproof.Features.Systems;

/// <summary>
/// Looks every minute which runs are due, and starts them. It works while a server runs; what no server was there for is written down as
/// missed, and read once now. Several servers share the work: who marks a run first, does it.
/// </summary>
internal sealed class Timetable(SiteSettings settings, ConnectedSystems systems, PlannedRuns runs, Readings readings, ServerLives lives, ILogger<Timetable> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(5);

    private DateTimeOffset? _looked;

    /// <summary>Starts everything that is due now.</summary>
    public async Task LookAsync(CancellationToken stop)
    {
        var now = settings.Clock.GetUtcNow();
        var before = await lives.SignAsync(stop);
        var stoodStill = new[] { _looked, before }.Max() is { } last && now - last > Long
            ? $"No server of Plainproof ran between {Words.Day(last)} and {Words.Day(now)}." : null;
        foreach (var company in settings.Data.Companies)
        {
            try
            {
                await LookAsync(company, stoodStill, stop);
            }
            catch (StaleRecord)
            {
                // Another server took it, or somebody changed a plan. The next look sees how it stands.
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                log.LogError(e, "Planned runs of {Company} could not be started", company);
            }
        }

        _looked = now;
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        try
        {
            await lives.StopAsync(cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            log.LogError(e, "The end of this server could not be stored");
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        var steady = new SteadyClock(settings.Clock);
        using var timer = new PeriodicTimer(Every, settings.Clock);
        do
        {
            if (!steady.IsSettled())
                log.LogWarning("The clock of this machine jumped. Planned runs wait until it has been steady for a while");
            else
                await LookOnceAsync(stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task LookOnceAsync(CancellationToken stop)
    {
        try
        {
            await LookAsync(stop);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            log.LogError(e, "Planned runs could not be looked at");
        }
    }

    private async Task LookAsync(string company, string? stoodStill, CancellationToken stop)
    {
        if (!await runs.HaveWorkAsync(company, stop))
            return;
        await readings.EndLostAsync(company, stop);
        var due = await runs.DueAsync(company, stoodStill, stop);
        if (due.Count == 0)
            return;
        var wanted = due.Select(run => run.Connection).ToHashSet(StringComparer.Ordinal);
        await readings.StartPlannedAsync(company, due, [.. (await systems.AllAsync(company, stop)).Where(one => wanted.Contains(one.Id))], stop);
    }
}

/// <summary>
/// Tells a clock that was set from time that passed. After a jump it must go on steadily for a while before anything is written down by it:
/// a clock that is wrong for a minute would miss runs for ever.
/// </summary>
internal sealed class SteadyClock(TimeProvider clock)
{
    private static readonly TimeSpan Jump = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Settling = TimeSpan.FromMinutes(5);

    private (DateTimeOffset Wall, long Steady) _last = (clock.GetUtcNow(), clock.GetTimestamp());
    private long? _jumpedAt;

    /// <summary>Asked now and then. False for a while after the clock was set by more than a little.</summary>
    public bool IsSettled()
    {
        var (wall, steady) = (clock.GetUtcNow(), clock.GetTimestamp());
        if ((wall - _last.Wall - clock.GetElapsedTime(_last.Steady, steady)).Duration() > Jump)
            _jumpedAt = steady;
        _last = (wall, steady);
        if (_jumpedAt is { } jumped && clock.GetElapsedTime(jumped, steady) < Settling)
            return false;
        _jumpedAt = null;
        return true;
    }
}
