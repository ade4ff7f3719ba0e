using Plainproof.Facts;

namespace Plainproof.Assurance.Populations.Lists;

internal sealed class EndedCustomers : EventPopulation<Customer>
{
    private const string Question = "The data of a customer who left was deleted or returned";

    public override string Id => "ended-customers";

    public override string Title => "Customers who left";

    public override string Query => "Every customer whose last day came";

    public override string Connect => "Push the kind customer.core from your billing or sales system, and deletion-request.core.";

    public override IReadOnlyList<string> Columns { get; } = ["Number", "Name", "First day", "Contract"];

    public override IReadOnlyList<Aspect> Beside { get; } = [Aspect.Of<DeletionRequest>()];

    protected override bool KnowsOnlyTheDay => true;

    protected override DateTimeOffset? EventOf(Customer it, Course<Customer> course) => DayOf(it.EndedOn);

    protected override IReadOnlyList<string> Cells(Customer it) => [it.Id, it.Name, Cell.Of((DateOnly?)it.BegunOn), it.Contract ?? ""];

    public override Func<Item, IEnumerable<Finding>> Census(Ground ground)
    {
        var (inTime, requests) = (ground.Judge("deletions-in-time"), RequestsOf(ground.Facts));
        return item => requests[((Customer)item.Told.Fact.Untyped).Id].Select(request => inTime.GetValueOrDefault(request.Subject)).OfType<Finding>()
            .DefaultIfEmpty(new Finding(Question, Verdict.CouldNotTell, "No deletion request names this customer."));
    }

    public override IEnumerable<Comparison> Compare(Population population, Ground ground)
    {
        const string Title = "Customers who left against deletion requests";
        if (!ground.Facts.WasLookedAt(Aspect.Of<DeletionRequest>()))
            return [Comparison.NotDone(Id, Title, "customers who left", "deletion requests", "No source tells of deletion requests. Push the kind deletion-request.core.")];
        var requests = RequestsOf(ground.Facts);
        var ended = ground.Facts.Of<Customer>().Select(course => course.Newest.Value).Where(it => it.EndedOn is not null).Select(it => it.Id).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var without = population.Items.Select(item => (item.Id, Customer: (Customer)item.Told.Fact.Untyped)).Where(one => !requests.Contains(one.Customer.Id)).ToList();
        return
        [
            new Comparison(
                Id, Title, "customers who left", "deletion requests", population.Items.Count - without.Count,
                [.. without.Select(one => new Difference($"left:{one.Id}", one.Customer.Name, "No deletion request names this customer."))],
                [.. Events.Of<DeletionRequest>(ground.Facts, (it, _) => it.About == DeletionSubject.Customer ? it.ReceivedAt : null, _ => []).Select(item => (item.Id, Request: (DeletionRequest)item.Told.Fact.Untyped))
                    .Where(one => one.Request.CustomerId is not { } named || !ended.Contains(named)).OrderBy(one => one.Request.ReceivedAt)
                    .Select(one => new Difference($"right:{one.Id}", one.Request.Id, one.Request.CustomerId is { } named ? $"It names customer {named}, whose last day is not told." : "It is about a customer and names none."))]),
        ];
    }

    /// <summary>Requests about all data of a customer, by the customer that they name.</summary>
    private static ILookup<string, Course<DeletionRequest>> RequestsOf(WindowFacts facts) =>
        facts.Of<DeletionRequest>().Where(course => course.Newest.Value is { About: DeletionSubject.Customer, CustomerId: not null }).ToLookup(course => course.Newest.Value.CustomerId!, StringComparer.OrdinalIgnoreCase);
}
