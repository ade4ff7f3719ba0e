using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plainproof.Cli;
using Plainproof.Features.People;
using Plainproof.Features.People.SigningIn;
using Plainproof.Storage;
using Plainproof.Storage.Records;
using Plainproof.Web;

namespace Plainproof.Features.Room;

/// <summary>The room of an auditor on a machine of their own, and the way of its samples to the company.</summary>
internal sealed class RoomDoor : IWebDoor
{
    private static readonly (string From, string To)[] Elsewhere =
    [
        ("", RoomWalls.Home), ("/populations", RoomWalls.Home + "#populations"), ("/populations/{kind}", RoomWalls.Home + "#populations"), ("/collections/{id}", RoomWalls.Evidence),
        ("/engagements", RoomWalls.Home), ("/engagements/{id}", RoomWalls.Home),
    ];

    public void Add(IServiceCollection services, SiteSettings settings)
    {
        services.AddSingleton<RoomContents>().AddSingleton<RoomLink>().AddScoped<IssueSample>().AddScoped<TakeSample>();
        if (settings.Data.IsRoom)
            services.AddScoped<INotice, RoomNotice>().AddScoped<IWays, RoomWays>().AddSingleton<IHiddenWays, RoomHidden>();
    }

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/room/enter", EnterAsync).AllowAnonymous();
        routes.MapGet("/c/{company}/samples/{id}/issued.json", IssuedAsync);
        routes.MapGet("/c/{company}/room/file", FileAsync);
        if (!routes.ServiceProvider.GetRequiredService<DataFolder>().IsRoom)
            return;
        foreach (var (from, to) in Elsewhere)
            routes.MapGet(RoomWalls.Root + from, () => TypedResults.LocalRedirect(to));
        routes.MapGet($"{RoomWalls.Root}/controls/{{id}}", (string id) => TypedResults.LocalRedirect($"{RoomWalls.Evidence}?control={Uri.EscapeDataString(id)}"));
    }

    private static async Task EnterAsync(HttpContext context, RoomLink link, DataFolder data, InstallationRecords records, PersonSignIn signIn, Throttle throttle, string? token = null)
    {
        if (!data.IsRoom || !throttle.MayTry(context) || !link.Use(token))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        await signIn.ByAsync(await records.Set<Person>().SingleAsync(context.RequestAborted), "the room's link");
        context.Response.Redirect(RoomWalls.Home);
    }

    private static async Task IssuedAsync(string id, IssueSample issue, CurrentCompany current, HttpContext context)
    {
        try
        {
            var issued = current.May(Ability.WriteTests) ? await issue.OfAsync(id, context.RequestAborted) : null;
            await Attachment.SendAsync(context, current, $"sample-{id}{IssuedSample.Ending}", "application/json", issued?.ToBytes());
        }
        catch (BadInput bad)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            await context.Response.WriteAsync(bad.Message, context.RequestAborted);
        }
    }

    /// <summary>A file of the package as it came. It was held against the list when the room was made, and is again now.</summary>
    private static async Task FileAsync(RoomContents room, CurrentCompany current, HttpContext context, string name = "") => await Attachment.SendAsync(
        context, current, string.Concat(Path.GetFileName(name).Where(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-' or '_')), "application/octet-stream", room.IsRoom ? room.Package.TryRead(name) : null);
}

internal sealed class RoomNotice(RoomContents room) : INotice
{
    public RenderFragment? For(HttpContext context) => RoomParts.Notice(room.About);
}

internal sealed class RoomWays(CurrentCompany company) : IWays
{
    public IEnumerable<Way> For(HttpContext context) => company.IsKnown
        ?
        [
            new Way(20, "Room", RoomWalls.Home), new Way(30, "Evidence", RoomWalls.Evidence), new Way(40, "Requests", $"{RoomWalls.Home}/requests"), new Way(50, "Documents", $"{RoomWalls.Home}/documents"),
            new Way(55, "Deviations", RoomWalls.Deviations), new Way(70, "Log", $"{RoomWalls.Home}/entries"),
        ]
        : [];
}
