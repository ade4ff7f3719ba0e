using Plainproof.Facts;

namespace Plainproof.Assurance.Populations.Lists;

internal sealed class Leavers : EventPopulation<Person>
{
    public override string Id => "leavers";

    public override string Title => "People who left";

    public override string Query => "Everyone whose last working day came";

    public override string Connect => "Connect the list of your people (people), or push the kind person.core from your HR system.";

    public override IReadOnlyList<string> Columns { get; } = ["Name", "E-mail", "First day", "Last day", "Job", "Contract", "Manager"];

    public override IReadOnlyList<Aspect> Beside { get; } = [Aspect.Of<Account>()];

    protected override bool KnowsOnlyTheDay => true;

    protected override DateTimeOffset? EventOf(Person it, Course<Person> course) => DayOf(it.LeftOn);

    protected override IReadOnlyList<string> Cells(Person it) =>
        [it.Name, it.Email, Cell.Of((DateOnly?)it.JoinedOn), Cell.Of(it.LeftOn), it.Title ?? "", Cell.Of(it.Engagement), it.ManagerEmail ?? ""];

    public override Func<Item, IEnumerable<Finding>> Census(Ground ground) => new AccountsOfLeavers(ground).Of;

    public override IEnumerable<Comparison> Compare(Population population, Ground ground) => new PeopleAgainstAccounts(population, ground).OfLeavers();
}
