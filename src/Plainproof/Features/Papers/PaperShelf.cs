using Microsoft.EntityFrameworkCore;
using Plainproof.Features.People;

namespace Plainproof.Features.Papers;

/// <summary>A version with its signature.</summary>
internal sealed record SavedPaper(PaperVersion Version, PaperSignature? Signature);

/// <summary>What was saved of papers, to be read.</summary>
internal sealed class PaperShelf(RecordedWork work)
{
    /// <summary>All of an engagement, by kind, the newest of each first.</summary>
    public async Task<IReadOnlyList<SavedPaper>> AllAsync(string engagement, CancellationToken stop) =>
        await SignedAsync(await work.Records.Set<PaperVersion>().AsNoTracking().Where(one => one.Engagement == engagement).OrderBy(one => one.Kind).ThenByDescending(one => one.Number).ToListAsync(stop), stop);

    /// <summary>Newest first.</summary>
    public async Task<IReadOnlyList<SavedPaper>> VersionsAsync(string engagement, string kind, CancellationToken stop) =>
        await SignedAsync(await work.Records.Set<PaperVersion>().AsNoTracking().Where(one => one.Engagement == engagement && one.Kind == kind).OrderByDescending(one => one.Number).ToListAsync(stop), stop);

    public async Task<SavedPaper?> VersionAsync(string id, CancellationToken stop) =>
        (await SignedAsync(await work.Records.Set<PaperVersion>().AsNoTracking().Where(one => one.Id == id).ToListAsync(stop), stop)).SingleOrDefault();

    private async Task<IReadOnlyList<SavedPaper>> SignedAsync(List<PaperVersion> versions, CancellationToken stop)
    {
        var ids = versions.ConvertAll(one => one.Id);
        var signatures = await work.Records.Set<PaperSignature>().AsNoTracking().Where(one => ids.Contains(one.Id)).ToDictionaryAsync(one => one.Id, StringComparer.Ordinal, stop);
        return [.. versions.Select(one => new SavedPaper(one, signatures.GetValueOrDefault(one.Id)))];
    }
}
