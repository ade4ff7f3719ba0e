using Plainproof.Facts;

namespace Plainproof.Assurance.Populations.Lists;

internal sealed class AccessGrants : EventPopulation<AccessGrant>
{
    private const string Sort = "access";

    public override string Id => "access-grants";

    public override string Title => "Accesses given";

    public override string Query => "Every access that was given to somebody";

    public override string Connect => "Push the kind access.grant from the system that gives accesses.";

    public override IReadOnlyList<string> Columns { get; } = ["For", "Access", "Asked by", "Approved by", "Approved at", "Ticket"];

    public override IReadOnlyList<Aspect> Beside { get; } = [Aspect.Of<Ticket>()];

    protected override DateTimeOffset? EventOf(AccessGrant it, Course<AccessGrant> course) => it.GrantedAt;

    protected override IReadOnlyList<string> Cells(AccessGrant it) => [it.For, it.Access, it.RequestedBy ?? "", it.ApprovedBy ?? "", Cell.Of(it.ApprovedAt), it.Ticket ?? ""];

    public override Func<Item, IEnumerable<Finding>> Census(Ground ground)
    {
        var approved = ground.Judge("access-approved");
        return item => Findings.Of(item, approved);
    }

    public override IEnumerable<Comparison> Compare(Population population, Ground ground)
    {
        const string Title = "Accesses against tickets";
        if (!ground.Facts.WasLookedAt(Aspect.Of<Ticket>()))
            return [Comparison.NotDone(Id, Title, "accesses", "tickets", "No source tells of tickets. Push the kind ticket.core.")];
        var tickets = ground.Facts.Of<Ticket>().Select(course => course.Newest.Value).GroupBy(ticket => ticket.Id, StringComparer.OrdinalIgnoreCase).ToDictionary(same => same.Key, same => same.First(), StringComparer.OrdinalIgnoreCase);
        var granted = ground.Facts.Of<AccessGrant>().Select(course => course.Newest.Value.Ticket).OfType<string>().ToHashSet(StringComparer.OrdinalIgnoreCase);
        var without = population.Items.Select(item => (Item: item, Value: (AccessGrant)item.Told.Fact.Untyped)).Where(one => one.Value.Ticket is not { } named || !tickets.ContainsKey(named)).ToList();
        return
        [
            new Comparison(
                Id, Title, "accesses", "tickets", population.Items.Count - without.Count,
                [.. without.Select(one => new Difference($"left:{one.Item.Id}", $"{one.Value.Access} for {one.Value.For}", one.Value.Ticket is { } named ? $"It names {named}, which is not among the tickets." : "It names no ticket."))],
                [.. tickets.Values.Where(ticket => ticket.Sort.Equals(Sort, StringComparison.OrdinalIgnoreCase) && ticket.OpenedAt >= population.Window.From && ticket.OpenedAt < population.Window.To && !granted.Contains(ticket.Id))
                    .OrderBy(ticket => ticket.OpenedAt).Select(ticket => new Difference($"right:{ticket.Id}", $"{ticket.Id} {ticket.Title}", "No access names this ticket."))]),
        ];
    }
}
