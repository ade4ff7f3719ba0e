using System.Text.Json;
using Plainproof.EndToEnd.Program;
using Plainproof.EndToEnd.World;
using Xunit;

namespace Plainproof.EndToEnd;

/// <summary>The main job: one command over real systems with planted flaws, and what it says of them.</summary>
[Collection(nameof(WholeCompany))]
public sealed class WholeCompanyTests(WholeCompany company)
{
    [Fact]
    public void Every_planted_flaw_fails_its_check_and_is_named()
    {
        var missed = company.Flaws.Where(flaw => !company.Results.Any(result =>
            result.Text("check") == flaw.Check && result.Text("outcome") == "fail" && result.Text("scope") == flaw.Scope && result.Text("message").Contains(flaw.Name, StringComparison.Ordinal)));
        Assert.True(!missed.Any(), string.Join('\n', missed.Select(flaw => $"{flaw}\n    " + string.Join("\n    ", Of(flaw)))));
    }

    [Fact]
    public void No_healthy_item_is_accused()
    {
        var accused = company.Results.Where(result => result.Text("outcome") == "fail").Where(result =>
            PlantedDirectory.Healthy.Any(subject => result.Text("subject") == subject || result.Text("subject").StartsWith(subject + "/", StringComparison.Ordinal))
            || (result.Text("scope") == PlantedDatabases.ScopeOf(company.Databases.Sound) && result.Text("check").StartsWith("database-", StringComparison.Ordinal))
            || result.Text("scope") == PlantedDomains.HealthyScope
            || result.Text("subject") == company.Backups.HealthySubject
            || result.Text("message").Contains("js/eval", StringComparison.Ordinal)
            || (result.Text("scope") == "git:site" && PlantedCode.HealthyChecks.Contains(result.Text("check"))));
        Assert.Equal("", string.Join('\n', accused.Select(Line)));
    }

    [Fact]
    public void What_is_healthy_passes_and_is_not_just_left_out()
    {
        string[] passing =
        [
            .. PlantedCode.HealthyChecks.Select(check => $"{check} git:site"), $"database-login-rules {PlantedDatabases.ScopeOf(company.Databases.Sound)}",
            "web-certificate domain:healthy.test", "web-tls-versions domain:healthy.test", "mail-dmarc domain:healthy.test", "mail-spf domain:healthy.test",
            "idle-accounts directory:ex.test", "backup-fresh restic:main", "backup-readable restic:main",
        ];
        var passed = company.Results.Where(result => result.Text("outcome") == "pass").Select(result => $"{result.Text("check")} {result.Text("scope")}").ToHashSet();
        Assert.Equal([], passing.Where(one => !passed.Contains(one)));
    }

    [Fact]
    public void Each_failing_check_is_a_gap_with_its_fix_hours_criteria_controls_and_the_names_seen()
    {
        foreach (var check in company.Flaws.Select(flaw => flaw.Check).Distinct())
        {
            var gap = Assert.Single(company.Gaps, gap => gap.Items("subjects").Any(seen => company.Results.Any(result =>
                result.Text("check") == check && result.Text("outcome") == "fail" && result.Text("subject") == seen.Text("subject") && result.Text("message") == seen.Text("message"))));
            Assert.NotEqual("", gap.Text("title"));
            Assert.NotEqual("", gap.Text("why"));
            Assert.NotEmpty(gap.Texts("fix"));
            Assert.True(gap.GetProperty("hours").GetProperty("high").GetDouble() > 0, check);
            Assert.NotEmpty(gap.Texts("criteria"));
            Assert.NotEmpty(gap.Texts("controls"));
            foreach (var flaw in company.Flaws.Where(flaw => flaw.Check == check))
                Assert.Contains(gap.Items("subjects"), seen => seen.Text("message").Contains(flaw.Name, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void A_failing_result_points_at_evidence_that_is_kept()
    {
        var failing = company.Results.Where(result => result.Text("outcome") == "fail").ToList();
        var told = failing.Where(result => result.GetProperty("evidence").ValueKind == JsonValueKind.Object).ToList();
        Assert.NotEmpty(told);
        Assert.All(told, result => Assert.NotEqual("", result.GetProperty("evidence").Text("blob")));
        foreach (var scope in company.Flaws.Select(flaw => flaw.Scope).Distinct())
            Assert.Contains(told, result => result.Text("scope") == scope);
    }

    [Fact]
    public void This_host_is_told_as_it_is()
    {
        var host = company.Results.Where(result => result.Text("scope").StartsWith("host:", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(host);
        var audited = Directory.EnumerateDirectories("/proc").Select(folder => Path.Combine(folder, "comm")).Any(Auditd);
        if (!audited)
            Assert.DoesNotContain(host, result => result.Text("check") == "audit-trail-runs" && result.Text("outcome") == "pass");
        Assert.DoesNotContain(company.Results, result => result.Text("outcome") == "error");
    }

    [Fact]
    public void Every_source_is_a_collection_that_read_something()
    {
        var collections = company.First.Json.Items("collections").ToList();
        Assert.Equal(company.Sources.Count, collections.Count);
        // A scanner's report never proves that everything was scanned.
        Assert.All(collections, one => Assert.Contains(one.Items("coverage"), line => line.Text("state") == (one.Text("source") == "import" ? "unproven" : "complete") && line.GetProperty("read").GetInt64() > 0));
        Assert.All(collections.Where(one => one.Text("source") is not ("import" or "restic")), one => Assert.NotEqual("", one.Text("principal")));
    }

    [Fact]
    public async Task A_second_run_gives_the_same_results_and_stores_no_fact_twice()
    {
        Assert.Equal(Lines(company.First), Lines(company.Second));
        var rows = await company.Desk.ShellAsync("python3 -c \"import sqlite3,sys; c=sqlite3.connect(sys.argv[1]); print(c.execute('SELECT COUNT(*), COUNT(DISTINCT course) FROM fact_version WHERE closed_at IS NULL').fetchone())\" $data/companies/default/plainproof.db");
        rows.Exits(0);
        var counts = rows.Out.Trim().Trim('(', ')').Split(", ");
        Assert.Equal(counts[0], counts[1]);
    }

    [Fact]
    public async Task No_secret_that_was_met_is_in_the_output_the_report_or_the_data()
    {
        string[] secrets = [company.Code.Key, company.Backups.Password, "correct-horse-7", "read-only-1", "a-long-password-of-ann"];
        Assert.All(secrets, secret => Assert.DoesNotContain(secret, company.First.All + company.FirstReport, StringComparison.Ordinal));
        foreach (var secret in secrets)
            (await company.Desk.ShellAsync($"! grep -r -l -a -F '{secret}' $data")).Exits(0);
    }

    private IEnumerable<string> Of(Flaw flaw) => company.Results.Where(result => result.Text("check") == flaw.Check && result.Text("scope") == flaw.Scope).Select(Line);

    private static string Line(JsonElement result) => $"{result.Text("check")} {result.Text("subject")} {result.Text("outcome")} {result.Text("reason")} {result.Text("message")}";

    /// <summary>Without this host, whose programs and ports come and go while other tests run.</summary>
    private static IEnumerable<string> Lines(Ran ran) => ran.Json.Items("results").Where(result => !result.Text("subject").StartsWith("host:", StringComparison.Ordinal)).Select(result => $"{result.Text("check")} {result.Text("subject")} {result.Text("outcome")} {result.Text("reason")}").Order(StringComparer.Ordinal);

    private static bool Auditd(string file)
    {
        try
        {
            return File.Exists(file) && File.ReadAllText(file).Trim() == "auditd";
        }
        catch (IOException)
        {
            return false; // It ended while we looked.
        }
    }
}
