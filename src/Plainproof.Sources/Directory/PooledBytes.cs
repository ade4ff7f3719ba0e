using System.Buffers;

namespace Plainproof.Sources.Directories;

/// <summary>Takes bytes in memory that is used again after it: pages are large and many, and each anew would keep the collector busy.</summary>
internal sealed class PooledBytes(int expected) : IBufferWriter<byte>, IDisposable
{
    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(expected);
    private int _length;

    /// <summary>What was written; not to be read after this is disposed.</summary>
    public MemoryStream Read() => new(_bytes, 0, _length, writable: false);

    public void Advance(int count) => _length += count;

    public Memory<byte> GetMemory(int atLeast = 0)
    {
        if (_bytes.Length - _length < Math.Max(atLeast, 1))
            Grow(Math.Max(atLeast, 1));
        return _bytes.AsMemory(_length);
    }

    public Span<byte> GetSpan(int atLeast = 0) => GetMemory(atLeast).Span;

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = [];
    }

    private void Grow(int atLeast)
    {
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(_bytes.Length * 2, _length + atLeast));
        _bytes.AsSpan(0, _length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = larger;
    }
}
