using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Plainproof.Web;

/// <summary>
/// A feature's door to the web: its services, and the routes that are no pages. Found by folder. Pages are Razor components with
/// <c>@page</c> in the feature's folder. A page is open to strangers only when it says <c>[AllowAnonymous]</c>.
/// </summary>
internal interface IWebDoor
{
    void Add(IServiceCollection services, SiteSettings settings)
    {
    }

    void Map(IEndpointRouteBuilder routes)
    {
    }
}
