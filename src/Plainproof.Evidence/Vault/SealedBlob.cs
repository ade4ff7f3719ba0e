using System.IO.Compression;
using System.Security.Cryptography;

namespace Plainproof.Evidence;

/// <summary>A sealed file being read. At the end the length and the salted digest are held against the head and the name.</summary>
internal sealed class SealedBlob : ForwardStream
{
    private readonly string _path;
    private readonly BlobHeader _header;
    private readonly Stream _content;
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private long _read;
    private bool _proven;

    private SealedBlob(string path, BlobHeader header, Stream content, byte[] salt)
    {
        (_path, _header, _content, Salt) = (path, header, content, salt);
        _hash.AppendData(salt);
    }

    /// <exception cref="EvidenceException">Not there, not a blob of this digest, changed, or sealed with another key.</exception>
    public static SealedBlob Open(string path, Hash digest, byte[] vaultKey)
    {
        if (!File.Exists(path)) throw new EvidenceException($"{path}: this evidence is not there");
        var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16);
        try
        {
            var (header, blobKey, salt) = BlobHeader.Read(file, vaultKey);
            if (header.Digest != digest) throw new InvalidDataException("it holds other evidence than its name says");
            return new SealedBlob(path, header, new ZLibStream(new ChunkOpener(file, blobKey), CompressionMode.Decompress), salt);
        }
        catch (InvalidDataException damaged)
        {
            file.Dispose();
            throw new EvidenceException($"{path}: {damaged.Message}", damaged);
        }
    }

    public string MediaType => _header.MediaType;

    public ReadOnlyMemory<byte> Salt { get; }

    public override bool CanRead => true;

    public override long Length => _header.Bytes;

    public override int Read(Span<byte> buffer)
    {
        try
        {
            var count = _content.Read(buffer);
            _hash.AppendData(buffer[..count]);
            _read += count;
            if (count == 0 && buffer.Length > 0) Prove();
            return count;
        }
        catch (InvalidDataException damaged)
        {
            throw new EvidenceException($"{_path}: {damaged.Message}", damaged);
        }
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _content.Dispose();
            _hash.Dispose();
        }

        base.Dispose(disposing);
    }

    private void Prove()
    {
        if (_proven) return;
        _proven = true;
        if (_read != _header.Bytes) throw new InvalidDataException($"it has {_read} bytes and should have {_header.Bytes}");
        if (new Hash(_hash.GetHashAndReset()) != _header.Digest) throw new InvalidDataException("its content does not give its digest");
    }
}
