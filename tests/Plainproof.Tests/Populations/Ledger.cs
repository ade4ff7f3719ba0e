using System.Globalization;
using System.Text.Json.Nodes;
using Plainproof.Cli;
using Plainproof.Facts;
using Plainproof.Storage;
using Plainproof.Tests.People;
using Plainproof.Tests.Servers;
using Plainproof.Tests.Web;

namespace Plainproof.Tests.Populations;

/// <summary>Four weeks of Acme, lived day by day: its systems are read by pushed lists, the window is day 1 to day 28.</summary>
internal sealed class Ledger : IAsyncDisposable
{
    public const string Home = "/c/acme-gmbh";
    public const int LastDay = 28;
    private static readonly int[] Looks = [0, 6, 12, 18, 24, 30];
    private readonly TemporaryFolder _folder = new();
    private readonly DateTimeOffset _begins;

    private Ledger(Office office, Visitor olga) => (Office, Olga, _begins) = (office, olga, new DateTimeOffset(office.Clock.GetUtcNow().UtcDateTime.Date.AddDays(1), TimeSpan.Zero));

    public Office Office { get; }

    /// <summary>The owner's browser, signed in anew whenever days went by.</summary>
    public Visitor Olga { get; private set; }

    public string Days => $"?from={Day(1)}&to={Day(LastDay)}";

    public static async Task<Ledger> OpenAsync(bool postgresql)
    {
        var office = await Office.OpenAsync(postgresql);
        return new Ledger(office, await office.FirstOwnerAsync());
    }

    public string Day(int day) => _begins.AddDays(day).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public string At(int day, double hour = 10) => _begins.AddDays(day).AddHours(hour).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>Goes through the looks of four weeks, each early in the morning; the last is after the end.</summary>
    public async Task LiveAsync(Func<int, Task> look)
    {
        foreach (var day in Looks)
        {
            GoTo(day);
            await look(day);
        }

        await SignInAsync();
    }

    /// <summary>A session does not last for days.</summary>
    public async Task SignInAsync() => (Olga, _) = await Office.SignInAsync(Office.Owner, Office.Password);

    public void GoTo(int day) => Office.Clock.Shift += _begins.AddDays(day).AddHours(3) - Office.Clock.GetUtcNow();

    /// <summary>One reading of one system: the whole of a list.</summary>
    public async Task PushAsync(string kind, string name, params IEnumerable<(string Subject, JsonObject Value)> facts)
    {
        var lines = facts.Select(fact => new JsonObject { ["subject"] = fact.Subject, ["value"] = fact.Value }.ToJsonString()).ToList();
        var (exit, said) = await RunAsync("push", kind, _folder.Write($"{Guid.NewGuid():N}.jsonl", string.Concat(lines.Select(line => line + "\n"))), "--name", name, "--completeness", "complete", "--expected", lines.Count.ToString(CultureInfo.InvariantCulture));
        if (exit != 0)
            throw new InvalidOperationException(said);
    }

    /// <summary>A look at a system that came to nothing.</summary>
    public async Task RefusedAsync<T>(string scope)
    {
        await using var store = await CompanyStore.OpenAsync(Office.Data, "acme-gmbh", Office.Clock, default);
        await using var writer = await store.BeginCollectionAsync("push", 1, null, scope, "1.0.0", Office.Clock.GetUtcNow(), default);
        await writer.CoverAsync(new Coverage(Aspect.Of<T>(), scope, Completeness.Denied, "The token was revoked.", "Make a new one."), default);
        await writer.FinishAsync(Office.Clock.GetUtcNow(), Completeness.Denied, null, default);
    }

    public async Task<(int Exit, string Said)> RunAsync(params string[] command)
    {
        using var said = new StringWriter();
        var exit = await CommandLine.RunAsync([.. command, "--company", "acme-gmbh", "--data", Office.Data.Path], TextReader.Null, said, said, Office.Clock);
        return (exit, said.ToString());
    }

    public string Write(string name, string text) => _folder.Write(name, text);

    public async Task<IReadOnlyList<JsonNode>> EntriesAsync(string kind)
    {
        await using var connection = await Office.Data.DatabaseOf("acme-gmbh").OpenAsync(default);
        return await connection.Command("SELECT body FROM log_entry WHERE kind = @kind ORDER BY seq", ("kind", kind)).ListAsync(row => JsonNode.Parse(row.GetFieldValue<byte[]>(0))!["predicate"]!, default);
    }

    public (string, JsonObject) Person(string name, int joined, int? left = null) => (
        $"person/{name}", new JsonObject { ["name"] = name, ["email"] = $"{name}@acme.example", ["joinedOn"] = Day(joined), ["leftOn"] = left is { } day ? Day(day) : null });

    public (string, JsonObject) Account(string name, bool on, int made = -400) => (
        $"account/{name}", new JsonObject { ["name"] = name, ["enabled"] = on, ["nature"] = "person", ["email"] = $"{name}@acme.example", ["emailVerified"] = true, ["createdAt"] = At(made) });

    public (string, JsonObject) Merge(int number, int day, string? approvedBy, string title = "A change", double approvedHour = 9) => (
        $"merge/{number}", new JsonObject
        {
            ["id"] = $"#{number}",
            ["repository"] = "acme/shop",
            ["author"] = "ann",
            ["mergedBy"] = "ann",
            ["mergedAt"] = At(day),
            ["title"] = title,
            ["checksPassed"] = true,
            ["approvals"] = approvedBy is null ? new JsonArray() : new JsonArray(new JsonObject { ["by"] = approvedBy, ["at"] = At(day, approvedHour) }),
            ["tickets"] = new JsonArray("T-1"),
        });

    public (string, JsonObject) Commit(string sha, int day, int? request) => (
        $"commit/{sha}", new JsonObject
        {
            ["sha"] = sha,
            ["authorName"] = "Ann",
            ["authorEmail"] = "ann@acme.example",
            ["committerName"] = "Ann",
            ["committerEmail"] = "ann@acme.example",
            ["at"] = At(day),
            ["summary"] = $"Change {sha}",
            ["arrival"] = request is null ? "direct" : "codeHost",
            ["signature"] = "none",
            ["repository"] = "shop",
            ["request"] = request is { } number ? $"{number}" : null,
        });

    public (string, JsonObject) Grant(string who, int day, int approvedDay, string? ticket) => (
        $"grant/{who}", new JsonObject
        {
            ["for"] = who,
            ["access"] = "shop: write",
            ["grantedAt"] = At(day),
            ["requestedBy"] = "ann",
            ["approvedBy"] = "bob",
            ["approvedAt"] = At(approvedDay, 8),
            ["ticket"] = ticket,
        });

    public async ValueTask DisposeAsync()
    {
        await Office.DisposeAsync();
        _folder.Dispose();
    }
}
