using Plainproof.Facts;

namespace Plainproof.Checks.Customers;

/// <summary>Each deletion request was done, or refused with a reason, by its due day.</summary>
internal sealed class DeletionsInTime : EachCheck<DeletionRequest>
{
    protected override Outcome Judge(DeletionRequest it, Given given) =>
        DayDone(it) is not { } done ? given.Today > Due(it, given) ? Outcome.Fail : Outcome.NotApplicable
        : done > Due(it, given) ? Outcome.Fail
        : it.Outcome is null || IsUnexplained(it) ? Outcome.NeedsReview : Outcome.Pass;

    protected override string Say(DeletionRequest it, Dated about, Outcome outcome, Given given) => outcome switch
    {
        Outcome.NotApplicable => $"Request {it.Id} is open. It is due by {Due(it, given):yyyy-MM-dd}.",
        Outcome.NeedsReview when it.Outcome is null => $"Request {it.Id} was closed on {DayDone(it):yyyy-MM-dd}. Nothing tells what was done.",
        Outcome.NeedsReview => $"Request {it.Id} was refused, and nothing tells why.",
        Outcome.Fail when it.DoneAt is null => $"Request {it.Id} is open. It was due by {Due(it, given):yyyy-MM-dd}.",
        _ => $"Request {it.Id} was {Word(it)} on {DayDone(it):yyyy-MM-dd}; it was due by {Due(it, given):yyyy-MM-dd}.",
    };

    private static bool IsUnexplained(DeletionRequest it) => it.Outcome == DeletionOutcome.Refused && string.IsNullOrWhiteSpace(it.Why);

    private static DateOnly? DayDone(DeletionRequest it) => it.DoneAt is { } at ? DateOnly.FromDateTime(at.UtcDateTime) : null;

    private static DateOnly Due(DeletionRequest it, Given given) => it.DueOn ?? DateOnly.FromDateTime(it.ReceivedAt.UtcDateTime).AddDays((int)given["dueDays"]);

    private static string Word(DeletionRequest it) => it.Outcome switch
    {
        DeletionOutcome.Deleted => "done",
        DeletionOutcome.Returned => "done by giving the data back",
        DeletionOutcome.Refused => "refused",
        _ => "closed",
    };
}
