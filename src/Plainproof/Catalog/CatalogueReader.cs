using System.Text.Json;
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
            Criteria = Parse("criteria.json", open, CatalogueFiles.Criteria, problems),
            Controls = Parse("controls.json", open, CatalogueFiles.Controls, problems),
            Gaps = Parse("gaps.json", open, CatalogueFiles.Gaps, problems),
            Standing = Parse("standing.json", open, CatalogueFiles.Standing, problems),
            Questions = Parse("questions.json", open, CatalogueFiles.Questions, problems),
            Requests = Parse("requests.json", open, CatalogueFiles.Requests, problems),
            Policies = Parse("policies.json", open, CatalogueFiles.Policies, problems),
            Description = Parse("description.json", open, CatalogueFiles.Description, problems),
            EntityControls = Parse("entity-controls.json", open, CatalogueFiles.EntityControls, problems),
            Scoping = Parse("scoping.json", open, CatalogueFiles.Scoping, problems),
            Glossary = Parse("glossary.json", open, CatalogueFiles.Glossary, problems),
        };
        if (problems.Count == 0)
            problems.AddRange([.. catalogue.By.RepeatedIds(), .. References.Problems(catalogue)]);
        return problems.Count == 0 ? catalogue : throw new BrokenCatalogueException(problems);
    }

    private static T Parse<T>(string name, Func<string, Stream?> open, Func<Node, T> read, List<Problem> problems)
        where T : class
    {
        try
        {
            using var stream = open(name);
            if (stream is not null)
            {
                using var document = JsonDocument.Parse(stream);
                return Node.Read(name, "$", document.RootElement, problems, read);
            }

            problems.Add(new(name, "", "the file is not there", "Put it in the catalog folder and build again"));
        }
        catch (JsonException wrong)
        {
            problems.Add(new(name, $"line {wrong.LineNumber + 1}", wrong.Message.TrimEnd('.'), "Write it as JSON"));
        }

        // Never used: a problem was added, and Read throws before anyone sees the catalogue.
        return null!;
    }
}
