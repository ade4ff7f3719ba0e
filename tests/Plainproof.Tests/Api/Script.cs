using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Plainproof.Tests.Web;

namespace Plainproof.Tests.Api;

/// <summary>A program that shows a token, and what it gets.</summary>
internal sealed partial class Script : IDisposable
{
    public const string Company = "/api/v1/companies/acme-gmbh";
    private readonly HttpClient _client;

    public Script(RunningSite site, string? token) : this(new HttpClient { BaseAddress = site.Address }, token)
    {
    }

    /// <param name="client">Of a browser, with its cookies.</param>
    public Script(HttpClient client, string? token)
    {
        _client = client;
        Token = token;
    }

    public string? Token { get; }

    /// <summary>Makes a token on the page, as a person does.</summary>
    /// <param name="today">By the site's clock; the real one when left out.</param>
    public static async Task<Script> OfAsync(RunningSite site, Visitor visitor, string scopes, string company = "acme-gmbh", DateTimeOffset? today = null, DateTime? until = null)
    {
        var made = await MakeAsync(visitor, "nightly", scopes, until ?? (today ?? DateTimeOffset.UtcNow).UtcDateTime.AddDays(30), company);
        var token = Shown().Match(made.Html) is { Success: true } shown ? shown.Groups[1].Value : throw new InvalidOperationException(made.Text);
        return new Script(site, token);
    }

    public static async Task<Seen> MakeAsync(Visitor visitor, string name, string scopes, DateTime until, string company = "acme-gmbh") => await visitor.SubmitAsync(
        await visitor.GetAsync($"/c/{company}/tokens"),
        [("name", name), ("until", until.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)), .. scopes.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(scope => (scope, "yes"))], "value=\"make\"");

    public Task<Got> GetAsync(string path) => SendAsync(HttpMethod.Get, path);

    public Task<Got> SendAsync(HttpMethod method, string path, string? body = null, string mediaType = "application/json") =>
        SendAsync(method, path, body is null ? null : Encoding.UTF8.GetBytes(body), mediaType);

    public async Task<Got> SendAsync(HttpMethod method, string path, byte[]? body, string? mediaType)
    {
        using var request = new HttpRequestMessage(method, path);
        if (Token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Token);
        if (body is not null)
            request.Content = new ByteArrayContent(body);
        request.Headers.ExpectContinue = body?.Length > 100_000; // As curl does, so that a refusal comes before the body is sent.
        if (body is not null && mediaType is not null)
            request.Content!.Headers.ContentType = new MediaTypeHeaderValue(mediaType);
        using var answer = await _client.SendAsync(request);
        return new Got(
            answer.StatusCode, answer.Content.Headers.ContentType?.MediaType ?? "", await answer.Content.ReadAsByteArrayAsync(),
            answer.Headers.ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase));
    }

    public void Dispose() => _client.Dispose();

    [GeneratedRegex("class=\"link-box\">(pp_[A-Za-z0-9_-]{43})<")]
    private static partial Regex Shown();
}

internal sealed record Got(HttpStatusCode Status, string MediaType, byte[] Bytes, IReadOnlyDictionary<string, string> Headers)
{
    public string Text => Encoding.UTF8.GetString(Bytes);

    public JsonNode Json => JsonNode.Parse(Bytes)!;

    /// <summary>The problem, held against what every problem has.</summary>
    public JsonNode Problem(HttpStatusCode status)
    {
        if (Status != status || MediaType != "application/problem+json")
            throw new InvalidOperationException($"{(int)Status} {MediaType} instead of a problem {(int)status}: {Text}");
        foreach (var member in new[] { "type", "title", "detail", "mend" })
            if ((string?)Json[member] is not { Length: > 0 })
                throw new InvalidOperationException($"The problem has no {member}: {Text}");
        return (int?)Json["status"] == (int)status ? Json : throw new InvalidOperationException($"The problem tells another status: {Text}");
    }

    public IReadOnlyList<string> Problems => [.. Json["problems"]!.AsArray().Select(one => (string)one!)];
}
