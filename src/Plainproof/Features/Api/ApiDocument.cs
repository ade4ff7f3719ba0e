using System.Reflection;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.Infrastructure;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;
using Plainproof.Features.Check;

namespace Plainproof.Features.Api;

/// <summary>The API as OpenAPI 3.1, made once from what is mapped. It tells nothing of any company, so that anybody may read it.</summary>
internal sealed class ApiDocument
{
    private const string Version = "v1";
    private const string Security = "token";
    private const string ProblemSchema = "Problem";
    private readonly Lazy<Task<OpenApiDocument>> _document;
    private readonly Lazy<Task<byte[]>> _json;

    public ApiDocument([FromKeyedServices(Version)] IOpenApiDocumentProvider provider)
    {
        _document = new Lazy<Task<OpenApiDocument>>(() => provider.GetOpenApiDocumentAsync());
        _json = new Lazy<Task<byte[]>>(WriteAsync);
    }

    public Task<OpenApiDocument> OpenAsync() => _document.Value;

    public async Task SendAsync(HttpContext context)
    {
        var json = await _json.Value;
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = json.Length;
        await context.Response.Body.WriteAsync(json, context.RequestAborted);
    }

    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<ApiDocument>();
        services.AddOpenApi(Version, options =>
        {
            options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
            options.ShouldInclude = description => description.ActionDescriptor.EndpointMetadata.OfType<NeededScope>().Any();
            options.AddDocumentTransformer(DescribeAsync);
            options.AddOperationTransformer(CompleteAsync);
            options.AddSchemaTransformer(LeaveRoomAsync);
        });
    }

    private async Task<byte[]> WriteAsync()
    {
        using var bytes = new MemoryStream();
        await (await OpenAsync()).SerializeAsJsonAsync(bytes, OpenApiSpecVersion.OpenApi3_1);
        return bytes.ToArray();
    }

    private static async Task DescribeAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken stop)
    {
        document.Info = new OpenApiInfo
        {
            Title = "Plainproof",
            Version = ReadSource.ToolVersion,
            Description = "Everything the pages do, as JSON. Each request shows a token in the header Authorization: Bearer pp_... Cookies do not count here. Lists tell the ids that other operations take.",
            License = new OpenApiLicense { Name = "Apache-2.0", Identifier = "Apache-2.0" },
        };
        document.Servers = [new OpenApiServer { Url = "/" }];
        document.AddComponent(ProblemSchema, await context.GetOrCreateSchemaAsync(typeof(ApiProblem), null, stop));
        document.AddComponent<IOpenApiSecurityScheme>(Security, new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = "bearer",
            BearerFormat = ApiToken.Prefix + "...",
            Description = "A token that a person made for one company. It never has more rights than the person's role. Its scopes: " + string.Join(" ", Scopes.All.Select(scope => $"{Storage.Words.Of(scope)}: {scope.Plain()}")),
        });
    }

    private static Task CompleteAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken stop)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        var scope = metadata.OfType<NeededScope>().Last().Scope;
        operation.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Security, context.Document)] = [Storage.Words.Of(scope)] }];
        operation.Description += $" Scope: {Storage.Words.Of(scope)}.";
        NameTheCompany(operation, context);
        NameTheWords(operation, context);
        foreach (var problem in Problems(operation, metadata))
            (operation.Responses ??= [])[problem.Status.ToString(System.Globalization.CultureInfo.InvariantCulture)] = AnswerOf(problem, context.Document!);
        if (metadata.OfType<ExampleBody>().LastOrDefault() is { } example && operation.RequestBody?.Content is { } contents)
            foreach (var (mediaType, content) in contents)
                content.Example = mediaType == "application/json" ? JsonNode.Parse(example.Text) : example.Text;
        return Task.CompletedTask;
    }

    /// <summary>What we give may get more members one day. What is sent to us may hold only those that are known.</summary>
    private static Task LeaveRoomAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken stop)
    {
        if (!context.JsonTypeInfo.Type.Name.EndsWith("Sent", StringComparison.Ordinal))
            schema.AdditionalPropertiesAllowed = true;
        return Task.CompletedTask;
    }

    /// <summary>The wall reads the company from the address; no operation takes it as a parameter of its own.</summary>
    private static void NameTheCompany(OpenApiOperation operation, OpenApiOperationTransformerContext context)
    {
        if (context.Description.RelativePath?.Contains($"{{{People.CompanyAccess.RouteValue}}}", StringComparison.Ordinal) == true)
            (operation.Parameters ??= []).Insert(0, new OpenApiParameter
            {
                Name = People.CompanyAccess.RouteValue,
                In = ParameterLocation.Path,
                Required = true,
                Description = "The name of the company, as in the addresses of its pages.",
                Schema = new OpenApiSchema { Type = JsonSchemaType.String },
            });
    }

    private static void NameTheWords(OpenApiOperation operation, OpenApiOperationTransformerContext context)
    {
        foreach (var asked in context.Description.ParameterDescriptions)
            if (asked.ParameterDescriptor is IParameterInfoParameterDescriptor { ParameterInfo: { } info } && info.GetCustomAttribute<OneOfAttribute>() is { } one
                && operation.Parameters?.FirstOrDefault(parameter => parameter.Name == asked.Name)?.Schema is OpenApiSchema schema)
                schema.Enum = [.. one.Words.Select(word => (JsonNode)JsonValue.Create(word))];
    }

    private static IEnumerable<ApiProblem> Problems(OpenApiOperation operation, IList<object> metadata)
    {
        var statuses = new HashSet<int> { 401, 403, 404, 429, 500 };
        if (operation.RequestBody is not null)
            statuses.UnionWith([400, 413, 415, 422]);
        else if (operation.Parameters?.Any(parameter => parameter.In == ParameterLocation.Query) == true)
            statuses.UnionWith([400, 422]);
        if (metadata.OfType<Microsoft.AspNetCore.Routing.IHttpMethodMetadata>().Any(method => !method.HttpMethods.Contains(HttpMethods.Get)))
            statuses.Add(422);
        if (metadata.OfType<AsksForVersion>().Any())
            statuses.Add(409);
        return ApiProblem.All.Where(problem => statuses.Contains(problem.Status));
    }

    private static OpenApiResponse AnswerOf(ApiProblem problem, OpenApiDocument document) => new()
    {
        Description = problem.Title,
        Content = new Dictionary<string, OpenApiMediaType> { [ApiProblem.MediaType] = new() { Schema = new OpenApiSchemaReference(ProblemSchema, document) } },
    };
}
