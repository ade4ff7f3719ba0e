using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Plainproof.Evidence;

/// <summary>One row of a frozen population as a file that proves itself against the root, and needs nothing else.</summary>
/// <param name="Population">The id of the frozen population.</param>
/// <param name="Index">The number of the row, from 0.</param>
/// <param name="Count">How many rows there are.</param>
/// <param name="Row">The exact text that was hashed.</param>
/// <param name="Note">What a reader must know besides; it proves nothing.</param>
public sealed record RowFile(string Population, long Index, long Count, ReadOnlyMemory<byte> Salt, string Row, IReadOnlyList<Hash> Path, Hash Root, string? Note = null)
{
    public const string Format = "plainproof-row/1";
    private static readonly string[] Members = ["note", "format", "population", "index", "rows", "salt", "row", "path", "root"];
    private static readonly JsonSerializerOptions AsWritten = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public Hash Leaf => RowTree.LeafOf(Salt.Span, Encoding.UTF8.GetBytes(Row));

    /// <param name="root">As the evidence log holds it. The root in the file itself proves nothing.</param>
    public bool HoldsUnder(Hash root) => Root == root && RowTree.Holds(Leaf, Index, Count, Path, root);

    public string ToText() => new JsonObject(Note is null ? [] : [KeyValuePair.Create("note", (JsonNode?)Note)])
    {
        ["format"] = Format,
        ["population"] = Population,
        ["index"] = Index,
        ["rows"] = Count,
        ["salt"] = Convert.ToHexStringLower(Salt.Span),
        ["row"] = Row,
        ["path"] = new JsonArray([.. Path.Select(hash => (JsonNode)hash.ToString())]),
        ["root"] = Root.ToString(),
    }.ToJsonString(AsWritten) + "\n";

    /// <exception cref="InvalidDataException">It is no such file; the message says what is wrong.</exception>
    public static RowFile Parse(ReadOnlySpan<byte> bytes)
    {
        try
        {
            var reader = new Utf8JsonReader(bytes);
            var read = JsonNode.Parse(ref reader) as JsonObject ?? throw new InvalidDataException("it is no JSON object");
            foreach (var member in read.Select(one => one.Key).Except(Members, StringComparer.Ordinal).Take(1))
                throw new InvalidDataException($"'{member}' does not belong there");
            if (TextOf(read, "format") != Format) throw new InvalidDataException($"its format is not {Format}");
            return new RowFile(
                TextOf(read, "population"), NumberOf(read, "index"), NumberOf(read, "rows"), SaltOf(TextOf(read, "salt")), TextOf(read, "row"),
                [.. (read["path"] as JsonArray ?? throw new InvalidDataException("'path' is no list")).Select(one => HashOf(one?.GetValue<string>(), "path"))], HashOf(TextOf(read, "root"), "root"), read["note"]?.GetValue<string>());
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException or ArgumentException)
        {
            throw new InvalidDataException($"it cannot be read: {e.Message}", e);
        }
    }

    private static string TextOf(JsonObject read, string name) => read[name]?.GetValue<string>() ?? throw new InvalidDataException($"'{name}' is missing");

    private static long NumberOf(JsonObject read, string name) => read[name]?.GetValue<long>() ?? throw new InvalidDataException($"'{name}' is missing");

    private static byte[] SaltOf(string hex) => Convert.FromHexString(hex) is { Length: RowTree.SaltBytes } salt ? salt : throw new InvalidDataException($"'salt' has not {RowTree.SaltBytes} bytes");

    private static Hash HashOf(string? hex, string name) => Hash.TryParseHex(hex, out var hash) ? hash : throw new InvalidDataException($"'{name}' holds something that is no SHA-256 in lower-case hexadecimal");
}
