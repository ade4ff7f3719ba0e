using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Plainproof.Web;

namespace Plainproof.Features.Systems;

/// <summary>Starts runs that are due. It works only while the server runs; a moment that was missed is made up for once.</summary>
internal sealed class Timetable(SiteSettings settings, ConnectedSystems systems, Readings readings, ILogger<Timetable> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    /// <summary>Starts everything that is due now.</summary>
    public async Task LookAsync(CancellationToken stop)
    {
        foreach (var company in settings.Data.Companies)
        {
            try
            {
                await LookAsync(company, stop);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                log.LogError(e, "Planned runs of {Company} could not be started", company);
            }
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, settings.Clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            await LookAsync(stoppingToken);
    }

    private async Task LookAsync(string company, CancellationToken stop)
    {
        var now = settings.Clock.GetUtcNow();
        var planned = (await systems.AllAsync(company, stop)).Where(one => one.DueBefore(now) > one.ScheduledAt).ToList();
        if (planned.Count == 0)
            return;
        var runs = await readings.AllAsync(company, stop);
        var due = planned.Where(one => !runs.Any(run => run.StartedAt >= one.DueBefore(now) && run.Reads(one.Id))).ToList();
        if (due.Count > 0)
            await readings.StartAsync(company, "timetable", "planned", due, stop);
    }
}
