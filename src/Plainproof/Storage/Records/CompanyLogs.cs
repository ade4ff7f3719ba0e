using System.Collections.Concurrent;
using Plainproof.Evidence;

namespace Plainproof.Storage.Records;

/// <summary>The evidence logs of an installation, each opened once, when it is first asked for. Safe to use from many threads.</summary>
internal sealed class CompanyLogs(DataFolder data, TimeProvider clock) : IDisposable
{
    private readonly ConcurrentDictionary<string, Lazy<Task<EvidenceLog>>> _open = new(StringComparer.Ordinal);

    /// <exception cref="DataProblem">The company's database cannot be opened.</exception>
    /// <exception cref="EvidenceException">The log refuses; the message says why.</exception>
    public async Task<EvidenceLog> OfAsync(string company)
    {
        var opening = _open.GetOrAdd(company, name => new Lazy<Task<EvidenceLog>>(() => OpenAsync(name)));
        try
        {
            return await opening.Value;
        }
        catch
        {
            _open.TryRemove(KeyValuePair.Create(company, opening)); // The next one who asks tries again.
            throw;
        }
    }

    /// <summary>Lets go of the log of a company that is about to be removed.</summary>
    public void Forget(string company)
    {
        if (_open.TryRemove(company, out var log) && log.IsValueCreated && log.Value.IsCompletedSuccessfully)
            log.Value.Result.Dispose();
    }

    public void Dispose()
    {
        foreach (var log in _open.Values.Where(log => log.IsValueCreated && log.Value.IsCompletedSuccessfully))
            log.Value.Result.Dispose();
    }

    private async Task<EvidenceLog> OpenAsync(string company)
    {
        var database = data.DatabaseOf(company);
        await new Migrator(database, clock).RunAsync(CancellationToken.None);
        return await EvidenceLog.OpenAsync(new CompanyFolder(company, data.CompanyRoot(company)), new LogDatabase(database), new KeyFolder(data.Keys), clock, CancellationToken.None);
    }
}
