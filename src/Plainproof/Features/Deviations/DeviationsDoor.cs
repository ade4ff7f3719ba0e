using Microsoft.Extensions.DependencyInjection;
using Plainproof.Web;

namespace Plainproof.Features.Deviations;

/// <summary>What did not go as the controls say in a window, and what the company says to it.</summary>
internal sealed class DeviationsDoor : IWebDoor
{
    public void Add(IServiceCollection services, SiteSettings settings) => services.AddScoped<DeviationBook>();
}
