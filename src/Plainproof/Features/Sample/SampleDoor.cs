using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Plainproof.Features.People;
using Plainproof.Web;

namespace Plainproof.Features.Sample;

/// <summary>The sample company on the web, and the mark on each of its pages.</summary>
internal sealed class SampleDoor : IWebDoor
{
    public void Add(IServiceCollection services, SiteSettings settings) => services.AddSingleton<SampleKeeper>().AddScoped<INotice, SampleNotice>();
}

internal sealed class SampleNotice(CurrentCompany company) : INotice
{
    public RenderFragment? For(HttpContext context) => company.IsSample ? SampleParts.Notice : null;
}
