using Microsoft.AspNetCore.Http;

namespace Plainproof.Features.People;

/// <summary>
/// A file of the current company that is sent to be kept. What is in it came from outside, so it is never shown as a page. The name of one of
/// the sample company carries its mark.
/// </summary>
internal static class Attachment
{
    /// <param name="name">Safe in a header.</param>
    /// <param name="bytes">Null where there is no such file, or it is not theirs to see.</param>
    public static async Task SendAsync(HttpContext context, CurrentCompany company, string name, string mediaType, byte[]? bytes)
    {
        if (bytes is null)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        Announce(context, company, name, mediaType, bytes.Length);
        await context.Response.Body.WriteAsync(bytes, context.RequestAborted);
    }

    /// <inheritdoc cref="SendAsync" />
    public static void Announce(HttpContext context, CurrentCompany company, string name, string mediaType, long bytes)
    {
        var headers = context.Response.Headers;
        headers.ContentType = mediaType;
        headers.ContentDisposition = $"attachment; filename=\"{(company.IsSample ? "SAMPLE-" : "")}{name}\"";
        headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        headers.ContentLength = bytes;
    }
}
