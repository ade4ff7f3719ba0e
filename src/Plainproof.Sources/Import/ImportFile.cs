using System.IO.Compression;

namespace Plainproof.Sources.Import;

/// <summary>The file as text, unpacked on the way when it is packed. It can be read again from the start.</summary>
internal sealed class ImportFile(string path)
{
    /// <summary>No report is larger; what is, is a mistake or an attack.</summary>
    internal const long MostBytes = 4L * 1024 * 1024 * 1024;

    /// <summary>Reports shrink to a twentieth; a bomb to a thousandth.</summary>
    internal const int MostRatio = 250;

    private const long FreeBytes = 32 * 1024 * 1024;

    public string Path { get; } = path;

    public string Name => System.IO.Path.GetFileName(Path);

    /// <exception cref="BadTarget">Not there, not readable, or packed in a way that is not read.</exception>
    public Stream Open()
    {
        var file = OpenRaw();
        Span<byte> start = stackalloc byte[4];
        var read = file.ReadAtLeast(start, 4, throwOnEndOfStream: false);
        file.Position = 0;
        if (read >= 2 && start[0] == 0x1F && start[1] == 0x8B)
            return new LimitedStream(new GZipStream(file, CompressionMode.Decompress), file.Length, Path);
        if (read >= 4 && start.SequenceEqual("PK\u0003\u0004"u8))
            return OpenZip(file);
        if (read >= 2 && ((start[0] == 0xFF && start[1] == 0xFE) || (start[0] == 0xFE && start[1] == 0xFF)))
        {
            file.Dispose();
            throw new BadTarget($"{Path}: the file is UTF-16. Save it as UTF-8, such as with iconv -f UTF-16 -t UTF-8.");
        }

        return new LimitedStream(file, null, Path);
    }

    private Stream OpenZip(FileStream file)
    {
        try
        {
            var zip = new ZipArchive(file, ZipArchiveMode.Read);
            var entries = zip.Entries.Where(entry => entry.Length > 0).Take(3).ToList();
            if (entries.Count == 1)
                return new LimitedStream(entries[0].Open(), entries[0].CompressedLength, Path, zip);
            zip.Dispose();
            throw new BadTarget($"{Path}: the archive holds {(entries.Count == 0 ? "no file" : "more than one file")}. Put one report into each archive.");
        }
        catch (InvalidDataException e)
        {
            file.Dispose();
            throw new BadTarget($"{Path}: the archive is damaged: {e.Message}");
        }
    }

    private FileStream OpenRaw()
    {
        try
        {
            return new FileStream(Path, FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.SequentialScan | FileOptions.Asynchronous);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BadTarget($"{Path}: {e.Message} Check the path and who may read it.");
        }
    }

    /// <summary>Refuses to unpack more than a report can be, whatever the archive says of itself.</summary>
    private sealed class LimitedStream(Stream inner, long? packed, string path, IDisposable? archive = null) : Stream
    {
        private long _read;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => _read; set => throw new NotSupportedException(); }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            Count(await inner.ReadAsync(buffer, cancellationToken));

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override int Read(byte[] buffer, int offset, int count) => Count(inner.Read(buffer, offset, count));

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                inner.Dispose();
                archive?.Dispose();
            }

            base.Dispose(disposing);
        }

        private int Count(int read)
        {
            _read += read;
            if (_read > MostBytes)
                throw new BadTarget($"{path}: larger than {MostBytes / 1024 / 1024 / 1024} GB. Split the report by repository, image or host.");
            if (packed is { } small && _read > FreeBytes && _read / Math.Max(1, small) > MostRatio)
                throw new BadTarget($"{path}: unpacks to more than {MostRatio} times its size, as an attack would. Unpack it yourself, look at it, and import the text.");
            return read;
        }
    }
}
