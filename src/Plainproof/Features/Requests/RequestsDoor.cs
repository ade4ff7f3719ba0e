using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Plainproof.Documents;
using Plainproof.Features.People;
using Plainproof.Web;

namespace Plainproof.Features.Requests;

/// <summary>What the auditor asks for in an engagement, line by line.</summary>
internal sealed class RequestsDoor : IWebDoor
{
    public void Add(IServiceCollection services, SiteSettings settings) =>
        services.AddScoped<RequestBook>().AddScoped<RequestWorkbooks>().AddScoped<RequestAnswers>().AddScoped<IWays, RequestWays>();

    public void Map(IEndpointRouteBuilder routes) => routes.MapGet("/c/{company}/engagements/{id}/requests.xlsx", SendAsync);

    private static async Task SendAsync(string id, RequestAnswers answers, CurrentCompany current, HttpContext context)
    {
        var made = await answers.WorkbookAsync(id, context.RequestAborted);
        await Attachment.SendAsync(context, current, made?.Name ?? "", XlsxFile.MediaType, made?.Bytes);
    }
}

internal sealed class RequestWays(CurrentCompany company) : IWays
{
    public IEnumerable<Way> For(HttpContext context) => company.IsKnown ? [new Way(56, "Requests", $"/c/{company.Name}/requests", "Engagements")] : [];
}
