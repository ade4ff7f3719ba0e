using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Plainproof.Features.People.SigningIn;
using Plainproof.Storage.Records;
using Plainproof.Web;

namespace Plainproof.Features.People;

/// <summary>
/// Forgets once a day the sessions, invitations and ways back that ended long ago: they say who came from where, and nobody needs them any
/// more. What was done to a company stays in its log.
/// </summary>
internal sealed class Forgetting(SiteSettings settings, ILogger<Forgetting> log) : BackgroundService
{
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(90);
    private static readonly TimeSpan Every = TimeSpan.FromDays(1);

    public async Task RunAsync(CancellationToken stop)
    {
        var limit = settings.Clock.GetUtcNow() - KeptFor;
        await using var records = InstallationRecords.Of(settings.Data);
        await records.Set<Session>().Where(session => session.LastSeenAt < limit).ExecuteDeleteAsync(stop);
        await records.Set<Invitation>().Where(invitation => invitation.ExpiresAt < limit).ExecuteDeleteAsync(stop);
        await records.Set<WayBack>().Where(way => way.ExpiresAt < limit).ExecuteDeleteAsync(stop);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        using var timer = new PeriodicTimer(Every, settings.Clock);
        do
        {
            try
            {
                await RunAsync(stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                log.LogError(e, "Old sessions and invitations could not be forgotten");
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
