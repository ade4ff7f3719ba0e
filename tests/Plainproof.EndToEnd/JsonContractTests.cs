using System.Text.Json;
using Plainproof.EndToEnd.Program;
using Plainproof.EndToEnd.World;
using Plainproof.Tests;
using Xunit;

namespace Plainproof.EndToEnd;

/// <summary>What machines may rely on: each member is there with its type, whatever the systems say.</summary>
[Collection(nameof(WholeCompany))]
public sealed class JsonContractTests(WholeCompany company)
{
    private static readonly string[] Outcomes = ["pass", "fail", "notApplicable", "needsReview", "notTested", "error"];

    private JsonElement Told => company.First.Json;

    [Fact]
    public void A_collection_tells_where_who_how_much_and_when() => Each("collections", one =>
    {
        Text(one, "source", "address", "completeness", "scope");
        Assert.True(one.GetProperty("principal").ValueKind is JsonValueKind.String or JsonValueKind.Null);
        Items(one, "coverage", "calls");
        foreach (var line in one.Items("coverage"))
        {
            Text(line, "aspect", "scope", "state");
            Assert.Equal(JsonValueKind.Number, line.GetProperty("read").ValueKind);
            Assert.True(line.GetProperty("expected").ValueKind is JsonValueKind.Number or JsonValueKind.Null);
            if (line.Text("state") != "complete")
                Assert.NotEqual("", line.Text("why"));
        }

        Assert.True(one.GetProperty("started").GetDateTimeOffset() <= one.GetProperty("finished").GetDateTimeOffset());
        Assert.EndsWith("+00:00", one.Text("started").Replace("Z", "+00:00", StringComparison.Ordinal), StringComparison.Ordinal);
    });

    [Fact]
    public void A_result_tells_check_subject_outcome_reason_criteria_message_and_evidence() => Each("results", one =>
    {
        Text(one, "check", "outcome", "reason", "message");
        Assert.Equal(JsonValueKind.String, one.GetProperty("subject").ValueKind);
        Assert.Contains(one.Text("outcome"), Outcomes);
        Assert.NotEmpty(one.Texts("criteria"));
        Assert.True(one.GetProperty("evidence").ValueKind is JsonValueKind.Object or JsonValueKind.Null);
        if (one.Text("outcome") is "notTested" or "error")
            Assert.NotEqual("none", one.Text("reason"));
    });

    [Fact]
    public void Every_criterion_of_the_chosen_categories_is_there_with_its_counts_and_gaps()
    {
        Assert.Equal(["Security"], Told.Texts("categories"));
        Assert.Equal(Criteria("Security"), Told.Items("criteria").Select(one => one.Text("id")));
        Each("criteria", one =>
        {
            foreach (var count in new[] { "pass", "fail", "notApplicable", "notTested" })
                Assert.True(one.GetProperty(count).GetInt32() >= 0);
            Items(one, "gaps");
        });
        foreach (var one in Told.Items("criteria"))
            foreach (var outcome in new[] { "pass", "fail", "notApplicable", "notTested" })
                Assert.Equal(
                    Told.Items("results").Count(result => result.Text("outcome") == outcome && result.Texts("criteria").Contains(one.Text("id"))),
                    one.GetProperty(outcome).GetInt32());
    }

    [Fact]
    public void A_gap_tells_why_fix_effort_criteria_controls_subjects_and_what_comes_first() => Each("gaps", one =>
    {
        Text(one, "id", "title", "why");
        Items(one, "fix", "criteria", "controls", "subjects", "needsFirst");
        Assert.NotEmpty(one.Texts("fix"));
        foreach (var span in new[] { "hours", "cost" })
            Assert.InRange(one.GetProperty(span).GetProperty("low").GetDouble(), 0, one.GetProperty(span).GetProperty("high").GetDouble());
        Assert.Equal([], one.Texts("criteria").Except(Criteria(null)));
    });

    [Fact]
    public void What_comes_first_is_listed_first()
    {
        var order = Told.Items("gaps").Select(gap => gap.Text("id")).ToList();
        foreach (var gap in Told.Items("gaps"))
            Assert.All(gap.Texts("needsFirst").Where(order.Contains), first => Assert.True(order.IndexOf(first) < order.IndexOf(gap.Text("id")), $"{first} comes after {gap.Text("id")}"));
    }

    [Fact]
    public async Task A_check_tells_title_kind_sources_criteria_controls_and_what_it_covers()
    {
        var checks = (await company.Desk.RunAsync("checks", "--format", "json")).Exits(0).Json.EnumerateArray().ToList();
        Assert.NotEmpty(checks);
        Assert.All(checks, one =>
        {
            Text(one, "id", "title", "kind");
            Items(one, "sources", "criteria", "controls", "covers");
            Assert.NotEmpty(one.Texts("sources"));
            Assert.NotEmpty(one.Items("criteria"));
            Assert.All(one.Items("criteria"), edge => Text(edge, "id", "why"));
        });
        Assert.Equal(checks.Select(one => one.Text("id")).Order(StringComparer.Ordinal), Told.Items("results").Select(one => one.Text("check")).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Nothing_but_JSON_is_printed_where_JSON_was_asked_for()
    {
        foreach (var command in new[] { "sources", "checks", "doctor", "permissions host", "explain CC6.1", "sources domain" })
        {
            var ran = (await company.Desk.RunAsync([.. command.Split(' '), "--format", "json"])).Exits(0);
            Assert.True(ran.Json.ValueKind is JsonValueKind.Object or JsonValueKind.Array, command);
            Assert.Equal("", ran.Error);
        }
    }

    /// <summary>The ids of a category in the order of the catalogue; null takes all 61.</summary>
    private static IEnumerable<string> Criteria(string? category) =>
        JsonDocument.Parse(File.ReadAllText(Repository.File("catalog", "criteria.json"))).RootElement.Items("criteria")
            .Where(criterion => category is null || criterion.Text("category") == category).Select(criterion => criterion.Text("id"));

    private void Each(string list, Action<JsonElement> look)
    {
        var items = Told.Items(list).ToList();
        Assert.NotEmpty(items);
        Assert.All(items, look);
    }

    private static void Text(JsonElement one, params string[] members)
    {
        foreach (var member in members)
            Assert.False(string.IsNullOrEmpty(one.GetProperty(member).GetString()), $"{member} is empty in {one}");
    }

    private static void Items(JsonElement one, params string[] members)
    {
        foreach (var member in members)
            Assert.Equal(JsonValueKind.Array, one.GetProperty(member).ValueKind);
    }
}
