using Plainproof.Facts;

namespace Plainproof.Checks.People;

/// <summary>Everyone who left, in every system: no account of theirs is still on.</summary>
internal sealed class LeaversLoseAccess : WholeCheck
{
    public override void Evaluate(IFacts facts, Given given, Findings into)
    {
        var leavers = facts.Of<Person>().Count(person => person.Value.HasLeft(given.Today));
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var link in facts.Of<IdentityLink>())
        {
            if (link.Value.How == "service register" || link.Value.Person is not { } subject
                || facts.About<Person>(subject)?.Value is not { LeftOn: { } left } person || !person.HasLeft(given.Today))
                continue;
            seen.Add(link.Scope);
            Judge(link, person, left, given, into);
        }

        // Nobody left: nothing to judge, and the evaluator says so when the roster is whole.
        var untouched = leavers == 0 ? [] : facts.Coverage(Aspect.Of<IdentityLink>()).Select(line => line.Scope).Distinct().Where(scope => !seen.Contains(scope));
        foreach (var scope in untouched)
            into.JudgeScope(scope, Outcome.Pass, () => $"Nobody of the {leavers} who left has an account in {scope}.");
    }

    private static void Judge(Dated<IdentityLink> link, Person person, DateOnly left, Given given, Findings into)
    {
        var days = Tenure.WorkingDaysAfter(left, given.Today);
        if (!link.Value.AccountEnabled)
            into.Judge(link, Outcome.Pass, () => $"{link.Value.AccountName} of {person.Name}, who left on {left:yyyy-MM-dd}, is switched off.");
        else if (days > given["workingDays"])
            into.Judge(link, Outcome.Fail, () => $"{link.Value.AccountName} in {link.Scope} is still enabled. {person.Name} left on {left:yyyy-MM-dd}, {days} working days ago.");
        else
            into.Judge(link, Outcome.NotApplicable, () => $"{link.Value.AccountName} of {person.Name}, who left on {left:yyyy-MM-dd}, is enabled and still within the {given["workingDays"]:0} working days allowed.");
    }
}
