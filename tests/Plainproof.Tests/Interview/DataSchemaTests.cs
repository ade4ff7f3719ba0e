using NJsonSchema;
using Xunit;

namespace Plainproof.Tests.Interview;

public sealed class DataSchemaTests
{
    public static TheoryData<string> Names() => ["questions", "requests", "policies", "description", "entity-controls", "scoping", "glossary"];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_data_file_fits_its_schema(string name)
    {
        var schema = await JsonSchema.FromFileAsync(Repository.File("catalog", "schema", $"{name}.schema.json"));

        Assert.Empty(schema.Validate(await File.ReadAllTextAsync(Repository.File("catalog", $"{name}.json"))));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_schema_refuses_what_it_does_not_know(string name)
    {
        var schema = await JsonSchema.FromFileAsync(Repository.File("catalog", "schema", $"{name}.schema.json"));
        var text = await File.ReadAllTextAsync(Repository.File("catalog", $"{name}.json"));

        Assert.NotEmpty(schema.Validate(text.Insert(text.IndexOf('{', StringComparison.Ordinal) + 1, "\"unknown\": 1,")));
        Assert.NotEmpty(schema.Validate(text.Insert(text.LastIndexOf('{') + 1, "\"unknown\": 1,")));
    }
}
