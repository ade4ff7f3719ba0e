using Plainproof.Evidence;
using Plainproof.Facts;
using Plainproof.Sources;
using Plainproof.Storage;
using Digest = Plainproof.Facts.Digest;

namespace Plainproof.Features.Check;

/// <summary>Takes what one source reads: secrets removed, raw bytes sealed, facts put aside until the whole collection is done.</summary>
internal sealed class CollectionSink(CollectionWriter writer, Vault vault, Action<string, long, long?> progress) : ISink
{
    private readonly Lock _one = new();

    public List<Sealed> Blobs { get; } = [];

    /// <summary>How many of each sort of secret were masked in the raw evidence.</summary>
    public Dictionary<string, int> Removed { get; } = new(StringComparer.Ordinal);

    public async Task<Digest> KeepAsync(string mediaType, Stream bytes, CancellationToken stop)
    {
        await using var clean = new Redaction(bytes);
        var kept = await vault.KeepAsync(mediaType, Redaction.Reads(mediaType) ? clean : bytes, stop);
        lock (_one)
        {
            Blobs.Add(kept);
            foreach (var (sort, count) in clean.Removed)
                Removed[sort] = Removed.GetValueOrDefault(sort) + count;
        }

        return Digest.Parse(kept.Digest.ToString());
    }

    public ValueTask AddAsync(Fact fact, CancellationToken stop) => new(writer.AddAsync(fact, stop));

    public ValueTask CoverAsync(Coverage line, CancellationToken stop) => new(writer.CoverAsync(line, stop));

    public void Principal(string name) => writer.Principal = name;

    public void Called(Call call) => writer.Call(call);

    public void Progress(string doing, long done = 0, long? of = null) => progress(doing, done, of);
}
