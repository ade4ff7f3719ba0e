using Plainproof.Facts;

namespace Plainproof.Assurance.Populations.Lists;

internal sealed class Incidents : EventPopulation<Incident>
{
    public override string Id => "incidents";

    public override string Title => "Incidents";

    public override string Query => "Every incident that was noticed";

    public override string Connect => "Push the kind incident.core, or import the register of incidents.";

    public override IReadOnlyList<string> Columns { get; } = ["Number", "Title", "Severity", "Owner", "Taken on", "Over", "Reviewed", "Cause", "Lesson"];

    protected override DateTimeOffset? EventOf(Incident it, Course<Incident> course) => it.DetectedAt;

    protected override IReadOnlyList<string> Cells(Incident it) =>
        [it.Id, it.Title, Cell.Of(it.Severity), it.Owner ?? "", Cell.Of(it.AcknowledgedAt), Cell.Of(it.ResolvedAt), Cell.Of(it.ReviewedAt), it.Cause ?? "", it.Lesson ?? ""];

    public override Func<Item, IEnumerable<Finding>> Census(Ground ground)
    {
        var (recorded, inTime) = (ground.Judge("incidents-recorded"), ground.Judge("incidents-in-time"));
        return item => Findings.Of(item, recorded, inTime);
    }
}
