using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;
using Microsoft.OpenApi.Reader;
using Plainproof.Catalog;
using Plainproof.Features.Api;
using Plainproof.Storage;
using Plainproof.Tests.Web;
using Xunit;

namespace Plainproof.Tests.Api;

/// <summary>The document of the API is whole, true and readable.</summary>
public sealed class DocumentTests
{
    private static readonly string[] Verbs = ["get", "put", "post", "delete", "patch"];

    [Fact]
    public async Task Every_mapped_operation_is_in_the_document_and_nothing_else()
    {
        await using var site = await RunningSite.StartAsync();
        var mapped = site.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .Where(route => ("/" + route.RoutePattern.RawText!.TrimStart('/')).StartsWith("/api/", StringComparison.Ordinal))
            .SelectMany(route => (route.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["any"]).Select(method => $"{method} /{route.RoutePattern.RawText!.Trim('/')}"))
            .Except(["GET /api/v1/openapi.json", "any /api/v1/{**rest}"]);
        var told = Operations(await DocumentAsync(site)).Select(one => $"{one.Verb.ToUpperInvariant()} {one.Path}");
        Assert.Equal(mapped.Order(StringComparer.Ordinal), told.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Every_operation_has_what_a_reader_and_a_generator_need()
    {
        await using var site = await RunningSite.StartAsync();
        var document = await DocumentAsync(site);
        Assert.StartsWith("3.1.", (string?)document["openapi"], StringComparison.Ordinal);
        Assert.Equal("bearer", (string?)document["components"]!["securitySchemes"]!["token"]!["scheme"]);
        var operations = Operations(document).ToList();
        Assert.Equal(operations.Count, operations.Select(one => (string?)one.Operation["operationId"]).Distinct().Count());
        foreach (var (path, verb, operation) in operations)
        {
            var name = $"{verb} {path}";
            Assert.Matches("^[a-z][A-Za-z]+$", (string?)operation["operationId"]);
            foreach (var words in new[] { "summary", "description" })
                Assert.True((string?)operation[words] is { Length: > 5 }, $"{name} has no {words}");
            Assert.Contains((string?)operation["security"]![0]!["token"]![0], Scopes.All.Select(Words.Of));
            Assert.Equal(Regex.Matches(path, "{(\\w+)}").Select(found => found.Groups[1].Value).Order(), Parameters(operation).Where(one => (string?)one["in"] == "path").Select(one => (string)one["name"]!).Order());
            Assert.All(Parameters(operation), parameter => Assert.True((string?)parameter["description"] is { Length: > 3 } && parameter["schema"] is not null, $"{name}: {parameter["name"]}"));
            var responses = operation["responses"]!.AsObject();
            foreach (var status in new[] { "401", "403", "404", "429" })
                Assert.True(responses[status]?["content"]?["application/problem+json"]?["schema"] is not null, $"{name} tells nothing of {status}");
            var good = Assert.Single(responses, response => response.Key[0] == '2');
            Assert.True(good.Key == "204" || good.Value!["content"]?.AsObject().All(content => content.Value!["schema"] is not null) == true, $"{name} tells not what it gives");
            if (operation["requestBody"] is { } body)
                Assert.All(body["content"]!.AsObject(), content => Assert.True(content.Value!["schema"] is not null && content.Value["example"] is not null, $"{name}: {content.Key}"));
        }
    }

    [Fact]
    public async Task A_reader_of_OpenAPI_finds_no_fault_and_every_reference_leads_somewhere()
    {
        await using var site = await RunningSite.StartAsync();
        using var visitor = site.Visit();
        var json = await visitor.Client.GetByteArrayAsync("/api/v1/openapi.json");
        using var bytes = new MemoryStream(json);
        var read = await OpenApiDocument.LoadAsync(bytes, "json", new OpenApiReaderSettings());
        Assert.Empty(read.Diagnostic!.Errors);
        Assert.Equal(OpenApiSpecVersion.OpenApi3_1, read.Diagnostic.SpecificationVersion);
        var root = JsonNode.Parse(json)!;
        var references = Regex.Matches(System.Text.Encoding.UTF8.GetString(json), "\"\\$ref\": \"#/([^\"]+)\"").Select(found => found.Groups[1].Value).Distinct().ToList();
        Assert.InRange(references.Count, 20, 500);
        Assert.All(references, reference => Assert.NotNull(reference.Split('/').Aggregate((JsonNode?)root, (at, step) => at?[step])));
    }

    [Fact]
    public async Task The_page_shows_every_operation_its_scope_and_an_example_and_each_problem_leads_to_it()
    {
        await using var site = await RunningSite.StartAsync();
        using var visitor = site.Visit();
        var page = await visitor.GetAsync("/api");
        foreach (var (_, _, operation) in Operations(await DocumentAsync(site)))
        {
            var shown = Regex.Match(page.Html, $"<details class=\"operation\" id=\"{operation["operationId"]}\">.*?</details>", RegexOptions.Singleline).Value;
            Assert.Contains("Scope: ", shown, StringComparison.Ordinal);
            Assert.Contains("Authorization: Bearer $TOKEN", shown, StringComparison.Ordinal);
        }

        Assert.All(ApiProblem.All, problem => Assert.Contains($"id=\"{problem.Type[5..]}\"", page.Html, StringComparison.Ordinal));
        Assert.DoesNotContain("<script", page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_words_are_plain()
    {
        await using var site = await RunningSite.StartAsync();
        var words = Operations(await DocumentAsync(site)).SelectMany(one => new[] { (string)one.Operation["summary"]!, (string)one.Operation["description"]! })
            .Concat(ApiProblem.All.SelectMany(problem => new[] { problem.Title, problem.Mend })).Concat(Scopes.All.Select(scope => scope.Plain()));
        Assert.Empty(words.Select(Readability.Offence).OfType<string>());
    }

    private static async Task<JsonNode> DocumentAsync(RunningSite site)
    {
        using var visitor = site.Visit();
        return JsonNode.Parse(await visitor.Client.GetStringAsync("/api/v1/openapi.json"))!;
    }

    private static IEnumerable<(string Path, string Verb, JsonNode Operation)> Operations(JsonNode document) =>
        from path in document["paths"]!.AsObject()
        from operation in path.Value!.AsObject()
        where Verbs.Contains(operation.Key)
        select (path.Key, operation.Key, operation.Value!);

    private static IEnumerable<JsonNode> Parameters(JsonNode operation) => operation["parameters"]?.AsArray().Select(one => one!) ?? [];
}
