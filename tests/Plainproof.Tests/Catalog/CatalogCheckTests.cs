using Plainproof.Catalog;
using Plainproof.Features.Catalog;
using Xunit;

namespace Plainproof.Tests.Catalog;

public sealed class CatalogCheckTests
{
    [Fact]
    public async Task The_shipped_catalogue_answers_yes()
    {
        var (code, said) = await Run(new CatalogCheck([]));

        Assert.Equal((0, "The catalogue holds together: 61 criteria, 106 controls, 79 gaps, 72 questions, 97 requests, 0 checks.\n"), (code, said));
    }

    [Fact]
    public async Task A_check_that_leads_nowhere_answers_no_and_is_named()
    {
        var (code, said) = await Run(new CatalogCheck([new("idle", ["AC-99"], ["CC6.1"])]));

        Assert.Equal(1, code);
        Assert.Equal(
            "checks, idle: names control AC-99, which controls.json does not have. Correct the id, or add what it names.\n"
            + "1 problem in 61 criteria, 106 controls, 79 gaps, 72 questions, 97 requests, 1 check.\n", said);
    }

    [Fact]
    public async Task A_catalogue_that_cannot_be_read_is_told_apart()
    {
        var (code, said) = await Run(new CatalogCheck(() => CatalogueReader.Read(_ => null), [], CatalogueCounts.Shipped));

        Assert.Equal(2, code);
        Assert.EndsWith("The catalogue cannot be read: 11 problems.\n", said, StringComparison.Ordinal);
    }

    private static async Task<(int Code, string Said)> Run(CatalogCheck check)
    {
        var output = new StringWriter { NewLine = "\n" };
        var code = await check.RunAsync(output, TestContext.Current.CancellationToken);
        return (code, output.ToString());
    }
}
