using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Plainproof.Evidence;

/// <summary>
/// One statement for the log: what kind, what it says, when it was said to be true. The bytes are made here, once, and are never
/// serialised again: the log, the database and every export hold these bytes. Their shape is an in-toto Statement with an id and a time.
/// </summary>
public sealed record Entry
{
    /// <summary>The format's limit: a 16-bit length. Larger content belongs in the <see cref="Vault"/>, the entry names its digest.</summary>
    public const int LargestBody = EntryBundle.LargestEntry;

    internal const string StatementType = "https://in-toto.io/Statement/v1";
    internal const string KindPrefix = "urn:plainproof:";
    private static readonly JsonWriterOptions AsWritten = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private Entry(EntryId id, string kind, ReadOnlyMemory<byte> body) => (Id, Kind, Body) = (id, kind, body);

    public EntryId Id { get; }

    /// <summary>Dotted lower-case words: <c>evidence.collected</c>.</summary>
    public string Kind { get; }

    public ReadOnlyMemory<byte> Body { get; }

    /// <param name="kind">Dotted lower-case words.</param>
    /// <param name="at">The time this entry claims; what is proven about it comes from the time stamps around it.</param>
    /// <param name="content">What the entry says. Secrets MUST have been removed: an entry stays for ever.</param>
    /// <param name="blobs">Raw evidence that was sealed before; goes into <c>predicate.blobs</c>.</param>
    /// <exception cref="ArgumentException">The kind is not one, or the body would be longer than <see cref="LargestBody"/>.</exception>
    public static Entry Create(string kind, DateTimeOffset at, JsonObject content, params IReadOnlyList<Sealed> blobs)
    {
        if (!IsKind(kind)) throw new ArgumentException($"'{kind}' is not an entry kind: dotted lower-case words were expected", nameof(kind));
        var id = EntryId.New(at);
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, AsWritten)) Write(json, id, kind, at, content, blobs);
        return bytes.Length <= LargestBody
            ? new Entry(id, kind, bytes.ToArray())
            : throw new ArgumentException(
                $"an entry holds at most {LargestBody} bytes and this '{kind}' has {bytes.Length}; keep the content in the vault and name its digest");
    }

    /// <summary>An entry that waited elsewhere before its company's log could take it.</summary>
    /// <param name="body">The bytes that <see cref="Create"/> made, unchanged.</param>
    public static Entry Waited(EntryId id, string kind, ReadOnlyMemory<byte> body) => new(id, kind, body);

    internal static bool IsKind(string kind) =>
        kind.Length is > 0 and <= 100 && kind.All(c => c is >= 'a' and <= 'z' or >= '0' and <= '9' or '.' or '-') && kind[0] is >= 'a' and <= 'z';

    internal static string Timestamp(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);

    private static void Write(
        Utf8JsonWriter json, EntryId id, string kind, DateTimeOffset at, JsonObject content, IReadOnlyList<Sealed> blobs)
    {
        json.WriteStartObject();
        json.WriteString("_type", StatementType);
        json.WriteString("predicateType", KindPrefix + kind);
        json.WriteString("id", id.ToString());
        json.WriteString("at", Timestamp(at));
        json.WriteStartArray("subject");
        foreach (var blob in blobs) WriteSubject(json, blob);
        json.WriteEndArray();
        json.WritePropertyName("predicate");
        WithBlobs(content, blobs).WriteTo(json);
        json.WriteEndObject();
    }

    private static void WriteSubject(Utf8JsonWriter json, Sealed blob)
    {
        json.WriteStartObject();
        json.WriteString("name", "blob");
        json.WriteStartObject("digest");
        json.WriteString("saltedSha256", blob.Digest.ToString());
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static JsonObject WithBlobs(JsonObject content, IReadOnlyList<Sealed> blobs)
    {
        if (blobs.Count == 0) return content;
        var whole = (JsonObject)content.DeepClone();
        whole["blobs"] = new JsonArray([.. blobs.Select(blob => (JsonNode)new JsonObject
        {
            ["digest"] = blob.Digest.ToString(),
            ["bytes"] = blob.Bytes,
            ["mediaType"] = blob.MediaType,
        })]);
        return whole;
    }
}
