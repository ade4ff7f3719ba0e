using System.Globalization;
using System.Text.Json.Nodes;
using Plainproof.EndToEnd.Program;
using Plainproof.Tests.Servers;
using Xunit;

namespace Plainproof.EndToEnd.Browser;

/// <summary>A Type I and then a Type II of a small made-up company, played by the company, its adviser and its auditor.</summary>
[Trait("Long", "true")]
public sealed class AuditPlayedTests
{
    [Fact]
    public async Task A_whole_audit_is_played_by_three_people()
    {
        await using var site = await ServedSite.StartAsync();
        await using var browser = await Chromium.StartAsync();
        using var files = new TemporaryFolder();
        var olga = await browser.PersonAsync(site.Address, script: false);
        await olga.JoinFirstAsync(site);
        await ReadAsync(site.Desk);
        await using var play = new AuditPlay(site.Address, site.Desk, browser, olga, files);
        await play.GatherAsync();
        await play.TypeOneAsync(await PlanAsync(site.Desk, "--on", Day(-2)));
        await play.TypeTwoAsync(await PlanAsync(site.Desk, "--from", Day(-60), "--to", Day(-2)), "changes", "CHG-01", Day(-10));
    }

    private static async Task ReadAsync(Desk desk)
    {
        var merges = Enumerable.Range(1, 12).Select(number => new JsonObject
        {
            ["subject"] = $"merge/{number}",
            ["value"] = new JsonObject
            {
                ["id"] = $"#{number}",
                ["repository"] = "shop",
                ["author"] = "ann",
                ["mergedBy"] = "bob",
                ["mergedAt"] = $"{Day(-3 * number - 3)}T10:00:00Z",
                ["checksPassed"] = true,
                ["approvals"] = new JsonArray(new JsonObject { ["by"] = "bob", ["at"] = $"{Day(-3 * number - 3)}T09:00:00Z" }),
            },
        }.ToJsonString());
        var header = $$"""{"plainproof":"push/1","kind":"change.merge","scope":"push:forge","completeness":"complete","expected":12,"from":"{{Day(-90)}}","to":"{{Day(0)}}","says":"All merges."}""";
        var ran = await desk.RunAsync("check", "--company", "acme-gmbh", "--source", $"push={desk.Write("merges.jsonl", string.Join('\n', merges.Prepend(header)) + "\n")}");
        Assert.True(ran.Exit == 0, ran.Error);
    }

    private static async Task<string> PlanAsync(Desk desk, params string[] days)
    {
        var planned = await desk.RunAsync(["engagement", "new", $"Report {days[0]}", "--company", "acme-gmbh", "--format", "json", .. days]);
        Assert.True(planned.Exit == 0, planned.Error);
        return (string)JsonNode.Parse(planned.Out)!["id"]!;
    }

    private static string Day(int fromToday) => DateTime.UtcNow.AddDays(fromToday).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
