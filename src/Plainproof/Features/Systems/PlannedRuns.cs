using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Plainproof.Evidence;
using Plainproof.Storage;
using Plainproof.Storage.Records;
using Plainproof.Web;

namespace Plainproof.Features.Systems;

/// <summary>
/// What was to be read when, and what became of it. A moment passes once: it is done, failed or missed, and stays so. How each came out is an
/// entry of the company's log. Safe with several servers on one database.
/// </summary>
internal sealed class PlannedRuns(SiteSettings settings, ConnectedSystems systems, CompanyLogs logs)
{
    public const int MostAttempts = 3;
    private const int MostAtOnce = 2_000;
    private const int ToldAtOnce = 150;
    private const string NothingStarted = "Nothing started it before the next moment came.";

    /// <summary>False while there is nothing to write down and nothing to start: most minutes. Opens nothing that stays open.</summary>
    public async Task<bool> HaveWorkAsync(string company, CancellationToken stop)
    {
        var database = settings.Data.DatabaseOf(company);
        await using var connection = await database.OpenAsync(stop);
        if (!await database.HasTableAsync(connection, "planned_run", stop))
            return await database.HasTableAsync(connection, "connection", stop); // Of an older build. Opening it brings it up to date.
        return await connection.Command(
            """
            SELECT COUNT(*) WHERE EXISTS (SELECT 1 FROM planned_run WHERE company = @company AND ended_at IS NULL AND missed_at IS NULL AND due_at <= @now)
              OR EXISTS (SELECT 1 FROM planned_run WHERE company = @company AND entry IS NULL AND (ended_at IS NOT NULL OR missed_at IS NOT NULL))
              OR EXISTS (SELECT 1 FROM reading WHERE company = @company AND ended_at IS NULL)
              OR EXISTS (SELECT 1 FROM connection WHERE company = @company AND disabled_at IS NULL AND how_often <> @none AND NOT EXISTS (
                SELECT 1 FROM planned_run WHERE planned_run.company = @company AND planned_run.connection = connection.id AND ended_at IS NULL AND missed_at IS NULL))
            """, ("company", company), ("now", Micros.Of(settings.Clock.GetUtcNow())), ("none", Words.Of(HowOften.None))).ValueAsync<long>(stop) > 0;
    }

    /// <summary>Writes down the moments that came since, and says what is to be read now.</summary>
    /// <param name="stoodStill">Why nothing ran for a while; null when nothing stood still.</param>
    public async Task<IReadOnlyList<PlannedRun>> DueAsync(string company, string? stoodStill, CancellationToken stop)
    {
        var now = Micros.Round(settings.Clock.GetUtcNow());
        await using var records = await systems.OpenAsync(company);
        var due = await records.WriteAsync(async _ =>
        {
            var open = (await OpenOf(records).ToListAsync(stop)).ToLookup(run => run.Connection, StringComparer.Ordinal);
            var planned = await records.Set<Connection>().AsNoTracking().Where(one => one.DisabledAt == null && one.HowOften != HowOften.None).ToListAsync(stop);
            return planned.Select(one => CatchUp(records, one, [.. open[one.Id]], now, stoodStill)).Where(runs => runs.All(run => run.StartedAt is null))
                .SelectMany(runs => runs.Where(run => run.DueAt <= now && !(run.NotBefore > now))).ToList();
        }, stop);
        await TellAsync(company, records, now, stop);
        return due;
    }

    /// <summary>The company's planned runs of a span, oldest first.</summary>
    public async Task<IReadOnlyList<PlannedRun>> OverAsync(string company, DateTimeOffset from, DateTimeOffset to, CancellationToken stop)
    {
        await using var records = await systems.OpenAsync(company);
        return await records.Set<PlannedRun>().AsNoTracking().Where(run => run.DueAt >= from && run.DueAt <= to).OrderBy(run => run.DueAt).ThenBy(run => run.Connection).ToListAsync(stop);
    }

    /// <summary>Marks the runs as started by a reading that is about to be stored with the same records.</summary>
    /// <exception cref="StaleRecord">Another server was first; thrown when the records are saved.</exception>
    public static async Task ClaimAsync(CompanyRecords records, string reading, IReadOnlyList<PlannedRun> due, DateTimeOffset now, CancellationToken stop)
    {
        var wanted = due.Select(run => run.Id).ToList();
        foreach (var run in await records.Set<PlannedRun>().Where(run => wanted.Contains(run.Id)).ToListAsync(stop))
        {
            records.Expect(run, due.Single(seen => seen.Id == run.Id).Version);
            (run.StartedAt, run.Reading, run.NotBefore) = (now, reading, null);
            run.Attempts++;
        }
    }

    /// <summary>Says what the reading gave of each of its planned runs, in the same change.</summary>
    public static async Task EndAsync(CompanyRecords records, Reading reading, DateTimeOffset now, CancellationToken stop)
    {
        var parts = reading.PartList().ToDictionary(part => part.Connection, StringComparer.Ordinal);
        foreach (var run in await records.Set<PlannedRun>().Where(run => run.Reading == reading.Id && run.EndedAt == null).ToListAsync(stop))
        {
            var part = parts.GetValueOrDefault(run.Connection);
            if (part is { Whole: > 0 })
                (run.EndedAt, run.Outcome, run.Says) = (now, part.Whole == part.Of ? RunOutcome.InFull : RunOutcome.InPart, null);
            else
                Fail(run, part?.Unread.Select(unread => unread.Why).FirstOrDefault(why => why is not null) ?? reading.Says ?? "Nothing could be read.", now);
        }
    }

    /// <summary>The plan of a connection is about to change or to end: what was to come under the old one does not.</summary>
    public static async Task WithdrawAsync(CompanyRecords records, Connection connection, DateTimeOffset now, CancellationToken stop)
    {
        var open = await OpenOf(records).Where(run => run.Connection == connection.Id).ToListAsync(stop);
        foreach (var run in CatchUp(records, connection, open, now, null))
        {
            if (run.DueAt > now)
                records.Remove(run);
            else if (run.StartedAt is null)
                Miss(run, "The plan was changed before it was made up for.", now);
        }
    }

    /// <summary>Writes down the moment that comes first under a plan that has just begun.</summary>
    public static void Begin(CompanyRecords records, Connection connection, DateTimeOffset now) => CatchUp(records, connection, [], now, null);

    /// <summary>Adds the moments that passed since the last one, and the one to come; those that a newer one overtook are over.</summary>
    /// <param name="open">The runs of the connection that are not over yet.</param>
    /// <returns>Those that are still open.</returns>
    private static List<PlannedRun> CatchUp(CompanyRecords records, Connection connection, List<PlannedRun> open, DateTimeOffset now, string? stoodStill)
    {
        if (connection.DisabledAt is not null)
            return open;
        var last = open.Count == 0 ? now : open.Max(run => run.DueAt);
        for (var added = 0; last <= now; added++)
        {
            if (added == MostAtOnce || connection.Timing.NextAfter(last) is not { } next)
                break;
            var run = new PlannedRun { Connection = connection.Id, Scope = connection.Scope, DueAt = last = Micros.Round(next), PlannedAt = now };
            records.Add(run);
            open.Add(run);
        }

        foreach (var run in open.Where(run => run.DueAt <= now).OrderBy(run => run.DueAt).SkipLast(1).Where(run => run.StartedAt is null).ToList())
        {
            if (run.Attempts > 0)
                (run.EndedAt, run.Outcome) = (now, RunOutcome.NotAtAll);
            else
                Miss(run, stoodStill ?? NothingStarted, now);
            open.Remove(run);
        }

        return open;
    }

    private static void Miss(PlannedRun run, string why, DateTimeOffset now) => (run.MissedAt, run.Says) = (now, why);

    /// <summary>It is tried again after a while, and again after a longer one; then it has failed.</summary>
    private static void Fail(PlannedRun run, string why, DateTimeOffset now)
    {
        run.Says = why;
        if (run.Attempts >= MostAttempts)
            (run.EndedAt, run.Outcome) = (now, RunOutcome.NotAtAll);
        else
            (run.StartedAt, run.Reading, run.NotBefore) = (null, null, now.AddMinutes(10 * run.Attempts * run.Attempts));
    }

    private static IQueryable<PlannedRun> OpenOf(CompanyRecords records) => records.Set<PlannedRun>().Where(run => run.EndedAt == null && run.MissedAt == null);

    /// <summary>Puts into the log how runs came out.</summary>
    private async Task TellAsync(string company, CompanyRecords records, DateTimeOffset now, CancellationToken stop)
    {
        var log = await logs.OfAsync(company);
        while (true)
        {
            records.ChangeTracker.Clear();
            var told = await records.WriteAsync(async within =>
            {
                var over = await records.Set<PlannedRun>().Where(run => run.Entry == null && (run.EndedAt != null || run.MissedAt != null)).OrderBy(run => run.DueAt).Take(ToldAtOnce).ToListAsync(stop);
                if (over.Count == 0)
                    return 0;
                var entry = Entry.Create("planned-runs.over", now, new JsonObject { ["runs"] = new JsonArray([.. over.Select(run => Told(run, now))]) });
                over.ForEach(run => run.Entry = entry.Id.ToString());
                await log.EnqueueAsync(entry, within, stop);
                return over.Count;
            }, stop);
            if (told > 0)
                await log.SealAsync(stop);
            if (told < ToldAtOnce)
                return;
        }
    }

    private static JsonNode Told(PlannedRun run, DateTimeOffset now) => new JsonObject
    {
        ["system"] = run.Scope,
        ["due"] = run.DueAt.ToString("O"),
        ["plannedAt"] = run.PlannedAt.ToString("O"),
        ["came"] = Words.Of(run.Standing(now)),
        ["attempts"] = run.Attempts,
        ["started"] = run.StartedAt?.ToString("O"),
        ["ended"] = run.EndedAt?.ToString("O"),
        ["read"] = run.Outcome is { } outcome ? Words.Of(outcome) : null,
        ["run"] = run.Reading,
        ["missed"] = run.MissedAt?.ToString("O"),
        ["says"] = run.Says is { Length: > 200 } says ? says[..200] : run.Says,
    };
}
