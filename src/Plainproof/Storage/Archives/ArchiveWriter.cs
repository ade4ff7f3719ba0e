using System.IO.Compression;
using System.Security.Cryptography;

namespace Plainproof.Storage.Archives;

/// <summary>Writes a zip that is whole or absent: beside its place first, then renamed. Hashes every file as it goes in.</summary>
internal sealed class ArchiveWriter : IAsyncDisposable
{
    private const int BufferBytes = 1 << 17;
    private readonly string _to;
    private readonly FileStream _file;
    private readonly ZipArchive _zip;
    private readonly List<ManifestFile> _files = [];
    private bool _finished;

    public ArchiveWriter(string to)
    {
        (_to, Unfinished) = (to, $"{to}.tmp-{Guid.NewGuid():N}");
        _file = Private.Create(Unfinished);
        _zip = new ZipArchive(_file, ZipArchiveMode.Create, leaveOpen: true);
    }

    public IReadOnlyList<ManifestFile> Files => _files;

    /// <summary>Where the archive is until it is finished; names beside it are free for what is needed on the way.</summary>
    public string Unfinished { get; }

    /// <param name="packed">True for what is compressed or sealed already.</param>
    public async Task AddAsync(string path, Stream bytes, bool packed, CancellationToken stop)
    {
        var entry = _zip.CreateEntry(path, packed ? CompressionLevel.NoCompression : CompressionLevel.Fastest);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var length = 0L;
        await using (var into = await entry.OpenAsync(stop))
        {
            var buffer = new byte[BufferBytes];
            for (int read; (read = await bytes.ReadAsync(buffer, stop)) > 0; length += read)
            {
                hash.AppendData(buffer, 0, read);
                await into.WriteAsync(buffer.AsMemory(0, read), stop);
            }
        }

        _files.Add(new ManifestFile(path, length, Convert.ToHexStringLower(hash.GetHashAndReset())));
    }

    /// <summary>Adds the manifest, makes the bytes durable and gives the archive its name.</summary>
    public async Task<Manifest> FinishAsync(Func<IReadOnlyList<ManifestFile>, Manifest> manifest, CancellationToken stop)
    {
        var made = manifest(_files);
        await using (var into = await _zip.CreateEntry(Manifest.Name, CompressionLevel.Fastest).OpenAsync(stop))
            await into.WriteAsync(made.ToJson(), stop);
        await _zip.DisposeAsync();
        _file.Flush(flushToDisk: true);
        await _file.DisposeAsync();
        File.Move(Unfinished, _to, overwrite: false);
        _finished = true;
        return made;
    }

    public async ValueTask DisposeAsync()
    {
        if (_finished)
            return;
        await _file.DisposeAsync();
        File.Delete(Unfinished);
    }
}
