using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Plainproof.Cli;
using Plainproof.Evidence;
using Plainproof.Features.People;
using Plainproof.Web;

namespace Plainproof.Features.Export;

/// <summary>The package by a browser: made when somebody asks, sent, and gone from the server.</summary>
internal sealed class PackageDoor : IWebDoor
{
    private const int BufferBytes = 1 << 16;

    public void Add(IServiceCollection services, SiteSettings settings) => services.AddScoped<ExportPackage>().AddScoped<IWays, PackageWays>();

    /// <summary>Only the form makes a package. Whoever opens its address, or loads it again, lands on the form.</summary>
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/c/{company}/package.zip", MakeAsync);
        routes.MapGet("/c/{company}/package.zip", (CurrentCompany current) => TypedResults.LocalRedirect($"/c/{current.Name}/package"));
    }

    private static async Task MakeAsync(ExportPackage export, CurrentCompany current, HttpContext context, IAntiforgery forgery)
    {
        if (!await OwnForm.IsSentAsync(context, forgery))
            return;
        var engagement = context.Request.Form["engagement"].ToString();
        var path = Path.Combine(Path.GetTempPath(), $"plainproof-package-{Guid.NewGuid():N}.zip");
        try
        {
            await export.RunAsync(new ExportRequest(new PackageTarget(path, IsFolder: false), current.Company.Title, engagement.Length > 0 ? engagement : null), context.RequestAborted);
        }
        catch (Exception e) when (e is BadInput or EvidenceException)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            context.Response.ContentType = "text/plain; charset=utf-8";
            await context.Response.WriteAsync($"The package was not made. {e.Message}\n", context.RequestAborted);
            return;
        }

        await SendAsync(context, current, path);
    }

    /// <summary>What is in it is in clear, so the file goes as soon as it is sent, or the reader goes away.</summary>
    private static async Task SendAsync(HttpContext context, CurrentCompany current, string path)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.None, BufferBytes, FileOptions.DeleteOnClose | FileOptions.Asynchronous);
        Attachment.Announce(context, current, $"{current.Name}-package.zip", "application/zip", file.Length);
        await file.CopyToAsync(context.Response.Body, context.RequestAborted);
    }
}

internal sealed class PackageWays(CurrentCompany company) : IWays
{
    public IEnumerable<Way> For(HttpContext context) => company.IsKnown ? [new Way(59, "Package", $"/c/{company.Name}/package", "Engagements")] : [];
}
