using System.Net;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Plainproof.Catalog;
using Plainproof.Cli;
using Plainproof.Storage;

namespace Plainproof.Web;

/// <summary>The web application: one process, server-rendered pages, closed unless a page says that it is open.</summary>
internal sealed class Site : IAsyncDisposable
{
    /// <summary>Enough for any form here. Uploads raise it for their own route.</summary>
    private const long LargestForm = 2 << 20;

    private readonly WebApplication _app;

    private Site(WebApplication app) => _app = app;

    public IServiceProvider Services => _app.Services;

    /// <summary>Where it listens, once started; the port is the real one when port 0 was asked for.</summary>
    public Uri Listening => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First().Replace("127.0.0.1", "localhost"));

    /// <exception cref="BadInput">The address is taken, or may not be used by this user.</exception>
    public static async Task<Site> StartAsync(SiteSettings settings, CancellationToken stop)
    {
        var app = Build(settings);
        try
        {
            await app.StartAsync(stop);
            return new Site(app);
        }
        catch (Exception e) when (e is IOException or System.Net.Sockets.SocketException)
        {
            await app.DisposeAsync();
            throw new BadInput($"The site cannot listen on {settings.Listen?.ToString() ?? settings.Address.ToString()}: {e.InnerException?.Message ?? e.Message}. Stop what listens there, or choose another port{(settings.Listen is null ? " with --address http://localhost:5081" : " with --listen")}");
        }
    }

    public Task WaitAsync(CancellationToken stop) => _app.WaitForShutdownAsync(stop);

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static WebApplication Build(SiteSettings settings)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory, ApplicationName = typeof(Site).Assembly.GetName().Name });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(server => Listen(server, settings));
        builder.Logging.SetMinimumLevel(LogLevel.Warning).AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error).AddFilter("Microsoft.AspNetCore.Antiforgery", LogLevel.Error).AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None).AddSimpleConsole(line => line.SingleLine = true);
        AddServices(builder.Services, settings);
        var doors = Doors();
        foreach (var door in doors)
            door.Add(builder.Services, settings);
        var app = builder.Build();
        if (settings.Listen is not null)
            app.UseForwardedHeaders(SaidBy(settings.Proxies ?? []));
        Use(app);
        foreach (var door in doors)
            door.Map(app);
        return app;
    }

    private static void Listen(KestrelServerOptions server, SiteSettings settings)
    {
        server.AddServerHeader = false;
        server.Limits.MaxRequestBodySize = LargestForm;
        var port = settings.Address.Port;
        if (settings.Listen is { } behind)
            server.Listen(behind);
        else if (settings.Address.IsLoopback && port != 0)
            server.ListenLocalhost(port);
        else
            server.Listen(settings.Address.IsLoopback ? IPAddress.Loopback : IPAddress.Any, port);
    }

    /// <summary>Proxies say who asks, and whether by TLS. What the one who asks says of that is not taken.</summary>
    private static ForwardedHeadersOptions SaidBy(IReadOnlyList<System.Net.IPNetwork> proxies)
    {
        var said = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto, ForwardLimit = null };
        said.KnownProxies.Clear();
        said.KnownIPNetworks.Clear();
        foreach (var proxy in proxies)
            said.KnownIPNetworks.Add(proxy);
        return said;
    }

    private static void AddServices(IServiceCollection services, SiteSettings settings)
    {
        services.AddSingleton(settings);
        services.AddSingleton(settings.Data);
        services.AddSingleton(settings.Clock);
        services.AddSingleton(Catalogue.Shipped);
        services.AddRoutingCore();
        services.AddHttpContextAccessor();
        services.AddHostFiltering(hosts =>
        {
            hosts.AllowedHosts = ["localhost", "127.0.0.1", "[::1]", settings.Address.Host];
            hosts.AllowEmptyHosts = false;
        });
        var keys = Path.Combine(settings.Data.Keys, "web");
        Private.CreateFolder(keys);
        services.AddDataProtection().SetApplicationName("plainproof").PersistKeysToFileSystem(new DirectoryInfo(keys));
        services.AddAntiforgery(forgery =>
        {
            forgery.Cookie.Name = "plainproof.form";
            forgery.Cookie.SameSite = SameSiteMode.Strict;
            forgery.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            forgery.FormFieldName = "form-token";
        });
        services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        services.AddRateLimiter(limiter => limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests);
        services.AddCascadingAuthenticationState();
        services.AddRazorComponents(components => components.MaxFormMappingCollectionSize = 2000);
        services.AddResponseCompression(packing =>
        {
            packing.EnableForHttps = false;
            packing.Providers.Add<BrotliCompressionProvider>();
            packing.Providers.Add<GzipCompressionProvider>();
        });
    }

    private static void Use(WebApplication app)
    {
        app.UseHostFiltering();
        app.UseSecurityHeaders();
        app.UseExceptionHandler("/problem", createScopeForErrors: true);
        app.UseStatusCodePagesWithReExecute("/status/{0}", createScopeForStatusCodePages: true);
        app.Use(ShowAsPage);
        app.UseResponseCompression();
        app.UseRouting();
        app.UseRateLimiter();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseAntiforgery();
        app.MapSiteFiles();
        app.MapRazorComponents<Shell>();
    }

    /// <summary>
    /// What went wrong is shown as a page, also after a form was sent: it is asked for again, and no form goes with it. A form that the
    /// page no longer has is answered by Razor with an empty text, which would be taken for a page.
    /// </summary>
    private static async Task ShowAsPage(HttpContext context, RequestDelegate next)
    {
        if (context.Features.Get<IStatusCodeReExecuteFeature>() is not null || context.Features.Get<IExceptionHandlerFeature>() is not null)
            context.Request.Method = HttpMethods.Get;
        await next(context);
        if (context.Response is { HasStarted: false, StatusCode: StatusCodes.Status400BadRequest, ContentType: "text/plain" })
            context.Response.ContentType = null;
    }

    private static List<IWebDoor> Doors() =>
        [.. typeof(Site).Assembly.GetTypes()
            .Where(type => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(IWebDoor)))
            .OrderBy(type => type.FullName, StringComparer.Ordinal)
            .Select(type => (IWebDoor)Activator.CreateInstance(type)!)];
}
