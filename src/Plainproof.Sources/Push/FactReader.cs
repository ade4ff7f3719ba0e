using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Plainproof.Facts;

namespace Plainproof.Sources.Push;

/// <param name="Line">From 1.</param>
/// <param name="Column">From 1, in bytes.</param>
/// <param name="Says">What is wrong, why, and how to mend it.</param>
internal sealed record Problem(long Line, long Column, string Says)
{
    public override string ToString() => $"{Line}:{Column}: {Says}";
}

/// <summary>Reads one JSON text strictly against the record that it should become, and finds every mistake in it, not just the first.</summary>
internal static class FactReader
{
    private const int Deepest = 32;

    private static readonly JsonReaderOptions Options = new() { MaxDepth = Deepest, AllowMultipleValues = false };

    /// <returns>The value, or null when <paramref name="problems"/> got longer.</returns>
    public static object? Read(ReadOnlySpan<byte> json, Type type, long line, List<Problem> problems)
    {
        var before = problems.Count;
        if (!Utf8.IsValid(json))
        {
            problems.Add(new Problem(line, FirstBadByte(json) + 1, "The text is not valid UTF-8. Save the file as UTF-8."));
            return null;
        }

        try
        {
            var reader = new Utf8JsonReader(json, Options);
            reader.Read();
            Walk(ref reader, FactShape.Of(type), false, "", line, problems);
            if (reader.Read())
                problems.Add(At(reader, line, "There is something after the end of the value. Put each fact on a line of its own."));
            return problems.Count > before ? null : JsonSerializer.Deserialize(json, type, FactJson.Strict);
        }
        catch (JsonException e)
        {
            problems.Add(new Problem(line, (e.BytePositionInLine ?? 0) + 1, $"This is not valid JSON: {Short(e)}"));
            return null;
        }
    }

    private static void Walk(ref Utf8JsonReader reader, FactShape shape, bool mayBeNull, string path, long line, List<Problem> problems)
    {
        if (reader.TokenType == JsonTokenType.Null && mayBeNull)
            return;
        var place = path.Length == 0 ? "The value" : path;
        if (!Fits(ref reader, shape, out var why))
        {
            problems.Add(At(reader, line, $"{place} must be {shape.Plain}{why}"));
            reader.Skip();
        }
        else if (shape.Kind == ShapeKind.Thing)
            WalkThing(ref reader, shape, path, line, problems);
        else if (shape.Kind == ShapeKind.Map)
            while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
            {
                var name = reader.GetString()!;
                reader.Read();
                Walk(ref reader, shape.Item!, false, Below(path, name), line, problems);
            }
        else if (shape.Kind == ShapeKind.List)
            for (var index = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; index++)
                Walk(ref reader, shape.Item!, false, $"{path}[{index}]", line, problems);
    }

    private static void WalkThing(ref Utf8JsonReader reader, FactShape shape, string path, long line, List<Problem> problems)
    {
        var start = At(reader, line, "");
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var name = reader.GetString()!;
            var here = At(reader, line, "");
            reader.Read();
            if (!seen.Add(name))
                problems.Add(here with { Says = $"{Below(path, name)} is there twice. Keep one." });
            if (shape.Properties.TryGetValue(name, out var property))
                Walk(ref reader, property.Shape, property.MayBeNull, Below(path, name), line, problems);
            else
            {
                problems.Add(here with { Says = $"There is no property '{name}' here.{Nearest.Hint(name, shape.Properties.Keys)} Known: {string.Join(", ", shape.Properties.Keys)}." });
                reader.Skip();
            }
        }

        foreach (var (name, property) in shape.Properties.Where(pair => pair.Value.Required && !seen.Contains(pair.Key)))
            problems.Add(start with { Says = $"{Below(path, name)} is missing. It must be {property.Shape.Plain}." });
    }

    private static bool Fits(ref Utf8JsonReader reader, FactShape shape, out string why)
    {
        why = ".";
        switch (shape.Kind)
        {
            case ShapeKind.Text:
                return reader.TokenType == JsonTokenType.String;
            case ShapeKind.YesNo:
                return reader.TokenType is JsonTokenType.True or JsonTokenType.False;
            case ShapeKind.Whole:
                return reader.TokenType == JsonTokenType.Number && (shape.Type == typeof(int) ? reader.TryGetInt32(out _) : reader.TryGetInt64(out _));
            case ShapeKind.Decimal:
                return reader.TokenType == JsonTokenType.Number;
            case ShapeKind.Moment:
                why = ". Give the date, the time and the zone.";
                return reader.TokenType == JsonTokenType.String && IsMoment(ref reader);
            case ShapeKind.Day:
                return reader.TokenType == JsonTokenType.String
                    && DateOnly.TryParseExact(reader.GetString(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);
            case ShapeKind.Word:
                var word = reader.TokenType == JsonTokenType.String ? reader.GetString()! : null;
                why = word is null ? "." : $", not '{word}'.{Nearest.Hint(word, shape.Words)}";
                return word is not null && shape.Words.Contains(word, StringComparer.Ordinal);
            case ShapeKind.List:
                return reader.TokenType == JsonTokenType.StartArray;
            default:
                return reader.TokenType == JsonTokenType.StartObject;
        }
    }

    /// <summary>A time without a zone means another moment on every machine, so it is refused (RFC 3339).</summary>
    private static bool IsMoment(ref Utf8JsonReader reader)
    {
        var text = reader.GetString()!;
        return reader.TryGetDateTimeOffset(out _) && text.Length > 10 && text[10] is 'T' && (text[^1] == 'Z' || text[11..].AsSpan().IndexOfAny('+', '-') >= 0);
    }

    private static Problem At(in Utf8JsonReader reader, long line, string says) => new(line, reader.TokenStartIndex + 1, says);

    private static string Below(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";

    private static int FirstBadByte(ReadOnlySpan<byte> bytes)
    {
        var at = 0;
        while (Rune.DecodeFromUtf8(bytes[at..], out _, out var length) == OperationStatus.Done)
            at += length;
        return at;
    }

    private static string Short(JsonException e)
    {
        var text = e.Message;
        var cut = text.IndexOf(" LineNumber:", StringComparison.Ordinal);
        cut = cut < 0 ? text.IndexOf(" Path:", StringComparison.Ordinal) : cut;
        return cut < 0 ? text : text[..cut];
    }
}
