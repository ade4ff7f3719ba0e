using Plainproof.Facts;

namespace Plainproof.Checks.Work;

/// <summary>Each system is reviewed on time, every access is decided, and what should go is really gone.</summary>
internal sealed class AccessReviewed : EachCheck<AccessReview>
{
    protected override Func<Dated<AccessReview>, Outcome> Prepare(IFacts facts, Given given)
    {
        var newest = facts.Of<AccessReview>().Where(review => review.Value.CompletedAt is not null)
            .GroupBy(review => review.Value.System, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(reviews => reviews.Key, reviews => reviews.Max(review => review.Value.CompletedAt), StringComparer.OrdinalIgnoreCase);
        return review => Flaw(review.Value, given) is not null ? Outcome.Fail
            : review.Value.CompletedAt is null ? newest.ContainsKey(review.Value.System) && !IsLate(newest[review.Value.System], review.Value, given) ? Outcome.NotApplicable : Outcome.Fail
            : review.Value.CompletedAt < newest[review.Value.System] ? Outcome.Pass
            : PassWhen(!IsLate(review.Value.CompletedAt, review.Value, given));
    }

    protected override string Say(AccessReview it, Dated about, Outcome outcome, Given given) => outcome switch
    {
        Outcome.NotApplicable => $"The review of {it.System} is under way, and the last one is recent enough.",
        Outcome.Pass => $"{it.System} was reviewed by {it.Reviewer} on {it.CompletedAt:yyyy-MM-dd}: {it.Decided} of {it.Items} decided.",
        _ when Flaw(it, given) is { } flaw => flaw,
        _ when it.CompletedAt is { } at => $"{it.System} was last reviewed on {at:yyyy-MM-dd}, {(given.AsOf - at).TotalDays:0} days ago; it is due every {Due(it, given):0} days.",
        _ => $"The review of {it.System} is not finished, and there is no recent one.",
    };

    private static string? Flaw(AccessReview it, Given given)
    {
        if (it.CompletedAt is null)
            return null;
        if (it.Decided < it.Items)
            return $"The review of {it.System} was closed with {it.Items - it.Decided} of {it.Items} accesses undecided.";
        var left = it.Removals.Where(one => ((one.GoneAt ?? given.AsOf) - one.DecidedAt).TotalDays > given["removalDays"]).ToList();
        return left.Count == 0 ? null
            : $"{left[0].Who} should lose {left[0].Access} in {it.System} since {left[0].DecidedAt:yyyy-MM-dd}{(left[0].GoneAt is { } gone ? $"; it went on {gone:yyyy-MM-dd}" : " and still has it")}.{(left.Count > 1 ? $" {left.Count - 1} more are like that." : "")}";
    }

    private static bool IsLate(DateTimeOffset? completed, AccessReview it, Given given) => completed is not { } at || (given.AsOf - at).TotalDays > Due(it, given);

    private static double Due(AccessReview it, Given given) => it.EveryDays > 0 ? it.EveryDays : given["reviewDays"];
}
