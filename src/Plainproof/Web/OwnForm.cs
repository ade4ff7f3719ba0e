using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;

namespace Plainproof.Web;

/// <summary>Whether what was posted came from a form of this site, for addresses that are no pages.</summary>
internal static class OwnForm
{
    /// <summary>When it did not, the answer is written: the request is wrong.</summary>
    public static async Task<bool> IsSentAsync(HttpContext context, IAntiforgery forgery)
    {
        if (await forgery.IsRequestValidAsync(context))
            return true;
        context.Response.StatusCode = StatusCodes.Status400BadRequest;
        return false;
    }
}
