using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Plainproof.Evidence;
using Plainproof.Storage;
using Plainproof.Storage.Records;
using Plainproof.Web;

namespace Plainproof.Features.Stamps;

/// <summary>
/// Sends what is new in the published log to the bucket that is configured, each file locked, at most once a day. A failure is recorded,
/// logged and told; the next round begins where the last whole one ended.
/// </summary>
internal sealed class LogCopies(SiteSettings settings, CompanyLogs logs)
{
    private static readonly TimeSpan Again = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<string, DateTimeOffset> _tried = new(StringComparer.Ordinal);
    private Refusal? _refusal;

    /// <summary>Adds what the people of the company must know. What is made up is never locked away.</summary>
    /// <exception cref="DataProblem">The copy is configured wrongly.</exception>
    public async Task LookAsync(string company, List<string> alarms, CancellationToken stop)
    {
        if (settings.Data.Copy is null || company == SampleMark.Company)
            return;
        var (target, database, now) = (CopyTarget.Read(settings.Data), settings.Data.DatabaseOf(company), settings.Clock.GetUtcNow());
        var state = await CopyState.OfAsync(database, target.Name, stop);
        if (state.IsDue(now) && now - _tried.GetValueOrDefault(company) >= Again)
        {
            _tried[company] = now;
            await CopyAsync(company, target, state.Size, now, stop);
            state = await CopyState.OfAsync(database, target.Name, stop);
        }

        if (state.IsLate(now))
            alarms.Add($"The locked copy of the evidence log {state.Lag}. {state.Copy?.Problem ?? "No server of Plainproof ran."}");
    }

    private async Task CopyAsync(string company, CopyTarget target, long from, DateTimeOffset now, CancellationToken stop)
    {
        var log = await logs.OfAsync(company);
        await log.SealAsync(stop);
        try
        {
            using var bucket = new LockedBucket(target);
            await RequireLockAsync(bucket, now, stop);
            await RecordAsync(log, target, await SendAsync(bucket, target, log, from, now, stop), now, stop);
        }
        catch (Exception e) when (e is CopyProblem or IOException or UnauthorizedAccessException)
        {
            await RecordAsync(log, target, e.Message, now, stop);
        }

        await log.SealAsync(stop);
    }

    /// <summary>Asks for all companies: a server that refused, or was away, is not asked again within the hour.</summary>
    private async Task RequireLockAsync(LockedBucket bucket, DateTimeOffset now, CancellationToken stop)
    {
        if (_refusal is { } earlier && now - earlier.At < Again)
            throw new CopyProblem(earlier.Words);
        try
        {
            await bucket.RequireLockAsync(stop);
        }
        catch (CopyProblem problem)
        {
            _refusal = new Refusal(now, problem.Message);
            throw;
        }
    }

    private static async Task<Made> SendAsync(LockedBucket bucket, CopyTarget target, EvidenceLog log, long from, DateTimeOffset now, CancellationToken stop)
    {
        var until = new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero) + target.Keep + TimeSpan.FromDays(1);
        var part = await log.PublishedSinceAsync(await StillThereAsync(bucket, target, log, from, stop) ? from : 0, stop);
        var sent = 0;
        foreach (var file in part.Files)
        {
            if (await bucket.PutOnceAsync(Key(file.Name), file.Bytes, until, stop))
                sent++;
        }

        var (head, note) = (Key("checkpoint"), Encoding.UTF8.GetBytes(part.Note));
        await bucket.PutAsync(head, note, until, stop);
        await bucket.RequireKeptAsync(head, note, until, stop);
        await bucket.RequireKeptAsync(Key($"checkpoints/{part.Size}.note"), note, until, stop);
        return new Made(part.Size, part.Note, sent + 1, until);

        string Key(string name) => target.KeyOf(log.Folder.Company, name);
    }

    /// <summary>A bucket that was emptied, or made anew, gets everything again.</summary>
    private static async Task<bool> StillThereAsync(LockedBucket bucket, CopyTarget target, EvidenceLog log, long from, CancellationToken stop) =>
        from > 0 && await log.CheckpointAsync(from, stop) is { } note
        && await bucket.HoldsAsync(target.KeyOf(log.Folder.Company, $"checkpoints/{from}.note"), Encoding.UTF8.GetBytes(note), stop);

    private Task RecordAsync(EvidenceLog log, CopyTarget target, Made made, DateTimeOffset now, CancellationToken stop) => RecordAsync(log, target, copy =>
    {
        (copy.Size, copy.CopiedAt, copy.KeptUntil, copy.Problem, copy.FailedAt) = (made.Size, Micros.Round(now), made.Until, null, null);
        return Entry.Create("copy.made", Micros.Round(now), new JsonObject
        {
            ["to"] = target.Name,
            ["size"] = made.Size,
            ["checkpoint"] = made.Note,
            ["files"] = made.Files,
            ["mode"] = target.IsCompliance ? "compliance" : "governance",
            ["keptUntil"] = Words.Day(DateOnly.FromDateTime(made.Until.UtcDateTime)),
        });
    }, stop);

    /// <summary>The same reason is logged once, and not each hour until it is mended.</summary>
    private Task RecordAsync(EvidenceLog log, CopyTarget target, string problem, DateTimeOffset now, CancellationToken stop) => RecordAsync(log, target, copy =>
    {
        var isNew = copy.Problem != problem;
        (copy.Problem, copy.FailedAt) = (problem, Micros.Round(now));
        return isNew ? Entry.Create("copy.failed", Micros.Round(now), new JsonObject { ["to"] = target.Name, ["problem"] = problem }) : null;
    }, stop);

    private async Task RecordAsync(EvidenceLog log, CopyTarget target, Func<LogCopy, Entry?> change, CancellationToken stop)
    {
        await using var records = new CompanyRecords(settings.Data.DatabaseOf(log.Folder.Company));
        await records.WriteAsync(async within =>
        {
            var copy = await records.Set<LogCopy>().SingleOrDefaultAsync(one => one.Target == target.Name, stop);
            if (copy is null)
                records.Add(copy = new LogCopy { Target = target.Name, Size = 0 });
            if (change(copy) is { } entry)
                await log.EnqueueAsync(entry, within, stop);
            return true;
        }, stop);
    }

    /// <param name="Files">How many were sent, the head of the log included.</param>
    private sealed record Made(long Size, string Note, int Files, DateTimeOffset Until);

    private sealed record Refusal(DateTimeOffset At, string Words);
}
