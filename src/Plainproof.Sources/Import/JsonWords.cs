using System.Globalization;
using System.Text.Json;

namespace Plainproof.Sources.Import;

/// <summary>Reads what may or may not be there; another type than expected counts as not there.</summary>
internal static class JsonWords
{
    public static JsonElement? At(this JsonElement from, params ReadOnlySpan<string> path)
    {
        foreach (var name in path)
            if (from.ValueKind != JsonValueKind.Object || !from.TryGetProperty(name, out from))
                return null;
        return from;
    }

    public static string? Text(this JsonElement from, params ReadOnlySpan<string> path) => from.At(path) switch
    {
        { ValueKind: JsonValueKind.String } text when text.GetString() is { Length: > 0 } words => words,
        { ValueKind: JsonValueKind.Number } number => number.GetRawText(),
        _ => null,
    };

    public static DateTimeOffset? Time(this JsonElement from, params ReadOnlySpan<string> path) =>
        DateTimeOffset.TryParse(from.Text(path), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) && time.Year > 1970
            ? time
            : null;

    public static double? Number(this JsonElement from, params ReadOnlySpan<string> path) =>
        double.TryParse(from.Text(path), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    public static IEnumerable<JsonElement> Items(this JsonElement from, params ReadOnlySpan<string> path) =>
        from.At(path) is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray() : [];

    /// <summary>The first line, cut to what a title can hold.</summary>
    public static string? Title(string? text)
    {
        var line = text?.Split('\n', 2)[0].Trim();
        return line is { Length: > 200 } ? line[..200] + "…" : line;
    }
}
