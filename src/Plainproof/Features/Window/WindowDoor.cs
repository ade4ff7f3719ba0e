using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Plainproof.Features.People;
using Plainproof.Web;

namespace Plainproof.Features.Window;

/// <summary>The window as it was lived: what was watched, what held, and any day as it was.</summary>
internal sealed class WindowDoor : IWebDoor
{
    public void Add(IServiceCollection services, SiteSettings settings) => services.AddScoped<WindowBook>().AddScoped<IWays, WindowWays>();
}

internal sealed class WindowWays(CurrentCompany company) : IWays
{
    public IEnumerable<Way> For(HttpContext context) => company.IsKnown ? [new Way(56, "Window", $"/c/{company.Name}/window", "Engagements")] : [];
}
