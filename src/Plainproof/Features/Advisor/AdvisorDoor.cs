using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Plainproof.Features.Interview;
using Plainproof.Features.People;
using Plainproof.Web;

namespace Plainproof.Features.Advisor;

internal sealed class AdvisorDoor : IWebDoor, IWays
{
    public void Add(IServiceCollection services, SiteSettings settings)
    {
        services.AddScoped<BrowserDraft>().AddScoped<SharedDrafts>().AddSingleton<VisitorLimits>().AddScoped<CompanyAnswers>();
        if (settings.Public)
            services.AddRateLimiter(limiter => limiter.GlobalLimiter = VisitorLimits.Pages());
        services.AddSingleton<IWays, AdvisorDoor>();
    }

    public IEnumerable<Way> For(HttpContext context) => context.RequestServices.GetRequiredService<CurrentCompany>() is { IsKnown: true, Name: var company }
        ? [new Way(60, "Answers", $"/c/{company}/answers")]
        : [new Way(10, "Where do we stand?", "/advisor")];
}
