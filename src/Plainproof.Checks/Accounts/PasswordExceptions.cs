using Plainproof.Facts;

namespace Plainproof.Checks.Accounts;

/// <summary>No person's account is let off the rules for passwords. A service's password may stay; the other exceptions are wrong for it too.</summary>
internal sealed class PasswordExceptions : EachCheck<AccountPassword>
{
    protected override Func<Dated<AccountPassword>, Outcome> Prepare(IFacts facts, Given given) => password =>
    {
        if (facts.About<Account>(password.Subject)?.Value is not { Enabled: true, CanSignIn: true, BuiltIn: false } account)
            return Outcome.NotApplicable;
        var service = account.Nature == AccountNature.Service || facts.About<IdentityLink>(password.Subject)?.Value.How == "service register";
        var it = password.Value;
        return PassWhen(!(it.NeverExpires && !service) && !it.NotRequired && !it.Reversible && !it.PreAuthenticationNotRequired);
    };

    protected override string Say(AccountPassword it, Dated about, Outcome outcome, Given given) => outcome switch
    {
        Outcome.NotApplicable => $"{Name(about)} cannot sign in, or comes with the system.",
        Outcome.Pass => $"{Name(about)} has no exception from the password rules that a person should not have.",
        _ => $"{Name(about)}: {string.Join("; ", Exceptions(it))}.",
    };

    private static IEnumerable<string> Exceptions(AccountPassword it)
    {
        if (it.NeverExpires)
            yield return "the password never expires";
        if (it.NotRequired)
            yield return "an empty password is allowed";
        if (it.Reversible)
            yield return "the password is stored so that it can be read back";
        if (it.PreAuthenticationNotRequired)
            yield return "Kerberos pre-authentication is off, so the password can be guessed offline";
    }

    private static string Name(Dated about) => Subjects.ShortName(about.Scope, about.Subject);
}
