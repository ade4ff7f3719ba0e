using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Plainproof.Storage;
using Plainproof.Storage.Records;
using Plainproof.Web;

namespace Plainproof.Features.People;

/// <summary>Brings the people's tables up to date, delivers what a killed process left waiting, and tells the console how the first owner joins.</summary>
internal sealed class PeopleAtStart(IServiceScopeFactory scopes, SiteSettings settings, SiteLinks links) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken) => InstallationRecords.MigrateAsync(settings.Data, settings.Clock, cancellationToken);

    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        var (people, waiting) = await LookAsync(cancellationToken);
        if (people && !waiting)
            return;
        await using var scope = scopes.CreateAsyncScope();
        if (waiting)
            await scope.ServiceProvider.GetRequiredService<CompanyActs>().DeliverAsync(cancellationToken);
        if (await scope.ServiceProvider.GetRequiredService<Invitations>().FirstOwnerAsync(cancellationToken) is { } token)
            settings.Say?.Invoke($"Nobody has an account yet. The first owner joins here, within a day: {links.FirstOwner(token)}");
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>By plain SQL: a start with people and nothing to do need not wait for the records' model.</summary>
    private async Task<(bool People, bool Waiting)> LookAsync(CancellationToken stop)
    {
        await using var connection = await settings.Data.InstallationDatabase().OpenAsync(stop);
        return (await connection.Command("SELECT COUNT(*) FROM person").ValueAsync<long>(stop) > 0, await connection.Command("SELECT COUNT(*) FROM waiting_act").ValueAsync<long>(stop) > 0);
    }
}
