using System.Text.RegularExpressions;
using NJsonSchema;
using Plainproof.EndToEnd.Program;
using Plainproof.EndToEnd.World;
using Plainproof.Tests;
using Plainproof.Tests.Servers;
using Xunit;

namespace Plainproof.EndToEnd;

/// <summary>The same run as SARIF, Markdown, text and a report: each holds every gap, and each is what it says it is.</summary>
public sealed partial class OutputFormatTests : IDisposable
{
    private readonly Desk _desk = new();
    private readonly PlantedCode _code = new();

    [Fact]
    public async Task SARIF_is_valid_by_the_schema_of_its_standard()
    {
        var file = Schemas() is { } folder ? Path.Combine(folder, "sarif-2.1.0", "sarif-schema-2.1.0.json") : null;
        Assert.SkipWhen(file is null || !File.Exists(file), "The official SARIF schema is not beside this repository (shared/schemas).");
        var sarif = (await CheckAsync("sarif")).Out;
        var schema = await JsonSchema.FromFileAsync(file);
        Assert.Equal("", string.Join('\n', schema.Validate(sarif).Select(error => error.ToString()).Take(20)));
        Assert.NotEmpty(schema.Validate(sarif.Replace("\"ruleId\"", "\"ruleIdentifier\"", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task SARIF_holds_every_result_with_its_rule_and_kind()
    {
        var (json, sarif) = ((await CheckAsync("json")).Json, (await CheckAsync("sarif")).Json);
        var run = Assert.Single(sarif.Items("runs"));
        var rules = run.GetProperty("tool").GetProperty("driver").Items("rules").Select(rule => rule.Text("id")).ToList();
        Assert.Equal(json.Items("results").Count(), run.Items("results").Count());
        Assert.All(run.Items("results"), result => Assert.Equal(rules[result.GetProperty("ruleIndex").GetInt32()], result.Text("ruleId")));
        Assert.Equal(json.Items("results").Count(result => result.Text("outcome") == "fail"), run.Items("results").Count(result => result.Text("kind") == "fail"));
    }

    [Fact]
    public async Task Markdown_text_and_report_hold_every_gap_and_what_was_seen()
    {
        var json = (await CheckAsync("json")).Json;
        var html = System.Net.WebUtility.HtmlDecode(await File.ReadAllTextAsync(_desk.Report));
        var markdown = Plain((await CheckAsync("md")).Out);
        var text = Plain((await CheckAsync("text")).Out);
        Assert.NotEmpty(json.Items("gaps"));
        foreach (var gap in json.Items("gaps"))
        {
            Assert.Contains(gap.Text("title"), html, StringComparison.Ordinal);
            Assert.Contains(Plain(gap.Text("title")), markdown, StringComparison.Ordinal);
            Assert.Contains(Plain(gap.Text("title")), text, StringComparison.Ordinal);
        }

        foreach (var flaw in PlantedCode.Flaws)
            Assert.All([html, markdown, text], one => Assert.Contains(flaw.Name, one, StringComparison.Ordinal));
        Assert.Contains(_desk.Report, text.Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_report_is_one_file_that_asks_no_other_host_for_anything()
    {
        await CheckAsync("json");
        var html = await File.ReadAllTextAsync(_desk.Report);
        Assert.StartsWith("<!doctype html>", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotMatch(Asking(), html);
        Assert.DoesNotMatch(Fetching(), html);
        Assert.DoesNotContain("<script src", html, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(["report.html"], Directory.EnumerateFiles(_desk.Work).Select(Path.GetFileName));
        foreach (var target in Anchors().Matches(html).Select(match => match.Groups[1].Value).Distinct())
            Assert.True(html.Contains($"id=\"{target}\"", StringComparison.Ordinal), $"The report links to #{target}, and there is no such place.");
    }

    [Fact]
    public async Task Text_from_outside_stays_text_in_the_report()
    {
        _code.Write("shop", "a", "1");
        _code.Commit("shop", "<script>alert(1)</script> <img src=x onerror=alert(2)> [link](http://evil.test/) | `x`", "Ann", "ann@ex.test");
        var ran = await CheckAsync("md");
        var html = await File.ReadAllTextAsync(_desk.Report);
        Assert.DoesNotContain("<script>alert(1)", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<img src=x", html, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;alert(1)", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>alert(1)", ran.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("[link](http://evil.test/)", ran.Out.Replace("\\[", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_report_opens_in_a_browser()
    {
        var browser = new[] { "/usr/bin/chromium-headless-shell", "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome" }.FirstOrDefault(File.Exists);
        Assert.SkipWhen(browser is null, "No Chromium is installed.");
        await CheckAsync("json");
        var page = Running.Run("/usr/bin/timeout", "60", browser, "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", $"--user-data-dir={_desk.File("browser")}", "--dump-dom", $"file://{_desk.Report}");
        Assert.Contains("Gaps, in the order to mend them", page, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _code.Dispose();
        _desk.Dispose();
    }

    private async Task<Ran> CheckAsync(string format) =>
        (await _desk.RunAsync(["check", "--only", "--format", format, .. _code.Sources.SelectMany(source => new[] { "--source", source })])).Exits(0);

    private static string? Schemas()
    {
        for (var folder = new DirectoryInfo(Repository.Root).Parent; folder is not null; folder = folder.Parent)
            if (Path.Combine(folder.FullName, "shared", "schemas") is var schemas && Directory.Exists(schemas))
                return schemas;
        return null;
    }

    /// <summary>Without line breaks, indents and the escapes of Markdown, so that words can be looked for.</summary>
    private static string Plain(string text) => Blanks().Replace(text.Replace("\\", "", StringComparison.Ordinal).Replace("`", "", StringComparison.Ordinal), " ");

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();

    [GeneratedRegex("""<(?:script|link|img|iframe|object|embed|source|video|audio|form|base)\b[^>]*\s(?:src|href|data|action)\s*=\s*["']?(?:https?:)?//""", RegexOptions.IgnoreCase)]
    private static partial Regex Asking();

    [GeneratedRegex("""@import|url\(\s*["']?(?:https?:)?//|fetch\(|XMLHttpRequest|<meta[^>]+http-equiv=["']?refresh""", RegexOptions.IgnoreCase)]
    private static partial Regex Fetching();

    [GeneratedRegex("href=\"#([^\"]+)\"")]
    private static partial Regex Anchors();
}
