using Plainproof.Facts;

namespace Plainproof.Assurance.Populations.Lists;

internal sealed class NewCustomers : EventPopulation<Customer>
{
    private const string Question = "The written terms were accepted before the first day";

    public override string Id => "new-customers";

    public override string Title => "New customers";

    public override string Query => "Every customer whose first day came";

    public override string Connect => "Push the kind customer.core from your billing or sales system.";

    public override IReadOnlyList<string> Columns { get; } = ["Number", "Name", "Terms accepted", "Contract", "Last day"];

    protected override bool KnowsOnlyTheDay => true;

    protected override DateTimeOffset? EventOf(Customer it, Course<Customer> course) => DayOf(it.BegunOn);

    protected override IReadOnlyList<string> Cells(Customer it) => [it.Id, it.Name, Cell.Of(it.TermsAcceptedOn), it.Contract ?? "", Cell.Of(it.EndedOn)];

    public override Func<Item, IEnumerable<Finding>> Census(Ground ground) => item => (Customer)item.Told.Fact.Untyped switch
    {
        { TermsAcceptedOn: null } it => [new Finding(Question, Verdict.CouldNotTell, $"Nothing tells when {it.Name} accepted the terms.")],
        { TermsAcceptedOn: var accepted } it when accepted > it.BegunOn => [new Finding(Question, Verdict.NotMet, $"{it.Name} accepted the terms on {Cell.Of(accepted)}, after the first day, {item.When}.")],
        var it => [new Finding(Question, Verdict.Met, $"{it.Name} accepted the terms on {Cell.Of(it.TermsAcceptedOn)}.")],
    };
}
