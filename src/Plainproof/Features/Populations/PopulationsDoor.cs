using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Plainproof.Assurance.Populations;
using Plainproof.Cli;
using Plainproof.Evidence;
using Plainproof.Features.People;
using Plainproof.Storage;
using Plainproof.Web;

namespace Plainproof.Features.Populations;

/// <summary>The complete lists that an auditor asks for, frozen where they are given.</summary>
internal sealed class PopulationsDoor : IWebDoor
{
    public void Add(IServiceCollection services, SiteSettings settings) => services.AddScoped<PopulationBook>().AddScoped<Freezing>().AddScoped<IWays, PopulationWays>();

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/c/{company}/populations/{kind}/list.csv", ListAsync);
        routes.MapGet("/c/{company}/populations/frozen/{id}/list.csv", FrozenListAsync);
        routes.MapGet("/c/{company}/populations/frozen/{id}/rows/{number}", RowAsync);
    }

    private static async Task ListAsync(string kind, PopulationBook book, CurrentCompany current, HttpContext context, string? engagement = null, string? from = null, string? to = null)
    {
        try
        {
            if (PopulationKinds.Find(kind) is { } found && await book.ChooseAsync(engagement, from, to, context.RequestAborted) is var days && await book.OfAsync(found, days, context.RequestAborted) is { List: var list })
                await SendAsync(context, current, $"{kind}-{Words.Day(days.First)}-{Words.Day(days.Last)}.csv", "text/csv", CsvText.Of(list.Columns, list.Items.Select(item => list.RowOf(item).Select(cell => cell.Value))));
            else
                context.Response.StatusCode = StatusCodes.Status404NotFound;
        }
        catch (BadInput)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
        }
    }

    private static async Task FrozenListAsync(string id, Freezing freezing, CurrentCompany current, HttpContext context)
    {
        if (await freezing.OfAsync(id, context.RequestAborted) is { } frozen && await freezing.RowsAsync(frozen, context.RequestAborted) is var rows)
            await SendAsync(context, current, $"{frozen.Kind}-{id}.csv", "text/csv", CsvText.Of(rows.Columns, rows.Rows.Select(row => row.Cells()).Select(cells => rows.Columns.Select(column => cells.GetValueOrDefault(column, "")))));
        else
            context.Response.StatusCode = StatusCodes.Status404NotFound;
    }

    private static async Task RowAsync(string id, string number, Freezing freezing, CurrentCompany current, HttpContext context)
    {
        if (await freezing.OfAsync(id, context.RequestAborted) is { } frozen && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var row) && await freezing.RowAsync(frozen, row, context.RequestAborted) is { } proven)
            await SendAsync(context, current, $"{frozen.Kind}-{id}-row-{row}.json", "application/json", proven.ToText());
        else
            context.Response.StatusCode = StatusCodes.Status404NotFound;
    }

    private static Task SendAsync(HttpContext context, CurrentCompany current, string name, string mediaType, string text) => Attachment.SendAsync(
        context, current, name, $"{mediaType}; charset=utf-8", Encoding.UTF8.GetBytes(mediaType == "text/csv" && current.Mark is { } mark ? $"{mark}\r\n{text}" : text));
}

internal sealed class PopulationWays(CurrentCompany company) : IWays
{
    public IEnumerable<Way> For(HttpContext context) => company.IsKnown ? [new Way(57, "Populations", $"/c/{company.Name}/populations", "Engagements")] : [];
}
