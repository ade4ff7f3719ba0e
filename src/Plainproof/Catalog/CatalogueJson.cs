using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Plainproof.Catalog;

/// <summary>Strict: unknown, missing, null and repeated members are errors, and no member matches by accident of case.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    AllowDuplicateProperties = false,
    GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(CriteriaFile))]
[JsonSerializable(typeof(ControlsFile))]
[JsonSerializable(typeof(GapsFile))]
[JsonSerializable(typeof(StandingFile))]
[JsonSerializable(typeof(QuestionsFile))]
[JsonSerializable(typeof(RequestsFile))]
[JsonSerializable(typeof(PoliciesFile))]
[JsonSerializable(typeof(DescriptionFile))]
[JsonSerializable(typeof(EntityControlsFile))]
[JsonSerializable(typeof(ScopingFile))]
[JsonSerializable(typeof(GlossaryFile))]
internal sealed partial class CatalogueJson : JsonSerializerContext;

internal sealed class CamelCaseEnum<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.CamelCase, allowIntegerValues: false)
    where T : struct, Enum;

/// <summary>Reads a string or a number as text.</summary>
internal sealed class TextOrNumber : JsonConverter<string>
{
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.String => reader.GetString(),
        JsonTokenType.Number => reader.GetDecimal().ToString(CultureInfo.InvariantCulture),
        _ => throw new JsonException("expected a string or a number"),
    };

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);
}
