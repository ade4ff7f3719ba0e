using Plainproof.Facts;

namespace Plainproof.Assurance.Populations.Lists;

internal sealed class AccessReviews : EventPopulation<AccessReview>
{
    /// <summary>Whether the next review is late is no matter of this one.</summary>
    private const double Never = 1_000_000;

    public override string Id => "access-reviews";

    public override string Title => "Access reviews";

    public override string Query => "Every access review that was finished, and those not finished that were seen first";

    public override string Connect => "Push the kind review.access.";

    public override IReadOnlyList<string> Columns { get; } = ["Reviewed", "Reviewer", "Accesses", "Decided", "To remove", "Finished"];

    protected override DateTimeOffset? EventOf(AccessReview it, Course<AccessReview> course) => it.CompletedAt ?? course.FirstSeen;

    protected override IReadOnlyList<string> Cells(AccessReview it) => [it.System, it.Reviewer, Cell.Of(it.Items), Cell.Of(it.Decided), Cell.Of(it.Removals.Count), Cell.Of(it.CompletedAt)];

    public override Func<Item, IEnumerable<Finding>> Census(Ground ground)
    {
        var reviewed = ground.Judge("access-reviewed", ("reviewDays", Never));
        return item => Findings.Of(item, reviewed);
    }
}
