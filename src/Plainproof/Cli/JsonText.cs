using System.Text.Encodings.Web;
using System.Text.Json;
using Plainproof.Facts;

namespace Plainproof.Cli;

/// <summary>JSON for machines: indented, camelCase, enums as words, UTF-8 as it is.</summary>
internal static class JsonText
{
    private static readonly JsonSerializerOptions Format = new(FactJson.Options) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(object value) => JsonSerializer.Serialize(value, value.GetType(), Format);
}
