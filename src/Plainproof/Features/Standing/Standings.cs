using System.Collections.Concurrent;
using Plainproof.Catalog;
using Plainproof.Features.Check;
using Plainproof.Storage;

namespace Plainproof.Features.Standing;

/// <summary>
/// Where each company stands, computed when something was stored since, and at least once an hour, because what was read grows old.
/// Safe to use from many threads; those who ask at the same moment wait for one computation.
/// </summary>
internal sealed class Standings(DataFolder data, Catalogue catalogue, TimeProvider clock, IEnumerable<IKeptClaims> claims) : IAsyncDisposable
{
    private const int CompaniesKept = 20;
    private const int CollectionsKept = 12;

    private readonly ConcurrentDictionary<string, Lazy<Task<CompanyStore>>> _stores = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Kept> _kept = new(StringComparer.Ordinal);

    /// <exception cref="DataProblem">The company's database cannot be read.</exception>
    public async Task<CompanyStanding> OfAsync(string company)
    {
        var store = await StoreAsync(company);
        var key = await KeyAsync(company, store);
        Forget(company);
        var kept = _kept.AddOrUpdate(company, _ => Start(company, store, key), (_, before) => before.Key == key ? before : Start(company, store, key));
        try
        {
            return await kept.Standing.Value;
        }
        catch
        {
            _kept.TryRemove(KeyValuePair.Create(company, kept)); // The next one who asks tries again.
            throw;
        }
    }

    /// <summary>The company's store, opened once.</summary>
    public async Task<CompanyStore> StoreAsync(string company)
    {
        var opening = _stores.GetOrAdd(company, name => new Lazy<Task<CompanyStore>>(() => CompanyStore.OpenAsync(data, name, clock, CancellationToken.None)));
        try
        {
            return await opening.Value;
        }
        catch
        {
            _stores.TryRemove(KeyValuePair.Create(company, opening));
            throw;
        }
    }

    /// <summary>Lets go of a company that is about to be removed.</summary>
    public async Task ForgetAsync(string company)
    {
        _kept.TryRemove(company, out _);
        if (_stores.TryRemove(company, out var store) && store.Value.IsCompletedSuccessfully)
            await (await store.Value).DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var store in _stores.Values.Where(store => store.IsValueCreated && store.Value.IsCompletedSuccessfully))
            await (await store.Value).DisposeAsync();
    }

    private async Task<KeptClaims> SaidAsync(string company)
    {
        foreach (var one in claims)
            if (await one.OfAsync(company, CancellationToken.None) is { } said)
                return said;
        return KeptClaims.None;
    }

    private async Task<long?> SaidVersionAsync(CompanyStore store)
    {
        foreach (var one in claims)
            if (await one.VersionAsync(store, CancellationToken.None) is { } version)
                return version;
        return null;
    }

    private async Task<Key> KeyAsync(string company, CompanyStore store)
    {
        var folder = CompanyChecks.FolderOf(data, company);
        var own = Directory.Exists(folder) ? new DirectoryInfo(folder).EnumerateFiles().Select(file => file.LastWriteTimeUtc.Ticks).DefaultIfEmpty(0).Max() : 0;
        return new Key(await store.VersionAsync(CancellationToken.None), await SaidVersionAsync(store), own, await CompanyNumbers.NewestAsync(store.Database, CancellationToken.None), clock.GetUtcNow().ToUnixTimeSeconds() / 3600);
    }

    private Kept Start(string company, CompanyStore store, Key key) => new(key, clock.GetUtcNow(), new Lazy<Task<CompanyStanding>>(() => Task.Run(() => ComputeAsync(company, store))));

    private async Task<CompanyStanding> ComputeAsync(string company, CompanyStore store)
    {
        var problems = new List<string>();
        var checks = CompanyChecks.Read(data, company, [], problems).DistinctBy(check => check.Info.Id, StringComparer.Ordinal).ToList();
        var seen = await Assessment.OfAsync(store, checks, null, store.Sample?.StandsAt ?? clock.GetUtcNow(), CancellationToken.None);
        return CompanyStanding.Of(catalogue, seen, await SaidAsync(company), await store.NewestCollectionsAsync(CollectionsKept, CancellationToken.None), problems);
    }

    /// <summary>An installation with many companies keeps those that were looked at last.</summary>
    private void Forget(string wanted)
    {
        if (_kept.Count >= CompaniesKept && !_kept.ContainsKey(wanted))
            _kept.TryRemove(_kept.MinBy(pair => pair.Value.Since).Key, out _);
    }

    private sealed record Key(StoreVersion Stored, long? Said, long OwnChecks, long? Numbers, long Hour);

    private sealed record Kept(Key Key, DateTimeOffset Since, Lazy<Task<CompanyStanding>> Standing);
}
