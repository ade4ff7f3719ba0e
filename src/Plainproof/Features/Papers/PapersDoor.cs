using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Plainproof.Features.People;
using Plainproof.Web;

namespace Plainproof.Features.Papers;

/// <summary>Management's documents: the description, the assertion, lists, answers and letters.</summary>
internal sealed class PapersDoor : IWebDoor
{
    public void Add(IServiceCollection services, SiteSettings settings) => services.AddScoped<PaperShelf>().AddScoped<PaperLooks>().AddScoped<PaperReader>().AddScoped<PaperBook>().AddScoped<IWays, PaperWays>();

    public void Map(IEndpointRouteBuilder routes) => routes.MapGet("/c/{company}/papers/versions/{id}/paper.{format}", SendAsync);

    private static async Task SendAsync(string id, string format, PaperShelf shelf, CurrentCompany current, HttpContext context, string? sources = null)
    {
        if (await shelf.VersionAsync(id, context.RequestAborted) is not { } saved || PaperKinds.Find(saved.Version.Kind) is not { } kind || !PaperFiles.Of(saved.Version.Text()).Contains(format))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        var document = new PaperDocument(saved, kind.Title, current.Company.Title, current.Mark, sources is { Length: > 0 } ? PaperSources.With : PaperSources.Without);
        await Attachment.SendAsync(context, current, PaperFiles.NameOf(saved.Version, format), PaperFiles.MediaOf(format), PaperFiles.Bytes(format, document));
    }
}

internal sealed class PaperWays(CurrentCompany company) : IWays
{
    public IEnumerable<Way> For(HttpContext context) => company.IsKnown ? [new Way(60, "Documents", $"/c/{company.Name}/papers", "Engagements")] : [];
}
