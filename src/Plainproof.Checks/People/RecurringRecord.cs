using Plainproof.Facts;

namespace Plainproof.Checks.People;

/// <summary>Something that everyone does soon after joining and then again and again, by the date of the last time.</summary>
internal abstract class RecurringRecord : WholeCheck
{
    /// <summary>The property of <see cref="PersonRecords"/> that holds the date.</summary>
    protected abstract string Record { get; }

    protected abstract DateOnly? DoneOn(PersonRecords records);

    /// <summary>What was done, as in "Ann last DID on ...".</summary>
    protected abstract string Did { get; }

    public override void Evaluate(IFacts facts, Given given, Findings into)
    {
        foreach (var scope in facts.Of<PersonRecords>().GroupBy(records => records.Scope))
        {
            if (scope.Any(records => records.Value.NotKept?.Contains(Record, StringComparer.OrdinalIgnoreCase) == true))
                into.JudgeScope(scope.Key, Outcome.NotTested, () => $"{scope.Key} has no column for this date.", Reason.NotOffered);
            else
                JudgeAll(scope, facts, given, into);
        }
    }

    private void JudgeAll(IEnumerable<Dated<PersonRecords>> all, IFacts facts, Given given, Findings into)
    {
        foreach (var records in all)
        {
            if (facts.About<Person>(records.Subject)?.Value is not { } person || !person.IsCurrent(given.Today))
                continue;
            var done = DoneOn(records.Value);
            var due = done?.AddDays((int)given["everyDays"]) ?? person.JoinedOn.AddDays((int)given["firstDays"]);
            var outcome = given.Today > due ? Outcome.Fail : done is null ? Outcome.NotApplicable : Outcome.Pass;
            into.Judge(records, outcome, () => Say(person, done, due));
        }
    }

    private string Say(Person person, DateOnly? done, DateOnly due) => done is { } day
        ? $"{person.Name} last {Did} on {day:yyyy-MM-dd}; the next time is due by {due:yyyy-MM-dd}."
        : $"{person.Name} joined on {person.JoinedOn:yyyy-MM-dd} and has no date for this; it is due by {due:yyyy-MM-dd}.";
}
