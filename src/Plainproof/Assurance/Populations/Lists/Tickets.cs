using Plainproof.Facts;

namespace Plainproof.Assurance.Populations.Lists;

internal sealed class Tickets : EventPopulation<Ticket>
{
    public override string Id => "tickets";

    public override string Title => "Tickets";

    public override string Query => "Every ticket that was opened";

    public override string Connect => "Push the kind ticket.core from your ticket tool.";

    public override IReadOnlyList<string> Columns { get; } = ["Number", "Title", "Sort", "Opened by", "Owner", "Closed", "Approved by", "Approved at"];

    protected override DateTimeOffset? EventOf(Ticket it, Course<Ticket> course) => it.OpenedAt;

    protected override IReadOnlyList<string> Cells(Ticket it) =>
        [it.Id, it.Title, it.Sort, it.OpenedBy ?? "", it.Owner ?? "", Cell.Of(it.ClosedAt), it.ApprovedBy ?? "", Cell.Of(it.ApprovedAt)];
}
