using Plainproof.Facts;

namespace Plainproof.Assurance.Populations.Lists;

/// <summary>Contractors of the roster, and those of the ledger that are not on the roster.</summary>
internal sealed class Contractors : PopulationKind
{
    public override string Id => "contractors";

    public override string Title => "Contractors";

    public override string Query => "Every contractor of the roster at some moment, and everyone paid as one who is not on it";

    public override string Connect => "Connect the list of your people (people), and push the kind payee.core from your ledger.";

    public override string Limit => "A ledger tells the first and the last payment. Somebody paid before and after these days is listed too.";

    public override IReadOnlyList<string> Columns { get; } = ["Name", "E-mail", "Told by", "First day", "Last day", "Job", "Amount in a year"];

    public override IReadOnlyList<Aspect> Reads { get; } = [Aspect.Of<Person>(), Aspect.Of<Payee>()];

    public override IEnumerable<Item> Items(WindowFacts facts)
    {
        var roster = OnRoster(facts).ToList();
        var known = NamesOn(roster);
        return roster.Concat(Paid(facts).Where(item => !known.HasOneOf(NamesOf((Payee)item.Told.Fact.Untyped))));
    }

    public override IEnumerable<Comparison> Compare(Population population, Ground ground)
    {
        const string Title = "Contractors against payees";
        if (!ground.Facts.WasLookedAt(Aspect.Of<Person>()) || !ground.Facts.WasLookedAt(Aspect.Of<Payee>()))
            return [Comparison.NotDone(Id, Title, "the roster", "payees", "It needs both the list of your people (people) and the kind payee.core from your ledger.")];
        var (roster, paid) = (OnRoster(ground.Facts).ToList(), Paid(ground.Facts).ToList());
        var (people, payees) = (NamesOn(roster), new KnownNames(paid.SelectMany(item => NamesOf((Payee)item.Told.Fact.Untyped))));
        var unpaid = roster.Where(item => !payees.HasOneOf(NamesOf((Person)item.Told.Fact.Untyped))).ToList();
        return
        [
            new Comparison(
                Id, Title, "the roster", "payees", roster.Count - unpaid.Count,
                [.. unpaid.Select(item => new Difference($"left:{item.Id}", ((Person)item.Told.Fact.Untyped).Name, "A contractor by the roster. No payment in these days is told."))],
                [.. paid.Where(item => !people.HasOneOf(NamesOf((Payee)item.Told.Fact.Untyped))).Select(item => new Difference($"right:{item.Id}", ((Payee)item.Told.Fact.Untyped).Name, "Paid as a contractor, and not one by the roster."))]),
        ];
    }

    private static IEnumerable<Item> OnRoster(WindowFacts facts) =>
        Lasting.Of<Person>(facts, it => new Span(it.JoinedOn, it.LeftOn), Cells, it => it.Engagement == Engagement.Contractor);

    private static IEnumerable<Item> Paid(WindowFacts facts) => Payees.Of(facts, PayeeKind.Contractor, Cells);

    private static KnownNames NamesOn(IEnumerable<Item> roster) => new(roster.SelectMany(item => NamesOf((Person)item.Told.Fact.Untyped)));

    private static IEnumerable<string?> NamesOf(Person it) => [it.Email, .. it.OtherEmails ?? [], it.Name];

    private static IEnumerable<string?> NamesOf(Payee it) => [it.Email, it.Name];

    private static IReadOnlyList<string> Cells(Person it) => [it.Name, it.Email, "the roster", Cell.Of((DateOnly?)it.JoinedOn), Cell.Of(it.LeftOn), it.Title ?? "", ""];

    private static IReadOnlyList<string> Cells(Payee it) => [it.Name, it.Email ?? "", "the ledger", Cell.Of((DateOnly?)it.FirstPaidOn), Cell.Of(it.LastPaidOn), "", it.AmountBand ?? ""];
}
