using System.Text;
using System.Text.Json.Nodes;

namespace Plainproof.Evidence;

/// <summary>
/// Has the newest checkpoint stamped by outside authorities and logs their tokens, so that each entry stands between two proven times.
/// A failure is logged and returned, never passed over.
/// </summary>
public sealed class Anchoring(EvidenceLog log, HttpClient http, IReadOnlyList<TimestampAuthority> authorities, TimeProvider clock)
{
    internal const string AnchorKind = "anchor";
    internal const string FailedKind = "anchor.failed";

    /// <summary>True when something other than anchors was logged since the newest anchor.</summary>
    public async Task<bool> IsDueAsync(CancellationToken stop)
    {
        await using var connection = await log.Database.OpenAsync(stop);
        var tables = new LogTables(connection, null, log.Folder.Company);
        return await tables.EntriesToAnchorAsync(await tables.NewestAnchoredSizeAsync(stop), stop) > 0;
    }

    /// <summary>
    /// Seals what waits and stamps the checkpoint at every authority. One result each; look for problems in them. MUST NOT be called
    /// while the caller holds a write transaction.
    /// </summary>
    public async Task<IReadOnlyList<AnchorResult>> AnchorAsync(CancellationToken stop)
    {
        await log.SealAsync(stop);
        var frozen = await NewestCheckpointAsync(stop);
        var results = new List<AnchorResult>();
        foreach (var authority in authorities) results.Add(await AnchorAtAsync(authority, frozen, stop));
        await log.SealAsync(stop);
        return results;
    }

    private async Task<LogTables.CheckpointRow> NewestCheckpointAsync(CancellationToken stop)
    {
        await using var connection = await log.Database.OpenAsync(stop);
        return (await new LogTables(connection, null, log.Folder.Company).NewestCheckpointAsync(stop))!;
    }

    private async Task<AnchorResult> AnchorAtAsync(TimestampAuthority authority, LogTables.CheckpointRow frozen, CancellationToken stop)
    {
        var note = Encoding.UTF8.GetBytes(frozen.Note);
        var request = Timestamp.RequestFor(note).Encode();
        try
        {
            var response = await new TimestampClient(http).AskAsync(authority.Address, request, stop);
            var stampedAt = Timestamp.Check(request, response, note, authority.Roots);
            await KeepAsync(new LogTables.AnchorRow(frozen.Size, authority.Name, request, response), frozen.Note, stampedAt, stop);
            return new AnchorResult(authority.Name, frozen.Size, stampedAt, null);
        }
        catch (EvidenceException problem)
        {
            await RecordFailureAsync(authority, frozen.Size, problem.Message, stop);
            return new AnchorResult(authority.Name, frozen.Size, null, problem.Message);
        }
    }

    private Task KeepAsync(LogTables.AnchorRow anchor, string note, DateTimeOffset stampedAt, CancellationToken stop)
    {
        var entry = Entry.Create(AnchorKind, clock.GetUtcNow(), new JsonObject
        {
            ["authority"] = anchor.Authority,
            ["size"] = anchor.Size,
            ["stampedAt"] = Entry.Timestamp(stampedAt),
            ["checkpoint"] = note,
            ["request"] = Convert.ToBase64String(anchor.Request),
            ["response"] = Convert.ToBase64String(anchor.Response),
        });
        return log.RecordAsync(
            async (lease, tables, files) =>
            {
                // Another process may have had the same checkpoint stamped meanwhile; one token is enough.
                if (await tables.HasAnchorAsync(anchor.Size, anchor.Authority, stop)) return;
                await tables.AddAnchorAsync(anchor, entry.Id, stampedAt, stop);
                await tables.AddPendingAsync(entry, clock.GetUtcNow(), stop);
                await lease.CommitAsync(CancellationToken.None);
                files.WriteAnchor(anchor, note);
            },
            stop);
    }

    private Task RecordFailureAsync(TimestampAuthority authority, long size, string problem, CancellationToken stop)
    {
        var entry = Entry.Create(FailedKind, clock.GetUtcNow(), new JsonObject
        {
            ["authority"] = authority.Name,
            ["address"] = authority.Address.ToString(),
            ["size"] = size,
            ["problem"] = problem,
        });
        return log.RecordAsync(
            async (lease, tables, _) =>
            {
                await tables.AddPendingAsync(entry, clock.GetUtcNow(), stop);
                await lease.CommitAsync(CancellationToken.None);
            },
            stop);
    }
}
