using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.AspNetCore.Routing.Template;

namespace Plainproof.Features.Api;

/// <summary>Answers what no operation takes: the address is none, or the method or the kind of content is another.</summary>
internal static class Elsewhere
{
    public static Task AnswerAsync(HttpContext context, EndpointDataSource endpoints)
    {
        var here = endpoints.Endpoints.OfType<RouteEndpoint>().Where(route => route.Metadata.GetMetadata<NeededScope>() is not null && Fits(route.RoutePattern, context.Request.Path)).ToList();
        if (here.Count == 0)
            return ApiProblem.NotThere("The API has no such address.").WriteAsync(context);
        if (here.FirstOrDefault(route => MethodsOf(route).Contains(context.Request.Method)) is { } wanted)
            return ApiProblem.WrongMediaType(wanted.Metadata.GetMetadata<IAcceptsMetadata>()?.ContentTypes ?? []).WriteAsync(context);
        var methods = here.SelectMany(MethodsOf).Distinct().Order(StringComparer.Ordinal).ToList();
        context.Response.Headers.Allow = string.Join(", ", methods);
        return ApiProblem.WrongMethod(methods).WriteAsync(context);
    }

    private static bool Fits(RoutePattern pattern, PathString path) =>
        new TemplateMatcher(new RouteTemplate(pattern), []).TryMatch(path, []);

    private static IReadOnlyList<string> MethodsOf(RouteEndpoint route) => route.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? [];
}
