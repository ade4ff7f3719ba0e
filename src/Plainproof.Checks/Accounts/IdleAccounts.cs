using Plainproof.Facts;

namespace Plainproof.Checks.Accounts;

/// <summary>One check for every directory and system that tells when an account last signed in.</summary>
internal sealed class IdleAccounts : EachCheck<AccountActivity>
{
    private const int NewAccountDays = 14;

    protected override Func<Dated<AccountActivity>, Outcome> Prepare(IFacts facts, Given given) => activity =>
        facts.About<Account>(activity.Subject)?.Value is not { Enabled: true, CanSignIn: true, BuiltIn: false } account ? Outcome.NotApplicable
        : PassWhen(!IsIdle(activity.Value, given) || IsNew(account, given));

    protected override string Say(AccountActivity it, Dated about, Outcome outcome, Given given) => outcome switch
    {
        Outcome.NotApplicable => $"{Name(about)} cannot sign in, so idleness does not matter.",
        Outcome.Pass => $"{Name(about)} signed in within {given["idleDays"]:0} days, or is new.",
        _ when it.LastSignInAt is { } at => $"{Name(about)} last signed in on {at:yyyy-MM-dd}, {(given.AsOf - at).TotalDays:0} days ago, and is still enabled.",
        _ => $"{Name(about)} has never signed in and is still enabled.",
    };

    private static bool IsIdle(AccountActivity it, Given given) =>
        it.LastSignInAt is not { } at || (given.AsOf - at).TotalDays > given["idleDays"] + it.SlackDays;

    private static bool IsNew(Account account, Given given) =>
        account.CreatedAt is { } created && (given.AsOf - created).TotalDays <= NewAccountDays;

    private static string Name(Dated about) => Subjects.ShortName(about.Scope, about.Subject);
}
