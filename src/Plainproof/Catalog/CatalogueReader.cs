using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Plainproof.Catalog.Proof;

namespace Plainproof.Catalog;

/// <summary>Reads the eleven files strictly, tells all that is wrong with them at once.</summary>
internal static class CatalogueReader
{
    /// <exception cref="BrokenCatalogueException">A file is missing, malformed or refers to what is not there.</exception>
    public static Catalogue ReadEmbedded() =>
        Read(name => typeof(CatalogueReader).Assembly.GetManifestResourceStream("catalog/" + name));

    /// <param name="open">Opens a file by name, such as gaps.json; null when there is none.</param>
    /// <exception cref="BrokenCatalogueException">A file is missing, malformed or refers to what is not there.</exception>
    public static Catalogue Read(Func<string, Stream?> open)
    {
        var problems = new List<Problem>();
        var catalogue = new Catalogue
        {
            Criteria = Parse("criteria.json", open, CatalogueJson.Default.CriteriaFile, problems),
            Controls = Parse("controls.json", open, CatalogueJson.Default.ControlsFile, problems),
            Gaps = Parse("gaps.json", open, CatalogueJson.Default.GapsFile, problems),
            Standing = Parse("standing.json", open, CatalogueJson.Default.StandingFile, problems),
            Questions = Parse("questions.json", open, CatalogueJson.Default.QuestionsFile, problems),
            Requests = Parse("requests.json", open, CatalogueJson.Default.RequestsFile, problems),
            Policies = Parse("policies.json", open, CatalogueJson.Default.PoliciesFile, problems),
            Description = Parse("description.json", open, CatalogueJson.Default.DescriptionFile, problems),
            EntityControls = Parse("entity-controls.json", open, CatalogueJson.Default.EntityControlsFile, problems),
            Scoping = Parse("scoping.json", open, CatalogueJson.Default.ScopingFile, problems),
            Glossary = Parse("glossary.json", open, CatalogueJson.Default.GlossaryFile, problems),
        };
        if (problems.Count == 0)
            problems.AddRange([.. catalogue.By.RepeatedIds(), .. References.Problems(catalogue)]);
        return problems.Count == 0 ? catalogue : throw new BrokenCatalogueException(problems);
    }

    private static T Parse<T>(string name, Func<string, Stream?> open, JsonTypeInfo<T> type, List<Problem> problems)
        where T : class
    {
        try
        {
            using var stream = open(name);
            if (stream is null)
                problems.Add(new(name, "", "the file is not there", "Put it in the catalog folder and build again"));
            else if (JsonSerializer.Deserialize(stream, type) is { } file)
                return file;
            else
                problems.Add(new(name, "", "the file holds null", "Write the object its schema describes"));
        }
        catch (JsonException wrong)
        {
            var at = wrong.LineNumber is { } line ? $"line {line + 1}, {wrong.Path}" : wrong.Path ?? "";
            var schema = name.Replace(".json", ".schema.json", StringComparison.Ordinal);
            problems.Add(new(name, at, wrong.Message.TrimEnd('.'), "Compare it with schema/" + schema));
        }

        // Never used: a problem was added, and Read throws before anyone sees the catalogue.
        return null!;
    }
}
