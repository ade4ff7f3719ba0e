using System.Collections.Concurrent;
using System.IO.Compression;

namespace Plainproof.Evidence;

/// <summary>
/// The files of a zip, below the one folder that all of them should lie in. What lies outside of it keeps its name behind "../".
/// An archive cannot be read by two threads at once, so each reader borrows one of its own.
/// </summary>
internal sealed class ZipTree : IFileTree
{
    private readonly string _path;
    private readonly string _root;
    private readonly ConcurrentBag<ZipArchive> _free = [];
    private readonly IReadOnlyList<string> _names;

    /// <param name="marker">A file that lies directly in that folder.</param>
    /// <exception cref="InvalidDataException">It is no zip, or a damaged one.</exception>
    public ZipTree(string path, string marker)
    {
        _path = path;
        var archive = Borrow();
        try
        {
            var names = archive.Entries.Select(entry => entry.FullName).Where(name => !name.EndsWith('/')).ToList();
            var marked = names.FirstOrDefault(name => name == marker || (name.EndsWith("/" + marker, StringComparison.Ordinal) && name.Count(letter => letter == '/') == 1));
            _root = marked is null ? "" : marked[..^marker.Length];
            _names = [.. names.Select(Named).Order(StringComparer.Ordinal)];
        }
        finally
        {
            _free.Add(archive);
        }
    }

    public bool Exists => true;

    public IReadOnlyList<string> Names() => _names;

    public Stream? TryOpen(string name)
    {
        var archive = Borrow();
        try
        {
            if (archive.GetEntry(name.StartsWith("../", StringComparison.Ordinal) ? name[3..] : _root + name) is { } entry)
                return new Borrowed(entry.Open(), () => _free.Add(archive));
        }
        catch
        {
            archive.Dispose();
            throw;
        }

        _free.Add(archive);
        return null;
    }

    public void Dispose()
    {
        while (_free.TryTake(out var archive)) archive.Dispose();
    }

    private string Named(string full) => full.StartsWith(_root, StringComparison.Ordinal) ? full[_root.Length..] : "../" + full;

    private ZipArchive Borrow() => _free.TryTake(out var archive) ? archive : ZipFile.OpenRead(_path);

    /// <summary>Gives the archive back when it was read.</summary>
    private sealed class Borrowed(Stream content, Action giveBack) : ForwardStream
    {
        private bool _given;

        public override bool CanRead => true;

        public override int Read(Span<byte> buffer) => content.Read(buffer);

        public override int Read(byte[] buffer, int offset, int count) => content.Read(buffer, offset, count);

        protected override void Dispose(bool disposing)
        {
            if (disposing && !_given)
            {
                _given = true;
                content.Dispose();
                giveBack();
            }

            base.Dispose(disposing);
        }
    }
}
