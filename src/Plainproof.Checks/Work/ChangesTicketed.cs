using Plainproof.Facts;

namespace Plainproof.Checks.Work;

/// <summary>Every change belongs to a ticket. Where tickets are known, the ticket must exist and be older than the merge.</summary>
internal sealed class ChangesTicketed : EachCheck<Merge>
{
    protected override Func<Dated<Merge>, Outcome> Prepare(IFacts facts, Given given)
    {
        var known = facts.Of<Ticket>().GroupBy(ticket => ticket.Value.Id, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(tickets => tickets.Key, tickets => tickets.Min(ticket => ticket.Value.OpenedAt), StringComparer.OrdinalIgnoreCase);
        // A ticket that is missing from a list that is not whole may exist all the same.
        var whole = facts.Coverage(Aspect.Of<Ticket>()) is { Count: > 0 } lines && lines.All(line => line.State == Completeness.Complete);
        return merge => MergeRules.IsProgram(merge.Value.Author) ? Outcome.NotApplicable
            : merge.Value.Tickets is not { Count: > 0 } named ? WithoutTicket(merge.Value, given)
            : named.Any(id => known.TryGetValue(id, out var opened) ? opened <= merge.Value.MergedAt : !whole) ? Outcome.Pass : Outcome.Fail;
    }

    protected override string Say(Merge it, Dated about, Outcome outcome, Given given) => outcome switch
    {
        Outcome.NotApplicable when it.Emergency => $"{it.Repository} {it.Id} was an emergency. There is still time to write the ticket.",
        Outcome.NotApplicable => $"{it.Repository} {it.Id} was made by a program.",
        Outcome.Pass when it.Tickets is not { Count: > 0 } => $"{it.Repository} {it.Id} was an emergency, and was looked at in time.",
        Outcome.Pass => $"{it.Repository} {it.Id} belongs to {string.Join(", ", it.Tickets!)}.",
        _ when it.Tickets is { Count: > 0 } => $"{it.Repository} {it.Id} names {string.Join(", ", it.Tickets)}, which is not among the tickets or was opened after the merge.",
        _ => $"{it.Repository} {it.Id} of {it.MergedAt:yyyy-MM-dd} names no ticket.",
    };

    private static Outcome WithoutTicket(Merge it, Given given) => MergeRules.EmergencyOf(it, given) switch
    {
        EmergencyState.ReviewedInTime => Outcome.Pass,
        EmergencyState.Waiting => Outcome.NotApplicable,
        _ => Outcome.Fail,
    };
}
