using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Plainproof.Features.Api;

/// <summary>What went wrong, in the form of RFC 9457.</summary>
/// <param name="Type">Leads to the words about it on the page of the API.</param>
/// <param name="Title">The same for every problem of this type.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Detail">What happened this time.</param>
/// <param name="Mend">What to do about it.</param>
/// <param name="Problems">Everything that is wrong with what was sent, at once; empty when that is not the matter.</param>
internal sealed record ApiProblem(string Type, string Title, int Status, string Detail, string Mend, IReadOnlyList<string> Problems)
{
    public const string MediaType = "application/problem+json";

    /// <summary>Each kind of problem, as the page explains it.</summary>
    public static IReadOnlyList<ApiProblem> All { get; } =
    [
        Unreadable([]), NoToken(false), Forbidden(""), NotThere(""), WrongMethod([]), Stale(""), TooLarge(0), WrongMediaType([]), Bad([]), TooMany(TimeSpan.FromMinutes(1)), Ours(),
    ];

    public static ApiProblem Unreadable(IReadOnlyList<string> problems) =>
        new("/api#unreadable", "What was sent cannot be read", 400, "The request is not well formed. Nothing was done.", "Correct what is named, then send it again.", problems);

    /// <param name="shown">A token, or something like it, was shown.</param>
    public static ApiProblem NoToken(bool shown) => new(
        "/api#no-token", "No token that works", 401, shown ? "This token is not known, was revoked, is too old, or its person left the company." : "The request shows no token.",
        "Make a token on the page /c/COMPANY/tokens, and send it as the header 'Authorization: Bearer pp_...'. Cookies do not count here.", []);

    public static ApiProblem Forbidden(string detail) =>
        new("/api#forbidden", "Not allowed", 403, detail, "Use a token with the scope that the operation names, of a person whose role includes it.", []);

    public static ApiProblem NotThere(string detail) =>
        new("/api#not-there", "Not there", 404, detail, "Compare the address with /api. A list tells the ids that exist.", []);

    public static ApiProblem WrongMethod(IReadOnlyList<string> allowed) => new(
        "/api#wrong-method", "This address takes another method", 405, $"It takes {string.Join(", ", allowed)}.", "Use one of these methods. See /api.", []);

    public static ApiProblem Stale(string detail) =>
        new("/api#stale", "Somebody was faster", 409, detail, "Get it again, look at what is new, and send your change with the new version.", []);

    public static ApiProblem TooLarge(long most) =>
        new("/api#too-large", "Too large", 413, most > 0 ? $"A request to this address has at most {most:#,0} bytes. Nothing was done." : "The request is larger than this address takes. Nothing was done.", "Send less at a time.", []);

    public static ApiProblem WrongMediaType(IReadOnlyList<string> taken) => new(
        "/api#wrong-media-type", "Not a kind of content that is taken here", 415, taken.Count > 0 ? $"This address takes {string.Join(" or ", taken)}." : "The kind of the content is not taken here.",
        "Say what you send in the header Content-Type.", []);

    public static ApiProblem Bad(IReadOnlyList<string> problems) => new(
        "/api#bad-input", "Something is wrong with what was sent", 422, problems.Count == 1 ? problems[0] : $"{problems.Count} things are wrong. Nothing was done.",
        "Correct everything in 'problems', then send it again.", problems);

    public static ApiProblem TooMany(TimeSpan wait) => new(
        "/api#too-many", "Too many requests", 429, "This token, or this network address, asked too often.", $"Wait {Math.Ceiling(wait.TotalSeconds):0} seconds, as the header Retry-After says.", []);

    public static ApiProblem Ours() =>
        new("/api#our-fault", "Our fault", 500, "Something broke on our side. What was stored is safe.", "Try again later. The console of the server has the details.", []);

    public async Task WriteAsync(HttpContext context)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(this, ApiJson.Options);
        context.Response.StatusCode = Status;
        context.Response.ContentType = MediaType;
        context.Response.ContentLength = json.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
            await context.Response.Body.WriteAsync(json, context.RequestAborted);
    }
}

/// <summary>There is nothing of that name.</summary>
internal sealed class NotThere(string what) : Exception(what);
