using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Plainproof.Cli;
using Plainproof.Facts;
using Plainproof.Storage;

namespace Plainproof.Features.Papers;

/// <summary>Whose words a drawn sentence has.</summary>
internal enum Wording
{
    /// <summary>The company's own words or data.</summary>
    Own,

    /// <summary>Our standard words. Many companies send the same.</summary>
    Standard,
}

/// <summary>Where a drawn sentence comes from.</summary>
/// <param name="Says">In words. What rests on an answer of the interview says that it is a claim (law 2).</param>
/// <param name="Page">The page that shows it, inside the company; begins with a slash.</param>
/// <param name="Ids">The records, facts or entries behind it.</param>
internal sealed record Trace(string Says, string Page, IReadOnlyList<string> Ids, Wording Wording = Wording.Own);

/// <summary>Who typed a sentence.</summary>
/// <param name="Why">Why it stands where a drawn one stood; empty where none did.</param>
/// <param name="Instead">The drawn text that it stands for; null where none did.</param>
internal sealed record Typing(string By, DateTimeOffset At, string Why, string? Instead);

/// <summary>One sentence of a paper, or one row of a table in it. It is drawn from data, or a person typed it; never neither.</summary>
/// <param name="Key">The same each time it is drawn, so that versions can be held against each other.</param>
/// <param name="Cells">One text; in a table one for each column.</param>
internal sealed record Sentence(string Key, IReadOnlyList<string> Cells, Trace? Trace, Typing? Typed)
{
    /// <summary>Stands between the cells of a row where it is one text.</summary>
    public const string Bar = " | ";

    private const string AskedKey = "asked/";

    [JsonIgnore]
    public string Text => string.Join(Bar, Cells);

    /// <summary>It only asks for what no data tells.</summary>
    [JsonIgnore]
    public bool IsAsked => Typed is null && Key.StartsWith(AskedKey, StringComparison.Ordinal);

    public static Sentence Drawn(string key, Trace trace, params IReadOnlyList<string> cells) => new(key, cells, trace, null);

    /// <summary>A gap in the text that everybody sees, and that a person has to fill.</summary>
    /// <param name="what">What to say, as an order without a full stop.</param>
    public static Sentence Asked(string key, string what, string page) =>
        Drawn(AskedKey + key, new Trace("No data tells this yet.", page, [], Wording.Standard), $"[{what}]");
}

/// <summary>A drawn sentence that a person left out, with the reason. It stays with the paper.</summary>
internal sealed record LeftOut(string Key, string Text, string Why, string By, DateTimeOffset At);

/// <param name="Columns">Of a table; none where the section is prose.</param>
internal sealed record Section(string Id, string Title, IReadOnlyList<string> Columns, IReadOnlyList<Sentence> Sentences, IReadOnlyList<LeftOut> LeftOut)
{
    public static Section Of(string id, string title, IEnumerable<Sentence> sentences) => new(id, title, [], [.. sentences], []);

    public static Section Table(string id, string title, IReadOnlyList<string> columns, IEnumerable<Sentence> rows) => new(id, title, columns, [.. rows], []);

    /// <summary>A typed sentence in a section with a table stands beneath it.</summary>
    public bool IsRow(Sentence sentence) => Columns.Count > 0 && sentence.Cells.Count == Columns.Count;
}

/// <summary>A whole paper: what is saved, hashed and signed.</summary>
internal sealed record PaperText(IReadOnlyList<Section> Sections)
{
    public IEnumerable<Sentence> Sentences => Sections.SelectMany(section => section.Sentences);

    public string ToJson() => Sql.Clean(JsonText.Of(new { sections = Sections }));

    public static PaperText Parse(string json) => JsonSerializer.Deserialize<PaperText>(json, FactJson.Options)!;

    /// <summary>SHA-256 of the UTF-8 bytes, in hexadecimal: what a signature locks.</summary>
    public static string DigestOf(string json) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(json)));
}
