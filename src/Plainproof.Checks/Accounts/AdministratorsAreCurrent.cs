using Plainproof.Checks.People;
using Plainproof.Facts;

namespace Plainproof.Checks.Accounts;

/// <summary>Behind every administrator's account there is someone who works here now.</summary>
internal sealed class AdministratorsAreCurrent : WholeCheck
{
    public override void Evaluate(IFacts facts, Given given, Findings into)
    {
        foreach (var account in facts.Of<Privilege>().Where(right => right.Value is { AccountEnabled: true, BuiltIn: false }).GroupBy(right => right.Value.Account))
        {
            var right = account.OrderByDescending(one => one.Value.Full).ThenBy(one => one.Value.Through.Count).First();
            var link = facts.About<IdentityLink>(account.Key)?.Value;
            var person = link?.Person is { } subject ? facts.About<Person>(subject)?.Value : null;
            into.Judge(right, person is not null && !person.HasLeft(given.Today) ? Outcome.Pass : Outcome.Fail, () => Say(right, link, person, given));
        }
    }

    private static string Say(Dated<Privilege> right, IdentityLink? link, Person? person, Given given) =>
        person is null ? $"{right.Value.Tell()} in {right.Scope} belongs to nobody in the roster. {link?.Note}".TrimEnd()
        : person.HasLeft(given.Today) ? $"{right.Value.Tell()} in {right.Scope} belongs to {person.Name}, who left on {person.LeftOn:yyyy-MM-dd}."
        : $"{right.Value.Tell()} belongs to {person.Name}.";
}
