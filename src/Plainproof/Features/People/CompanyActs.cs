using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Plainproof.Evidence;
using Plainproof.Facts;
using Plainproof.Storage;
using Plainproof.Storage.Records;

namespace Plainproof.Features.People;

/// <summary>
/// What is done about a company's people lands in the company's log, though it is stored elsewhere. The act waits beside the rows that it
/// speaks of, in one transaction with them, and is delivered afterwards. A process that dies in between delivers at its next start;
/// delivering twice leaves one act and one entry.
/// </summary>
internal sealed class CompanyActs(InstallationRecords records, CompanyLogs logs, DataFolder data, TimeProvider clock)
{
    /// <summary>Adds an act to what is saved next.</summary>
    /// <param name="kind">Of the log entry, such as <c>person.joined</c>.</param>
    /// <param name="subject">Whom or what it is about.</param>
    /// <param name="says">The act in one sentence.</param>
    public void Add(string company, string kind, string subject, string by, string says, JsonObject more)
    {
        var now = Micros.Round(clock.GetUtcNow());
        (more["subject"], more["by"], more["says"]) = (subject, by, says);
        var entry = Entry.Create(kind, now, more);
        records.Add(new WaitingAct { Id = entry.Id.ToString(), CompanyId = company, Kind = kind, Subject = subject, Actor = by, At = now, Says = says, Body = entry.Body.ToArray() });
    }

    /// <summary>Brings every waiting act into its company's log. MUST NOT be called while a write of the installation's records is open.</summary>
    public async Task DeliverAsync(CancellationToken stop)
    {
        var waiting = await records.Set<WaitingAct>().AsNoTracking().OrderBy(act => act.Id).ToListAsync(stop);
        foreach (var company in waiting.GroupBy(act => act.CompanyId))
        {
            var log = await logs.OfAsync(company.Key);
            var database = data.DatabaseOf(company.Key);
            foreach (var act in company)
            {
                await database.GuardAsync("The act could not be stored.", () => DeliverAsync(database, log, act, stop));
                await records.Set<WaitingAct>().Where(done => done.Id == act.Id).ExecuteDeleteAsync(stop);
            }

            await log.SealAsync(stop);
        }
    }

    private static async Task DeliverAsync(Database database, EvidenceLog log, WaitingAct act, CancellationToken stop)
    {
        await using var connection = await database.OpenAsync(stop);
        await using var within = await database.BeginWriteAsync(connection, stop);
        if (await within.Command("SELECT COUNT(*) FROM act WHERE company = @company AND entry = @entry", ("company", database.Company), ("entry", act.Id)).ValueAsync<long>(stop) > 0)
            return;
        await Acts.AddAsync(within, database.Company, new Act(act.Kind, act.Subject, act.Actor, act.At, act.At, Says: act.Says), act.Id, stop);
        if (!EntryId.TryParse(act.Id, out var id))
            throw new InvalidOperationException($"'{act.Id}' names no entry.");
        await log.EnqueueAsync(Entry.Waited(id, act.Kind, act.Body), within, stop);
        await within.CommitAsync(stop);
    }
}
