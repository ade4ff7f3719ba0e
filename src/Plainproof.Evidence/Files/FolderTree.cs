using Microsoft.Win32.SafeHandles;

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
            return new Opened(Open(Path.Combine(_folder, name.Replace('/', Path.DirectorySeparatorChar))));
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

    /// <summary>
    /// The runtime locks and unlocks each file that it opens, which takes a fifth of the time of verifying. Who only reads needs no lock of
    /// that kind. What cannot be opened goes through the runtime, which says why.
    /// </summary>
    private static SafeFileHandle Open(string path) =>
        OperatingSystem.IsLinux() && Native.open(path, Native.CloseOnExec) is >= 0 and var opened
            ? new SafeFileHandle(opened, ownsHandle: true)
            : File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);

    /// <summary>A package has many small files: this asks the system for less than a <see cref="FileStream"/> does.</summary>
    private sealed class Opened(SafeFileHandle file) : ForwardStream
    {
        private long _at;

        public override bool CanRead => true;

        public override int Read(Span<byte> buffer)
        {
            var read = RandomAccess.Read(file, buffer, _at);
            _at += read;
            return read;
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        protected override void Dispose(bool disposing)
        {
            if (disposing) file.Dispose();
            base.Dispose(disposing);
        }
    }
}
