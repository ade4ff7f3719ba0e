using Microsoft.Extensions.DependencyInjection;
using Plainproof.Features.Standing;
using Plainproof.Web;

namespace Plainproof.Features.Identities;

/// <summary>Which person each account belongs to, where no system tells.</summary>
internal sealed class IdentitiesDoor : IWebDoor
{
    public void Add(IServiceCollection services, SiteSettings settings) => services.AddScoped<IdentityBook>().AddSingleton(new MendingWay("orphan-accounts", "Say whose account it is", "accounts"));
}
