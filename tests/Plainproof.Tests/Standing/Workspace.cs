using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Plainproof.Cli;
using Plainproof.Storage;
using Plainproof.Tests.People;
using Plainproof.Tests.Servers;
using Plainproof.Tests.Web;

namespace Plainproof.Tests.Standing;

/// <summary>Acme's workspace: its people, and merges that were pushed and checked from the command line.</summary>
internal sealed partial class Workspace : IAsyncDisposable
{
    public const string Home = "/c/acme-gmbh";
    public const string Watched = "changes-approved";
    public const string GapPage = $"{Home}/gaps/{Watched}";

    /// <summary>Bob looked at the first merge. Nobody looked at the second.</summary>
    public const string Reviewed = """{"subject":"merge/1","value":{"id":"#1","repository":"shop","author":"ann","mergedBy":"bob","mergedAt":"2026-11-01T10:00:00Z","approvals":[{"by":"bob","at":"2026-11-01T09:00:00Z"}],"checksPassed":true,"tickets":["SEC-1"]}}""";
    public const string Unseen = """{"subject":"merge/2","value":{"id":"#2","repository":"shop","author":"ann","mergedBy":"ann","mergedAt":"2026-11-02T10:00:00Z","approvals":[],"checksPassed":true,"tickets":["SEC-1"]}}""";

    private readonly TemporaryFolder _folder = new();

    private Workspace(Office office, Visitor olga) => (Office, Olga) = (office, olga);

    public Office Office { get; }

    /// <summary>The owner's browser.</summary>
    public Visitor Olga { get; }

    public static async Task<Workspace> OpenAsync(bool postgresql)
    {
        var office = await Office.OpenAsync(postgresql);
        return new Workspace(office, await office.FirstOwnerAsync());
    }

    /// <summary>Pushes the merges and runs the checks, as somebody at a console does.</summary>
    public Task CheckAsync(params string[] merges) => CheckAsync("change.merge", "push:forge", ""","from":"2026-01-01","to":"2026-12-31" """, merges);

    /// <summary>Pushes facts of any kind, all there are, and runs the checks.</summary>
    public async Task CheckAsync(string kind, string scope, string window, params string[] facts)
    {
        var header = $$"""{"plainproof":"push/1","kind":"{{kind}}","scope":"{{scope}}","completeness":"complete","expected":{{facts.Length}},"says":"{{(kind == "change.merge" ? "All merges." : "All of them.")}}"{{window}}}""";
        var file = _folder.Write($"{(kind == "change.merge" ? "merges" : kind)}.jsonl", string.Join('\n', [header, .. facts]) + "\n");
        using var error = new StringWriter();
        var exit = await CommandLine.RunAsync(
            ["check", "--only", "--source", $"push={file}", "--company", "acme-gmbh", "--report", _folder.File("report.html"), "--data", Office.Data.Path], TextReader.Null, TextWriter.Null, error);
        if (exit != 0)
            throw new InvalidOperationException(error.ToString());
    }

    /// <summary>Sends a form that the visitor's own page does not offer, with a token that is theirs.</summary>
    public static Task ForgeAsync(Visitor visitor, string handler, params (string Name, string Value)[] typed) => ForgeAsync(GapPage, visitor, handler, typed);

    public static async Task ForgeAsync(string path, Visitor visitor, string handler, params (string Name, string Value)[] typed)
    {
        var token = Token().Match((await visitor.GetAsync("/me")).Html).Groups[1].Value;
        using var sent = await visitor.Client.PostAsync(path, new FormUrlEncodedContent([new("_handler", handler), new("form-token", token), .. typed.Select(one => KeyValuePair.Create(one.Name, one.Value))]));
    }

    /// <summary>A day as a form takes it.</summary>
    public string Day(int fromToday) => DateOnly.FromDateTime(Office.Clock.GetUtcNow().UtcDateTime).AddDays(fromToday).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>What the evidence log holds of gaps, as its kinds.</summary>
    public Task<IReadOnlyList<string>> GapEntriesAsync() => EntriesAsync("gap.%");

    /// <summary>The entries whose kind is like that, each with who did it.</summary>
    public async Task<IReadOnlyList<string>> EntriesAsync(string like)
    {
        await using var connection = await Office.Data.DatabaseOf("acme-gmbh").OpenAsync(default);
        return await connection.Command("SELECT kind, body FROM log_entry WHERE kind LIKE @like ORDER BY seq", ("like", like))
            .ListAsync(row => $"{row.GetString(0)} {JsonNode.Parse(row.GetFieldValue<byte[]>(1))!["predicate"]!["by"]}", default);
    }

    [GeneratedRegex("name=\"form-token\" value=\"([^\"]+)\"")]
    private static partial Regex Token();

    public async ValueTask DisposeAsync()
    {
        await Office.DisposeAsync();
        _folder.Dispose();
    }
}
