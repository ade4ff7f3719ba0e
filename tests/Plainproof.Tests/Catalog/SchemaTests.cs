using Newtonsoft.Json.Linq;
using NJsonSchema;
using Xunit;

namespace Plainproof.Tests.Catalog;

public sealed class SchemaTests
{
    public static TheoryData<string> Files =>
    [
        "criteria", "controls", "gaps", "standing", "questions", "requests", "policies", "description", "entity-controls", "scoping", "glossary",
    ];

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Each_file_follows_its_schema(string name)
    {
        var errors = (await Schema(name)).Validate(Text(name));

        Assert.True(errors.Count == 0, string.Join('\n', errors));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Each_schema_is_draft_07_and_lets_nothing_unknown_in(string name)
    {
        var schema = JObject.Parse(await File.ReadAllTextAsync(Repository.File("catalog", "schema", name + ".schema.json"), TestContext.Current.CancellationToken));
        var objects = schema.DescendantsAndSelf().OfType<JObject>().Where(one => one["type"] is JValue { Value: "object" } && one["properties"] is not null);

        Assert.Equal("http://json-schema.org/draft-07/schema#", (string?)schema["$schema"]);
        Assert.All(objects, one => Assert.False((bool?)one["additionalProperties"] ?? true, one.Path));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public async Task A_member_nobody_knows_is_refused_by_the_schema(string name)
    {
        var file = JObject.Parse(Text(name));
        file["surprise"] = 1;

        Assert.NotEmpty((await Schema(name)).Validate(file));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public async Task An_item_without_one_of_its_parts_is_refused_by_the_schema(string name)
    {
        var file = JObject.Parse(Text(name));
        var item = file.Properties().Select(property => property.Value).OfType<JArray>().SelectMany(list => list.OfType<JObject>()).First();
        item.Properties().First().Remove();

        Assert.NotEmpty((await Schema(name)).Validate(file));
    }

    private static string Text(string name) => File.ReadAllText(Repository.File("catalog", name + ".json"));

    private static Task<JsonSchema> Schema(string name) => JsonSchema.FromFileAsync(Repository.File("catalog", "schema", name + ".schema.json"));
}
