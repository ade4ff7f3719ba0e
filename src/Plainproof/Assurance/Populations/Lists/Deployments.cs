using Plainproof.Facts;

namespace Plainproof.Assurance.Populations.Lists;

internal sealed class Deployments : EventPopulation<Deployment>
{
    public override string Id => "deployments";

    public override string Title => "Deployments";

    public override string Query => "Every deployment that was made, also those that failed and those for tests";

    public override string Connect => "Push the kind deployment.core from what deploys, and change.merge from your code host.";

    public override IReadOnlyList<string> Columns { get; } = ["Number", "Deployed", "Where", "For customers", "By", "Approved by", "Version", "Commit", "Change", "Outcome"];

    public override IReadOnlyList<Aspect> Beside { get; } = [Aspect.Of<Merge>(), Aspect.Of<Commit>()];

    protected override DateTimeOffset? EventOf(Deployment it, Course<Deployment> course) => it.At;

    protected override IReadOnlyList<string> Cells(Deployment it) =>
        [it.Id, it.System, it.Environment, Cell.Of((bool?)it.Production), it.By ?? "", it.ApprovedBy ?? "", it.Version ?? "", it.Commit ?? "", it.Change ?? "", Cell.Of(it.Outcome)];

    public override Func<Item, IEnumerable<Finding>> Census(Ground ground)
    {
        var fromChanges = ground.Judge("deployments-from-changes");
        return item => Findings.Of(item, fromChanges);
    }

    public override IEnumerable<Comparison> Compare(Population population, Ground ground) => [new DeploymentsAgainstMerges(population, ground.Facts).Compare()];
}
