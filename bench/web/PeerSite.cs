using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Plainproof.Catalog;
using Plainproof.Features.People;
using Plainproof.Storage;
using Plainproof.Storage.Records;
using Plainproof.Web;

namespace Plainproof.Bench.Web;

/// <summary>
/// The same pages, frame, headers and compression, over a model in memory: who asks is known beforehand, and what a page looked up is held
/// after the first time. No request opens a database, and none waits for a disk.
/// </summary>
internal static class PeerSite
{
    public static async Task RunAsync(DataFolder data, Uri address)
    {
        var settings = new SiteSettings(data, address, TimeProvider.System);
        var (person, companies) = await WhoAsync(data);
        var doors = Doors();
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = typeof(Site).Assembly.GetName().Name });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(server => server.ListenLocalhost(address.Port));
        builder.Logging.SetMinimumLevel(LogLevel.Warning).AddSimpleConsole();
        AddServices(builder.Services, settings);
        foreach (var door in doors)
            door.Add(builder.Services, settings);
        builder.Services.AddSingleton<IComponentActivator, HeldPages>();
        await using var app = builder.Build();
        app.UseSecurityHeaders();
        app.UseResponseCompression();
        app.UseRouting();
        app.Use((context, next) =>
        {
            context.RequestServices.GetRequiredService<CurrentPerson>().Is(person, "bench");
            if (context.GetRouteValue(CompanyAccess.RouteValue) is string name)
                context.RequestServices.GetRequiredService<CurrentCompany>().Is(companies[name], Role.Owner);
            return next(context);
        });
        app.UseAuthorization();
        app.UseAntiforgery();
        app.MapSiteFiles();
        app.MapRazorComponents<Shell>();
        await app.RunAsync();
    }

    private static void AddServices(IServiceCollection services, SiteSettings settings)
    {
        services.AddSingleton(settings).AddSingleton(settings.Data).AddSingleton(settings.Clock).AddSingleton(Catalogue.Shipped);
        services.AddRoutingCore().AddHttpContextAccessor().AddCascadingAuthenticationState().AddAuthorization().AddAntiforgery();
        services.AddDataProtection().UseEphemeralDataProtectionProvider();
        services.AddRazorComponents();
        services.AddResponseCompression(packing => packing.Providers.Add<BrotliCompressionProvider>());
    }

    private static async Task<(Person Person, Dictionary<string, Company> Companies)> WhoAsync(DataFolder data)
    {
        await using var records = InstallationRecords.Of(data);
        return (await records.Set<Person>().AsNoTracking().FirstAsync(), await records.Set<Company>().AsNoTracking().ToDictionaryAsync(company => company.Id));
    }

    private static List<IWebDoor> Doors() =>
        [.. typeof(Site).Assembly.GetTypes().Where(type => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(IWebDoor)))
            .OrderBy(type => type.FullName, StringComparer.Ordinal).Select(type => (IWebDoor)Activator.CreateInstance(type)!)];
}
