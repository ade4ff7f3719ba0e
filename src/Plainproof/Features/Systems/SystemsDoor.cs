using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Plainproof.Features.Gaps;
using Plainproof.Features.People;
using Plainproof.Sources;
using Plainproof.Web;

namespace Plainproof.Features.Systems;

/// <summary>What is connected, what can be connected, and runs.</summary>
internal sealed class SystemsDoor : IWebDoor
{
    public void Add(IServiceCollection services, SiteSettings settings)
    {
        services.AddSingleton(new SourceLibrary(settings.Clock));
        services.AddSingleton<ConnectedSystems>().AddSingleton<Readings>().AddSingleton<ServerLives>().AddSingleton<PlannedRuns>().AddSingleton<LapsedReadings>().AddSingleton<Timetable>();
        services.AddHostedService(all => all.GetRequiredService<Readings>()).AddHostedService(all => all.GetRequiredService<Timetable>());
        services.AddScoped<IWays, SystemWays>().AddScoped<IRecheck, RecheckByReading>();
    }
}

internal sealed class SystemWays(CurrentCompany company) : IWays
{
    public IEnumerable<Way> For(HttpContext context) => company.IsKnown ? [new Way(60, "Sources", $"/c/{company.Name}/sources")] : [];
}
