using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Plainproof.Web;

namespace Plainproof.Features.Gaps;

/// <summary>The gaps of a company, and what people do about them.</summary>
internal sealed class GapsDoor : IWebDoor
{
    public void Add(IServiceCollection services, SiteSettings settings)
    {
        services.AddScoped<GapBook>();
        services.AddScoped<RecheckByCommand>();
        services.TryAddScoped<IRecheck, RecheckByCommand>();
    }
}
