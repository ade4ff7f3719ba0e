using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Plainproof.Features.Advisor.OwnDomain;
using Plainproof.Features.People;
using Plainproof.Web;

namespace Plainproof.Features.Advisor;

internal sealed class AdvisorDoor : IWebDoor, IWays
{
    public void Add(IServiceCollection services, SiteSettings settings)
    {
        services.AddScoped<BrowserDraft>().AddScoped<SharedDrafts>().AddSingleton<VisitorLimits>();
        DomainTarget.Prove(settings.Data, settings.Clock);
        services.AddSingleton<DomainTarget>().AddSingleton<DomainLimits>().AddSingleton<ProofCodes>().AddSingleton<DomainReadings>();
        services.AddHostedService(all => all.GetRequiredService<DomainReadings>());
        services.AddScoped<BrowserChallenge>().AddScoped<DomainProofs>();
        if (settings.Public)
            services.AddRateLimiter(limiter => limiter.GlobalLimiter = VisitorLimits.Pages());
        services.AddSingleton<IWays, AdvisorDoor>();
    }

    /// <summary>Inside a company its own answers take this place.</summary>
    public IEnumerable<Way> For(HttpContext context) =>
        context.RequestServices.GetRequiredService<CurrentCompany>().IsKnown ? [] : [new Way(10, "Where do we stand?", "/advisor")];
}
