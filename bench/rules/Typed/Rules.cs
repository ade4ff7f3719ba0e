using Plainproof.Checks;
using Plainproof.Facts;

namespace Plainproof.Bench.Rules.Typed;

/// <summary>Checks as the library writes them, one class a rule; each is made with ten numbers of its own.</summary>
internal abstract class AccountRule : EachCheck<Account>
{
    protected override string Say(Account it, Dated about, Outcome outcome, Given given) => it.Name;

    protected static double Days(DateTimeOffset at, Given given) => (given.AsOf - at).TotalDays;
}

internal sealed class OldAccountsVerified(int days) : AccountRule
{
    protected override Outcome Judge(Account it, Given given) =>
        it is not { Enabled: true, CreatedAt: { } created } || Days(created, given) <= days ? Outcome.NotApplicable : PassWhen(it.EmailVerified);
}

internal sealed class AccountsAreYoung(int days) : AccountRule
{
    protected override Outcome Judge(Account it, Given given) =>
        it.BuiltIn ? Outcome.NotApplicable : PassWhen(it.CreatedAt is { } created && Days(created, given) <= days);
}

internal sealed class PeopleHaveOurAddress(int days) : AccountRule
{
    protected override Outcome Judge(Account it, Given given) =>
        it.Nature != AccountNature.Person || it.CreatedAt is not { } created || Days(created, given) <= days ? Outcome.NotApplicable
        : PassWhen(it.Email is { } email && email.Contains("@bench.example", StringComparison.OrdinalIgnoreCase));
}

internal sealed class AccountsAreLinked(int days) : AccountRule
{
    protected override Outcome Judge(Account it, Given given) =>
        !it.Enabled || it.Nature == AccountNature.Service || it.CreatedAt is not { } created || Days(created, given) <= days ? Outcome.NotApplicable
        : PassWhen(it.DirectorySubject is not null);
}

internal sealed class EnabledCanSignIn(int days) : AccountRule
{
    protected override Outcome Judge(Account it, Given given) =>
        PassWhen(it.Enabled && it.CanSignIn && it.CreatedAt is { } created && Days(created, given) > days);
}

internal sealed class AccountsHaveNames(int days) : AccountRule
{
    protected override Outcome Judge(Account it, Given given) =>
        it.CreatedAt is not { } created || Days(created, given) <= days ? Outcome.NotApplicable
        : PassWhen(it.DisplayName is not null && !it.BuiltIn);
}
