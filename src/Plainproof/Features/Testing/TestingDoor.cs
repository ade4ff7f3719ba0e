using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Plainproof.Cli;
using Plainproof.Documents;
using Plainproof.Features.People;
using Plainproof.Web;

namespace Plainproof.Features.Testing;

/// <summary>The auditor's tests of controls: their pages, and the files that they take away.</summary>
internal sealed class TestingDoor : IWebDoor
{
    public void Add(IServiceCollection services, SiteSettings settings) => services.AddScoped<TestReader>().AddScoped<TestBook>().AddScoped<TestWorkbook>();

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/c/{company}/engagements/{id}/tests.xlsx", WorkbookAsync);
        routes.MapGet("/c/{company}/engagements/{id}/tests.json", FileAsync);
    }

    private static async Task WorkbookAsync(string id, TestWorkbook tests, RecordedWork work, CurrentPerson me, CurrentCompany current, HttpContext context) =>
        await Attachment.SendAsync(context, current, $"tests-{id}.xlsx", XlsxFile.MediaType, await tests.OfAsync(id, me.IsKnown ? me.Person.Email : "", work.Now, context.RequestAborted));

    private static async Task FileAsync(string id, TestBook tests, CurrentCompany current, HttpContext context) =>
        await Attachment.SendAsync(context, current, $"tests-{id}.json", "application/json", await tests.FileAsync(id, context.RequestAborted) is { } file ? Encoding.UTF8.GetBytes(JsonText.Of(file)) : null);
}
