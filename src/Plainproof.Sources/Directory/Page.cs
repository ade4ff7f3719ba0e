using System.Text.Encodings.Web;
using System.Text.Json;
using Plainproof.Facts;
using Plainproof.Sources.Directories.Wire;

namespace Plainproof.Sources.Directories;

/// <summary>One page of an answer, sealed as evidence before anyone sees it.</summary>
/// <param name="Cut">Why the directory stopped here although there is more; null when it did not.</param>
internal sealed record Page(IReadOnlyList<Entry> Entries, Digest Kept, string? Cut)
{
    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Line 1 of the transcript is the question.</summary>
    public Pointer At(int index) => new(Kept, $"line:{index + 2}");

    /// <summary>The evidence of a page: the question on line 1, then every entry on a line of its own.</summary>
    public static PooledBytes Transcript(Search search, int page, IReadOnlyList<Entry> entries)
    {
        var text = new PooledBytes(1024 + (entries.Count * 1024));
        using var json = new Utf8JsonWriter(text, Compact);
        json.WriteStartObject();
        json.WriteString("base", search.Base);
        json.WriteString("filter", search.Filter);
        json.WriteString("scope", search.Scope.ToString());
        json.WriteString("attributes", string.Join(' ', search.Attributes));
        json.WriteNumber("page", page);
        json.WriteNumber("entries", entries.Count);
        json.WriteEndObject();
        foreach (var entry in entries)
        {
            EndLine(json, text);
            entry.WriteTo(json);
        }

        EndLine(json, text);
        return text;
    }

    private static void EndLine(Utf8JsonWriter json, PooledBytes text)
    {
        json.Flush();
        json.Reset();
        text.GetSpan(1)[0] = (byte)'\n';
        text.Advance(1);
    }
}
