using System.Text;
using Plainproof.Facts;

namespace Plainproof.Sources;

/// <summary>Short forms of what sources say to the sink.</summary>
public static class SinkWords
{
    /// <summary>Seals a text, such as the labelled transcript of a protocol that has no bytes to keep.</summary>
    public static async Task<Digest> KeepTextAsync(this ISink sink, string mediaType, string text, CancellationToken stop)
    {
        using var bytes = new MemoryStream(Encoding.UTF8.GetBytes(text), writable: false);
        return await sink.KeepAsync(mediaType, bytes, stop);
    }

    /// <summary>All of the aspect was read; <paramref name="read"/> is also the independent count unless another is given.</summary>
    /// <param name="expected">The count by another way of asking; leave out only when the answer itself proves that it is whole.</param>
    public static ValueTask CoverCompleteAsync<T>(this ISink sink, string scope, long read, CancellationToken stop, long? expected = null) =>
        sink.CoverAsync(new Coverage(Aspect.Of<T>(), scope, Completeness.Complete, Read: read, Expected: expected ?? read), stop);

    public static ValueTask CoverAsync<T>(
        this ISink sink, string scope, Completeness state, string why, string? mend, CancellationToken stop, long read = 0, long? expected = null) =>
        sink.CoverAsync(new Coverage(Aspect.Of<T>(), scope, state, why, mend, read, expected), stop);
}
