using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Plainproof.Cli;
using Plainproof.Features.People;
using Plainproof.Web;

namespace Plainproof.Features.Sampling;

/// <summary>The samples that an auditor draws from frozen lists, and the grid in which they test them.</summary>
internal sealed class SamplingDoor : IWebDoor
{
    public void Add(IServiceCollection services, SiteSettings settings) => services.AddScoped<SamplingBook>().AddScoped<SampledItems>().AddScoped<TestGrid>().AddScoped<IWays, SamplingWays>();

    public void Map(IEndpointRouteBuilder routes) => routes.MapGet("/c/{company}/samples/{id}/tests.json", TestsAsync);

    private static async Task TestsAsync(string id, TestGrid grid, CurrentCompany current, HttpContext context) =>
        await Attachment.SendAsync(context, current, $"tests-{id}.json", "application/json", await grid.FileAsync(id, context.RequestAborted) is { } file ? Encoding.UTF8.GetBytes(JsonText.Of(file)) : null);
}

internal sealed class SamplingWays(CurrentCompany company) : IWays
{
    public IEnumerable<Way> For(HttpContext context) => company.IsKnown ? [new Way(58, "Samples", $"/c/{company.Name}/samples", "Engagements")] : [];
}
