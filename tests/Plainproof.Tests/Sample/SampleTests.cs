using System.Data.Common;
using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Plainproof.Catalog;
using Plainproof.Features.Interview;
using Plainproof.Storage;
using Plainproof.Storage.Archives;
using Plainproof.Storage.Records;
using Plainproof.Tests.People;
using Plainproof.Tests.Servers;
using Plainproof.Tests.Web;
using Xunit;

namespace Plainproof.Tests.Sample;

public sealed class SampleOnSqlite(SampleSiteOnSqlite site) : SampleTests(site), IClassFixture<SampleSiteOnSqlite>
{
    [Fact]
    public async Task The_mark_comes_back_with_a_backup()
    {
        using var folder = new TemporaryFolder();
        var (again, zip) = (folder.File("again"), folder.File("backup.zip"));
        Assert.Equal(0, (await Site.RunAsync("backup", zip)).Exit);
        await new DataRestore(zip, again, TimeProvider.System).RunAsync(default);
        using var said = new StringWriter();
        Assert.Equal(2, await Cli.CommandLine.RunAsync(["check", "--company", "sample", "--only", "--source", "host", "--report", folder.File("r.html"), "--data", again], TextReader.Null, said, said));
        Assert.Contains("This is the sample company.", said.ToString(), StringComparison.Ordinal);
        Assert.Equal(0, await Cli.CommandLine.RunAsync(["verify", Path.Combine(again, "companies", "sample")], TextReader.Null, TextWriter.Null, said));
    }

    [Fact]
    public async Task A_company_that_had_the_name_before_is_never_made_a_sample()
    {
        using var folder = new TemporaryFolder();
        var data = DataFolder.Open(folder.File("data"));
        await using (var store = await CompanyStore.OpenAsync(data, "sample", TimeProvider.System, default))
        {
            await using var connection = await store.Database.OpenAsync(default);
            await connection.Command("INSERT INTO collection (company, id, source, source_version, scope, tool_version, completeness, started_at, finished_at) VALUES ('sample', '1', 'host', 1, 'host:a', '1.0.0', 'complete', 1, 1)").RunAsync(default);
        }

        using var said = new StringWriter();
        Assert.Equal(2, await Cli.CommandLine.RunAsync(["sample", "make", "--data", data.Path], TextReader.Null, said, said));
        Assert.Contains("a real company never becomes a sample", said.ToString(), StringComparison.Ordinal);
        Assert.Equal(0, await Cli.CommandLine.RunAsync(["sample", "remove", "--data", data.Path], TextReader.Null, said, said));
        Assert.Contains("There is no sample company here.", said.ToString(), StringComparison.Ordinal);
        Assert.True(Directory.Exists(data.CompanyRoot("sample")));
    }
}

public sealed class SampleOnPostgresql(SampleSiteOnPostgresql site) : SampleTests(site), IClassFixture<SampleSiteOnPostgresql>
{
    [Fact]
    public async Task The_mark_comes_back_with_a_backup()
    {
        using var folder = new TemporaryFolder();
        var zip = folder.File("backup.zip");
        Assert.Equal(0, (await Site.RunAsync("backup", zip)).Exit);
        var empty = PostgresServer.Shared.NewDatabase();
        try
        {
            using var archive = ArchiveReader.Open(zip);
            var database = new PostgresqlDatabase("sample", empty);
            await new Migrator(database, TimeProvider.System).RunAsync(default);
            var within = await PostgresqlRows.ImportAsync(database, archive, [.. archive.Manifest.Files.Where(file => Manifest.IsRows(file.Path) && Manifest.CompanyOf(file.Path) == "sample")], default);
            await using (var connection = within.Connection!)
            {
                await within.CommitAsync(default);
                await within.DisposeAsync();
            }

            Assert.NotNull(await SampleMark.FindAsync(database, default));
            var refused = await Assert.ThrowsAsync<DataProblem>(() => SampleMark.RefuseAsync(database, "Nothing was read.", default));
            Assert.Contains("This is the sample company.", refused.Why, StringComparison.Ordinal);
            database.Release();
        }
        finally
        {
            PostgresServer.Shared.Drop(empty);
        }
    }
}

/// <summary>The sample company: everybody may look at it, every page says what it is, and nothing real gets in.</summary>
public abstract partial class SampleTests(SampleSite site)
{
    private const string Home = "/c/sample";
    private const int OfOneShape = 4;

    private static readonly string[] Pages =
    [
        "", "/gaps", "/gaps/*", "/criteria", "/criteria/*", "/controls", "/controls/*", "/results", "/result", "/collections/*", "/evidence/*", "/evidence/*/file",
        "/people", "/independence", "/answers", "/sources", "/sources/runs", "/sources/runs/*", "/sources/scope", "/window", "/window/*", "/days/*", "/recurring", "/recurring/*", "/engagements", "/engagements/*", "/engagements/*/firms", "/engagements/*/sizes", "/engagements/*/report", "/accounts", "/log", "/deviations", "/deviations/answer", "/samples", "/papers", "/papers/*", "/requests", "/requests/*", "/engagements/*/requests.xlsx", "/package", "/populations", "/populations/*", "/populations/*/list.csv", "/frozen/*", "/frozen/*/list.csv", "/frozen/*/rows/*", "/files", "/files/*", "/files/*/download",
    ];

    protected SampleSite Site { get; } = site;

    [Fact]
    public async Task A_stranger_can_walk_through_all_of_it_and_every_page_says_sample()
    {
        using var stranger = Site.Office.Visit(follow: false);
        var (waiting, met, shapes) = (new Queue<string>([Home]), new HashSet<string>([Home]), new Dictionary<string, int>());
        while (waiting.TryDequeue(out var path))
        {
            if ((shapes[ShapeOf(path)] = shapes.GetValueOrDefault(ShapeOf(path)) + 1) > OfOneShape)
                continue;
            var page = await stranger.GetAsync(path);
            Assert.True(page.Status == HttpStatusCode.OK, $"{path}: {page.Status}");
            AssertMarked(path, page);
            foreach (var link in Links().Matches(page.Html).Select(match => WebUtility.HtmlDecode(match.Groups[1].Value)))
                if (met.Add(link))
                    waiting.Enqueue(link);
        }

        Assert.Empty(Pages.Except(shapes.Keys.Select(shape => shape.Split('?')[0])));
    }

    [Fact]
    public async Task A_stranger_changes_nothing_and_sees_no_other_company()
    {
        using var stranger = Site.Office.Visit(follow: false);
        foreach (var path in new[] { "/c/acme-gmbh", "/c/acme-gmbh/gaps", "/companies", "/sample", $"{Home}/sources/add/domain", "/c/sample-2" })
        {
            var page = await stranger.GetAsync(path);
            Assert.True(page.Status is HttpStatusCode.Redirect or HttpStatusCode.NotFound, $"{path}: {page.Status}");
            Assert.DoesNotContain("Acme", page.Html, StringComparison.Ordinal);
        }

        using var sent = await stranger.Client.PostAsync($"{Home}/gaps/dns-dnssec", new FormUrlEncodedContent([new("_handler", "comment"), new("text", "I was here.")]));
        Assert.StartsWith("/sign-in", sent.Headers.Location?.OriginalString, StringComparison.Ordinal);
        Assert.DoesNotContain("I was here.", (await stranger.GetAsync($"{Home}/gaps/dns-dnssec")).Text, StringComparison.Ordinal);
        Assert.Contains($"href=\"{Home}\"", (await stranger.GetAsync("/")).Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_is_signed_in_reaches_it_by_a_button_and_reads_only()
    {
        Assert.Equal(Home, Site.Made.Address.AbsolutePath);
        AssertMarked(Home, Site.Made);
        Assert.Contains("href=\"/sample\"", (await Site.Olga.GetAsync("/companies")).Html, StringComparison.Ordinal);
        var gap = await Site.Olga.GetAsync($"{Home}/gaps/dns-dnssec");
        Assert.DoesNotContain("value=\"comment\"", gap.Html, StringComparison.Ordinal);
        Assert.Contains("with a waiver", (await Site.Olga.GetAsync($"{Home}/gaps")).Text, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("Ines Okafor", (await Site.Olga.GetAsync($"{Home}/people")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Larkfield", (await Site.Olga.GetAsync("/companies")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_year_has_the_flaws_that_real_years_have()
    {
        await using var store = await CompanyStore.OpenAsync(Site.Office.Data, "sample", TimeProvider.System, default);
        var now = store.Sample!.StandsAt;
        var runs = await store.CollectionsAsync(now.AddDays(-400), now, default);
        Assert.Equal(52, runs.Count(run => run.Scope == "host:web1"));
        Assert.Equal("host:web1 host:db1".Split(' '), runs.Where(run => run.Source == "host").Select(run => run.Scope).Distinct());
        Assert.Equal(Facts.Completeness.Unreachable, Assert.Single(runs, run => run.Completeness != Facts.Completeness.Complete).Completeness);
        foreach (var (check, subject) in new[] { ("leavers-lose-access", "jonas"), ("inner-ports-stay-inside", "5432"), ("firewall-closed-by-default", "db1"), ("password-rules", "default"), ("backup-fresh", "ledger") })
        {
            var failed = (await store.ResultsOverAsync(now.AddDays(-400), now, default)).Where(result => result.Result.CheckId == check && result.Result.Subject.Contains(subject, StringComparison.Ordinal) && result.Result.Outcome == Plainproof.Checks.Outcome.Fail).ToList();
            Assert.True(failed.Count == (check == "backup-fresh" ? 2 : 1), $"{check}: {failed.Count}");
            Assert.All(failed, result => Assert.NotNull(result.Until));
        }
    }

    [Fact]
    public async Task The_log_says_that_it_was_written_now_for_a_sample_and_verifies()
    {
        await using var connection = await Site.Office.Data.DatabaseOf("sample").OpenAsync(default);
        var entries = await connection.Command("SELECT kind, body FROM log_entry WHERE company = 'sample' ORDER BY seq").ListAsync(row => (Kind: row.GetString(0), Body: JsonNode.Parse(row.GetFieldValue<byte[]>(1))!), default);
        Assert.Equal("sample.made", entries[0].Kind);
        Assert.All(entries.Where(entry => !entry.Kind.StartsWith("person.", StringComparison.Ordinal)), entry => // People who join it are real, and come later.
        {
            Assert.StartsWith("SAMPLE.", (string?)entry.Body["predicate"]!["sample"], StringComparison.Ordinal);
            Assert.InRange(Site.Office.Clock.GetUtcNow() - DateTimeOffset.Parse((string)entry.Body["at"]!, System.Globalization.CultureInfo.InvariantCulture), TimeSpan.Zero, TimeSpan.FromHours(1));
        });
        var (exit, said) = await Site.RunAsync("verify", Site.Office.Data.CompanyRoot("sample"));
        Assert.True(exit == 0, said);
        Assert.Contains("Not proven: SAMPLE.", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("text", "SAMPLE. Every fact here is made up.")]
    [InlineData("json", "\"notice\": \"SAMPLE. Every fact here is made up.")]
    [InlineData("sarif", "\"sample\": \"SAMPLE. Every fact here is made up.")]
    [InlineData("md", "# SAMPLE: where a company stands")]
    [InlineData("oscal", "\"title\": \"SAMPLE: ")]
    [InlineData("ocsf", "\"labels\":[\"SAMPLE\"]")]
    [InlineData("html", "<title>SAMPLE: where a company stands")]
    public async Task Every_report_of_it_says_sample(string format, string mark)
    {
        var (exit, said) = await Site.RunAsync("sample", "report", "--format", format);
        Assert.Equal(0, exit);
        Assert.Contains(mark, said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Its_package_verifies_and_says_sample_in_its_name_and_in_every_document()
    {
        using var folder = new TemporaryFolder();
        var before = await CountAsync("log_entry");
        var (exit, said) = await Site.RunAsync("export", "--sample", "--out", folder.File("package") + "/");
        Assert.True(exit == 0, said);
        var package = folder.File("SAMPLE-package");
        var (verified, report) = await Site.RunAsync("verify", package, "--vkey", Path.Combine(package, "data", "log", "log.vkey"));
        Assert.True(verified == 0, report);
        Assert.Contains("SAMPLE. Every fact here is made up.", report, StringComparison.Ordinal);
        string[] taken = ["data/log/", "data/blobs/", "data/proofs/", "verify/"];
        foreach (var name in Directory.GetFiles(package, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(package, path)).Where(name => !taken.Any(name.StartsWith) && name is not ("bagit.txt" or "manifest-sha256.txt" or "tagmanifest-sha256.txt")))
            Assert.Contains("SAMPLE", await File.ReadAllTextAsync(Path.Combine(package, name)), StringComparison.Ordinal);
        Assert.All(File.ReadLines(Path.Combine(package, "data", "ocsf", "compliance-findings.ndjson")), line => Assert.Contains("\"SAMPLE\"", line, StringComparison.Ordinal));
        Assert.True(File.Exists(Path.Combine(package, "data", "SAMPLE-index.csv")));
        Assert.Equal(before, await CountAsync("log_entry"));
    }

    [Fact]
    public async Task No_command_brings_a_real_fact_into_it()
    {
        using var folder = new TemporaryFolder();
        var before = await CountAsync("collection");
        foreach (var command in new[]
        {
            new[] { "check", "--only", "--source", "host", "--report", folder.File("r.html") },
            ["push", "change.merge", folder.Write("merges.jsonl", Standing.Workspace.Reviewed + "\n")],
        })
        {
            var (exit, said) = await Site.RunAsync([.. command, "--company", "sample"]);
            Assert.Equal(2, exit);
            foreach (var word in new[] { "Nothing was read into this company.", "why: This is the sample company.", "mend: Make a company of your own: plainproof company new NAME." })
                Assert.Contains(word, said, StringComparison.Ordinal);
        }

        Assert.Equal(before, await CountAsync("collection"));
        using var logs = new CompanyLogs(Site.Office.Data, TimeProvider.System);
        var answers = new CompanyAnswers(Site.Office.Data, logs, Catalogue.Shipped, TimeProvider.System);
        await Assert.ThrowsAsync<DataProblem>(() => answers.SaveAsync("sample", Answers.None("Acme", "olga", new DateOnly(2026, 1, 1)), "olga", default));
    }

    [Fact]
    public async Task No_address_of_it_breaks_when_a_stranger_asks()
    {
        using var stranger = Site.Office.Visit();
        foreach (var route in Site.Office.Site.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>().Where(route => route.RoutePattern.Parameters.Any(one => one.Name == "company")))
        {
            var path = Regex.Replace("/" + route.RoutePattern.RawText!.TrimStart('/'), "{([^}]+)}", match => match.Groups[1].Value == "company" ? "sample" : "x");
            var got = await stranger.GetAsync(path);
            Assert.True((int)got.Status < 500, $"{path}: {got.Status}");
        }

        Assert.Equal("/sign-in", (await stranger.GetAsync($"{Home}/tokens")).Address.AbsolutePath);
    }

    [Fact]
    public async Task Not_even_its_owner_connects_a_real_system_to_it()
    {
        var (_, said) = await Site.RunAsync("user", "invite", "otto@acme.example", "--role", "owner", "--company", "sample");
        using var otto = Site.Office.Visit();
        await otto.SubmitAsync(await otto.GetAsync(Office.LinkIn(said)), [("name", "Otto"), ("password", Office.Password)]);
        var page = await otto.GetAsync($"{Home}/sources/add/domain");
        AssertMarked("add", page);
        foreach (var act in new[] { "test", "connect" })
            Assert.Contains("This is the sample company.", (await otto.SubmitAsync(page, [("name", "Shop"), ("address", "shop.example.test"), ("act", act)])).Text, StringComparison.Ordinal);
        var file = await otto.GetAsync($"{Home}/files/new?about=control%3AGOV-01");
        Assert.Contains("This is the sample company.", (await otto.UploadAsync(file, [("says", "Minutes"), ("from", ""), ("to", "")], "minutes.txt", "Real."u8.ToArray(), "value=\"file\"")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_database_itself_keeps_the_mark_and_keeps_what_is_made_up_apart()
    {
        const string Collection = "INSERT INTO collection (company, id, source, source_version, scope, tool_version, completeness, started_at, finished_at) VALUES";
        foreach (var (company, statement) in new[]
        {
            ("sample", "UPDATE sample_mark SET made_at = 1"), ("sample", "UPDATE sample_mark SET company = 'acme-gmbh'"), ("sample", "DELETE FROM sample_mark"),
            ("sample", $"{Collection} ('sample', 'x', 'host', 1, 'host:a', '1.0.0', 'complete', 1, 1)"),
            ("sample", "UPDATE collection SET tool_version = '1.0.0'"),
            ("acme-gmbh", $"{Collection} ('acme-gmbh', 'x', 'host', 1, 'host:a', 'sample', 'complete', 1, 1)"),
            ("acme-gmbh", "INSERT INTO sample_mark (company, made_at, made_by) VALUES ('acme-gmbh', 1, 'x')"),
        })
            await AssertRefusedAsync(Site.Office.Data.DatabaseOf(company), statement);
        foreach (var statement in new[]
        {
            "UPDATE company SET sample_since = 1 WHERE id = 'acme-gmbh'", "UPDATE company SET sample_since = NULL WHERE id = 'sample'", "UPDATE company SET id = 'real' WHERE id = 'sample'",
        })
            await AssertRefusedAsync(Site.Office.Data.InstallationDatabase(), statement);
    }

    [Fact]
    public async Task No_real_company_gets_its_name()
    {
        using var folder = new TemporaryFolder();
        using var said = new StringWriter();
        Assert.Equal(2, await Cli.CommandLine.RunAsync(["company", "new", "sample", "--data", folder.File("data")], TextReader.Null, said, said));
        Assert.Contains("This name is kept for the sample company", said.ToString(), StringComparison.Ordinal);
        var page = await Site.Olga.SubmitAsync(await Site.Olga.GetAsync("/companies"), [("title", "Sample"), ("role", "owner")], "value=\"new\"");
        Assert.Contains("href=\"/c/sample-2\"", page.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("<strong>SAMPLE</strong>", (await Site.Olga.GetAsync("/c/sample-2")).Html, StringComparison.Ordinal);
    }

    private static async Task AssertRefusedAsync(Database database, string statement)
    {
        await using var connection = await database.OpenAsync(default);
        await using var within = await database.BeginWriteAsync(connection, default);
        var refused = await Xunit.Record.ExceptionAsync(async () =>
        {
            await within.Command(statement).RunAsync(default);
            await within.CommitAsync(default);
        });
        Assert.True(refused is DbException, $"{database.Company}: {statement}");
    }

    private static void AssertMarked(string path, Seen page)
    {
        if (path.EndsWith("/file", StringComparison.Ordinal) || path.EndsWith("/download", StringComparison.Ordinal))
        {
            Assert.StartsWith("attachment; filename=\"SAMPLE-", page.Headers["Content-Disposition"], StringComparison.Ordinal);
            Assert.Contains("SAMPLE. Every fact here is made up.", page.Html, StringComparison.Ordinal);
            return;
        }

        if (path.EndsWith(".xlsx", StringComparison.Ordinal))
        {
            Assert.StartsWith("attachment; filename=\"SAMPLE-", page.Headers["Content-Disposition"], StringComparison.Ordinal);
            return;
        }

        if (path.Contains("/rows/", StringComparison.Ordinal))
        {
            Assert.StartsWith("attachment; filename=\"SAMPLE-", page.Headers["Content-Disposition"], StringComparison.Ordinal);
            Assert.Contains("\"note\": \"SAMPLE. Every fact here is made up.", page.Html, StringComparison.Ordinal);
            return;
        }

        if (path.Split('?')[0].EndsWith(".csv", StringComparison.Ordinal))
        {
            Assert.StartsWith("attachment; filename=\"SAMPLE-", page.Headers["Content-Disposition"], StringComparison.Ordinal);
            Assert.StartsWith("SAMPLE. Every fact here is made up.", page.Html, StringComparison.Ordinal);
            return;
        }

        Assert.True(Title().IsMatch(page.Html), $"{path}: the title does not say it.");
        Assert.True(page.Html.Contains("<strong>SAMPLE</strong>", StringComparison.Ordinal), $"{path}: the page does not say it.");
    }

    private async Task<long?> CountAsync(string table)
    {
        await using var connection = await Site.Office.Data.DatabaseOf("sample").OpenAsync(default);
        return await connection.Command($"SELECT COUNT(*) FROM {table} WHERE company = 'sample'").ValueAsync<long>(default);
    }

    /// <summary>Pages that differ only in what they are about have one shape.</summary>
    private static string ShapeOf(string path)
    {
        var parts = path[Home.Length..].Split('?');
        var place = Regex.Replace(Regex.Replace(parts[0], "^/populations/frozen/[^/]+(/rows)?(/\\d+)?", match => "/frozen/*" + match.Groups[1].Value + (match.Groups[2].Success ? "/*" : "")), "^/(gaps|criteria|controls|collections|days|engagements|evidence|files|recurring|sources/runs|window|populations|papers|requests)/[^/]+", "/$1/*");
        return parts.Length == 1 ? place : $"{place}?{string.Join('&', parts[1].Split('&').Select(pair => pair.Split('=')[0]).Order(StringComparer.Ordinal))}";
    }

    [GeneratedRegex("href=\"(/c/sample(?:[/?][^\"#]*)?)(?:#[^\"]*)?\"")]
    private static partial Regex Links();

    [GeneratedRegex("<title>[^<]*SAMPLE[^<]*</title>")]
    private static partial Regex Title();
}
