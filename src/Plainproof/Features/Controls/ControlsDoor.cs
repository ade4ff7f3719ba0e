using Microsoft.Extensions.DependencyInjection;
using Plainproof.Web;

namespace Plainproof.Features.Controls;

/// <summary>What a company makes of its controls: own wording, own controls, own numbers, and criteria it proposes as not relevant.</summary>
internal sealed class ControlsDoor : IWebDoor
{
    public void Add(IServiceCollection services, SiteSettings settings) => services.AddScoped<ControlBook>().AddScoped<NumberBook>().AddScoped<RelevanceBook>();
}
