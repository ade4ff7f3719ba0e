using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Plainproof.Evidence;
using Plainproof.Features.Sampling;

namespace Plainproof.Features.Room;

/// <summary>
/// A sample on its way from an auditor's room to the company: three entries of the room's log with their proofs, and what they say, to be read
/// at once. Everything in the file follows from the entries, so that no byte of it can be altered.
/// </summary>
/// <param name="Key">Of the room's log, as one line.</param>
/// <param name="Made">The entry of the package that the room was made of.</param>
/// <param name="Drawn">The entry that committed to the sample.</param>
/// <param name="Issued">The entry that tells it.</param>
internal sealed record IssuedSample(string Key, ProvenEntry Made, ProvenEntry Drawn, ProvenEntry Issued)
{
    public const string Format = "plainproof-issued-sample/1";

    /// <summary>What the file's name ends with.</summary>
    public const string Ending = ".issued.json";

    public const int MostBytes = 1 << 20;
    private static readonly JsonSerializerOptions AsWritten = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly string[] Entries = ["made", "drawn", "issued"];

    public string Id => Text(Said(Issued), "sample");

    /// <summary>SHA-256 of the list of the package that the room was made of.</summary>
    public string Package => Text(Said(Made), "listSha256");

    /// <summary>The name of the company's log.</summary>
    public string Log => Text(Said(Made), "log");

    public string Salt => Text(Said(Issued), "salt");

    /// <summary>What was committed to.</summary>
    public string Secret => Text(Said(Issued), "text");

    public string Why => (string?)Said(Issued)["why"] ?? "";

    /// <summary>How many samples of its list the room had drawn; null when the room does not tell.</summary>
    public SampleTally? Tally => SampleTally.In(Said(Issued));

    public string Commitment => Text(Said(Drawn), "commitment");

    public string DrawnBy => Text(Said(Drawn), "by");

    public DateTimeOffset DrawnAt => At(Drawn);

    public string IssuedBy => Text(Said(Issued), "by");

    public DateTimeOffset IssuedAt => At(Issued);

    public byte[] ToBytes() => Encoding.UTF8.GetBytes(new JsonObject
    {
        ["format"] = Format,
        ["sample"] = Id,
        ["package"] = Package,
        ["company"] = Log,
        ["drawn"] = Written(Drawn),
        ["issued"] = Written(Issued),
        ["why"] = Why,
        [SampleTally.Name] = Tally?.ToJson(),
        ["commitment"] = Commitment,
        ["salt"] = Salt,
        ["text"] = Secret,
        ["chosen"] = JsonNode.Parse(Secret),
        ["room"] = new JsonObject(Entries.Zip([Made, Drawn, Issued], (name, one) => KeyValuePair.Create(name, (JsonNode?)new JsonObject { ["entry"] = one.Entry, ["proof"] = one.Proof })).Prepend(KeyValuePair.Create("key", (JsonNode?)Key))),
    }.ToJsonString(AsWritten) + "\n");

    /// <exception cref="InvalidDataException">It is no such file, or says something else than the entries in it; the message says what.</exception>
    public static IssuedSample Parse(ReadOnlySpan<byte> bytes)
    {
        try
        {
            var reader = new Utf8JsonReader(bytes);
            var read = JsonNode.Parse(ref reader) as JsonObject ?? throw new InvalidDataException("it is no JSON object");
            if ((string?)read["format"] != Format)
                throw new InvalidDataException($"its format is not {Format}");
            var room = read["room"] as JsonObject ?? throw new InvalidDataException("it has no proof of a room");
            var (made, drawn, issued) = (Proven(room, Entries[0]), Proven(room, Entries[1]), Proven(room, Entries[2]));
            var it = new IssuedSample(Text(room, "key"), made, drawn, issued);
            return it.ToBytes().AsSpan().SequenceEqual(bytes) ? it : throw new InvalidDataException("it does not say what the entries in it say. It was altered");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException or ArgumentException)
        {
            throw new InvalidDataException($"it cannot be read: {e.Message}", e);
        }
    }

    /// <summary>What an entry says.</summary>
    public static JsonObject Said(ProvenEntry entry) => JsonNode.Parse(entry.Entry)?["predicate"] as JsonObject ?? throw new InvalidDataException("an entry in it says nothing");

    public static string Kind(ProvenEntry entry) => (string?)JsonNode.Parse(entry.Entry)?["predicateType"] ?? "";

    public static string Text(JsonNode it, string name) => (string?)it[name] ?? throw new InvalidDataException($"'{name}' is missing");

    private static JsonObject Written(ProvenEntry entry) => new() { ["at"] = Text(JsonNode.Parse(entry.Entry)!, "at"), ["by"] = Text(Said(entry), "by") };

    private static DateTimeOffset At(ProvenEntry entry) => DateTimeOffset.Parse(Text(JsonNode.Parse(entry.Entry)!, "at"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);

    private static ProvenEntry Proven(JsonObject room, string name) => room[name] is JsonObject one ? new ProvenEntry(Text(one, "entry"), Text(one, "proof")) : throw new InvalidDataException($"the proof of '{name}' is missing");
}
