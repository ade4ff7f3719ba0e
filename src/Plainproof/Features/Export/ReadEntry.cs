using System.Text.Json;
using Plainproof.Evidence;

namespace Plainproof.Features.Export;

/// <summary>An entry of the log as the package needs it. What it does not know, it leaves alone.</summary>
internal sealed class ReadEntry : IDisposable
{
    private const string KindPrefix = "urn:plainproof:";
    private readonly JsonDocument _json;

    public ReadEntry(LoggedEntry entry)
    {
        (Seq, Body, _json) = (entry.Seq, entry.Body, JsonDocument.Parse(entry.Body));
        Kind = _json.RootElement.GetProperty("predicateType").GetString()![KindPrefix.Length..];
        Claimed = _json.RootElement.GetProperty("at").GetString()!;
    }

    public long Seq { get; }

    public ReadOnlyMemory<byte> Body { get; }

    public string Kind { get; }

    /// <summary>As it is written.</summary>
    public string Claimed { get; }

    public DateTimeOffset At => _json.RootElement.GetProperty("at").GetDateTimeOffset();

    /// <summary>The sample was made in a moment and speaks of a year.</summary>
    public DateTimeOffset SpeaksOf => Text("madeUpTime") is { } made && DateTimeOffset.TryParse(made, System.Globalization.CultureInfo.InvariantCulture, out var at) ? at : At;

    public IEnumerable<string> Blobs => List("blobs").Select(blob => blob.GetProperty("digest").GetString()!);

    public IEnumerable<(string Digest, string? MediaType)> BlobsWithTypes =>
        List("blobs").Select(blob => (blob.GetProperty("digest").GetString()!, blob.TryGetProperty("mediaType", out var type) ? type.GetString() : null));

    public IEnumerable<string> Expired => List("expired").Select(digest => digest.GetString()!);

    public IEnumerable<string> Aspects => List("coverage").Select(line => line.GetProperty("aspect").GetString()!);

    public string? Text(string name) => Predicate.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    public long Number(string name) => Predicate.GetProperty(name).GetInt64();

    public bool Tells(string name) => Predicate.TryGetProperty(name, out _);

    public void Dispose() => _json.Dispose();

    private JsonElement Predicate => _json.RootElement.GetProperty("predicate");

    private IEnumerable<JsonElement> List(string name) => Predicate.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array ? list.EnumerateArray() : [];
}
