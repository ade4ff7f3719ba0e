using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Plainproof.Features.People;
using Plainproof.Web;

namespace Plainproof.Features.Api;

/// <summary>Everything the pages do, as documented JSON, for tokens.</summary>
internal sealed class ApiDoor : IWebDoor
{
    public const string Root = "/api/v1";
    private const string CompanyRoute = $"/companies/{{{CompanyAccess.RouteValue}}}";

    /// <summary>Enough for any JSON here. What takes more says so itself.</summary>
    public const long LargestBody = 256 << 10;

    public static bool IsInside(PathString path) => path.StartsWithSegments(Root);

    public void Add(IServiceCollection services, SiteSettings settings)
    {
        services.AddScoped<ApiTokens>().AddScoped<CurrentToken>().AddScoped<IAuthorizationHandler, ScopeAccess>();
        new AuthenticationBuilder(services).AddScheme<AuthenticationSchemeOptions, TokenSignIn>(TokenSignIn.Name, null);
        services.Configure<CookieAuthenticationOptions>(IdentityConstants.ApplicationScheme, cookie => cookie.ForwardDefaultSelector = context => IsInside(context.Request.Path) ? TokenSignIn.Name : null);
        services.Configure<RateLimiterOptions>(limiter => limiter.AddPolicy<string, ApiPace>(ApiPace.Name));
        services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        services.ConfigureHttpJsonOptions(json => ApiJson.Shaped(json.SerializerOptions));
        services.AddExceptionHandler<ApiFaults>();
        ApiDocument.Add(services);
    }

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet($"{Root}/openapi.json", (ApiDocument document, HttpContext context) => document.SendAsync(context)).AllowAnonymous().ExcludeFromDescription();
        var inside = routes.MapGroup(Root).RequireRateLimiting(ApiPace.Name).WithMetadata(new RequestSizeLimitAttribute(LargestBody));
        inside.AddEndpointFilterFactory(KnownQuery.Hold);
        foreach (var door in Doors())
        {
            var root = inside.MapGroup("").WithTags(door.Title);
            door.Map(new ApiRoutes(root.MapGroup(CompanyRoute), root));
        }

        inside.Map("{**rest}", Elsewhere.AnswerAsync).WithOrder(int.MaxValue).AllowAnonymous().ExcludeFromDescription();
    }

    private static IEnumerable<IApiDoor> Doors() => typeof(ApiDoor).Assembly.GetTypes()
        .Where(type => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(IApiDoor)))
        .OrderBy(type => type.FullName, StringComparer.Ordinal).Select(type => (IApiDoor)Activator.CreateInstance(type)!);
}
