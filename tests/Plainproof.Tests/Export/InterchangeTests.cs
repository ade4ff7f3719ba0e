using System.Text.Json.Nodes;
using NJsonSchema;
using Plainproof.Cli;
using Plainproof.Tests.Evidence;
using Plainproof.Tests.House;
using Plainproof.Tests.Servers;
using Xunit;

namespace Plainproof.Tests.Export;

/// <summary>The documents for programs: valid by the standards' own schemas, whole in their references, and honest.</summary>
public sealed class InterchangeTests
{
    private static readonly Dictionary<string, string> Schemas = new()
    {
        ["catalog"] = "catalog",
        ["profile"] = "profile",
        ["component-definition"] = "component",
        ["system-security-plan"] = "ssp",
        ["assessment-plan"] = "assessment-plan",
        ["assessment-results"] = "assessment-results",
        ["plan-of-action-and-milestones"] = "poam",
    };

    [Theory, InlineData("1.1.3"), InlineData("1.2.1")]
    public async Task OSCAL_is_valid_by_the_schemas_of_NIST(string version)
    {
        var parcel = await Parcel.OfAsync(false);
        foreach (var (name, schemaName) in Schemas)
        {
            var schema = await JsonSchema.FromFileAsync(Official($"oscal-{version}", $"oscal_{schemaName}_schema.json"));
            var document = await File.ReadAllTextAsync(parcel.File($"data/oscal/{name}.json"));
            Assert.Equal("", string.Join('\n', schema.Validate(document).Select(error => $"{name}: {error}").Take(10)));
            Assert.NotEmpty(schema.Validate(document.Replace("\"oscal-version\"", "\"oscal-edition\"", StringComparison.Ordinal)));
        }
    }

    [Fact]
    public async Task A_second_validator_says_the_same()
    {
        var parcel = await Parcel.OfAsync(false);
        Assert.SkipUnless((await Tool.TryAsync(parcel.Folder, "python3", "-c", "import jsonschema")).Code == 0, "python3-jsonschema is not installed.");
        foreach (var (name, schemaName) in Schemas)
            await Tool.RunAsync(parcel.Folder, "python3", "-W", "ignore", "-c", Validate, Official("oscal-1.1.3", $"oscal_{schemaName}_schema.json"), $"data/oscal/{name}.json");
        await Tool.RunAsync(parcel.Folder, "python3", "-W", "ignore", "-c", Validate, Official("sarif-2.1.0", "sarif-schema-2.1.0.json"), "data/sarif/results.sarif");
    }

    /// <summary>The patterns of OSCAL name classes of letters that Python's expressions do not know.</summary>
    private const string Validate =
        """
        import json, sys, jsonschema
        schema = json.loads(open(sys.argv[1], encoding="utf-8").read().replace(r"\\p{L}", "A-Za-z").replace(r"\\p{N}", "0-9").replace("(A-Za-z|_)", "([A-Za-z]|_)").replace("(A-Za-z|0-9|", "([A-Za-z]|[0-9]|"))
        jsonschema.validators.validator_for(schema)(schema).validate(json.load(open(sys.argv[2], encoding="utf-8")))
        """;

    [Fact]
    public async Task Every_reference_in_OSCAL_leads_somewhere()
    {
        var parcel = await Parcel.OfAsync(false);
        var documents = Schemas.Keys.ToDictionary(name => name, name => JsonNode.Parse(File.ReadAllText(parcel.File($"data/oscal/{name}.json")))![name]!);
        foreach (var (name, document) in documents)
            Assert.Empty(All(document, "uuid").GroupBy(uuid => uuid).Where(group => group.Count() > 1).Select(group => $"{name}: {group.Key}"));
        foreach (var href in documents.Values.SelectMany(document => All(document, "href")))
            Assert.True(File.Exists(Path.Combine(parcel.File("data/oscal"), href)), href);
        var results = documents["assessment-results"];
        Assert.Empty(All(results, "observation-uuid").Except(All(results, "uuid")));
        Assert.Empty(All(results, "target-id").Except(All(documents["catalog"], "id")));
        Assert.Empty(All(documents["profile"]["imports"]![0]!, "with-ids").Except(All(documents["catalog"], "id")));
        Assert.Empty(All(documents["system-security-plan"], "control-id").Except(All(documents["catalog"], "id")));
        Assert.Empty(All(documents["plan-of-action-and-milestones"], "risk-uuid").Except(All(documents["plan-of-action-and-milestones"]["risks"]!, "uuid")));
        Assert.Contains(All(results, "href"), href => href.StartsWith("../blobs/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Nothing_is_called_satisfied_and_not_tested_stays_not_tested()
    {
        var parcel = await Parcel.OfAsync(false);
        var result = JsonNode.Parse(File.ReadAllText(parcel.File("data/oscal/assessment-results.json")))!["assessment-results"]!["results"]![0]!;
        Assert.Equal(["not-satisfied"], All(result["findings"]!, "state").Distinct());
        foreach (var observation in result["observations"]!.AsArray())
        {
            var outcome = observation!["props"]!.AsArray().Single(property => (string?)property!["name"] == "outcome")!["value"]!.GetValue<string>();
            Assert.Equal(outcome is "not tested" or "error" ? "UNKNOWN" : "EXAMINE", (string?)observation["methods"]![0]);
        }

        foreach (var path in Directory.GetFiles(parcel.Folder, "*", SearchOption.AllDirectories).Where(path => path.EndsWith(".txt", StringComparison.Ordinal) || path.Contains("/oscal/", StringComparison.Ordinal) || path.Contains("/ocsf/", StringComparison.Ordinal)))
            Assert.DoesNotMatch(Laws.Claim(), await File.ReadAllTextAsync(path));
    }

    [Fact]
    public async Task OCSF_has_what_its_class_requires_and_nothing_that_it_does_not_know()
    {
        var parcel = await Parcel.OfAsync(false);
        foreach (var line in File.ReadLines(parcel.File("data/ocsf/compliance-findings.ndjson")))
        {
            var read = JsonNode.Parse(line)!.AsObject();
            Fits(read, "base_event", "finding", "compliance_finding");
            Fits(read["compliance"]!.AsObject(), "compliance");
            Fits(read["compliance"]!["checks"]![0]!.AsObject(), "check");
            Fits(read["finding_info"]!.AsObject(), "finding_info");
            Fits(read["metadata"]!.AsObject(), "metadata");
            Assert.Equal((2003, 200301, (string?)read["compliance"]!["status"] is "not tested" ? 2 : (int)read["compliance"]!["status_id"]!), ((int)read["class_uid"]!, (int)read["type_uid"]!, (int)read["compliance"]!["status_id"]!));
        }
    }

    [Fact]
    public async Task The_check_command_writes_both()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("merges.jsonl", $"{Standing.Workspace.Reviewed}\n{Standing.Workspace.Unseen}\n");
        foreach (var format in new[] { "oscal", "ocsf" })
        {
            using var output = new StringWriter();
            var exit = await CommandLine.RunAsync(["check", "--only", "--source", $"push={file}?kind=change.merge&name=forge", "--report", folder.File("r.html"), "--data", folder.File("data"), "--format", format], TextReader.Null, output, output);
            Assert.True(exit == 0, output.ToString());
            Assert.Contains(format == "oscal" ? "\"assessment-results\"" : "\"class_uid\":2003", output.ToString(), StringComparison.Ordinal);
        }
    }

    private static void Fits(JsonObject read, params string[] definitions)
    {
        var known = definitions.Select(name => JsonNode.Parse(File.ReadAllText(Official("ocsf", $"{name}.json")))!["attributes"]!.AsObject()).ToList();
        foreach (var required in known.SelectMany(attributes => attributes.Where(one => (one.Value as JsonObject)?["requirement"]?.GetValue<string>() == "required").Select(one => one.Key)))
            Assert.True(read.ContainsKey(required), $"{definitions[0]}: {required} is missing.");
        Assert.Empty(read.Select(member => member.Key).Except(known.SelectMany(attributes => attributes.Select(one => one.Key))));
    }

    /// <summary>Every text that has this name, however deep.</summary>
    private static IEnumerable<string> All(JsonNode? within, string name) => within switch
    {
        JsonObject some => some.SelectMany(one => (one.Key == name ? Texts(one.Value) : []).Concat(All(one.Value, name))),
        JsonArray list => list.SelectMany(one => All(one, name)),
        _ => [],
    };

    private static IEnumerable<string> Texts(JsonNode? value) => value switch
    {
        JsonArray list => list.SelectMany(Texts),
        JsonValue text when text.TryGetValue<string>(out var said) => [said],
        _ => [],
    };

    private static string Official(string folder, string name)
    {
        for (var around = new DirectoryInfo(Repository.Root).Parent; around is not null; around = around.Parent)
            if (Path.Combine(around.FullName, "shared", "schemas", folder, name) is var file && File.Exists(file))
                return file;
        Assert.Skip($"The official schema {name} is not beside this repository (shared/schemas).");
        return "";
    }
}
