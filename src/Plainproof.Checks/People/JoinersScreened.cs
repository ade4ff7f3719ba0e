using Plainproof.Facts;

namespace Plainproof.Checks.People;

/// <summary>Who joined lately was screened and promised secrecy no later than the first day.</summary>
internal sealed class JoinersScreened : WholeCheck
{
    public override void Evaluate(IFacts facts, Given given, Findings into)
    {
        foreach (var scope in facts.Of<PersonRecords>().GroupBy(records => records.Scope))
        {
            var notKept = scope.SelectMany(records => records.Value.NotKept ?? []).ToHashSet(StringComparer.OrdinalIgnoreCase);
            var (screening, promise) = (!notKept.Contains(nameof(PersonRecords.ScreenedOn)), !notKept.Contains(nameof(PersonRecords.ConfidentialitySignedOn)));
            if (!screening || !promise)
                into.JudgeScope(scope.Key, Outcome.NotTested, () => $"{scope.Key} has no column for {(screening ? "the secrecy promise" : promise ? "the background check" : "either date")}.", Reason.NotOffered);
            foreach (var records in scope)
                Judge(records, facts.About<Person>(records.Subject)?.Value, screening, promise, given, into);
        }
    }

    private static void Judge(Dated<PersonRecords> records, Person? person, bool screening, bool promise, Given given, Findings into)
    {
        if (person is null || person.JoinedOn > given.Today || given.Today.DayNumber - person.JoinedOn.DayNumber > given["joinedWithinDays"])
            return;
        var last = person.JoinedOn.AddDays((int)given["graceDays"]);
        var missing = new List<string>();
        if (screening && !(records.Value.ScreenedOn <= last))
            missing.Add(Tell("background check", records.Value.ScreenedOn));
        if (promise && !(records.Value.ConfidentialitySignedOn <= last))
            missing.Add(Tell("secrecy promise", records.Value.ConfidentialitySignedOn));
        if (missing.Count > 0)
            into.Judge(records, Outcome.Fail, () => $"{person.Name} joined on {person.JoinedOn:yyyy-MM-dd}: {string.Join(", ", missing)}.");
        else if (screening && promise)
            into.Judge(records, Outcome.Pass, () => $"{person.Name} joined on {person.JoinedOn:yyyy-MM-dd} and was screened and bound to secrecy by then.");
    }

    private static string Tell(string what, DateOnly? on) => on is { } day ? $"{what} only on {day:yyyy-MM-dd}" : $"no {what}";
}
