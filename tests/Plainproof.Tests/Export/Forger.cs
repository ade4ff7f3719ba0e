using System.Security.Cryptography;

namespace Plainproof.Tests.Export;

/// <summary>Somebody who changes a package and then makes its lists anew, so that they fit.</summary>
internal static class Forger
{
    public static void Relist(string folder)
    {
        Write(folder, "manifest-sha256.txt", name => name.StartsWith("data/", StringComparison.Ordinal));
        Write(folder, "tagmanifest-sha256.txt", name => !name.StartsWith("data/", StringComparison.Ordinal) && name != "tagmanifest-sha256.txt");
    }

    private static void Write(string folder, string list, Func<string, bool> belongs) => File.WriteAllText(
        Path.Combine(folder, list),
        string.Concat(Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(folder, path)).Where(belongs).Order(StringComparer.Ordinal)
            .Select(name => $"{Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(folder, name))))}  {name}\n")));
}
