using Plainproof.Cli;

namespace Plainproof.Features.Export;

/// <summary>Where a package is to be written: a folder or a zip that is not there yet.</summary>
internal sealed record PackageTarget(string Path, bool IsFolder)
{
    private const string Mark = "SAMPLE";

    /// <summary>The package of the sample company carries the mark in its name.</summary>
    /// <exception cref="BadInput">It cannot be written there.</exception>
    public static PackageTarget Of(string typed, bool isSample)
    {
        var full = System.IO.Path.GetFullPath(typed);
        var isFolder = System.IO.Path.EndsInDirectorySeparator(full) || IsEmptyFolder(full);
        var path = System.IO.Path.TrimEndingDirectorySeparator(full);
        var name = System.IO.Path.GetFileName(path);
        if (isSample && !name.Contains(Mark, StringComparison.Ordinal))
            path = System.IO.Path.Combine(System.IO.Path.GetDirectoryName(path)!, $"{Mark}-{name}");
        if (!isFolder && !path.EndsWith(".zip", StringComparison.OrdinalIgnoreCase))
            throw new BadInput($"--out {typed}: name a file that ends with .zip, or a folder with / at its end.");
        if (File.Exists(path) || (Directory.Exists(path) && !IsEmptyFolder(path)))
            throw new BadInput($"--out {typed}: {path} is there already, and nothing is written over. Choose another name, or take it away first.");
        if (!Directory.Exists(System.IO.Path.GetDirectoryName(path)))
            throw new BadInput($"--out {typed}: the folder {System.IO.Path.GetDirectoryName(path)} is not there. Make it first, or choose another.");
        return new PackageTarget(path, isFolder);
    }

    private static bool IsEmptyFolder(string path) => Directory.Exists(path) && !Directory.EnumerateFileSystemEntries(path).Any();
}
