using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Plainproof.Features.Standing;
using Plainproof.Web;

namespace Plainproof.Features.Reports;

/// <summary>The signed reports of a company.</summary>
internal sealed class ReportsDoor : IWebDoor
{
    public void Add(IServiceCollection services, SiteSettings settings) => services.AddScoped<ReportBook>();

    public void Map(IEndpointRouteBuilder routes) => routes.MapGet("/c/{company}/reports/{id}/file", SendAsync);

    private static async Task SendAsync(string id, ReportBook reports, RawEvidence evidence, HttpContext context)
    {
        if (await reports.OneAsync(id, context.RequestAborted) is { } report)
            await evidence.SendAsync(report.Digest, context, report.FileName);
        else
            context.Response.StatusCode = StatusCodes.Status404NotFound;
    }
}
