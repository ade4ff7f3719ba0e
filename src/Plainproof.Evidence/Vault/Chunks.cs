using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Plainproof.Evidence;

/// <summary>
/// The content of a sealed file: chunks of 1 MiB, each encrypted with AES-256-GCM and followed by its tag of 16 bytes. The nonce of
/// chunk n is 3 zero bytes, n as 8 bytes big-endian, and 1 for the last chunk or 0: chunks cannot be cut off, moved or doubled.
/// </summary>
internal static class Chunk
{
    public const int Bytes = 1 << 20;
    public const int TagBytes = 16;

    public static byte[] Nonce(long number, bool last)
    {
        var nonce = new byte[12];
        BinaryPrimitives.WriteInt64BigEndian(nonce.AsSpan(3), number);
        nonce[11] = last ? (byte)1 : (byte)0;
        return nonce;
    }
}

/// <summary>Write-only. Disposing writes the last chunk; the target stays open.</summary>
internal sealed class ChunkSealer(Stream target, byte[] key) : ForwardStream
{
    private readonly AesGcm _aes = new(key, Chunk.TagBytes);
    private readonly byte[] _clear = ArrayPool<byte>.Shared.Rent(Chunk.Bytes);
    private readonly byte[] _tag = new byte[Chunk.TagBytes];
    private int _filled;
    private long _number;
    private bool _finished;

    public override bool CanWrite => true;

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (buffer.Length > 0)
        {
            if (_filled == Chunk.Bytes) Seal(last: false);
            var part = buffer[..Math.Min(buffer.Length, Chunk.Bytes - _filled)];
            part.CopyTo(_clear.AsSpan(_filled));
            _filled += part.Length;
            buffer = buffer[part.Length..];
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    protected override void Dispose(bool disposing)
    {
        if (disposing && !_finished)
        {
            _finished = true;
            Seal(last: true);
            _aes.Dispose();
            ArrayPool<byte>.Shared.Return(_clear);
        }

        base.Dispose(disposing);
    }

    /// <summary>Encrypts in place: nothing reads the clear bytes after this.</summary>
    private void Seal(bool last)
    {
        var chunk = _clear.AsSpan(0, _filled);
        _aes.Encrypt(Chunk.Nonce(_number++, last), chunk, chunk, _tag);
        target.Write(chunk);
        target.Write(_tag);
        _filled = 0;
    }
}

/// <summary>Read-only; owns its source. Hands out a chunk only after its tag was checked.</summary>
/// <remarks>Throws <see cref="InvalidDataException"/> when a chunk was changed or the last one is missing.</remarks>
internal sealed class ChunkOpener(Stream source, byte[] key) : ForwardStream
{
    private readonly AesGcm _aes = new(key, Chunk.TagBytes);

    /// <summary>A chunk, sealed and then opened in its place. Most evidence is far smaller than a chunk can be.</summary>
    private readonly byte[] _chunk = new byte[Math.Min(Chunk.Bytes + Chunk.TagBytes, source.Length - source.Position)];
    private int _at;
    private int _filled;
    private long _number;
    private bool _ended;

    public override bool CanRead => true;

    public override int Read(Span<byte> buffer)
    {
        while (_at == _filled && !_ended) Open();
        var count = Math.Min(buffer.Length, _filled - _at);
        _chunk.AsSpan(_at, count).CopyTo(buffer);
        _at += count;
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _aes.Dispose();
            source.Dispose();
        }

        base.Dispose(disposing);
    }

    private void Open()
    {
        var read = source.ReadAtLeast(_chunk, _chunk.Length, throwOnEndOfStream: false);
        if (read < Chunk.TagBytes) throw new InvalidDataException("it was cut short");
        _ended = read < _chunk.Length || source.Position == source.Length;
        (_at, _filled) = (0, read - Chunk.TagBytes);
        try
        {
            _aes.Decrypt(
                Chunk.Nonce(_number++, _ended), _chunk.AsSpan(0, _filled), _chunk.AsSpan(_filled, Chunk.TagBytes), _chunk.AsSpan(0, _filled));
        }
        catch (AuthenticationTagMismatchException)
        {
            throw new InvalidDataException("its content was changed or cut short");
        }
    }
}
