using Plainproof.Facts;

namespace Plainproof.Sources.Directories;

/// <summary>What the directory source reads, and the least rights it needs: exact commands to paste.</summary>
internal static class DirectoryOffers
{
    private const string Ad = "Active Directory";
    private const string Ol = "OpenLDAP";

    private static readonly Permission Account = new(Ad, """New-ADUser plainproof -AccountPassword (Read-Host -AsSecureString) -Enabled $true""", "An ordinary account of its own, in no group but Domain Users.");
    private static readonly Permission Person = new(Ol, """access to attrs=entry,objectClass,uid,cn,sn,givenName,displayName,mail,entryUUID,createTimestamp,pwdPolicySubentry,pwdAccountLockedTime,pwdStartTime,pwdEndTime,shadowExpire by dn.exact="cn=plainproof,dc=example,dc=com" read by * break""", "Names and state of accounts. Put it before your other access rules.");

    public static IReadOnlyList<Offer> All { get; } =
    [
        new(Aspect.Of<Account>(),
            [Account, Delegate("User Account Restrictions", "user", "Whether an account is switched on."), ForProtected("User Account Restrictions"), Person,
                new(Ol, """limits dn.exact="cn=plainproof,dc=example,dc=com" size=unlimited""", "Lists longer than 500 entries.")],
            "search for users, in pages, and a second search that counts them"),
        new(Aspect.Of<AccountActivity>(),
            [Account, Delegate("Logon Information", "user", "When an account last signed in."), ForProtected("Logon Information"),
                Attributes("authTimestamp,pwdLastSuccess", "When an account last signed in.")],
            "lastLogonTimestamp; authTimestamp or pwdLastSuccess"),
        new(Aspect.Of<AccountPassword>(),
            [Account, Delegate("User Account Restrictions", "user", "Age of the password and its exceptions."), ForProtected("User Account Restrictions"),
                Attributes("pwdChangedTime", "Age of the password.")],
            "pwdLastSet and userAccountControl; pwdChangedTime"),
        new(Aspect.Of<Privilege>(),
            [Account, Attributes("member,uniqueMember,memberUid", "Members of the administrators' groups.")],
            "members of the built-in administrator groups, nested groups followed"),
        new(Aspect.Of<PasswordPolicy>(),
            [Account, new(Ad, """dsacls "CN=Password Settings Container,CN=System,DC=example,DC=com" /I:T /G "EXAMPLE\plainproof:GR" """.Trim(), "Fine-grained password rules, which only Domain Admins see otherwise."),
                new(Ol, """access to filter=(objectClass=pwdPolicy) by dn.exact="cn=plainproof,dc=example,dc=com" read by * break""", "The password rules.")],
            "the domain's password rules and the Password Settings Container; entries of class pwdPolicy"),
        new(Aspect.Of<DirectoryState>(),
            [Account, ForProtected("User Account Restrictions")],
            "the root entry, the schema's LAPS attributes, the age of krbtgt's key"),
        new(Aspect.Of<Computer>(),
            [Account, Delegate("User Account Restrictions", "computer", "Whether a computer is switched on."), Delegate("Logon Information", "computer", "When it was last seen.")],
            "search for computers, in pages"),
        new(Aspect.Of<ComputerLocalAdministrator>(),
            [Account, Delegate("msLAPS-PasswordExpirationTime", "computer", "When the managed password is next changed. Never the password itself.")],
            "msLAPS-PasswordExpirationTime and ms-Mcs-AdmPwdExpirationTime of computers"),
    ];

    public static string AllowAttributes(string attributes, string user) =>
        $"Add this before your other access rules in slapd.conf: access to attrs={attributes} by dn.exact=\"{user}\" read by * break";

    public static string AllowPolicies(string user) =>
        $"Add this before your other access rules in slapd.conf: access to filter=(objectClass=pwdPolicy) by dn.exact=\"{user}\" read by * break";

    public static string LiftLimits(string user) =>
        $"Add this to the database section of slapd.conf: limits dn.exact=\"{user}\" size=unlimited";

    public static string AllowInherited(string domain, string what, string on) =>
        $"Run as a domain administrator: dsacls \"{domain}\" /I:S /G \"DOMAIN\\ACCOUNT:RP;{what};{on}\"";

    public static string AllowProtected(string domain, string what) =>
        $"Run as a domain administrator: dsacls \"CN=AdminSDHolder,CN=System,{domain}\" /G \"DOMAIN\\ACCOUNT:RP;{what}\". It takes an hour to reach the accounts of administrators.";

    public static string AllowFineGrained(string domain) =>
        $"Run as a domain administrator: dsacls \"CN=Password Settings Container,CN=System,{domain}\" /I:T /G \"DOMAIN\\ACCOUNT:GR\"";

    public static string AllowDomainRules(string domain) =>
        $"Run as a domain administrator: dsacls \"{domain}\" /G \"DOMAIN\\ACCOUNT:RP;Domain Password & Lockout Policies\"";

    private static Permission Attributes(string names, string why) =>
        new(Ol, $"""access to attrs={names} by dn.exact="cn=plainproof,dc=example,dc=com" read by * break""", why);

    private static Permission Delegate(string what, string on, string why) =>
        new(Ad, $"""dsacls "DC=example,DC=com" /I:S /G "EXAMPLE\plainproof:RP;{what};{on}" """.Trim(), $"{why} Needed only where Authenticated Users were taken out of 'Pre-Windows 2000 Compatible Access'.");

    private static Permission ForProtected(string what) =>
        new(Ad, $"""dsacls "CN=AdminSDHolder,CN=System,DC=example,DC=com" /G "EXAMPLE\plainproof:RP;{what}" """.Trim(), "The same for administrators, who do not inherit rights.");
}
