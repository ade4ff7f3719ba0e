using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Plainproof.Cli;
using Plainproof.Evidence;
using Plainproof.Features.People;
using Plainproof.Storage;
using Plainproof.Storage.Records;

namespace Plainproof.Features.Gaps;

/// <summary>Everything that people did about one gap.</summary>
/// <param name="Waivers">Newest first.</param>
/// <param name="Events">Newest first.</param>
internal sealed record GapFile(GapPlan? Plan, IReadOnlyList<GapWaiver> Waivers, IReadOnlyList<GapEvent> Events);

/// <summary>
/// What people do about the gaps of the current company. Each act is a record, a line of the gap's history and an entry of the evidence
/// log, in one transaction. Who may is checked here too, not only by the page. Sending a form twice does no more than sending it once.
/// </summary>
internal sealed class GapBook(CompanyRecords records, RecordedWork work, TimeProvider clock)
{
    private const int LongestText = 4000;
    private const int LongestTicket = 500;
    private const int ShortestReason = 10;

    public DateOnly Today => DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);

    public async Task<IReadOnlyDictionary<string, GapPlan>> PlansAsync(CancellationToken stop) =>
        await records.Set<GapPlan>().AsNoTracking().ToDictionaryAsync(plan => plan.GapId, StringComparer.Ordinal, stop);

    /// <summary>The waivers that hold today, by gap.</summary>
    public async Task<IReadOnlyDictionary<string, GapWaiver>> WaiversAsync(CancellationToken stop) =>
        (await records.Set<GapWaiver>().AsNoTracking().Where(waiver => waiver.EndedAt == null).ToListAsync(stop))
            .Where(waiver => waiver.Holds(Today)).GroupBy(waiver => waiver.GapId, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.MaxBy(waiver => waiver.Until)!, StringComparer.Ordinal);

    public async Task<GapFile> OfAsync(string gap, CancellationToken stop) => new(
        await records.Set<GapPlan>().AsNoTracking().SingleOrDefaultAsync(plan => plan.GapId == gap, stop),
        await records.Set<GapWaiver>().AsNoTracking().Where(waiver => waiver.GapId == gap).OrderByDescending(waiver => waiver.GivenAt).ToListAsync(stop),
        await records.Set<GapEvent>().AsNoTracking().Where(one => one.GapId == gap).OrderByDescending(one => one.ToldAt).ThenByDescending(one => one.Id).ToListAsync(stop));

    /// <summary>The history of several gaps, newest first.</summary>
    public async Task<IReadOnlyList<GapEvent>> EventsAsync(IReadOnlyList<string> gaps, CancellationToken stop) =>
        await records.Set<GapEvent>().AsNoTracking().Where(one => gaps.Contains(one.GapId)).OrderByDescending(one => one.ToldAt).ThenByDescending(one => one.Id).ToListAsync(stop);

    /// <param name="seen">The version that the page showed; 0 when there was no plan.</param>
    /// <param name="owner">Null for nobody.</param>
    /// <exception cref="BadInput">Not theirs to do, or the address of the ticket is none.</exception>
    /// <exception cref="StaleRecord">Somebody else changed the plan meanwhile.</exception>
    public Task PlanAsync(string gap, long seen, Person? owner, DateOnly? due, string ticket, CancellationToken stop)
    {
        work.Require(Ability.Work, "plan work");
        var link = TicketOf(ticket);
        return work.ActAsync(async () =>
        {
            var plan = await records.Set<GapPlan>().SingleOrDefaultAsync(one => one.GapId == gap, stop);
            if (plan?.OwnerId == owner?.Id && plan?.Due == due && plan?.Ticket == link)
                return null;
            if (plan is null)
                records.Add(plan = new GapPlan { GapId = gap });
            else
                records.Expect(plan, seen);
            (plan.OwnerId, plan.Due, plan.Ticket) = (owner?.Id, due, link);
            return Tell(gap, GapEventKind.Planned, PlanWords(owner, due, link), new JsonObject { ["owner"] = owner?.Email, ["due"] = Words.Day(due), ["ticket"] = link });
        }, stop);
    }

    /// <param name="once">Made when the form was shown, so that it is kept once.</param>
    /// <exception cref="BadInput">Not theirs to do, empty or too long.</exception>
    public Task CommentAsync(string gap, string once, string text, CancellationToken stop)
    {
        work.Require(Ability.Work, "comment");
        var said = text.Trim() switch
        {
            "" => throw new BadInput("Write something first."),
            { Length: > LongestText } => throw new BadInput($"A comment has at most {LongestText} characters. Put the rest into a ticket, and link it."),
            var words => words,
        };
        var id = RecordedWork.Once(once);
        return work.ActAsync(
            async () => await records.Set<GapEvent>().AnyAsync(one => one.Id == id, stop) ? null : Tell(gap, GapEventKind.Commented, said, [], id), stop);
    }

    /// <param name="once">Made when the form was shown, so that it is given once.</param>
    /// <exception cref="BadInput">Not theirs to do, no reason, no day to come, or there is a waiver already.</exception>
    public Task WaiveAsync(string gap, string once, string reason, DateOnly? until, CancellationToken stop)
    {
        work.Require(Ability.AcceptRisks, "accept a risk");
        var (id, why, last) = (RecordedWork.Once(once), ReasonOf(reason), LastDayOf(until));
        return work.ActAsync(async () =>
        {
            var given = await records.Set<GapWaiver>().Where(waiver => waiver.GapId == gap).ToListAsync(stop);
            if (given.Any(waiver => waiver.Id == id))
                return null;
            if (given.FirstOrDefault(waiver => waiver.Holds(Today)) is { } holds)
                throw new BadInput($"This gap has a waiver already, until {Words.Day(holds.Until)}. End that one first.");
            records.Add(new GapWaiver { Id = id, GapId = gap, Reason = why, Until = last, GivenAt = clock.GetUtcNow(), GivenBy = work.By });
            return Tell(gap, GapEventKind.Waived, $"Waived until {Words.Day(last)}: {why}", new JsonObject { ["until"] = Words.Day(last), ["reason"] = why });
        }, stop);
    }

    /// <exception cref="BadInput">Not theirs to do.</exception>
    public Task EndWaiverAsync(string gap, string waiver, CancellationToken stop)
    {
        work.Require(Ability.AcceptRisks, "end a waiver");
        return work.ActAsync(async () =>
        {
            var found = await records.Set<GapWaiver>().SingleOrDefaultAsync(one => one.Id == waiver && one.GapId == gap, stop) ?? throw new BadInput("There is no such waiver.");
            if (!found.Holds(Today))
                return null;
            (found.EndedAt, found.EndedBy) = (clock.GetUtcNow(), work.By);
            return Tell(gap, GapEventKind.WaiverEnded, "The waiver was ended. The gap counts again.", new JsonObject { ["waiver"] = waiver });
        }, stop);
    }

    private Entry Tell(string gap, GapEventKind kind, string says, JsonObject more, string? id = null)
    {
        var now = Micros.Round(clock.GetUtcNow());
        var told = new GapEvent { Id = id ?? Guid.CreateVersion7(now).ToString("D"), GapId = gap, Kind = kind, Says = says, ToldAt = now, ToldBy = work.By };
        records.Add(told);
        (more["gap"], more["by"], more["says"]) = (gap, told.ToldBy, says);
        return Entry.Create($"gap.{(kind == GapEventKind.WaiverEnded ? "waiver-ended" : Words.Of(kind))}", now, more);
    }

    private static string PlanWords(Person? owner, DateOnly? due, string? ticket) =>
        $"{(owner is null ? "Nobody is assigned." : $"Assigned to {owner.Name}.")} {(due is { } day ? $"Due {Words.Day(day)}." : "No due date.")}{(ticket is null ? "" : $" Ticket: {ticket}")}";

    private static string? TicketOf(string typed) => typed.Trim() switch
    {
        "" => null,
        { Length: <= LongestTicket } text when Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" && address.UserInfo.Length == 0 => address.AbsoluteUri,
        var text => throw new BadInput($"'{(text.Length > 60 ? text[..60] + "…" : text)}' is no address of a ticket. It begins with http:// or https:// and has at most {LongestTicket} characters."),
    };

    private static string ReasonOf(string typed) => typed.Trim() switch
    {
        { Length: < ShortestReason } => throw new BadInput("Say in a sentence why you accept this risk. Your auditor will read it."),
        { Length: > LongestText } => throw new BadInput($"A reason has at most {LongestText} characters."),
        var reason => reason,
    };

    private DateOnly LastDayOf(DateOnly? typed) => typed switch
    {
        null => throw new BadInput("Give the last day of the waiver, such as " + Today.AddMonths(3).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) + "."),
        { } day when day < Today => throw new BadInput("The last day of the waiver is over already. Give a day to come."),
        { } day when day > Today.AddYears(1) => throw new BadInput("A waiver lasts a year at most. Look at the risk again then."),
        { } day => day,
    };
}
