using Microsoft.Extensions.DependencyInjection;
using Plainproof.Web;

namespace Plainproof.Features.Identities;

/// <summary>Which person each account belongs to, where no system tells.</summary>
internal sealed class IdentitiesDoor : IWebDoor
{
    public void Add(IServiceCollection services, SiteSettings settings) => services.AddScoped<IdentityBook>();
}
