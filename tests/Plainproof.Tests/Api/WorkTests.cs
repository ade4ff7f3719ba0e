using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Plainproof.Tests.People;
using Plainproof.Tests.Standing;
using Xunit;

namespace Plainproof.Tests.Api;

public sealed class WorkByApiOnSqlite() : WorkTests(false);

public sealed class WorkByApiOnPostgresql() : WorkTests(true);

/// <summary>What a company does by the API, from end to end.</summary>
public abstract class WorkTests(bool postgresql)
{
    private const string Gap = $"{Script.Company}/gaps/{Workspace.Watched}";

    [Fact]
    public async Task A_script_lists_gaps_assigns_comments_waives_and_checks_again()
    {
        await using var acme = await OpenAsync();
        await acme.Office.JoinAsync(acme.Olga, "bob@acme.example", "member");
        using var script = await Script.OfAsync(acme.Office.Site, acme.Olga, "read work");

        var listed = (await script.GetAsync($"{Script.Company}/gaps?q=%232&severity=high&criterion=CC8.1")).Json["gaps"]!.AsArray();
        Assert.Equal(Workspace.Watched, (string?)listed[0]!["id"]);
        Assert.Equal(0, (long?)listed[0]!["plan"]!["version"]);

        var planned = await script.SendAsync(HttpMethod.Put, $"{Gap}/plan", """{ "version": 0, "owner": "BOB@acme.example", "due": "2020-01-31", "ticket": "https://tickets.example/1" }""");
        Assert.Equal("""{"owner":"bob@acme.example","due":"2020-01-31","ticket":"https://tickets.example/1","version":1}""", planned.Text);
        Assert.Equal(Workspace.Watched, (string?)(await script.GetAsync($"{Script.Company}/gaps?state=late&owner=bob@acme.example")).Json["gaps"]![0]!["id"]);
        Assert.Contains("Assigned to bob. Due 2020-01-31.", (await acme.Olga.GetAsync(Workspace.GapPage)).Text, StringComparison.Ordinal);

        var once = Guid.NewGuid();
        for (var i = 0; i < 2; i++)
            Assert.Equal(HttpStatusCode.NoContent, (await script.SendAsync(HttpMethod.Post, $"{Gap}/comments", $$"""{ "text": "Ordered.", "once": "{{once}}" }""")).Status);

        var waived = (await script.SendAsync(HttpMethod.Post, $"{Gap}/waivers", $$"""{ "reason": "We stop this product in spring.", "until": "{{Day(30)}}" }""")).Json;
        Assert.Empty((await script.GetAsync($"{Script.Company}/gaps?q=%232")).Json["gaps"]!.AsArray());
        Assert.Equal(HttpStatusCode.NoContent, (await script.SendAsync(HttpMethod.Delete, $"{Gap}/waivers/{(string?)waived["id"]}")).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await script.SendAsync(HttpMethod.Delete, $"{Gap}/waivers/{(string?)waived["id"]}")).Status);

        var again = (await script.SendAsync(HttpMethod.Post, $"{Gap}/recheck")).Json;
        Assert.Contains("plainproof check --company acme-gmbh", (string?)again["command"], StringComparison.Ordinal);

        var gap = (await script.GetAsync(Gap)).Json;
        Assert.True((bool)gap["open"]!);
        Assert.Equal("push:forge/merge/2", (string?)gap["findings"]![0]!["subject"]);
        Assert.Equal(["waiverEnded", "waived", "commented", "planned"], gap["history"]!.AsArray().Select(one => (string?)one!["kind"]));
        Assert.All(gap["history"]!.AsArray(), one => Assert.Equal(Office.Owner, (string?)one!["by"]));
        Assert.Equal(["gap.planned", "gap.commented", "gap.waived", "gap.waiver-ended"], (await acme.GapEntriesAsync()).Select(entry => entry.Split(' ')[0]));
    }

    [Fact]
    public async Task A_stale_version_overwrites_nothing()
    {
        await using var acme = await OpenAsync();
        using var script = await Script.OfAsync(acme.Office.Site, acme.Olga, "read work");
        await PlanAsync(script, 0, "2027-01-31");
        await PlanAsync(script, 1, "2027-02-28");
        var stale = (await PlanAsync(script, 1, "2027-03-31")).Problem(HttpStatusCode.Conflict);
        Assert.Contains("Nothing was overwritten", (string?)stale["detail"], StringComparison.Ordinal);
        Assert.Equal("2027-02-28", (string?)(await script.GetAsync(Gap)).Json["plan"]!["due"]);
        await PlanAsync(script, 2, "2027-03-31");
        Assert.Equal(3, (long?)(await script.GetAsync(Gap)).Json["plan"]!["version"]);
    }

    [Fact]
    public async Task Pushed_facts_are_seen_with_their_bytes()
    {
        await using var acme = await Workspace.OpenAsync(postgresql);
        using var pusher = await Script.OfAsync(acme.Office.Site, acme.Olga, "push");
        using var reader = await Script.OfAsync(acme.Office.Site, acme.Olga, "read");
        Assert.Equal(0, (int?)(await reader.GetAsync(Script.Company)).Json["results"]!["fail"]);

        Assert.Contains("change.merge", (await pusher.GetAsync($"{Script.Company}/kinds")).Text, StringComparison.Ordinal);
        Assert.NotNull((await pusher.GetAsync($"{Script.Company}/kinds/change.merge")).Json["properties"]);
        var pushed = (await pusher.SendAsync(HttpMethod.Post, $"{Script.Company}/facts/change.merge?name=forge&completeness=complete&expected=2&from=2026-01-01&to=2026-12-31&says=All%20merges.", $"{Workspace.Reviewed}\n{Workspace.Unseen}\n", "application/x-ndjson")).Json;
        Assert.Equal("push:forge change.merge 2 complete", $"{pushed["scope"]} {pushed["kind"]} {pushed["facts"]} {pushed["completeness"]}");

        var result = Assert.Single((await reader.GetAsync($"{Script.Company}/results?outcome=fail&check={Workspace.Watched}")).Json["results"]!.AsArray())!;
        Assert.Equal("push:forge/merge/2", (string?)result["subject"]);
        Assert.Equal("line:2", (string?)result["evidence"]!["path"]);
        var digest = (string?)result["evidence"]!["digest"];
        Assert.Equal("application/jsonl", (string?)(await reader.GetAsync($"{Script.Company}/evidence/{digest}")).Json["mediaType"]);
        var file = await reader.GetAsync($"{Script.Company}/evidence/{digest}/file");
        Assert.Equal("application/octet-stream", file.MediaType);
        Assert.Equal($"{Workspace.Reviewed}\n{Workspace.Unseen}\n", file.Text);
        Assert.Contains(Workspace.Watched, (await reader.GetAsync($"{Script.Company}/gaps")).Text, StringComparison.Ordinal);

        var collection = Assert.Single((await reader.GetAsync($"{Script.Company}/collections")).Json["collections"]!.AsArray())!;
        Assert.Equal("complete", (string?)(await reader.GetAsync($"{Script.Company}/collections/{(string?)collection["id"]}")).Json["coverage"]![0]!["state"]);
        Assert.Equal("change.merge", (string?)(await reader.GetAsync($"{Script.Company}/coverage")).Json["coverage"]![0]!["aspect"]);
    }

    [Fact]
    public async Task A_wrong_line_leaves_nothing_behind_and_tells_no_path_of_the_server()
    {
        await using var acme = await Workspace.OpenAsync(postgresql);
        using var script = await Script.OfAsync(acme.Office.Site, acme.Olga, "push read");
        var refused = await script.SendAsync(HttpMethod.Post, $"{Script.Company}/facts/change.merge?name=forge", $"{Workspace.Reviewed}\n{{\"subject\":\"merge/2\",\"value\":{{\"colour\":1}}}}\nno json\n", "application/x-ndjson");
        refused.Problem(HttpStatusCode.UnprocessableEntity);
        Assert.Contains(refused.Problems, problem => problem.StartsWith("body:2", StringComparison.Ordinal));
        Assert.Contains(refused.Problems, problem => problem.StartsWith("body:3", StringComparison.Ordinal));
        Assert.DoesNotContain("/tmp", refused.Text, StringComparison.Ordinal);
        Assert.Empty((await script.GetAsync($"{Script.Company}/collections")).Json["collections"]!.AsArray());
        (await script.SendAsync(HttpMethod.Post, $"{Script.Company}/facts/no.such?name=forge", "{}", "application/x-ndjson")).Problem(HttpStatusCode.NotFound);
        Assert.Contains("name", (await script.SendAsync(HttpMethod.Post, $"{Script.Company}/facts/change.merge", Workspace.Reviewed, "application/x-ndjson")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Results_come_in_pages_that_neither_repeat_nor_hide()
    {
        await using var acme = await OpenAsync();
        using var script = await Script.OfAsync(acme.Office.Site, acme.Olga, "read");
        var whole = (await script.GetAsync($"{Script.Company}/results?limit=500")).Json;
        Assert.Null(whole["next"]);
        var expected = whole["results"]!.AsArray().Select(one => one!.ToJsonString()).ToList();
        Assert.InRange(expected.Count, 20, 500);
        var found = new List<string>();
        string? next = "";
        for (var page = 0; next is not null; page++)
        {
            var got = (await script.GetAsync($"{Script.Company}/results?limit=7{(next.Length > 0 ? $"&cursor={next}" : "")}")).Json;
            found.AddRange(got["results"]!.AsArray().Select(one => one!.ToJsonString()));
            next = (string?)got["next"];
            Assert.InRange(page, 0, 100);
        }

        Assert.Equal(expected, found);
        (await script.GetAsync($"{Script.Company}/results?cursor=nonsense")).Problem(HttpStatusCode.UnprocessableEntity);
        (await script.GetAsync($"{Script.Company}/results?limit=501")).Problem(HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task Answers_are_given_and_read_and_a_wrong_one_keeps_all_out()
    {
        await using var acme = await Workspace.OpenAsync(postgresql);
        using var script = await Script.OfAsync(acme.Office.Site, acme.Olga, "read work");
        var before = (await script.GetAsync($"{Script.Company}/answers")).Json;
        Assert.Equal(0, (long?)before["version"]);
        var question = before["questions"]!.AsArray().First(one => (string?)one!["kind"] == "one" && (string?)one["asked"] == "yes")!;
        var (id, option) = ((string)question["id"]!, (string)question["options"]![0]!["id"]!);

        var wrong = await AnswerAsync(script, 0, new JsonObject { [id] = new JsonObject { ["answer"] = "no-such" }, ["G99"] = new JsonObject { ["dontKnow"] = true } });
        wrong.Problem(HttpStatusCode.UnprocessableEntity);
        Assert.Equal(2, wrong.Problems.Count);
        Assert.Equal(0, (long?)(await script.GetAsync($"{Script.Company}/answers")).Json["version"]);

        var saved = (await AnswerAsync(script, 0, new JsonObject { [id] = new JsonObject { ["answer"] = option, ["note"] = "As \"agreed\": 1 < 2" } })).Json;
        Assert.Equal(1, (int?)saved["answered"]);
        var after = (await script.GetAsync($"{Script.Company}/answers")).Json;
        Assert.Equal((long?)saved["version"], (long?)after["version"]);
        var answer = after["questions"]!.AsArray().First(one => (string?)one!["id"] == id)!["answer"]!;
        Assert.Equal(option, (string?)answer["options"]![0]);
        Assert.Equal("As \"agreed\": 1 < 2", (string?)answer["note"]);
        (await AnswerAsync(script, 0, new JsonObject { [id] = new JsonObject { ["dontKnow"] = true } })).Problem(HttpStatusCode.Conflict);
        Assert.Equal(HttpStatusCode.OK, (await AnswerAsync(script, (long)saved["version"]!, new JsonObject { [id] = new JsonObject { ["dontKnow"] = true } })).Status);
        Assert.Contains(Office.Owner, (await acme.Olga.GetAsync("/c/acme-gmbh/answers")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Standing_criteria_controls_systems_and_people_are_told()
    {
        await using var acme = await OpenAsync();
        using var script = await Script.OfAsync(acme.Office.Site, acme.Olga, "read collect");
        var standing = (await script.GetAsync(Script.Company)).Json;
        Assert.Equal("Acme GmbH", (string?)standing["title"]);
        Assert.Equal((int?)standing["results"]!["fail"], (await script.GetAsync($"{Script.Company}/results?outcome=fail&limit=500")).Json["results"]!.AsArray().Count);
        Assert.Equal((int?)standing["gaps"], (await script.GetAsync($"{Script.Company}/gaps?state=all")).Json["gaps"]!.AsArray().Count);
        var criterion = (await script.GetAsync($"{Script.Company}/criteria")).Json["criteria"]!.AsArray().First(one => (string?)one!["id"] == "CC8.1")!;
        Assert.Equal("gap", (string?)criterion["state"]);
        Assert.Contains((await script.GetAsync($"{Script.Company}/controls")).Json["controls"]!.AsArray(), control => (bool)control!["evidenced"]! && !(bool)control["claimed"]!);
        Assert.Equal(Office.Owner, (string?)(await script.GetAsync($"{Script.Company}/people")).Json["people"]![0]!["email"]);
        Assert.Empty((await script.GetAsync($"{Script.Company}/systems")).Json["systems"]!.AsArray());
        Assert.Contains("Connect a system first", (await script.SendAsync(HttpMethod.Post, $"{Script.Company}/runs", "{}")).Text, StringComparison.Ordinal);
        Assert.Contains("There is no system 'x'", (await script.SendAsync(HttpMethod.Post, $"{Script.Company}/runs", """{"systems":["x"]}""")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_connected_system_is_read_and_a_gap_is_checked_again_by_reading()
    {
        await using var acme = await Workspace.OpenAsync(postgresql);
        var csv = Encoding.UTF8.GetBytes("Name,Work email,Start date,Last day,Manager email\nAnn Lee,ann@acme.example,2024-01-02,,\nBob Ray,bob@acme.example,2024-02-02,,ann@acme.example\n");
        await acme.Olga.UploadAsync(await acme.Olga.GetAsync("/c/acme-gmbh/sources/add/people"), [("name", "Roster"), ("act", "connect")], "people.csv", csv, "value=\"connect\"");
        using var script = await Script.OfAsync(acme.Office.Site, acme.Olga, "read work collect");
        var system = Assert.Single((await script.GetAsync($"{Script.Company}/systems")).Json["systems"]!.AsArray())!;
        Assert.Equal("people Roster", $"{system["source"]} {system["name"]}");
        Assert.Null(system["lastRun"]);

        var started = await script.SendAsync(HttpMethod.Post, $"{Script.Company}/runs", $$"""{ "systems": ["{{(string?)system["id"]}}"] }""");
        Assert.Equal(HttpStatusCode.Accepted, started.Status);
        var run = await EndAsync(script, started.Headers["Location"]);
        Assert.Equal("done", (string?)run["state"]);
        Assert.Equal(Office.Owner, (string?)run["startedBy"]);
        Assert.True((long)run["systems"]![0]!["facts"]! > 0, run.ToJsonString());
        Assert.Equal((string?)run["id"], (string?)(await script.GetAsync($"{Script.Company}/systems")).Json["systems"]![0]!["lastRun"]!["id"]);

        var again = (await script.SendAsync(HttpMethod.Post, $"{Script.Company}/gaps/orphan-accounts/recheck")).Json;
        Assert.Null(again["command"]);
        await EndAsync(script, $"{Script.Company}/runs/{(string?)again["run"]}");
        Assert.Equal(2, (await script.GetAsync($"{Script.Company}/runs")).Json["runs"]!.AsArray().Count);
    }

    [Fact]
    public async Task The_examples_of_the_document_are_taken_as_they_stand()
    {
        await using var acme = await OpenAsync();
        using var script = await Script.OfAsync(acme.Office.Site, acme.Olga, "read work push");
        var ann = await acme.Office.JoinAsync(acme.Olga, "ann@example.com", "member");
        using var colleague = await Script.OfAsync(acme.Office.Site, ann, "push");
        var file = (string?)(await colleague.SendAsync(HttpMethod.Post, $"{Script.Company}/files?about=control:AC-06&name=review.txt&says=Minutes", "Minutes.", "application/octet-stream")).Json["id"];
        var engagement = (string?)(await script.SendAsync(HttpMethod.Post, $"{Script.Company}/engagements", """{ "title": "First", "kind": "typeOne", "ends": "2030-01-01", "hoursPerWeek": 5 }""")).Json["engagement"]!["id"];
        await acme.Olga.SubmitAsync(await acme.Olga.GetAsync("/c/acme-gmbh/requests"), [], "value=\"usual\"");
        var request = (string?)(await script.GetAsync($"{Script.Company}/requests")).Json["requests"]![0]!["id"];
        var sent = 0;
        foreach (var operation in WallTests.Asked.All(acme.Office.Site).Where(one => one.Body is not null && one.Scope is not (Features.Api.Scope.Collect or Features.Api.Scope.Test)))
        {
            var path = operation.Path.EndsWith("/facts/kind", StringComparison.Ordinal) ? operation.Path.Replace("/kind", "/change.merge?name=forge", StringComparison.Ordinal) : operation.Path;
            path = operation.Method == HttpMethod.Post && path.EndsWith("/files", StringComparison.Ordinal) ? $"{path}?about=control:AC-06&name=review.txt&says=Minutes" : path.Replace("/files/file/", $"/files/{file}/", StringComparison.Ordinal)
                .Replace("/engagements/engagement/", $"/engagements/{engagement}/", StringComparison.Ordinal).Replace("/warnings/warning/", "/warnings/no-firm/", StringComparison.Ordinal).Replace("/requests/request/", $"/requests/{request}/", StringComparison.Ordinal);
            var got = await (operation with { Path = path }).ByAsync(script);
            if (operation.Path.EndsWith("/done", StringComparison.Ordinal))
                Assert.Contains("Nothing was due on", got.Text, StringComparison.Ordinal); // Taken apart from its days, which no example can foresee.
            else if (operation.Path.EndsWith("/accounts/owners", StringComparison.Ordinal))
                Assert.Contains("No account 'directory:example.com/account/build' was read.", got.Text, StringComparison.Ordinal); // Nor the accounts of a company.
            else if (operation.Path.EndsWith("/requests/request/links", StringComparison.Ordinal))
                Assert.Contains("There is no such evidence or frozen list.", got.Text, StringComparison.Ordinal); // Nor its evidence.
            else if (operation.Path.EndsWith("/samples/taken", StringComparison.Ordinal))
                got.Problem(HttpStatusCode.UnprocessableEntity); // Nor what an auditor drew.
            else
                Assert.True((int)got.Status is >= 200 and < 300, $"{operation.Method} {path}: {got.Text}");
            sent++;
        }

        Assert.InRange(sent, 4, 50);
    }

    private static async Task<JsonNode> EndAsync(Script script, string run)
    {
        for (var i = 0; i < 200; i++)
        {
            var now = (await script.GetAsync(run)).Json;
            if ((string?)now["state"] != "running")
                return now;
            await Task.Delay(100);
        }

        throw new InvalidOperationException("The run did not end.");
    }

    private async Task<Workspace> OpenAsync()
    {
        var acme = await Workspace.OpenAsync(postgresql);
        await acme.CheckAsync(Workspace.Reviewed, Workspace.Unseen);
        return acme;
    }

    private static Task<Got> PlanAsync(Script script, long version, string due) => script.SendAsync(HttpMethod.Put, $"{Gap}/plan", $$"""{ "version": {{version}}, "owner": null, "due": "{{due}}", "ticket": null }""");

    private static Task<Got> AnswerAsync(Script script, long version, JsonObject answers) =>
        script.SendAsync(HttpMethod.Patch, $"{Script.Company}/answers", new JsonObject { ["version"] = version, ["answers"] = answers }.ToJsonString());

    private static string Day(int fromNow) => DateTime.UtcNow.AddDays(fromNow).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
