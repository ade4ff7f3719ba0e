using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using Plainproof.Cli;
using Plainproof.Sources;
using Plainproof.Storage.Records;

namespace Plainproof.Features.Api;

/// <summary>Tells what ended an operation of the API. Pages have their own way.</summary>
internal sealed class ApiFaults(ILogger<ApiFaults> log) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        var asked = httpContext.Features.Get<IExceptionHandlerPathFeature>()?.Path;
        if (!ApiDoor.IsInside(asked))
            return false;
        var problem = Of(exception, httpContext);
        if (problem.Status >= StatusCodes.Status500InternalServerError)
            log.LogError(exception, "{Method} {Path} broke", httpContext.Request.Method, asked);
        await problem.WriteAsync(httpContext);
        return true;
    }

    private static ApiProblem Of(Exception exception, HttpContext context) => exception switch
    {
        BadInput bad => ApiProblem.Bad(bad.Problems),
        BadTarget bad => ApiProblem.Bad(bad.Problems),
        NotThere => ApiProblem.NotThere(exception.Message),
        StaleRecord => ApiProblem.Stale(exception.Message),
        UnreadableBody => ApiProblem.Unreadable([exception.Message]),
        WrongMediaType wrong => ApiProblem.WrongMediaType(wrong.Taken),
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => ApiProblem.TooLarge(context.Features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize ?? 0),
        BadHttpRequestException { StatusCode: StatusCodes.Status415UnsupportedMediaType } => ApiProblem.WrongMediaType([]),
        BadHttpRequestException bad => ApiProblem.Unreadable([bad.Message]),
        _ => ApiProblem.Ours(),
    };
}
