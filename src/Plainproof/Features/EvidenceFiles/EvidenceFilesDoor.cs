using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Plainproof.Features.Engagements;
using Plainproof.Features.People;
using Plainproof.Features.Standing;
using Plainproof.Web;

namespace Plainproof.Features.EvidenceFiles;

/// <summary>Files that people add to show a control or the mending of a gap.</summary>
internal sealed class EvidenceFilesDoor : IWebDoor
{
    public void Add(IServiceCollection services, SiteSettings settings) =>
        services.AddScoped<EvidenceBook>().AddScoped<EvidenceIntake>().AddScoped<EvidenceKnowledge>().AddScoped<IWays, EvidenceFileWays>().AddScoped<IWarnings, PolicyWarnings>();

    public void Map(IEndpointRouteBuilder routes) => routes.MapGet("/c/{company}/files/{id}/download", DownloadAsync);

    private static async Task DownloadAsync(string id, EvidenceBook files, RawEvidence evidence, HttpContext context)
    {
        if (await files.OfAsync(id, context.RequestAborted) is { } file)
            await evidence.SendAsync(file.Digest, context, file.FileName);
        else
            context.Response.StatusCode = StatusCodes.Status404NotFound;
    }
}

internal sealed class EvidenceFileWays(CurrentCompany company) : IWays
{
    public IEnumerable<Way> For(HttpContext context) => company.IsKnown ? [new Way(52, "Evidence", $"/c/{company.Name}/files")] : [];
}
