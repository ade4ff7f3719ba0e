using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Plainproof.Features.People;
using Plainproof.Web;

namespace Plainproof.Features.Independence;

/// <summary>The independence of auditors: what ties them to the company, and what their firms decided.</summary>
internal sealed class IndependenceDoor : IWebDoor
{
    public void Add(IServiceCollection services, SiteSettings settings) =>
        services.AddScoped<Parties>().AddScoped<IndependenceBook>().AddScoped<DecideIndependence>().AddScoped<IHoldBack>(scope => scope.GetRequiredService<IndependenceBook>()).AddScoped<INotice, IndependenceNotice>();
}

/// <summary>An auditor who may not write is told on each page.</summary>
internal sealed class IndependenceNotice(CurrentCompany company) : INotice
{
    public RenderFragment? For(HttpContext context) => company is { IsKnown: true, HeldBack: not null } ? IndependenceParts.HeldBack($"/c/{company.Name}") : null;
}
