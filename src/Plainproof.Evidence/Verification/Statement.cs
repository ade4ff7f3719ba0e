using System.Text;
using System.Text.Json;

namespace Plainproof.Evidence;

/// <summary>What a verifier needs from the bytes of an entry.</summary>
internal sealed record Statement(EntryId Id, string Kind, DateTimeOffset At, IReadOnlyList<BlobName> Blobs, IReadOnlyList<string> Expired)
{
    private static readonly (string Kind, byte[] Uri)[] KnownKinds =
        [.. new[] { "evidence.collected", "checks.evaluated", Anchoring.AnchorKind }.Select(kind => (kind, Encoding.UTF8.GetBytes(Entry.KindPrefix + kind)))];

    /// <exception cref="InvalidDataException">The bytes are not a statement.</exception>
    public static Statement Read(ReadOnlySpan<byte> body)
    {
        try
        {
            return ReadTop(body);
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException or FormatException)
        {
            throw new InvalidDataException("it is not a statement in JSON", malformed);
        }
    }

    private static Statement ReadTop(ReadOnlySpan<byte> body)
    {
        var json = new Utf8JsonReader(body);
        (string? kind, EntryId? id, DateTimeOffset? at) = (null, null, null);
        List<BlobName>? blobs = null;
        List<string>? expired = null;
        json.Read();
        Expect(json.TokenType == JsonTokenType.StartObject);
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.ValueTextEquals("id"u8)) id = new EntryId(Next(ref json).GetGuid());
            else if (json.ValueTextEquals("at"u8)) at = Next(ref json).GetDateTimeOffset();
            else if (json.ValueTextEquals("predicateType"u8)) kind = KindOf(ref json);
            else if (json.ValueTextEquals("predicate"u8)) ReadPredicate(ref json, ref blobs, ref expired);
            else json.Skip();
        }

        Expect(json.TokenType == JsonTokenType.EndObject && !json.Read());
        Expect(kind is not null && id is not null && at is not null);
        return new Statement(id!.Value, kind!, at!.Value, blobs ?? (IReadOnlyList<BlobName>)[], expired ?? (IReadOnlyList<string>)[]);
    }

    private static string KindOf(ref Utf8JsonReader json)
    {
        json.Read();
        Expect(json.TokenType == JsonTokenType.String);
        var value = json.ValueSpan;
        Expect(value.StartsWith("urn:plainproof:"u8));
        foreach (var (kind, uri) in KnownKinds)
        {
            if (value.SequenceEqual(uri)) return kind;
        }

        return json.GetString()![Entry.KindPrefix.Length..];
    }

    private static void ReadPredicate(ref Utf8JsonReader json, ref List<BlobName>? blobs, ref List<string>? expired)
    {
        json.Read();
        Expect(json.TokenType == JsonTokenType.StartObject);
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.ValueTextEquals("blobs"u8)) blobs = JsonSerializer.Deserialize(ref json, StatementJson.Default.ListBlobName);
            else if (json.ValueTextEquals("expired"u8)) expired = JsonSerializer.Deserialize(ref json, StatementJson.Default.ListString);
            else json.Skip();
        }
    }

    private static ref Utf8JsonReader Next(ref Utf8JsonReader json)
    {
        json.Read();
        return ref json;
    }

    private static void Expect(bool met)
    {
        if (!met) throw new FormatException("unexpected shape");
    }
}

/// <summary>Sealed evidence as an entry names it.</summary>
internal sealed record BlobName(string Digest, long Bytes, string MediaType);
