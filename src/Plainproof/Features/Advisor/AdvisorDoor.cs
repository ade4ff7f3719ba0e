using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Plainproof.Web;

namespace Plainproof.Features.Advisor;

internal sealed class AdvisorDoor : IWebDoor, IWays
{
    public void Add(IServiceCollection services, SiteSettings settings)
    {
        services.AddScoped<BrowserDraft>();
        services.AddSingleton<IWays, AdvisorDoor>();
    }

    public IEnumerable<Way> For(HttpContext context) => [new Way(10, "Where do we stand?", "/advisor")];
}
