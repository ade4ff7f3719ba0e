using System.Xml.Linq;
using Xunit;

namespace Plainproof.Tests.House;

/// <summary>The arrows between projects are those of the design; no other exists.</summary>
public sealed class Arrows
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Plainproof.Facts"] = [],
        ["Plainproof.Sources"] = ["Plainproof.Facts"],
        ["Plainproof.Checks"] = ["Plainproof.Facts"],
        ["Plainproof.Evidence"] = [],
        ["Plainproof.Documents"] = [],
        ["Plainproof"] = ["Plainproof.Facts", "Plainproof.Sources", "Plainproof.Checks", "Plainproof.Evidence", "Plainproof.Documents"],
    };

    [Fact]
    public void Only_the_arrows_of_the_design_exist()
    {
        var seen = Directory.EnumerateFiles(Repository.File("src"), "*.csproj", SearchOption.AllDirectories)
            .ToDictionary(path => Path.GetFileNameWithoutExtension(path), path => References(path, "ProjectReference").Select(reference => Path.GetFileNameWithoutExtension(reference.Replace('\\', '/'))).ToArray());
        Assert.Equal(Allowed.Keys.Order(), seen.Keys.Order());
        foreach (var (project, references) in seen)
            Assert.Empty(references.Except(Allowed[project]));
    }

    [Fact]
    public void Checks_and_facts_have_no_network_no_store_and_no_clock()
    {
        string[] forbidden = ["System.Net.Http", "System.Net.Sockets", "Dns.", "System.Data", "HttpClient", "DateTime.Now", "DateTime.UtcNow", "DateTimeOffset.Now", "DateTimeOffset.UtcNow", "TimeProvider", "Stopwatch", "Environment."];
        Assert.Empty(Lines("Plainproof.Checks").Concat(Lines("Plainproof.Facts")).Where(line => forbidden.Any(line.Text.Contains)).Select(line => line.ToString()));
    }

    [Fact]
    public void Assurance_is_pure_and_calls_no_feature()
    {
        string[] forbidden = ["Plainproof.Features", "Plainproof.Storage", "Plainproof.Sources", "Plainproof.Cli", "System.Data", "System.Net", "UtcNow", "TimeProvider", "File.", "Console."];
        Assert.Empty(Lines("Plainproof/Assurance").Where(line => forbidden.Any(line.Text.Contains)).Select(line => line.ToString()));
    }

    [Fact]
    public void Nothing_reads_the_time_but_through_a_clock()
    {
        string[] forbidden = ["DateTime.Now", "DateTime.UtcNow", "DateTimeOffset.Now", "DateTimeOffset.UtcNow", "DateTime.Today"];
        Assert.Empty(Lines("").Where(line => forbidden.Any(line.Text.Contains)).Select(line => line.ToString()));
    }

    [Fact]
    public void The_evidence_project_keeps_few_packages()
    {
        string[] allowed = ["BouncyCastle.Cryptography", "System.Security.Cryptography.Pkcs"];
        Assert.Empty(References(Repository.File("src", "Plainproof.Evidence", "Plainproof.Evidence.csproj"), "PackageReference").Except(allowed));
    }

    private static IEnumerable<string> References(string project, string kind) =>
        XDocument.Load(project).Descendants(kind).Select(element => element.Attribute("Include")!.Value);

    private static IEnumerable<(string Text, string At)> Lines(string under) =>
        from path in Directory.EnumerateFiles(Repository.File("src", under), "*.cs", SearchOption.AllDirectories)
        where !path.Contains("/obj/", StringComparison.Ordinal) && !path.Contains("/bin/", StringComparison.Ordinal)
        from line in File.ReadLines(path)
        where !line.TrimStart().StartsWith("//", StringComparison.Ordinal)
        select (line, Path.GetRelativePath(Repository.Root, path));
}
