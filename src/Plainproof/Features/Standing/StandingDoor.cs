using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Plainproof.Features.People;
using Plainproof.Storage.Records;
using Plainproof.Web;

namespace Plainproof.Features.Standing;

/// <summary>Where the company stands: home, criteria, controls, results and the evidence behind them.</summary>
internal sealed class StandingDoor : IWebDoor
{
    public void Add(IServiceCollection services, SiteSettings settings)
    {
        services.AddSingleton<Standings>().AddScoped<RawEvidence>().AddScoped<HomeVisits>().AddScoped<IWays, StandingWays>();
        services.TryAddScoped(scope => new CompanyRecords(settings.Data.DatabaseOf(scope.GetRequiredService<CurrentCompany>().Name)));
    }

    public void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/c/{company}/evidence/{digest}/file", (string digest, RawEvidence evidence, HttpContext context) => evidence.SendAsync(digest, context));
}

internal sealed class StandingWays(CurrentCompany company) : IWays
{
    public IEnumerable<Way> For(HttpContext context) => company.IsKnown
        ?
        [
            new Way(20, "Home", $"/c/{company.Name}"), new Way(30, "Gaps", $"/c/{company.Name}/gaps"),
            new Way(40, "Criteria", $"/c/{company.Name}/criteria", "Controls"), new Way(50, "Controls", $"/c/{company.Name}/controls"),
        ]
        : [];
}
