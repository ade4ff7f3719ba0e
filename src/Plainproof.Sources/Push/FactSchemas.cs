using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using Plainproof.Facts;

namespace Plainproof.Sources.Push;

/// <summary>A JSON Schema for each kind of fact, made from the record type, so that a script can be checked before it pushes.</summary>
public static class FactSchemas
{
    private static readonly JsonSerializerOptions Written = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The schema of one line of a pushed file, as text; null when there is no such kind.</summary>
    public static string? Of(Aspect kind)
    {
        if (Kinds.TypeOf(kind) is not { } type)
            return null;
        var value = FactJson.Strict.GetJsonSchemaAsNode(type, new JsonSchemaExporterOptions { TreatNullObliviousAsNonNullable = true, TransformSchemaNode = Describe });
        var line = new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["$comment"] = "Made from the record type. Do not edit by hand.",
            ["title"] = kind.Name,
            ["description"] = $"{Kinds.PlainOf(kind)}. One line of a pushed file.",
            ["type"] = "object",
            ["properties"] = new JsonObject
            {
                ["subject"] = new JsonObject { ["type"] = "string", ["minLength"] = 1, ["maxLength"] = 500 },
                ["value"] = value,
            },
            ["required"] = new JsonArray("subject", "value"),
            ["additionalProperties"] = false,
        };
        return line.ToJsonString(Written) + "\n";
    }

    private static JsonNode Describe(JsonSchemaExporterContext context, JsonNode schema)
    {
        if (schema is not JsonObject thing)
            return schema;
        var type = Nullable.GetUnderlyingType(context.TypeInfo.Type) ?? context.TypeInfo.Type;
        if (type == typeof(DateTimeOffset))
            thing["format"] = "date-time";
        if (type == typeof(DateOnly))
            thing["format"] = "date";
        return thing;
    }
}
