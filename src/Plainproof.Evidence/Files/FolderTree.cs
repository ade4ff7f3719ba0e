namespace Plainproof.Evidence;

/// <summary>The files of a folder.</summary>
internal sealed class FolderTree(string folder) : IFileTree
{
    private readonly string _folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
    private IReadOnlyList<string>? _names;

    public bool Exists => Directory.Exists(_folder);

    /// <summary>As they were when somebody first asked.</summary>
    public IReadOnlyList<string> Names() => _names ??=
        [.. Directory.EnumerateFiles(_folder, "*", SearchOption.AllDirectories)
            .Select(path => path[(_folder.Length + 1)..].Replace(Path.DirectorySeparatorChar, '/'))
            .Order(StringComparer.Ordinal)];

    /// <summary>Without a buffer: whoever reads has one.</summary>
    public Stream? TryOpen(string name)
    {
        try
        {
            return new FileStream(Path.Combine(_folder, name.Replace('/', Path.DirectorySeparatorChar)), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0, FileOptions.SequentialScan);
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
