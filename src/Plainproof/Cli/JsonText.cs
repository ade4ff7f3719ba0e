using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Plainproof.Facts;

namespace Plainproof.Cli;

/// <summary>JSON for machines: indented, camelCase, enums as words, UTF-8 as it is.</summary>
internal static class JsonText
{
    private static readonly JsonSerializerOptions Whole = Format(JsonIgnoreCondition.Never);
    private static readonly JsonSerializerOptions Known = Format(JsonIgnoreCondition.WhenWritingNull);

    /// <summary>Every member is there each time, null where nothing is known, so that a reader can rely on it.</summary>
    public static string Of(object value) => JsonSerializer.Serialize(value, value.GetType(), Whole);

    /// <summary>For formats of others, which allow no null: what is not known is left out.</summary>
    public static string WithoutNulls(object value) => JsonSerializer.Serialize(value, value.GetType(), Known);

    private static JsonSerializerOptions Format(JsonIgnoreCondition nulls) =>
        new(FactJson.Options) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, DefaultIgnoreCondition = nulls };
}
