using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Plainproof.EndToEnd.Browser;
using Plainproof.EndToEnd.Program;
using Plainproof.Tests;
using Plainproof.Tests.Evidence;
using Plainproof.Tests.Servers;
using Plainproof.Tests.Web;
using Xunit;

namespace Plainproof.EndToEnd.World;

/// <summary>
/// Half a year of a small company, lived day by day in minutes: the built server reads a real OpenLDAP, PostgreSQL, Git and restic each night,
/// has its log stamped by two real time-stamp authorities, mails checkpoints, and is killed each week. OpenLDAP and PostgreSQL keep the real
/// time, since libfaketime breaks them. What goes wrong, and when, is known.
/// </summary>
public sealed partial class LivedWindow : IAsyncLifetime
{
    public const int Days = 184;
    public const int BackupsFail = 30;
    public const int BackupsWork = 37;
    public const int ServerStops = 60;
    public const int ServerBack = 64;
    public const int Pushed = 75;
    public const int Waived = 78;
    public const int WaiverEnds = 100;
    public const int BobLeaves = 110;
    public const int BobIsOff = 121;
    public const int Reworded = 112;
    public const int Uploaded = 150;
    public const int WorkDone = 40;
    public const int WorkApproved = 60;
    public const string Waivable = "changes-come-by-request";
    private const string Company = "acme-gmbh";
    private const string Owner = "olga@acme.example";
    private const string Password = "four-words-in-a-Row7";

    private readonly TemporaryFolder _folder = new();
    private readonly SteppedClock _clock;
    private readonly Desk _desk = new();
    private readonly int _port = Running.FreePort();
    private readonly List<string> _acknowledged = [];
    private HttpClient _client = null!;
    private SlapdServer _directory = null!;
    private PostgresServer _database = null!;
    private TestAuthority _first = null!;
    private TestAuthority _second = null!;
    private MailSink _mail = null!;
    private Started? _server;

    public LivedWindow() => _clock = new SteppedClock(_folder);

    /// <summary>The first day, as a date.</summary>
    internal DateOnly Begins { get; private set; }

    internal Desk Desk => _desk;

    internal int Kills { get; private set; }

    /// <summary>What people wrote, and the server said that it was stored.</summary>
    internal IReadOnlyList<string> Acknowledged => _acknowledged;

    internal string TypeOne { get; private set; } = "";

    internal string TypeTwo { get; private set; } = "";

    internal string File { get; private set; } = "";

    internal string CompanyFolder => Path.Combine(_desk.Data, "companies", Company);

    internal IReadOnlyList<TestAuthority> Authorities => [_first, _second];

    internal DateOnly Day(int day) => Begins.AddDays(day);

    /// <summary>When the systems are read on a day.</summary>
    internal DateTimeOffset Due(int day) => new(Day(day), new TimeOnly(2, 0), TimeSpan.Zero);

    public async ValueTask InitializeAsync()
    {
        await BeginAsync();
        for (var day = 1; day <= Days; day++)
            await LiveAsync(day);
    }

    public ValueTask DisposeAsync()
    {
        _server?.Dispose();
        _client?.Dispose();
        _mail?.Dispose();
        _first?.Dispose();
        _second?.Dispose();
        _database?.Dispose();
        _directory?.Dispose();
        _desk.Dispose();
        Running.Run("/bin/rm", "-rf", _folder.Path);
        return ValueTask.CompletedTask;
    }

    internal Uri Address => new($"http://localhost:{_port}");

    internal Task<string> LetterAsync() => _mail.LetterAsync();

    /// <summary>By the clock that is stepped.</summary>
    internal DateOnly Today => DateOnly.FromDateTime(_clock.Now.UtcDateTime);

    /// <summary>Two days after the last of the window, which an audit waits for.</summary>
    internal void GoPastTheEnd() => _clock.StepTo(Due(Days + 2) + TimeSpan.FromHours(6));

    /// <summary>The owner signs in with a browser.</summary>
    internal async Task SignInAsync(IPage olga)
    {
        await olga.GotoAsync("/sign-in?return=%2Fcompanies");
        await olga.GetByLabel("E-mail address").FillAsync(Owner);
        await olga.GetByLabel("Password").FillAsync(Password);
        await olga.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
        await olga.ArriveAsync("/companies");
    }

    internal async Task<JsonNode> GetAsync(string path) => (await SendAsync(HttpMethod.Get, path, null))!;

    /// <summary>A page as a person sees it who signs in now.</summary>
    internal async Task<Seen> PageAsync(string path)
    {
        using var visitor = new Visitor(new Uri($"http://localhost:{_port}"), follow: true);
        await visitor.SubmitAsync(await visitor.GetAsync("/sign-in?return=%2Fcompanies"), [("email", Owner), ("password", Password)], "value=\"password\"");
        return await visitor.GetAsync($"/c/{Company}{path}");
    }

    internal async Task<JsonNode?> SendAsync(HttpMethod method, string path, string? body, string mediaType = "application/json")
    {
        using var answer = await AnswerAsync(method, path, body, mediaType);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{method} {path} gave {(int)answer.StatusCode}: {text}");
        return text.Length == 0 ? null : JsonNode.Parse(text);
    }

    /// <summary>
    /// Kestrel looks once a second whether the head of a request took too long. When the clock is stepped while a head arrives in two parts,
    /// it answers 408 before anything of ours is asked. Who gets that asks again (RFC 9110, section 15.5.9).
    /// </summary>
    private async Task<HttpResponseMessage> AnswerAsync(HttpMethod method, string path, string? body, string mediaType)
    {
        for (var again = true; ; again = false)
        {
            using var request = new HttpRequestMessage(method, $"/api/v1/companies/{Company}{path}");
            if (body is not null)
                request.Content = new StringContent(body, Encoding.UTF8, mediaType);
            var answer = await _client.SendAsync(request);
            if (!again || answer.StatusCode != HttpStatusCode.RequestTimeout)
                return answer;
            answer.Dispose();
            await Task.Delay(TimeSpan.FromSeconds(1.5)); // Past its next look.
        }
    }

    private async Task BeginAsync()
    {
        Begins = DateOnly.FromDateTime(DateTime.UtcNow).AddDays(1);
        await StartSystemsAsync();
        foreach (var (name, value) in _clock.Environment)
            _desk.Environment[name] = value;
        Directory.CreateDirectory(_desk.Data);
        await System.IO.File.WriteAllTextAsync(Path.Combine(_desk.Data, "config.json"), new JsonObject
        {
            ["timestampAuthorities"] = new JsonArray([.. Authorities.Select(one => new JsonObject { ["name"] = one.Name, ["address"] = one.Address.ToString(), ["roots"] = one.CaFile })]),
            ["mail"] = new JsonObject { ["host"] = "127.0.0.1", ["port"] = _mail.Port, ["from"] = "plainproof@acme.example", ["encryption"] = "none" },
        }.ToJsonString());
        _clock.StepTo(new DateTimeOffset(Begins, new TimeOnly(3, 0), TimeSpan.Zero));
        await StartServerAsync();
        using var olga = new Visitor(new Uri($"http://localhost:{_port}"), follow: true);
        var first = await _server!.LineAsync("Nobody has an account yet.");
        var joined = await olga.SubmitAsync(await olga.GetAsync(first[first.IndexOf("http", StringComparison.Ordinal)..]), [("name", "Olga"), ("email", Owner), ("password", Password), ("company", "Acme GmbH")]);
        Assert.True(joined.Address.AbsolutePath == "/companies", joined.Text);
        await TokenAsync(olga);
        await ConnectAsync(olga);
        await olga.SubmitAsync(await olga.GetAsync($"/c/{Company}/log"), [("address", "auditor@cpa.example")], "value=\"ask\"");
        await PushPeopleAsync(0);
        BackUp();
        await ReadNowAsync();
        foreach (var account in (await GetAsync("/accounts?orphans=true"))["accounts"]!.AsArray())
            await SendAsync(HttpMethod.Post, "/accounts/owners", new JsonObject { ["account"] = (string)account!["account"]!, ["owner"] = "ann@ex.test", ["service"] = true }.ToJsonString());
        await ReadNowAsync();
        TypeOne = Id(await SendAsync(HttpMethod.Post, "/engagements", $$"""{ "title": "Type I", "kind": "typeOne", "ends": "{{Iso(1)}}", "hoursPerWeek": 10, "firm": "Harrow & Pike" }"""));
        TypeTwo = Id(await SendAsync(HttpMethod.Post, "/engagements", $$"""{ "title": "Type II", "kind": "typeTwo", "begins": "{{Iso(1)}}", "ends": "{{Iso(Days)}}", "hoursPerWeek": 10, "firm": "Harrow & Pike" }"""));
    }

    private async Task LiveAsync(int day)
    {
        await HappenAsync(day);
        if (day is >= ServerStops and < ServerBack)
        {
            StopServer();
            return;
        }

        _clock.StepTo(Due(day) + TimeSpan.FromMinutes(1));
        if (_server is null)
            await StartServerAsync();
        if (day % 7 == 0)
            await KillWhileReadingAsync(day);
        await ReadAsync(day);
        await PeopleActAsync(day);
    }

    /// <summary>What happens in the company, whoever watches.</summary>
    private async Task HappenAsync(int day)
    {
        _clock.StepTo(Due(day) - TimeSpan.FromMinutes(30));
        if (day is < BackupsFail or >= BackupsWork)
            BackUp();
        if (day % 10 == 0)
            Commit($"Change number {day} (#{day})", "GitHub", "noreply@github.com");
        if (day == Pushed)
            Commit("Push it straight", "Ann Lee", "ann@ex.test");
        if (day % 14 == 1)
            foreach (var account in new[] { "uid=ann,ou=people", "uid=bob,ou=people", "uid=carl,ou=people", "cn=plainproof" }.Where(account => account != "uid=bob,ou=people" || day < BobIsOff))
                SignIn($"{account},{SlapdServer.Suffix}");
        if (day == BobIsOff)
            Running.Run("ldapdelete", "-x", "-H", $"ldap://127.0.0.1:{_directory.PlainPort}", "-D", $"cn=admin,{SlapdServer.Suffix}", "-w", "admin", $"uid=bob,ou=people,{SlapdServer.Suffix}");
        if (_server is not null && (day % 3 == 0 || day is BobLeaves or ServerBack))
            await PushPeopleAsync(day);
    }

    /// <summary>slapd cannot run by this clock, so that the time of a sign-in is entered as its overlay enters it.</summary>
    private void SignIn(string dn) => Running.Run(
        "ldapmodify", $"dn: {dn}\nchangetype: modify\nreplace: authTimestamp\nauthTimestamp: {_clock.Now.UtcDateTime:yyyyMMddHHmmss}Z\n",
        ["-x", "-e", "!relax", "-H", $"ldap://127.0.0.1:{_directory.PlainPort}", "-D", $"cn=admin,{SlapdServer.Suffix}", "-w", "admin"]);

    /// <summary>What the people of the company do with Plainproof after the night's reading.</summary>
    private async Task PeopleActAsync(int day)
    {
        if (day % 7 == 3)
        {
            await SendAsync(HttpMethod.Post, $"/gaps/{Waivable}/comments", $$"""{ "text": "Week {{day / 7}}: we looked." }""");
            _acknowledged.Add($"Week {day / 7}: we looked.");
        }

        if (day == Waived)
            await SendAsync(HttpMethod.Post, $"/gaps/{Waivable}/waivers", $$"""{ "reason": "One urgent repair. We look at it after the release.", "until": "{{Iso(WaiverEnds)}}" }""");
        if (day == Reworded)
            await SendAsync(HttpMethod.Put, "/controls/CHG-01/wording", $$"""{ "title": "Changes are looked at", "statement": "A second engineer approves each change of the product before it is merged.", "owner": "Head of engineering", "frequency": "each change", "begins": "{{Iso(day)}}", "why": "Two teams became one." }""");
        if (day == Uploaded)
            await UploadAsync();
    }

    /// <summary>A ticket about work of long ago, which was approved after it was done.</summary>
    private async Task UploadAsync()
    {
        var told = new JsonObject { ["doneOn"] = Iso(WorkDone), ["approvedOn"] = Iso(WorkApproved), ["askedBy"] = "Ann Lee", ["approver"] = "Carl Poe" }.ToJsonString();
        File = (string)(await SendAsync(
            HttpMethod.Post, $"/files?about=control:AC-06&name=ticket.txt&says=Access+for+Carl&kind=ticket&told={Uri.EscapeDataString(told)}", "Carl gets access to the billing system.", "application/octet-stream"))!["id"]!;
    }

    private async Task ReadAsync(int day)
    {
        for (var tries = 0; tries < 6; tries++)
        {
            var limit = Stopwatch.StartNew();
            while (limit.Elapsed < TimeSpan.FromSeconds(90))
            {
                var runs = await RunsOfAsync(day);
                if (runs.Count == 4 && runs.All(run => run["endedAt"] is not null))
                    return;
                if (limit.Elapsed > TimeSpan.FromSeconds(2) && WaitForLater(runs))
                    break;
                await Task.Delay(100);
            }

            _clock.StepTo(_clock.Now + TimeSpan.FromMinutes(41)); // A run that was broken off is tried again after a while.
        }

        Assert.Fail($"The systems were not read on day {day}: {string.Join('\n', (await RunsOfAsync(day)).Select(run => run.ToJsonString()))}");
    }

    /// <summary>Nothing is being read, and what was broken off has its turn after a while.</summary>
    private static bool WaitForLater(IReadOnlyList<JsonNode> runs) =>
        runs.Where(run => run["endedAt"] is null).ToList() is var open && open.All(run => run["startedAt"] is null) && open.Any(run => (int)run["attempts"]! > 0);

    private async Task ReadNowAsync()
    {
        var run = (string)(await SendAsync(HttpMethod.Post, "/runs", "{}"))!["run"]!;
        while ((string?)(await GetAsync($"/runs/{run}"))["state"] == "running")
            await Task.Delay(50);
    }

    private async Task<IReadOnlyList<JsonNode>> RunsOfAsync(int day) =>
        [.. (await GetAsync("/planned-runs?days=1"))["plannedRuns"]!.AsArray().Select(run => run!).Where(run => (DateTimeOffset)run["dueAt"]! == Due(day))];

    /// <summary>In the middle of a reading, a little later each week.</summary>
    private async Task KillWhileReadingAsync(int day)
    {
        var limit = Stopwatch.StartNew();
        while (limit.Elapsed < TimeSpan.FromSeconds(10) && (await RunsOfAsync(day)).All(run => run["startedAt"] is null))
            await Task.Delay(10);
        await Task.Delay(day * 3);
        StopServer();
        Kills++;
        _clock.StepTo(_clock.Now + TimeSpan.FromMinutes(11)); // What was broken off is tried again after a while.
        await StartServerAsync();
    }

    /// <summary>As <c>kill -9</c>.</summary>
    private void StopServer()
    {
        _server?.Dispose();
        _server = null;
    }

    private async Task StartServerAsync()
    {
        _server = _desk.Start(["serve", "--address", $"http://localhost:{_port}"]);
        await _server.LineAsync("Plainproof is open at ");
    }

    private async Task StartSystemsAsync()
    {
        _first = await TestAuthority.StartAsync("first", environment: _clock.Environment, days: 400);
        _second = await TestAuthority.StartAsync("second", environment: _clock.Environment, days: 400);
        _mail = MailSink.Start();
        _directory = SlapdServer.Start(
            $"\ndn: cn=default,ou=policies,{SlapdServer.Suffix}\nobjectClass: device\nobjectClass: pwdPolicy\ncn: default\npwdAttribute: userPassword\npwdMinLength: 14\npwdCheckQuality: 2\npwdLockout: TRUE\npwdMaxFailure: 5\npwdLockoutDuration: 1800\npwdInHistory: 10\n"
            + SlapdServer.Person("ann", "Ann Lee", "mail: ann@ex.test") + SlapdServer.Person("bob", "Bob Ray", "mail: bob@ex.test") + SlapdServer.Person("carl", "Carl Poe", "mail: carl@ex.test"));
        var certificates = TestCertificates.In(_folder);
        _database = PostgresServer.StartSound(
            await System.IO.File.ReadAllTextAsync(certificates.Certificate), await System.IO.File.ReadAllTextAsync(certificates.Key), Password,
            ["local all all peer", "hostssl all all 0.0.0.0/0 scram-sha-256"], new Dictionary<string, string> { ["archive_command"] = "false", ["fsync"] = "off" });
        _folder.Write("shop/a", "a");
        _folder.Write("password", Password + "\n");
        Restic("init");
        BeginCode();
    }

    private void BeginCode()
    {
        Directory.CreateDirectory(_folder.File("site"));
        Running.Run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", _folder.File("signing"));
        Git(null, "init", "-q", "-b", "main");
        _folder.Write("site/.github/workflows/ci.yml", "on: push\n");
        _folder.Write("site/.github/CODEOWNERS", "* @ann\n");
        Commit("Begin the site (#1)", "GitHub", "noreply@github.com");
    }

    private void Commit(string message, string committer, string email)
    {
        _folder.Write("site/app.py", $"print('{message}')\n");
        Git(null, "add", "-A");
        var at = _clock.Now.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        Git(new() { ["GIT_COMMITTER_NAME"] = committer, ["GIT_COMMITTER_EMAIL"] = email, ["GIT_COMMITTER_DATE"] = at, ["GIT_AUTHOR_DATE"] = at }, "commit", "-q", "-m", message);
    }

    private void Git(Dictionary<string, string>? environment, params string[] arguments) =>
        Running.Run("git", null, ["-C", _folder.File("site"), "-c", "user.name=Ann Lee", "-c", "user.email=ann@ex.test", "-c", "gpg.format=ssh", "-c", $"user.signingkey={_folder.File("signing")}", "-c", "commit.gpgsign=true", .. arguments], environment);

    private void BackUp() => Restic("backup", "--host", "db1", "--time", _clock.Now.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture), _folder.File("shop"));

    private void Restic(params string[] command) => Running.Run("restic", ["-r", _folder.File("repo"), "--password-file", _folder.File("password"), "--no-cache", "-q", .. command]);

    private async Task ConnectAsync(Visitor olga)
    {
        await ConnectAsync(olga, "directory",
            ("address", $"ldaps://127.0.0.1:{_directory.TlsPort}"), ("option.user", SlapdServer.Reader), ("option.base", SlapdServer.Suffix), ("option.default-policy", $"cn=default,ou=policies,{SlapdServer.Suffix}"),
            ("withheld.ca", await System.IO.File.ReadAllTextAsync(_directory.Certificates.Authority)), ("withheld.password", SlapdServer.ReaderPassword));
        await ConnectAsync(olga, "postgresql",
            ("address", $"postgresql://reader@localhost:{_database.Port}/postgres"), ("option.sslmode", "verify-full"),
            ("withheld.ca", await System.IO.File.ReadAllTextAsync(_folder.File("server-ca.pem"))), ("withheld.password", Password));
        await ConnectAsync(olga, "git", ("address", _folder.File("site")), ("option.since", "200"));
        await ConnectAsync(olga, "restic", ("address", _folder.File("repo")), ("option.name", "main"), ("option.expect", $"db1:{_folder.File("shop")}"), ("withheld.password", Password));
    }

    private static async Task ConnectAsync(Visitor olga, string source, params (string, string)[] typed)
    {
        var before = Connections(await olga.GetAsync($"/c/{Company}/sources"));
        var connected = await olga.SubmitAsync(await olga.GetAsync($"/c/{Company}/sources/add/{source}"), [("name", source), .. typed, ("act", "connect")], "value=\"connect\"");
        Assert.True(connected.Address.AbsolutePath.EndsWith("/sources", StringComparison.Ordinal), connected.Text);
        var path = Assert.Single(Connections(connected).Except(before));
        Assert.Contains("UTC time", (await olga.SubmitAsync(await olga.GetAsync(path), [("how-often", "daily"), ("weekday", "monday"), ("time", "02:00"), ("zone", "UTC")], "value=\"schedule\"")).Text, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Connections(Seen page) => ConnectionLink().Matches(page.Html).Select(match => match.Value).Distinct();

    private async Task TokenAsync(Visitor olga)
    {
        var made = await olga.SubmitAsync(
            await olga.GetAsync($"/c/{Company}/tokens"),
            [("name", "lived"), ("until", Iso(Days + 20)), .. new[] { "read", "work", "push", "collect" }.Select(scope => (scope, "yes"))], "value=\"make\"");
        _client = new HttpClient { BaseAddress = new Uri($"http://localhost:{_port}"), Timeout = TimeSpan.FromMinutes(2) };
        _client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token().Match(made.Html).Groups[1].Value);
    }

    private async Task PushPeopleAsync(int day)
    {
        string[] people = [Person("ann", "Ann Lee", null), Person("bob", "Bob Ray", day >= BobLeaves ? Iso(BobLeaves) : null), Person("carl", "Carl Poe", null)];
        await SendAsync(HttpMethod.Post, "/facts/person.core?name=hr&completeness=complete&expected=3&says=All+of+them", string.Join('\n', people), "application/x-ndjson");
    }

    private string Person(string uid, string name, string? left) =>
        new JsonObject { ["subject"] = $"person/{uid}", ["value"] = new JsonObject { ["name"] = name, ["email"] = $"{uid}@ex.test", ["joinedOn"] = "2020-01-01", ["leftOn"] = left } }.ToJsonString();

    private string Iso(int day) => Day(day).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Id(JsonNode? answer) => (string)answer!["engagement"]!["id"]!;

    [GeneratedRegex("/c/acme-gmbh/sources/connections/[0-9a-f-]{36}")]
    private static partial Regex ConnectionLink();

    [GeneratedRegex("class=\"link-box\">(pp_[A-Za-z0-9_-]{43})<")]
    private static partial Regex Token();
}
