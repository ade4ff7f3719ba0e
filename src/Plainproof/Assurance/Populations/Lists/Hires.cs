using Plainproof.Checks.People;
using Plainproof.Facts;

namespace Plainproof.Assurance.Populations.Lists;

internal sealed class Hires : EventPopulation<Person>
{
    /// <summary>The list says itself who joined when, so the check's own limit on that is no matter here.</summary>
    private const double Ever = 1_000_000;

    public override string Id => "hires";

    public override string Title => "People who joined";

    public override string Query => "Everyone whose first working day came";

    public override string Connect => "Connect the list of your people (people), or push the kind person.core from your HR system.";

    public override IReadOnlyList<string> Columns { get; } = ["Name", "E-mail", "First day", "Job", "Contract", "Manager"];

    public override IReadOnlyList<Aspect> Beside { get; } = [Aspect.Of<PersonRecords>(), Aspect.Of<Account>()];

    protected override bool KnowsOnlyTheDay => true;

    protected override DateTimeOffset? EventOf(Person it, Course<Person> course) => DayOf(it.JoinedOn);

    protected override IReadOnlyList<string> Cells(Person it) => [it.Name, it.Email, Cell.Of((DateOnly?)it.JoinedOn), it.Title ?? "", Cell.Of(it.Engagement), it.ManagerEmail ?? ""];

    public override Func<Item, IEnumerable<Finding>> Census(Ground ground)
    {
        var screened = ground.Judge("joiners-screened", ("joinedWithinDays", Ever));
        var records = ground.Facts.Of<PersonRecords>().ToLookup(course => course.Subject, StringComparer.Ordinal);
        return item => [Screened(item, screened), .. FirstTimes(item, (Person)item.Told.Fact.Untyped, [.. records[item.Subject]], ground)];
    }

    public override IEnumerable<Comparison> Compare(Population population, Ground ground) => new PeopleAgainstAccounts(population, ground).OfHires();

    private static Finding Screened(Item item, IReadOnlyDictionary<string, Finding> screened) => screened.GetValueOrDefault(item.Subject)
        ?? new Finding("People who join are screened and bound to secrecy", Verdict.CouldNotTell, "No source tells the dates of the background check and the secrecy promise.");

    private static IEnumerable<Finding> FirstTimes(Item item, Person person, IReadOnlyList<Course<PersonRecords>> records, Ground ground) =>
    [
        FirstTime(item, person, records, ground, "security-training", "Training is done soon after joining", "trained", nameof(PersonRecords.TrainedOn), it => it.TrainedOn),
        FirstTime(item, person, records, ground, "policies-accepted", "Policies are accepted soon after joining", "bound to the policies", nameof(PersonRecords.PoliciesAcceptedOn), it => it.PoliciesAcceptedOn),
    ];

    /// <summary>The earliest day that any reading told; a roster keeps the last time only.</summary>
    private static Finding FirstTime(
        Item item, Person person, IReadOnlyList<Course<PersonRecords>> records, Ground ground, string check, string question, string did, string column, Func<PersonRecords, DateOnly?> dayOf)
    {
        var told = records.SelectMany(course => course.Versions).Select(one => one.Value).ToList();
        var due = person.JoinedOn.AddDays((int)ground.Number(check, "firstDays"));
        if (told.Count == 0 || told[^1].NotKept?.Contains(column, StringComparer.OrdinalIgnoreCase) == true)
            return new Finding(question, Verdict.CouldNotTell, "No source tells this date.");
        var done = told.Select(dayOf).Where(day => day is not null).Min();
        return done <= due ? new Finding(question, Verdict.Met, $"{person.Name} was {did} on {Cell.Of(done)}; it was due by {Cell.Of((DateOnly?)due)}.")
            : done is not null ? new Finding(question, Verdict.NotMet, $"{person.Name} was {did} on {Cell.Of(done)}; it was due by {Cell.Of((DateOnly?)due)}.")
            : DateOnly.FromDateTime(ground.Facts.AsOf.UtcDateTime) > due && !person.HasLeft(due) ? new Finding(question, Verdict.NotMet, $"{person.Name} has no date for this; it was due by {Cell.Of((DateOnly?)due)}.")
            : new Finding(question, Verdict.NotAsked, $"It is due by {Cell.Of((DateOnly?)due)}.");
    }
}
