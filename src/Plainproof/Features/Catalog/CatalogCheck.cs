using Plainproof.Catalog;

namespace Plainproof.Features.Catalog;

/// <summary>
/// Proves that the catalogue built into this program holds together and that every check of the library has its
/// controls. Exit 0: it does. 1: it does not. 2: it cannot be read.
/// </summary>
internal sealed class CatalogCheck(Func<Catalogue> read, IReadOnlyList<CheckReach> checks, CatalogueCounts counts)
{
    public CatalogCheck(IReadOnlyList<CheckReach> checks)
        : this(() => Catalogue.Shipped, checks, CatalogueCounts.Shipped)
    {
    }

    /// <summary>Writes one line for each problem, then a line of sums; returns the exit code.</summary>
    public async Task<int> RunAsync(TextWriter output, CancellationToken stop)
    {
        var (catalogue, problems) = Examine();
        foreach (var problem in problems)
            await output.WriteLineAsync(problem.ToString().AsMemory(), stop);
        await output.WriteLineAsync(Sums(catalogue, problems.Count).AsMemory(), stop);
        return catalogue is null ? 2 : problems.Count == 0 ? 0 : 1;
    }

    private (Catalogue? Catalogue, IReadOnlyList<Problem> Problems) Examine()
    {
        try
        {
            var catalogue = read();
            return (catalogue, CatalogueCheck.Problems(catalogue, checks, counts));
        }
        catch (BrokenCatalogueException broken)
        {
            return (null, broken.Problems);
        }
    }

    private string Sums(Catalogue? catalogue, int problems)
    {
        if (catalogue is null)
            return $"The catalogue cannot be read: {Counted(problems, "problem")}.";
        var holds = $"{Counted(catalogue.Criteria.Criteria.Count, "criterion", "criteria")}, {Counted(catalogue.Controls.Controls.Count, "control")}, "
            + $"{Counted(catalogue.Gaps.Gaps.Count, "gap")}, {Counted(catalogue.Questions.Questions.Count, "question")}, "
            + $"{Counted(catalogue.Requests.Requests.Count, "request")}, {Counted(checks.Count, "check")}";
        return problems == 0 ? $"The catalogue holds together: {holds}." : $"{Counted(problems, "problem")} in {holds}.";
    }

    private static string Counted(int count, string one, string? many = null) => count == 1 ? $"1 {one}" : $"{count} {many ?? one + "s"}";
}
