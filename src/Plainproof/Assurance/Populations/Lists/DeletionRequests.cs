using Plainproof.Facts;

namespace Plainproof.Assurance.Populations.Lists;

internal sealed class DeletionRequests : EventPopulation<DeletionRequest>
{
    public override string Id => "deletion-requests";

    public override string Title => "Deletion requests";

    public override string Query => "Every request to delete or return data that came in";

    public override string Connect => "Push the kind deletion-request.core from where such requests come in.";

    public override IReadOnlyList<string> Columns { get; } = ["Number", "Whose data", "Customer", "Due", "Done", "Done by", "Outcome", "Confirmed", "Why refused"];

    protected override DateTimeOffset? EventOf(DeletionRequest it, Course<DeletionRequest> course) => it.ReceivedAt;

    protected override IReadOnlyList<string> Cells(DeletionRequest it) =>
        [it.Id, Cell.Of(it.About), it.CustomerId ?? "", Cell.Of(it.DueOn), Cell.Of(it.DoneAt), it.DoneBy ?? "", it.Outcome is { } outcome ? Cell.Of(outcome) : "", Cell.Of(it.ConfirmedAt), it.Why ?? ""];

    public override Func<Item, IEnumerable<Finding>> Census(Ground ground)
    {
        var inTime = ground.Judge("deletions-in-time");
        return item => Findings.Of(item, inTime);
    }
}
