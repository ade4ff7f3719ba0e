using System.IO.Compression;
using System.Security.Cryptography;

namespace Plainproof.Evidence;

/// <summary>
/// Keeps raw evidence: each blob one file, written once, compressed and encrypted, named by the digest of a random salt and its bytes.
/// Safe for many threads and processes. Secrets MUST have been removed from what comes in.
/// </summary>
public sealed class Vault(CompanyFolder folder, KeyFolder keys, TimeProvider clock)
{
    private static readonly TimeSpan StaleAfter = TimeSpan.FromMinutes(10);
    private readonly Lazy<byte[]> _key = new(() => keys.VaultKey(folder.Company, mayCreate: HasNoBlobs(folder)));

    private string Incoming => Path.Combine(folder.Root, "blobs", "incoming");

    /// <summary>
    /// Seals a stream of any length in constant memory. When it returns, the file is durable under its final name; when it throws,
    /// nothing is there. Enqueue the entry that names it afterwards, never before.
    /// </summary>
    /// <exception cref="EvidenceException">The vault key is missing or damaged.</exception>
    /// <exception cref="IOException">The source failed, or the disk is full.</exception>
    public Task<Sealed> KeepAsync(string mediaType, Stream bytes, CancellationToken stop) => SealAsync(mediaType, bytes, RandomNumberGenerator.GetBytes(BlobHeader.SaltBytes), null, stop);

    /// <summary>Seals evidence that was sealed elsewhere and came in clear with its salt, so that it keeps its digest.</summary>
    /// <exception cref="EvidenceException">Bytes and salt do not give the digest, or the vault key is missing or damaged.</exception>
    /// <inheritdoc cref="KeepAsync" />
    public Task<Sealed> KeepAgainAsync(string mediaType, Stream bytes, byte[] salt, Hash digest, CancellationToken stop) => salt.Length == BlobHeader.SaltBytes
        ? SealAsync(mediaType, bytes, salt, digest, stop)
        : throw new EvidenceException($"the salt of {digest} has {salt.Length} bytes and should have {BlobHeader.SaltBytes}");

    private async Task<Sealed> SealAsync(string mediaType, Stream bytes, byte[] salt, Hash? expected, CancellationToken stop)
    {
        Prepare();
        var unfinished = DurableFile.UnfinishedName(Path.Combine(Incoming, "blob"));
        try
        {
            var header = await WriteAsync(unfinished, mediaType, bytes, salt, stop);
            if (expected is { } digest && header.Digest != digest) throw new EvidenceException($"the bytes that came as {digest} do not give this digest");
            var path = folder.Blob(header.Digest);
            DurableFile.CreateFolder(Path.GetDirectoryName(path)!);
            File.Move(unfinished, path, overwrite: false);
            DurableFile.SyncFolder(Path.GetDirectoryName(path)!);
            return new Sealed(header.Digest, header.Bytes, mediaType, path);
        }
        finally
        {
            File.Delete(unfinished);
        }
    }

    /// <summary>
    /// The bytes as they were received. Each chunk is authenticated before it is handed out; the reader MUST read to the end, because
    /// only there the length and the digest are held against the name.
    /// </summary>
    /// <exception cref="EvidenceException">Not there, sealed with another key, or damaged.</exception>
    public Stream OpenRead(Hash digest) => SealedBlob.Open(folder.Blob(digest), digest, _key.Value);

    /// <summary>The media type that the bytes were kept with.</summary>
    /// <exception cref="EvidenceException">Not there, sealed with another key, or damaged.</exception>
    public string MediaTypeOf(Hash digest)
    {
        using var blob = SealedBlob.Open(folder.Blob(digest), digest, _key.Value);
        return blob.MediaType;
    }

    /// <summary>Evidence with its salt, to hand over in clear. The content MUST be read to the end, as with <see cref="OpenRead"/>.</summary>
    /// <exception cref="EvidenceException">Not there, sealed with another key, or damaged.</exception>
    public OpenedBlob Open(Hash digest)
    {
        var blob = SealedBlob.Open(folder.Blob(digest), digest, _key.Value);
        return new OpenedBlob(blob, blob.Salt, blob.MediaType);
    }

    private async Task<BlobHeader> WriteAsync(string path, string mediaType, Stream bytes, byte[] salt, CancellationToken stop)
    {
        var blobKey = RandomNumberGenerator.GetBytes(BlobHeader.KeyBytes);
        await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1 << 16);
        file.Position = BlobHeader.LengthFor(mediaType);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(salt);
        var length = 0L;
        await using (var chunks = new ChunkSealer(file, blobKey))
        await using (var packed = new ZLibStream(chunks, CompressionLevel.Fastest))
        {
            var buffer = new byte[1 << 17];
            for (int read; (read = await bytes.ReadAsync(buffer, stop)) > 0; length += read)
            {
                hash.AppendData(buffer, 0, read);
                await packed.WriteAsync(buffer.AsMemory(0, read), stop);
            }
        }

        var header = new BlobHeader(mediaType, length, new Hash(hash.GetHashAndReset()));
        file.Position = 0;
        await file.WriteAsync(header.Wrap(blobKey, salt, _key.Value), stop);
        file.Flush(flushToDisk: true);
        return header;
    }

    private void Prepare()
    {
        _ = _key.Value;
        DurableFile.CreateFolder(Incoming);
        foreach (var path in Directory.EnumerateFiles(Incoming, $"*{DurableFile.UnfinishedMark}*"))
        {
            // A young file may be another process at work.
            if (File.GetLastWriteTimeUtc(path) < clock.GetUtcNow().UtcDateTime - StaleAfter) File.Delete(path);
        }
    }

    private static bool HasNoBlobs(CompanyFolder folder) =>
        !Directory.Exists(folder.Blobs) || !Directory.EnumerateFiles(folder.Blobs, "*", SearchOption.AllDirectories).Any();
}
