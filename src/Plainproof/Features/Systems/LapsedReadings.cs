using Microsoft.EntityFrameworkCore;
using Plainproof.Facts;
using Plainproof.Storage;
using Plainproof.Web;

namespace Plainproof.Features.Systems;

/// <summary>A system whose plan was not kept since it was last read.</summary>
/// <param name="Runs">Missed or failed, oldest first; at least one.</param>
/// <param name="LastRead">When something of it was last read in full, by a plan or otherwise; null for never.</param>
internal sealed record LapsedSystem(Connection Connection, IReadOnlyList<PlannedRun> Runs, DateTimeOffset? LastRead);

/// <summary>Which systems are behind their plan. A reading that came later ends it here; the planned run itself stays missed.</summary>
internal sealed class LapsedReadings(SiteSettings settings, ConnectedSystems systems)
{
    /// <summary>How far back it looks, as the page of runs does.</summary>
    private const int Days = 90;

    public async Task<IReadOnlyList<LapsedSystem>> OfAsync(string company, CancellationToken stop)
    {
        var since = settings.Clock.GetUtcNow().AddDays(-Days);
        await using var records = await systems.OpenAsync(company);
        var lapsed = await records.Set<PlannedRun>().AsNoTracking().Where(run => run.DueAt >= since && (run.MissedAt != null || run.Outcome == RunOutcome.NotAtAll)).OrderBy(run => run.DueAt).ToListAsync(stop);
        if (lapsed.Count == 0)
            return [];
        var lastRead = await LastReadAsync(company, stop);
        var runs = lapsed.Where(run => !(lastRead.GetValueOrDefault(run.Scope) >= run.DueAt)).ToLookup(run => run.Connection, StringComparer.Ordinal);
        var connections = await records.Set<Connection>().AsNoTracking().Where(one => one.DisabledAt == null).OrderBy(one => one.Name).ToListAsync(stop);
        return [.. connections.Where(one => runs.Contains(one.Id)).Select(one => new LapsedSystem(one, [.. runs[one.Id]], lastRead.TryGetValue(one.Scope, out var read) ? read : null))];
    }

    private async Task<Dictionary<string, DateTimeOffset>> LastReadAsync(string company, CancellationToken stop)
    {
        var database = settings.Data.DatabaseOf(company);
        await using var connection = await database.OpenAsync(stop);
        var rows = await connection.Command("SELECT scope, MAX(at) FROM coverage WHERE company = @company AND state = @whole GROUP BY scope", ("company", company), ("whole", Words.Of(Completeness.Complete)))
            .ListAsync(row => (Scope: row.GetString(0), At: Micros.Time(row.GetInt64(1))), stop);
        return rows.ToDictionary(row => row.Scope, row => row.At, StringComparer.Ordinal);
    }
}
