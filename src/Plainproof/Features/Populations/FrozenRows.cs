using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Plainproof.Evidence;

namespace Plainproof.Features.Populations;

/// <summary>One row as it was frozen.</summary>
/// <param name="Text">The exact text that was hashed: one line of JSON.</param>
internal sealed record FrozenRow(byte[] Salt, string Text)
{
    public IReadOnlyDictionary<string, string> Cells() => JsonSerializer.Deserialize<Dictionary<string, string>>(Text)!;
}

/// <summary>
/// The rows of a frozen population as they lie sealed in the vault: a first line that says what they are, then one line for each row with
/// its salt.
/// </summary>
internal sealed record FrozenRows(IReadOnlyList<string> Columns, IReadOnlyList<FrozenRow> Rows)
{
    public const string MediaType = "application/x-ndjson";
    private const string Format = "plainproof-population/1";
    private static readonly JsonSerializerOptions AsWritten = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private readonly Lazy<RowTree> _tree = new(() => new RowTree(Rows.Select(row => RowTree.LeafOf(row.Salt, Encoding.UTF8.GetBytes(row.Text)))));

    public RowTree Tree => _tree.Value;

    public static FrozenRows Of(IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<KeyValuePair<string, string>>> rows) =>
        new(columns, [.. rows.Select(row => new FrozenRow(RowTree.NewSalt(), CanonicalRow.Of(row)))]);

    /// <param name="population">The id of the frozen population.</param>
    /// <param name="sample">The mark of the sample company; null for a real one.</param>
    public async Task<Sealed> SealAsync(Vault vault, string population, string? sample, CancellationToken stop)
    {
        using var bytes = new MemoryStream();
        Write(bytes, new JsonObject { [sample is null ? "is" : "SAMPLE"] = sample ?? "the rows of a frozen population, each with its salt", ["format"] = Format, ["population"] = population, ["rows"] = Rows.Count, ["root"] = Tree.Root.ToString(), ["columns"] = new JsonArray([.. Columns.Select(column => (JsonNode)column)]) });
        foreach (var row in Rows)
            Write(bytes, new JsonObject { ["salt"] = Convert.ToHexStringLower(row.Salt), ["row"] = row.Text });
        bytes.Position = 0;
        return await vault.KeepAsync(MediaType, bytes, stop);
    }

    /// <exception cref="EvidenceException">Not there, sealed with another key, or damaged.</exception>
    public static async Task<FrozenRows> OpenAsync(Vault vault, string digest, CancellationToken stop)
    {
        if (!Hash.TryParseHex(digest, out var hash))
            throw new EvidenceException($"The rows cannot be found: '{digest}' names no sealed file.");
        await using var bytes = vault.OpenRead(hash);
        using var lines = new StreamReader(bytes, Encoding.UTF8);
        var (columns, rows) = (new List<string>(), new List<FrozenRow>());
        while (await lines.ReadLineAsync(stop) is { } line)
        {
            var read = JsonNode.Parse(line)!;
            if (columns.Count == 0)
                columns.AddRange(read["columns"]!.AsArray().Select(column => (string)column!));
            else
                rows.Add(new FrozenRow(Convert.FromHexString((string)read["salt"]!), (string)read["row"]!));
        }

        return new FrozenRows(columns, rows);
    }

    /// <param name="index">From 0.</param>
    /// <param name="note">What its reader must know besides.</param>
    public RowFile FileOf(string population, int index, string? note) => new(population, index, Rows.Count, Rows[index].Salt, Rows[index].Text, Tree.PathOf(index), Tree.Root, note);

    private static void Write(MemoryStream bytes, JsonObject line)
    {
        bytes.Write(Encoding.UTF8.GetBytes(line.ToJsonString(AsWritten)));
        bytes.WriteByte((byte)'\n');
    }
}
