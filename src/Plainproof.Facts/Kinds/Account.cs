namespace Plainproof.Facts;

/// <summary>Who is behind an account, as far as the system itself can tell.</summary>
public enum AccountNature
{
    Unknown,
    Person,
    Service,
}

/// <param name="Name">The name used to sign in.</param>
/// <param name="Enabled">False when the system refuses a sign-in with it.</param>
/// <param name="Email">As the system holds it, when it holds one.</param>
/// <param name="EmailVerified">True when the system or an administrator vouches for the address.</param>
/// <param name="DirectorySubject">A stable id shared across systems: SID, objectGUID, OIDC subject.</param>
/// <param name="CanSignIn">False for built-in accounts that have no way in (a locked service user of an operating system).</param>
[Kind("account.core", "Accounts: name, state, address")]
public sealed record Account(
    string Name,
    bool Enabled,
    AccountNature Nature = AccountNature.Unknown,
    string? DisplayName = null,
    string? Email = null,
    bool EmailVerified = false,
    string? DirectorySubject = null,
    DateTimeOffset? CreatedAt = null,
    bool CanSignIn = true,
    bool BuiltIn = false);

/// <param name="LastSignInAt">Null when never seen to sign in.</param>
/// <param name="SlackDays">How far behind the truth the system may lag: 14 for Active Directory's lastLogonTimestamp.</param>
[Kind("account.activity", "When each account last signed in")]
public sealed record AccountActivity(DateTimeOffset? LastSignInAt = null, int SlackDays = 0);

/// <param name="ChangedAt">Null when never set or unknown.</param>
[Kind("account.password", "Age and exceptions of each account's password")]
public sealed record AccountPassword(
    DateTimeOffset? ChangedAt = null,
    bool NeverExpires = false,
    bool NotRequired = false,
    bool Reversible = false,
    bool PreAuthenticationNotRequired = false);

/// <summary>One way in which one account holds one powerful right. One fact per account and right.</summary>
/// <param name="Account">Subject of the account.</param>
/// <param name="Right">What the system calls it: <c>Domain Admins</c>, <c>sudo</c>, <c>superuser</c>, <c>uid 0</c>.</param>
/// <param name="Through">The chain of groups it comes through, outermost first; empty when direct.</param>
/// <param name="Full">True when the right is full control of the system.</param>
/// <param name="AccountEnabled">Whether the account can be used now.</param>
[Kind("account.privilege", "Which accounts hold administrator rights, and through which groups")]
public sealed record Privilege(
    string Account, string AccountName, string Right, IReadOnlyList<string> Through, bool Full, bool AccountEnabled, bool BuiltIn = false);

/// <param name="Name">Where it applies: the domain default, or a fine-grained policy by name.</param>
/// <param name="AppliesTo">Groups or people of a fine-grained policy; empty for the default.</param>
/// <param name="LockoutThreshold">Wrong tries before lock-out; 0 means never.</param>
/// <param name="MaxAgeDays">Null when passwords never expire by age.</param>
[Kind("password.policy", "Password and lock-out rules")]
public sealed record PasswordPolicy(
    string Name,
    bool IsDefault,
    IReadOnlyList<string> AppliesTo,
    int MinLength,
    int LockoutThreshold,
    bool? Complexity = null,
    double? LockoutMinutes = null,
    int? History = null,
    double? MaxAgeDays = null);

/// <summary>Derived: which person an account belongs to. Null person = an orphan.</summary>
/// <param name="How">How the link was found: <c>email</c>, <c>directory subject</c>, <c>confirmed</c>, <c>service register</c>, or <c>none</c>.</param>
[Kind("identity.link", "Which person each account belongs to")]
public sealed record IdentityLink(string Account, string AccountName, bool AccountEnabled, string How, string? Person = null, string? PersonName = null, string? Note = null)
{
    /// <summary>A person said whose account this is. The act is about the account and says the person's subject or address.</summary>
    public const string Confirmed = "identity.confirmed";

    /// <summary>A person entered the account in the service register. The act is about the account and says the owner's subject or address.</summary>
    public const string Service = "identity.service";
}
