using Plainproof.Cli;
using Xunit;

namespace Plainproof.Tests.House;

/// <summary>Pages made by the program are those in the repository. <c>PLAINPROOF_WRITE_DOCS=1</c> writes them anew.</summary>
public sealed class GeneratedPages
{
    [Fact]
    public async Task The_page_of_sources_is_up_to_date()
    {
        using var output = new StringWriter { NewLine = "\n" };
        Assert.Equal(0, await CommandLine.RunAsync(["sources", "--format", "md"], TextReader.Null, output, TextWriter.Null));

        var page = Repository.File("docs", "sources.md");
        if (Environment.GetEnvironmentVariable("PLAINPROOF_WRITE_DOCS") == "1")
            await File.WriteAllTextAsync(page, output.ToString());
        Assert.Equal(await File.ReadAllTextAsync(page), output.ToString());
    }
}
