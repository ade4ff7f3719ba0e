using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Plainproof.Features.People;
using Plainproof.Web;

namespace Plainproof.Features.Sampling;

/// <summary>The samples that an auditor draws from frozen lists, and the grid in which they test them.</summary>
internal sealed class SamplingDoor : IWebDoor
{
    public void Add(IServiceCollection services, SiteSettings settings) => services.AddScoped<SamplingBook>().AddScoped<SampledItems>().AddScoped<TestGrid>().AddScoped<IWays, SamplingWays>();
}

internal sealed class SamplingWays(CurrentCompany company) : IWays
{
    public IEnumerable<Way> For(HttpContext context) => company.IsKnown ? [new Way(58, "Samples", $"/c/{company.Name}/samples", "Engagements")] : [];
}
