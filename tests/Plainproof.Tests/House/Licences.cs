using System.Text.Json;
using System.Xml.Linq;
using Xunit;

namespace Plainproof.Tests.House;

/// <summary>A package whose licence is not on the list fails the build.</summary>
public sealed class Licences
{
    private static readonly string[] Allowed = ["MIT", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "PostgreSQL", "MPL-2.0", "OFL-1.1", "0BSD"];

    /// <summary>Packages that name their licence by file or address, each read by a person.</summary>
    private static readonly Dictionary<string, string> ReadByAPerson = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Sylvan.Data.Csv"] = "MIT",
    };

    [Fact]
    public void Every_package_has_a_licence_on_the_list()
    {
        var packages = Packages().Distinct().Order().ToList();
        Assert.NotEmpty(packages);
        Assert.Empty(packages.Select(package => (package, licence: LicenceOf(package))).Where(found => !IsAllowed(found.licence)).Select(found => $"{found.package}: {found.licence}"));
    }

    /// <summary>Fonts come as files, not as packages: each folder of them has the licence, and the notice names it.</summary>
    [Fact]
    public void Every_font_lies_beside_its_licence()
    {
        var folders = Directory.EnumerateFiles(Repository.File("src"), "*.ttf", SearchOption.AllDirectories)
            .Select(font => Path.GetDirectoryName(font)!).Where(folder => !folder.Contains("/bin/") && !folder.Contains("/obj/")).Distinct().ToList();
        Assert.NotEmpty(folders);
        Assert.All(folders, folder =>
        {
            Assert.Contains("SIL OPEN FONT LICENSE Version 1.1", File.ReadAllText(Path.Combine(folder, "OFL.txt")));
            Assert.Contains(Path.GetRelativePath(Repository.Root, folder), File.ReadAllText(Repository.File("NOTICE")));
        });
    }

    private static bool IsAllowed(string licence) =>
        licence.Split([" AND ", " OR "], StringSplitOptions.None).All(part => Allowed.Contains(part.Trim('(', ')', ' ')));

    /// <summary>What the shipped projects restore, as folders of the package cache.</summary>
    private static IEnumerable<string> Packages() =>
        from assets in Directory.EnumerateFiles(Repository.File("src"), "project.assets.json", SearchOption.AllDirectories)
        let json = JsonDocument.Parse(File.ReadAllText(assets)).RootElement
        let cache = json.GetProperty("packageFolders").EnumerateObject().First().Name
        from library in json.GetProperty("libraries").EnumerateObject()
        where library.Value.GetProperty("type").GetString() == "package"
        select Path.Combine(cache, library.Value.GetProperty("path").GetString()!);

    private static string LicenceOf(string folder)
    {
        var nuspec = XDocument.Load(Directory.EnumerateFiles(folder, "*.nuspec").Single());
        var id = nuspec.Descendants().First(element => element.Name.LocalName == "id").Value;
        if (ReadByAPerson.TryGetValue(id, out var known))
            return known;
        var licence = nuspec.Descendants().FirstOrDefault(element => element.Name.LocalName == "license");
        return licence?.Attribute("type")?.Value == "expression" ? licence.Value : $"not named ({licence?.Value ?? nuspec.Descendants().FirstOrDefault(element => element.Name.LocalName == "licenseUrl")?.Value})";
    }
}
