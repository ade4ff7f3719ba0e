namespace Plainproof.Evidence;

/// <summary>The files of a folder.</summary>
internal sealed class FolderTree(string folder) : IFileTree
{
    private const int BufferBytes = 1 << 16;

    public bool Exists => Directory.Exists(folder);

    public IReadOnlyList<string> Names() =>
        [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(folder, path).Replace(Path.DirectorySeparatorChar, '/'))
            .Order(StringComparer.Ordinal)];

    public Stream? TryOpen(string name)
    {
        try
        {
            return new FileStream(Path.Combine(folder, name.Replace('/', Path.DirectorySeparatorChar)), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, BufferBytes, FileOptions.SequentialScan);
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    public void Dispose()
    {
        // A folder is not held open.
    }
}
