using Plainproof.Facts;
using Plainproof.Sources.Directories.Wire;

namespace Plainproof.Sources.Directories;

/// <summary>Accounts, their last sign-in and the age of their passwords, in one stream of pages.</summary>
internal sealed class OpenLdapAccounts(Job job, OpenLdapPolicies policies)
{
    public const string Filter = "(|(objectClass=person)(objectClass=account)(objectClass=posixAccount)(objectClass=simpleSecurityObject))";

    /// <summary>slapo-ppolicy(5): an account locked by an administrator, until an administrator unlocks it.</summary>
    private const string LockedForGood = "000001010000Z";

    public static readonly string[] CoreAttributes =
    [
        "objectClass", "uid", "cn", "sn", "givenName", "displayName", "mail", "entryUUID", "createTimestamp",
        "pwdAccountLockedTime", "pwdStartTime", "pwdEndTime", "shadowExpire", "nsAccountLock", "pwdPolicySubentry",
    ];

    private static readonly string[] SignInAttributes = ["authTimestamp", "pwdLastSuccess"];
    private static readonly string[] PasswordAttributes = ["pwdChangedTime"];

    private readonly Dictionary<string, string> _names = new(StringComparer.OrdinalIgnoreCase);

    public async Task ReadAsync(CancellationToken stop)
    {
        await policies.LoadAsync(stop);
        var locks = await ProbeAsync(["pwdAccountLockedTime"], stop);
        var signIns = job.Wants<AccountActivity>() ? await ProbeAsync(SignInAttributes, stop) : Probe.Off;
        var passwords = job.Wants<AccountPassword>() ? await ProbeAsync(PasswordAttributes, stop) : Probe.Off;
        if (passwords == Probe.Off && job.Root.HasPasswordPolicyOverlay)
            passwords = Probe.Readable; // Recorded from now on; no password has been changed since the overlay was switched on.

        var all = new Search(job.Base, Filter, SearchScope.Subtree, [.. CoreAttributes, .. SignInAttributes, .. PasswordAttributes]);
        var (read, cut) = (0L, (string?)null);
        await foreach (var page in job.Session.PagesAsync(all, stop))
        {
            for (var i = 0; i < page.Entries.Count; i++)
                await TellAsync(page.Entries[i], page.At(i), signIns, passwords, stop);
            (read, cut) = (read + page.Entries.Count, page.Cut);
            job.Progress("reading accounts", read);
        }

        var expected = cut is null ? await job.Session.CountAsync(all, stop) : null;
        await CoverAsync<Account>(locks is Probe.Denied ? locks : Probe.Readable, read, expected, cut, LocksDenied, stop);
        await CoverAsync<AccountActivity>(signIns, read, expected, cut, SignInsMissing(signIns), stop);
        await CoverAsync<AccountPassword>(passwords, read, expected, cut, PasswordsMissing(passwords), stop);
    }

    /// <summary>The part of the subject that names the account: its uid, or its place in the tree when another account has the same uid.</summary>
    public string IdOf(Entry entry)
    {
        var (name, key) = (NameOf(entry), Dn.Key(entry.Name));
        return _names.TryAdd(name, key) || _names[name] == key ? name : Relative(key);
    }

    public static string NameOf(Entry entry) => entry["uid"] ?? Dn.ShortName(entry.Name);

    /// <summary>False when a sign-in would be refused: locked for good, not begun, or ended (slapo-ppolicy(5), shadow(5)).</summary>
    public bool IsEnabled(Entry entry) =>
        entry["pwdAccountLockedTime"] != LockedForGood
        && !(entry.Time("pwdStartTime") > job.Now) && !(entry.Time("pwdEndTime") <= job.Now)
        && !(entry.Number("shadowExpire") is >= 0 and var days && DateTimeOffset.UnixEpoch.AddDays(days) <= job.Now)
        && !string.Equals(entry["nsAccountLock"], "true", StringComparison.OrdinalIgnoreCase);

    private async Task TellAsync(Entry entry, Pointer at, Probe signIns, Probe passwords, CancellationToken stop)
    {
        var subject = job.Subject("account", IdOf(entry));
        await job.AddAsync(subject, CoreOf(entry), at, stop);
        if (signIns == Probe.Readable)
            await job.AddAsync(subject, new AccountActivity(Latest(entry.Time("authTimestamp"), entry.Time("pwdLastSuccess"))), at, stop);
        if (passwords == Probe.Readable)
            await job.AddAsync(subject, new AccountPassword(entry.Time("pwdChangedTime"), NeverExpires: policies.Exempts(entry)), at, stop);
        policies.Applies(entry);
    }

    private Account CoreOf(Entry entry) => new(
        NameOf(entry), IsEnabled(entry), NatureOf(entry), entry["displayName"] ?? entry["cn"], entry["mail"],
        EmailVerified: false, DirectorySubject: entry["entryUUID"], CreatedAt: entry.Time("createTimestamp"));

    /// <summary>A person has a given name, a family name and an address. Anything else may be either.</summary>
    private static AccountNature NatureOf(Entry entry) =>
        entry.Is("applicationProcess") ? AccountNature.Service
        : entry.Has("givenName") && entry.Has("sn") && entry.Has("mail") ? AccountNature.Person
        : AccountNature.Unknown;

    /// <summary>Whether attributes that not every entry has are kept and may be read. Asked of an account that is not ours.</summary>
    private async Task<Probe> ProbeAsync(string[] attributes, CancellationToken stop)
    {
        var presence = string.Concat(attributes.Select(attribute => $"({attribute}=*)"));
        if (await job.Session.FirstAsync(new Search(job.Base, $"(&{Filter}(|{presence}))", SearchScope.Subtree, attributes), stop) is { } found
            && attributes.Any(found.Entry.Has))
            return Probe.Readable;
        if (await OtherAccountAsync(stop) is not { } other)
            return Probe.Off;
        foreach (var attribute in attributes)
        {
            if (await job.Session.CompareAsync(other, attribute, "19700101000000Z", stop) == ResultCode.InsufficientAccessRights)
                return Probe.Denied;
        }

        return Probe.Off;
    }

    /// <summary>Rules often let an account read its own entry, so we ask about another one.</summary>
    private async Task<string?> OtherAccountAsync(CancellationToken stop)
    {
        await foreach (var page in job.Session.PagesAsync(new Search(job.Base, Filter, SearchScope.Subtree, "uid"), stop, pageSize: 2))
        {
            if (page.Entries.FirstOrDefault(entry => Dn.Key(entry.Name) != Dn.Key(job.Address.User)) is { } other)
                return other.Name;
            if (page.Cut is not null)
                return null;
        }

        return null;
    }

    private ValueTask CoverAsync<T>(Probe probe, long read, long? expected, string? cut, (string Why, string Mend) missing, CancellationToken stop) => probe switch
    {
        Probe.Denied => job.CoverAsync<T>(Completeness.Denied, missing.Why, missing.Mend, stop),
        Probe.Off => job.CoverAsync<T>(Completeness.Disabled, missing.Why, missing.Mend, stop),
        _ when cut is not null => job.CoverAsync<T>(Completeness.Partial, $"Only {read} accounts were read: {cut}.", DirectoryOffers.LiftLimits(job.Address.User), stop),
        _ => job.CoverAsync<T>(read, expected, stop),
    };

    private (string Why, string Mend) LocksDenied =>
        ("The account may not see which accounts are locked (pwdAccountLockedTime).", DirectoryOffers.AllowAttributes("pwdAccountLockedTime", job.Address.User));

    private (string Why, string Mend) SignInsMissing(Probe probe) => probe == Probe.Denied
        ? ("The account may not read when accounts last signed in.", DirectoryOffers.AllowAttributes("authTimestamp,pwdLastSuccess", job.Address.User))
        : ("The directory does not record when accounts last sign in.", "Switch it on: add the line 'lastbind on' to the database section of slapd.conf, or set olcLastBind: TRUE. Then wait until people have signed in.");

    private (string Why, string Mend) PasswordsMissing(Probe probe) => probe == Probe.Denied
        ? ("The account may not read when passwords were changed.", DirectoryOffers.AllowAttributes("pwdChangedTime", job.Address.User))
        : ("The directory does not record when passwords are changed.", "Switch on the ppolicy overlay: 'moduleload ppolicy' and 'overlay ppolicy' in slapd.conf.");

    private string Relative(string key)
    {
        var root = Dn.Key(job.Base);
        return key.EndsWith("," + root, StringComparison.Ordinal) ? key[..^(root.Length + 1)] : key;
    }

    private static DateTimeOffset? Latest(DateTimeOffset? one, DateTimeOffset? other) => one is null || other > one ? other : one;

    private enum Probe
    {
        Readable,
        Denied,
        Off,
    }
}
