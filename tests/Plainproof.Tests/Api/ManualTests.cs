using System.Diagnostics;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Plainproof.Tests.Standing;
using Xunit;

namespace Plainproof.Tests.Api;

/// <summary>What the manual shows works as it stands there.</summary>
public sealed class ManualTests
{
    [Fact]
    public async Task Each_example_of_the_manual_works()
    {
        await using var acme = await Workspace.OpenAsync(postgresql: false);
        await acme.CheckAsync(Workspace.Reviewed, Workspace.Unseen);
        using var script = await Script.OfAsync(acme.Office.Site, acme.Olga, "read work push");
        var manual = await File.ReadAllTextAsync(Repository.File("docs", "manual", "api.md"));
        var examples = Regex.Matches(manual, "```sh\n(.*?)```", RegexOptions.Singleline).Select(found => found.Groups[1].Value).ToList();
        Assert.Equal(3, examples.Count);
        var told = new List<string>();
        foreach (var example in examples)
            told.Add(await RunAsync(example, script.Token!, new Uri(acme.Office.Site.Address, Script.Company).ToString()));

        Assert.Contains(Workspace.Watched, told[0], StringComparison.Ordinal);
        Assert.Equal("2027-03-31", (string?)JsonNode.Parse(told[1])!["due"]);
        Assert.Equal("complete", (string?)JsonNode.Parse(told[2])!["completeness"]);
    }

    private static async Task<string> RunAsync(string example, string token, string company)
    {
        var start = new ProcessStartInfo("sh") { ArgumentList = { "-e", "-c", example }, RedirectStandardOutput = true, RedirectStandardError = true, Environment = { ["TOKEN"] = token, ["COMPANY"] = company, ["no_proxy"] = "*" } };
        using var shell = Process.Start(start)!;
        var (output, error) = (shell.StandardOutput.ReadToEndAsync(), shell.StandardError.ReadToEndAsync());
        await shell.WaitForExitAsync();
        Assert.True(shell.ExitCode == 0, $"{example}\n{await output}\n{await error}");
        return await output;
    }
}
