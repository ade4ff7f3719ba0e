using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Plainproof.Evidence;
using Plainproof.Features.People;
using Plainproof.Storage;
using Plainproof.Storage.Records;
using Plainproof.Web;

namespace Plainproof.Features.Stamps;

/// <summary>
/// While a server runs: has each company's log stamped once a day by every authority, mails checkpoints to those who asked for them, has what
/// is new copied, and knows who must be told that it does not work. Several servers may do it at once; one stamp is kept.
/// </summary>
internal sealed class DailyStamps(SiteSettings settings, CompanyLogs logs, Letters letters, LogCopies copies, ILogger<DailyStamps> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Day = TimeSpan.FromHours(24);
    private static readonly TimeSpan Again = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<string, DateTimeOffset> _tried = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, IReadOnlyList<string>> _alarms = new(StringComparer.Ordinal);

    /// <summary>What the people of a company must know; empty when all is well.</summary>
    public IReadOnlyList<string> AlarmsOf(string company) => _alarms.GetValueOrDefault(company) ?? [];

    /// <summary>Looks at every company once.</summary>
    public async Task LookAsync(CancellationToken stop)
    {
        foreach (var company in settings.Data.Companies)
        {
            var alarms = new List<string>();
            await TryAsync(company, "stamped", () => StampAsync(company, alarms, stop), alarms);
            await TryAsync(company, "mailed", () => MailAsync(company, alarms, stop), alarms);
            await TryAsync(company, "copied", () => copies.LookAsync(company, alarms, stop), alarms);
            _alarms[company] = alarms;
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        using var timer = new PeriodicTimer(Every, settings.Clock);
        do
        {
            try
            {
                await LookAsync(stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                log.LogError(e, "The evidence logs could not be looked at");
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    /// <summary>What fails here is told, and keeps nothing else from being done.</summary>
    private async Task TryAsync(string company, string done, Func<Task> work, List<string> alarms)
    {
        try
        {
            await work();
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            log.LogError(e, "The evidence log of {Company} could not be {Done}", company, done);
            alarms.Add(e is DataProblem problem ? $"{problem.What} {problem.Why} {problem.Mend}" : $"The evidence log could not be {done}: {e.Message}");
        }
    }

    /// <summary>One plain question, because most companies have none. One that nobody opened since an older build was in use cannot have any.</summary>
    private async Task<bool> HasLettersAsync(string company, CancellationToken stop)
    {
        var database = settings.Data.DatabaseOf(company);
        await using var connection = await database.OpenAsync(stop);
        return await database.HasTableAsync(connection, "checkpoint_letter", stop)
            && await connection.Command("SELECT COUNT(*) FROM checkpoint_letter WHERE company = @company AND ended_at IS NULL", ("company", company)).ValueAsync<long>(stop) > 0;
    }

    private async Task StampAsync(string company, List<string> alarms, CancellationToken stop)
    {
        var configured = settings.Data.TimestampAuthorities;
        if (configured.Count == 0)
            return;
        var (database, now) = (settings.Data.DatabaseOf(company), settings.Clock.GetUtcNow());
        var state = await LogState.OfAsync(database, configured, stop);
        var due = state.Stamps.Where(line => line.IsConfigured && line.Waiting > 0 && now - (line.StampedAt ?? DateTimeOffset.MinValue) >= Day && now - _tried.GetValueOrDefault($"{company} {line.Authority}") >= Again).ToList();
        foreach (var line in due)
            _tried[$"{company} {line.Authority}"] = now;
        if (due.Count > 0)
        {
            await OutsideStamps.AddAsync(settings.Data, [.. configured.Where(one => due.Any(line => line.Authority == one.Name))], await logs.OfAsync(company), settings.Clock, stop);
            state = await LogState.OfAsync(database, configured, stop);
        }

        alarms.AddRange(state.Stamps.Where(line => line.IsLate(state.Since, now)).Select(line =>
            $"The time-stamp authority {line.Authority} has not stamped the evidence log {(line.StampedAt is { } at ? $"since {Check.Words.Day(at)}" : "yet")}. {line.Problem ?? "No server of Plainproof ran, or none was asked."}"));
    }

    private async Task MailAsync(string company, List<string> alarms, CancellationToken stop)
    {
        if (!await HasLettersAsync(company, stop))
            return;
        await using var records = new CompanyRecords(settings.Data.DatabaseOf(company));
        var open = await records.Set<CheckpointLetter>().Where(letter => letter.EndedAt == null).ToListAsync(stop);
        var now = settings.Clock.GetUtcNow();
        var state = await LogState.OfAsync(settings.Data.DatabaseOf(company), [], stop);
        foreach (var letter in open.Where(letter => now - (letter.SentAt ?? DateTimeOffset.MinValue) >= Day && now - _tried.GetValueOrDefault(letter.Id) >= Again))
        {
            if (!await LogState.HasNewsAsync(settings.Data.DatabaseOf(company), letter.SentSize, stop))
                continue;
            _tried[letter.Id] = now;
            await MailAsync(company, records, letter, state, now, stop);
        }

        alarms.AddRange(open.Where(letter => letter.Problem is not null).Select(letter => $"The checkpoint of the evidence log could not be mailed to {letter.Address}. {letter.Problem}"));
    }

    private async Task MailAsync(string company, CompanyRecords records, CheckpointLetter letter, LogState state, DateTimeOffset now, CancellationToken stop)
    {
        var problem = await letters.SendAsync(letter.Address, $"Checkpoint of the evidence log of {company}: {state.Size} entries", StampWords.Letter(company, state), stop);
        var open = await logs.OfAsync(company);
        await records.WriteAsync(async within =>
        {
            letter.Problem = problem;
            if (problem is null)
                (letter.SentAt, letter.SentSize) = (Micros.Round(now), state.Size);
            await records.SaveChangesAsync(stop);
            if (problem is null)
                await open.EnqueueAsync(Entry.Create("checkpoint.mailed", Micros.Round(now), new System.Text.Json.Nodes.JsonObject { ["to"] = letter.Address, ["size"] = state.Size, ["checkpoint"] = state.Note }), within, stop);
            return true;
        }, stop);
        if (problem is null)
            await open.SealAsync(stop);
    }
}
