using Plainproof.Facts;

namespace Plainproof.Assurance.Populations.Lists;

internal sealed class Alerts : EventPopulation<Alert>
{
    public override string Id => "alerts";

    public override string Title => "Security alerts";

    public override string Query => "Every security alert that was raised";

    public override string Connect => "Push the kind alert.core from what raises alerts.";

    public override IReadOnlyList<string> Columns { get; } = ["Number", "Title", "Level", "Handled", "Handled by", "Ticket", "Explained"];

    protected override DateTimeOffset? EventOf(Alert it, Course<Alert> course) => it.RaisedAt;

    protected override IReadOnlyList<string> Cells(Alert it) => [it.Id, it.Title, Cell.Of(it.Level), Cell.Of(it.HandledAt), it.HandledBy ?? "", it.Ticket ?? "", it.Explained ?? ""];

    public override Func<Item, IEnumerable<Finding>> Census(Ground ground)
    {
        var handled = ground.Judge("alerts-handled");
        return item => Findings.Of(item, handled);
    }
}
