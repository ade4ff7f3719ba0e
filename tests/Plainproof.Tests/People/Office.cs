using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Plainproof.Storage;
using Plainproof.Tests.Servers;
using Plainproof.Tests.Storage;
using Plainproof.Tests.Web;
using Xunit;

namespace Plainproof.Tests.People;

/// <summary>A workspace with its people: the site, a first owner, and others who come by invitation, on either database.</summary>
internal sealed partial class Office : IAsyncDisposable
{
    public const string Password = "correct horse battery staple";
    public const string Owner = "olga@acme.example";
    private readonly RunningSite _site;
    private readonly string? _database;
    private readonly List<Visitor> _visitors = [];

    private Office(RunningSite site, string? database, List<string> said, ShiftedClock clock) => (_site, _database, Said, Clock) = (site, database, said, clock);

    /// <summary>What the console was told.</summary>
    public List<string> Said { get; }

    public ShiftedClock Clock { get; }

    public RunningSite Site => _site;

    public DataFolder Data => (DataFolder)_site.Services.GetService(typeof(DataFolder))!;

    public static async Task<Office> OpenAsync(bool postgresql, JsonObject? config = null, Uri? address = null)
    {
        var (said, clock) = (new List<string>(), new ShiftedClock());
        var database = postgresql ? MigratedDatabase.New() : null;
        config ??= [];
        if (database is not null)
            config["postgresql"] = database;
        return new Office(await RunningSite.StartAsync(settings => settings with { Say = said.Add, Clock = clock, Address = address ?? settings.Address }, config.ToJsonString()), database, said, clock);
    }

    /// <summary>A browser of its own.</summary>
    public Visitor Visit(bool follow = true)
    {
        var visitor = _site.Visit(follow);
        visitor.Client.DefaultRequestHeaders.Add("Origin", _site.Address.GetLeftPart(UriPartial.Authority));
        _visitors.Add(visitor);
        return visitor;
    }

    /// <summary>Olga, the first owner, of Acme.</summary>
    public async Task<Visitor> FirstOwnerAsync()
    {
        var olga = Visit();
        var page = await olga.GetAsync(LinkIn(Assert.Single(Said)));
        var joined = await olga.SubmitAsync(page, [("name", "Olga"), ("email", Owner), ("password", Password), ("company", "Acme GmbH")]);
        Assert.EndsWith("/companies", joined.Address.AbsolutePath, StringComparison.Ordinal);
        return olga;
    }

    /// <summary>Lets somebody in by invitation and comes back with their browser.</summary>
    public async Task<Visitor> JoinAsync(Visitor inviter, string email, string role, string company = "acme-gmbh", string firm = "")
    {
        var link = LinkIn((await InviteAsync(inviter, email, role, company, firm)).Html);
        var visitor = Visit();
        var joined = await visitor.SubmitAsync(await visitor.GetAsync(link), [("name", email.Split('@')[0]), ("password", Password)]);
        Assert.True(joined.Address.AbsolutePath == "/companies", joined.Text);
        return visitor;
    }

    public async Task<Seen> InviteAsync(Visitor inviter, string email, string role, string company = "acme-gmbh", string firm = "") =>
        await inviter.SubmitAsync(await inviter.GetAsync($"/c/{company}/people"), [("email", email), ("role", role), ("firm", firm)], "value=\"invite\"");

    public async Task<(Visitor Visitor, Seen Page)> SignInAsync(string email, string password, string then = "/companies")
    {
        var visitor = Visit();
        return (visitor, await SignInAsync(visitor, email, password, then));
    }

    public static async Task<Seen> SignInAsync(Visitor visitor, string email, string password, string then = "/companies") =>
        await visitor.SubmitAsync(await visitor.GetAsync($"/sign-in?return={Uri.EscapeDataString(then)}"), [("email", email), ("password", password)], "value=\"password\"");

    public static string LinkIn(string text) => WebUtility.HtmlDecode(Link().Match(text).Value);

    public async ValueTask DisposeAsync()
    {
        foreach (var visitor in _visitors)
            visitor.Dispose();
        await _site.DisposeAsync();
        if (_database is not null)
            PostgresServer.Shared.Drop(_database);
    }

    [GeneratedRegex("/(first-owner|invitation)\\?token=[\\w-]+")]
    private static partial Regex Link();
}

/// <summary>The machine's clock, moved by as much as a test says.</summary>
internal sealed class ShiftedClock : TimeProvider
{
    public TimeSpan Shift { get; set; }

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Shift;
}
