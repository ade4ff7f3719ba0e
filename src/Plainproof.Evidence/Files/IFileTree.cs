using System.Buffers;

namespace Plainproof.Evidence;

/// <summary>Files by their names, with '/' between the parts, wherever they lie. Read only; safe for many threads.</summary>
internal interface IFileTree : IDisposable
{
    bool Exists { get; }

    /// <summary>In ordinal order. A name is there twice when the place holds two files of that name.</summary>
    IReadOnlyList<string> Names();

    /// <returns>Null when there is no such file. Dispose it.</returns>
    /// <exception cref="InvalidDataException">It is there and cannot be unpacked.</exception>
    Stream? TryOpen(string name);
}

internal static class FileTrees
{
    private const int SmallBytes = 1 << 14;

    /// <summary>All of a file that fits into memory; null when it is not there.</summary>
    public static byte[]? TryRead(this IFileTree files, string name)
    {
        using var opened = files.TryOpen(name);
        if (opened is null) return null;
        var begin = ArrayPool<byte>.Shared.Rent(SmallBytes);
        try
        {
            var length = opened.ReadAtLeast(begin, begin.Length, throwOnEndOfStream: false);
            return length < begin.Length ? begin[..length] : ReadOn(opened, begin);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(begin);
        }
    }

    /// <summary>The files whose names begin so, under the rest of their names.</summary>
    public static IFileTree Below(this IFileTree files, string prefix) => new Part(files, prefix);

    private static byte[] ReadOn(Stream opened, byte[] begin)
    {
        using var bytes = new MemoryStream();
        bytes.Write(begin);
        opened.CopyTo(bytes);
        return bytes.ToArray();
    }

    private sealed class Part(IFileTree whole, string prefix) : IFileTree
    {
        public bool Exists => Names().Count > 0;

        public IReadOnlyList<string> Names() =>
            [.. whole.Names().Where(name => name.StartsWith(prefix, StringComparison.Ordinal)).Select(name => name[prefix.Length..])];

        public Stream? TryOpen(string name) => whole.TryOpen(prefix + name);

        public void Dispose()
        {
            // The whole belongs to whoever opened it.
        }
    }
}
