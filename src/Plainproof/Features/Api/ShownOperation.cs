using Microsoft.OpenApi;

namespace Plainproof.Features.Api;

/// <summary>An operation as the page shows it.</summary>
internal sealed record ShownOperation(string Method, string Path, OpenApiOperation Operation)
{
    private const string CompanyPath = $"{ApiDoor.Root}/companies/{{company}}";

    /// <summary>As on the page, where the company has a short name.</summary>
    public string ShortPath => Path.Replace(CompanyPath, "$COMPANY", StringComparison.Ordinal);

    /// <summary>All but the company, which stands in every address.</summary>
    public IReadOnlyList<IOpenApiParameter> Parameters => [.. (Operation.Parameters ?? []).Where(parameter => parameter.Name != People.CompanyAccess.RouteValue)];

    /// <summary>A line to paste, once the two variables of the page are set.</summary>
    public string Curl
    {
        get
        {
            var method = Method == "GET" ? "" : $" -X {Method}";
            var content = Operation.RequestBody?.Content?.FirstOrDefault();
            var body = content is { Value: not null } sent
                ? $" \\\n  -H \"Content-Type: {sent.Key}\" \\\n  --data-binary '{(sent.Value.Example is { } example ? TextOf(example) : "{}")}'"
                : "";
            return $"curl{method} -H \"Authorization: Bearer $TOKEN\"{body} \\\n  \"{Address}\"";
        }
    }

    private string Address
    {
        get
        {
            var path = Path.StartsWith(CompanyPath, StringComparison.Ordinal) ? $"$COMPANY{Path[CompanyPath.Length..]}" : $"${{COMPANY%/*}}{Path[$"{ApiDoor.Root}/companies".Length..]}";
            var asked = Parameters.Where(parameter => parameter.Required && parameter.In == ParameterLocation.Query).Select((parameter, i) => $"{(i == 0 ? '?' : '&')}{parameter.Name}={Upper(parameter.Name!)}");
            return System.Text.RegularExpressions.Regex.Replace(path, @"(?<!\$)\{(\w+)\}", found => Upper(found.Groups[1].Value)) + string.Concat(asked);
        }
    }

    private static string Upper(string name) => name.ToUpperInvariant();

    private static string TextOf(System.Text.Json.Nodes.JsonNode example) => example is System.Text.Json.Nodes.JsonValue value && value.TryGetValue<string>(out var text) ? text : example.ToJsonString(ApiJson.Options);
}
