using Plainproof.Assurance;
using Plainproof.Features.People;
using Severity = Plainproof.Checks.Severity;
using Span = Plainproof.Checks.Span;

namespace Plainproof.Features.Gaps;

/// <param name="AsOf">The moment that the company was looked at.</param>
internal sealed record GapList(DateTimeOffset AsOf, IReadOnlyList<GapLine> Gaps);

/// <param name="Number">Its place in the order to mend them.</param>
/// <param name="Hours">Hours of work, from and to.</param>
/// <param name="Cost">US dollars in the first year besides the hours, from and to.</param>
/// <param name="Seen">How many things a system showed.</param>
/// <param name="Said">How many answers opened it.</param>
/// <param name="WaivedUntil">The last day of its waiver.</param>
internal sealed record GapLine(
    string Id, int Number, string Title, Severity Severity, Span Hours, Span Cost, string Who, IReadOnlyList<string> Criteria, IReadOnlyList<string> Controls,
    int Seen, int Said, PlanAnswer Plan, DateOnly? WaivedUntil)
{
    public static GapLine Of(OpenGap gap, int number, GapPlan? plan, GapWaiver? waiver, IReadOnlyList<Member> people) => new(
        gap.Id, number, gap.Title, gap.Severity, gap.Hours, gap.Cost, gap.Who, gap.Criteria, gap.Controls, gap.Seen.Count, gap.Said.Count, PlanAnswer.Of(plan, people), waiver?.Until);
}

/// <param name="Owner">The e-mail address of who mends it.</param>
/// <param name="Version">Give it back when you change the plan. 0: there is no plan.</param>
internal sealed record PlanAnswer(string? Owner, DateOnly? Due, string? Ticket, long Version)
{
    public static PlanAnswer Of(GapPlan? plan, IReadOnlyList<Member> people) =>
        new(people.FirstOrDefault(member => member.Person.Id == plan?.OwnerId)?.Person.Email, plan?.Due, plan?.Ticket, plan?.Version ?? 0);
}

/// <param name="Open">Something that was read or said shows it now.</param>
/// <param name="Why">Why it matters.</param>
/// <param name="Steps">The fix, step by step.</param>
/// <param name="NeedsFirst">Gaps to close before this one.</param>
/// <param name="Findings">What systems showed: the first 200. All of them: the results of the check with this id.</param>
/// <param name="FindingsInAll">How many there are.</param>
/// <param name="Said">What people said. A claim, no evidence.</param>
/// <param name="Waivers">Newest first.</param>
/// <param name="History">Newest first.</param>
internal sealed record GapAnswer(
    string Id, string Title, bool Open, Severity? Severity, string? Why, IReadOnlyList<string> Steps, Span? Hours, Span? Cost, string? CostNote, string? Who, IReadOnlyList<string> Criteria,
    IReadOnlyList<string> Controls, IReadOnlyList<string> NeedsFirst, IReadOnlyList<GapFinding> Findings, int FindingsInAll, IReadOnlyList<string> Said, PlanAnswer Plan,
    IReadOnlyList<WaiverAnswer> Waivers, IReadOnlyList<GapHistory> History)
{
    public static GapAnswer Of(string id, string title, OpenGap? gap, GapFile file, IReadOnlyList<Member> people, DateOnly today, int most) => new(
        id, title, gap is not null, gap?.Severity, gap?.Why, gap?.Steps ?? [], gap?.Hours, gap?.Cost, gap?.CostNote, gap?.Who, gap?.Criteria ?? [], gap?.Controls ?? [], gap?.NeedsFirst ?? [],
        [.. gap?.Seen.Take(most).Select(seen => new GapFinding(seen.Scope, seen.Subject, seen.Message)) ?? []], gap?.Seen.Count ?? 0, gap?.Said ?? [], PlanAnswer.Of(file.Plan, people),
        [.. file.Waivers.Select(waiver => new WaiverAnswer(waiver.Id, waiver.Reason, waiver.Until, waiver.Holds(today), waiver.GivenAt, waiver.GivenBy, waiver.EndedAt, waiver.EndedBy))],
        [.. file.Events.Select(one => new GapHistory(one.Kind, one.Says, one.ToldAt, one.ToldBy))]);
}

/// <param name="Scope">The system that showed it.</param>
internal sealed record GapFinding(string Scope, string Subject, string Message);

/// <param name="Until">The last day.</param>
/// <param name="Holds">It holds today.</param>
internal sealed record WaiverAnswer(string Id, string Reason, DateOnly Until, bool Holds, DateTimeOffset GivenAt, string GivenBy, DateTimeOffset? EndedAt, string? EndedBy);

internal sealed record GapHistory(GapEventKind Kind, string Says, DateTimeOffset At, string By);

/// <param name="Version">The version of the plan that you saw; 0 when there was none.</param>
/// <param name="Owner">The e-mail address of somebody of the company; null for nobody.</param>
/// <param name="Due">The last day; null for none.</param>
/// <param name="Ticket">A web address; null for none.</param>
internal sealed record PlanSent(long Version, string? Owner, DateOnly? Due, string? Ticket);

/// <param name="Text">At most 4000 characters.</param>
/// <param name="Once">An id of your own. Sending it again adds nothing.</param>
internal sealed record CommentSent(string Text, Guid? Once = null);

/// <param name="Reason">Why you accept the risk, in a sentence.</param>
/// <param name="Until">The last day, at most a year from now.</param>
/// <param name="Once">An id of your own. Sending it again adds nothing.</param>
internal sealed record WaiverSent(string Reason, DateOnly Until, Guid? Once = null);

internal sealed record WaiverGiven(string Id, DateOnly Until);

/// <param name="Command">What to type instead, where no connected system can be read; null when it is under way.</param>
/// <param name="Run">The id of the run that reads again.</param>
internal sealed record RecheckGiven(string Says, string? Command, string? Run);
