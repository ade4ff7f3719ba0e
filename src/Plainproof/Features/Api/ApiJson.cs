using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Plainproof.Features.Api;

/// <summary>JSON of the API: camelCase, enums as words, every member there each time. What comes in is held to the letter.</summary>
internal static class ApiJson
{
    public static JsonSerializerOptions Options { get; } = Shaped(new JsonSerializerOptions());

    public static JsonSerializerOptions Shaped(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        options.PropertyNameCaseInsensitive = false;
        options.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        options.AllowDuplicateProperties = false;
        options.RespectNullableAnnotations = true;
        options.RespectRequiredConstructorParameters = true;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        options.MaxDepth = 16;
        options.TypeInfoResolver ??= new DefaultJsonTypeInfoResolver();
        if (options.Converters.Count == 0)
            options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
        return options;
    }
}
