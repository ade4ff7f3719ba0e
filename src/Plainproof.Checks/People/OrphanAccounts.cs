using Plainproof.Facts;

namespace Plainproof.Checks.People;

/// <summary>Every account that is on has someone behind it: a current person, or the owner that the service register names.</summary>
internal sealed class OrphanAccounts : EachCheck<IdentityLink>
{
    protected override Func<Dated<IdentityLink>, Outcome> Prepare(IFacts facts, Given given) => link =>
    {
        if (!link.Value.AccountEnabled || facts.About<Account>(link.Value.Account)?.Value is { BuiltIn: true } or { CanSignIn: false })
            return Outcome.NotApplicable;
        if (link.Value.Person is not { } subject || facts.About<Person>(subject)?.Value is not { } person)
            return Outcome.Fail;
        return !person.HasLeft(given.Today) ? Outcome.Pass
            : link.Value.How == "service register" ? Outcome.Fail
            : Outcome.NotApplicable;
    };

    protected override string Say(IdentityLink it, Dated about, Outcome outcome, Given given) => outcome switch
    {
        Outcome.Pass when it.How == "service register" => $"{it.AccountName} is a service account; {it.PersonName} owns it.",
        Outcome.Pass => $"{it.AccountName} belongs to {it.PersonName} (found by {it.How}).",
        Outcome.NotApplicable when !it.AccountEnabled => $"{it.AccountName} is switched off.",
        Outcome.NotApplicable when it.Person is not null => $"{it.AccountName} belongs to {it.PersonName}, who left. Another check looks at leavers.",
        Outcome.NotApplicable => $"{it.AccountName} comes with the system, or cannot sign in.",
        _ when it.Person is not null => $"{it.AccountName} is a service account, and its owner {it.PersonName} has left.",
        _ => $"{it.AccountName} in {about.Scope} is enabled and belongs to nobody in the roster. {it.Note}".TrimEnd(),
    };
}
