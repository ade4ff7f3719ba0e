using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Plainproof.Features.Standing;

/// <summary>Where a pointer leads in raw bytes: a JSON pointer (RFC 6901), <c>line:12</c>, or <c>bytes:120-180</c>.</summary>
internal static class Pointed
{
    /// <returns>The bytes that are meant; null when the pointer leads nowhere.</returns>
    public static Range? At(ReadOnlySpan<byte> bytes, string path)
    {
        if (path.StartsWith("line:", StringComparison.Ordinal))
            return int.TryParse(path.AsSpan(5), NumberStyles.None, CultureInfo.InvariantCulture, out var line) ? Line(bytes, line) : null;
        if (path.StartsWith("bytes:", StringComparison.Ordinal))
            return Bytes(bytes.Length, path[6..].Split('-'));
        return path.StartsWith('/') ? Json(bytes, [.. path.Split('/').Skip(1).Select(part => part.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal))]) : null;
    }

    private static Range? Line(ReadOnlySpan<byte> bytes, int number)
    {
        var start = 0;
        for (var line = 1; line < number; line++)
        {
            var end = bytes[start..].IndexOf((byte)'\n');
            if (end < 0)
                return null;
            start += end + 1;
        }

        var length = bytes[start..].IndexOf((byte)'\n');
        return number < 1 ? null : start..(length < 0 ? bytes.Length : start + length);
    }

    private static Range? Bytes(int length, string[] ends) =>
        ends.Length == 2 && int.TryParse(ends[0], NumberStyles.None, CultureInfo.InvariantCulture, out var from)
        && int.TryParse(ends[1], NumberStyles.None, CultureInfo.InvariantCulture, out var to) && from <= to && to <= length
            ? from..to
            : null;

    private static Range? Json(ReadOnlySpan<byte> bytes, IReadOnlyList<string> path)
    {
        var skipped = bytes.StartsWith(Encoding.UTF8.Preamble) ? 3 : 0;
        var json = new Utf8JsonReader(bytes[skipped..], new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        try
        {
            if (!json.Read())
                return null;
            foreach (var step in path)
                if (!Enter(ref json, step))
                    return null;
            var start = (int)json.TokenStartIndex;
            json.Skip();
            return (skipped + start)..(skipped + (int)json.BytesConsumed);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Goes to the value of a member, or of an item by its number.</summary>
    private static bool Enter(ref Utf8JsonReader json, string step)
    {
        if (json.TokenType == JsonTokenType.StartObject)
        {
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                var found = json.ValueTextEquals(step);
                json.Read();
                if (found)
                    return true;
                json.Skip();
            }
        }
        else if (json.TokenType == JsonTokenType.StartArray && int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out var wanted))
        {
            for (var at = 0; json.Read() && json.TokenType != JsonTokenType.EndArray; at++)
            {
                if (at == wanted)
                    return true;
                json.Skip();
            }
        }

        return false;
    }
}
