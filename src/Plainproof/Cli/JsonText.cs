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

    /// <summary>The same, and a new line, written piece by piece: for what may be too long to be held in memory.</summary>
    public static void Write(TextWriter output, object value) => Write(output, value, Whole);

    /// <summary>For formats of others, which allow no null: what is not known is left out.</summary>
    public static void WriteWithoutNulls(TextWriter output, object value) => Write(output, value, Known);

    private static void Write(TextWriter output, object value, JsonSerializerOptions options)
    {
        using (var json = new Utf8JsonWriter(new Utf8Pieces(output), new JsonWriterOptions { Indented = options.WriteIndented, Encoder = options.Encoder }))
            JsonSerializer.Serialize(json, value, value.GetType(), options);
        output.WriteLine();
    }

    private static JsonSerializerOptions Format(JsonIgnoreCondition nulls) =>
        new(FactJson.Options) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, DefaultIgnoreCondition = nulls };
}
