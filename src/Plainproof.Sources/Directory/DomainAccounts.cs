using Plainproof.Facts;
using Plainproof.Sources.Directories.Wire;

namespace Plainproof.Sources.Directories;

/// <summary>userAccountControl, MS-ADTS section 2.2.16.</summary>
[Flags]
internal enum Control
{
    Disabled = 0x2,
    PasswordNotRequired = 0x20,
    ReversiblePassword = 0x80,
    TrustAccount = 0x800,
    DomainController = 0x2000,
    PasswordNeverExpires = 0x10000,
    NoPreAuthentication = 0x400000,
    ReadOnlyDomainController = 0x4000000,
}

/// <summary>Accounts, their last sign-in and their passwords' exceptions, in one stream of pages.</summary>
internal sealed class DomainAccounts(Job job, Domain domain)
{
    public static readonly string[] CoreAttributes =
    [
        "objectClass", "sAMAccountName", "displayName", "givenName", "sn", "mail", "userPrincipalName", "objectSid",
        "whenCreated", "userAccountControl", "accountExpires", "servicePrincipalName", "adminCount",
    ];

    private const string Filter = "(|(&(objectCategory=person)(objectClass=user))(objectClass=msDS-GroupManagedServiceAccount)(objectClass=msDS-ManagedServiceAccount))";
    private const int UsualSlackDays = 14;

    /// <summary>Every domain has these two; who does not see them does not see all.</summary>
    private readonly HashSet<long> _mustSee = [500, 502];

    private readonly List<string> _stateHidden = [];
    private readonly List<string> _signInHidden = [];
    private readonly List<string> _passwordHidden = [];
    private int _slackDays = UsualSlackDays;

    public async Task ReadAsync(CancellationToken stop)
    {
        var signIns = job.Wants<AccountActivity>() ? await SignInsAsync(stop) : null;
        var all = new Search(job.Base, Filter, SearchScope.Subtree, [.. CoreAttributes, "lastLogonTimestamp", "pwdLastSet"]);
        var (read, cut) = (0L, (string?)null);
        await foreach (var page in job.Session.PagesAsync(all, stop))
        {
            for (var i = 0; i < page.Entries.Count; i++)
                await TellAsync(page.Entries[i], page.At(i), signIns is null, stop);
            (read, cut) = (read + page.Entries.Count, page.Cut);
            job.Progress("reading accounts", read);
        }

        var whole = new Whole(read, cut is null ? await job.Session.CountAsync(all, stop) : null, cut ?? Unseen());
        await CoverAsync<Account>(whole, _stateHidden, "whether they are switched on", "User Account Restrictions", stop);
        await CoverAsync<AccountPassword>(whole, _passwordHidden, "anything of their passwords", "User Account Restrictions", stop);
        if (signIns is { } hole)
            await job.CoverAsync<AccountActivity>(hole.State, hole.Message, hole.Mend, stop);
        else
            await CoverAsync<AccountActivity>(whole, _signInHidden, "when they last signed in", "Logon Information", stop);
    }

    public static string NameOf(Entry entry) => entry["sAMAccountName"] ?? Dn.ShortName(entry.Name);

    public static Control? ControlOf(Entry entry) => (Control?)entry.Number("userAccountControl");

    /// <summary>False when a sign-in would be refused; null when we may not see it.</summary>
    public static bool? IsEnabled(Entry entry, DateTimeOffset now) =>
        ControlOf(entry) is { } control ? !control.HasFlag(Control.Disabled) && !(entry.FileTime("accountExpires") <= now) : null;

    private async Task TellAsync(Entry entry, Pointer at, bool withSignIns, CancellationToken stop)
    {
        var subject = job.Subject("account", NameOf(entry));
        var rid = SecurityId.Rid(entry["objectSid"]);
        if (rid is { } seen)
            _mustSee.Remove(seen);
        if (IsEnabled(entry, job.Now) is not { } enabled)
        {
            _stateHidden.Add(NameOf(entry));
            _signInHidden.Add(NameOf(entry));
            _passwordHidden.Add(NameOf(entry));
            return;
        }

        await job.AddAsync(subject, CoreOf(entry, enabled, rid), at, stop);
        if (entry.Has("pwdLastSet"))
            await job.AddAsync(subject, PasswordOf(entry), at, stop);
        else
            _passwordHidden.Add(NameOf(entry));
        if (!withSignIns)
            return;
        if (entry.Has("lastLogonTimestamp") || await ShowsSignInAsync(entry, stop))
            await job.AddAsync(subject, new AccountActivity(entry.FileTime("lastLogonTimestamp"), _slackDays), at, stop);
        else
            _signInHidden.Add(NameOf(entry));
    }

    /// <summary>The address is the company's word: nobody may write his own (it is in the Public Information set).</summary>
    private static Account CoreOf(Entry entry, bool enabled, long? rid) => new(
        NameOf(entry), enabled, NatureOf(entry), entry["displayName"],
        entry["mail"] ?? entry["userPrincipalName"], EmailVerified: true, entry["objectSid"], entry.Time("whenCreated"),
        CanSignIn: rid != 502 && ControlOf(entry) is { } control && !control.HasFlag(Control.TrustAccount),
        BuiltIn: rid is 500 or 501 or 502 || ControlOf(entry)!.Value.HasFlag(Control.TrustAccount));

    private static AccountPassword PasswordOf(Entry entry)
    {
        var control = ControlOf(entry)!.Value;
        return new AccountPassword(
            entry.FileTime("pwdLastSet"), control.HasFlag(Control.PasswordNeverExpires), control.HasFlag(Control.PasswordNotRequired),
            control.HasFlag(Control.ReversiblePassword), control.HasFlag(Control.NoPreAuthentication));
    }

    private static AccountNature NatureOf(Entry entry) =>
        entry.Is("msDS-GroupManagedServiceAccount") || entry.Is("msDS-ManagedServiceAccount") || entry.Has("servicePrincipalName") ? AccountNature.Service
        : entry.Has("givenName") && entry.Has("sn") ? AccountNature.Person
        : AccountNature.Unknown;

    /// <summary>Null when sign-in times are kept and may be read; otherwise why not.</summary>
    private async Task<CannotRead?> SignInsAsync(CancellationToken stop)
    {
        if ((await domain.RootAsync(stop)).Entry.Number("msDS-LogonTimeSyncInterval") is { } days)
        {
            _slackDays = (int)Math.Clamp(days, 0, 365);
            if (days == 0)
                return new CannotRead(Completeness.Disabled, "The domain does not record when accounts last sign in (msDS-LogonTimeSyncInterval is 0).", "Clear that attribute of the domain, and wait 14 days.");
        }

        var others = await domain.OurSidAsync(stop) is { } ours ? $"(!(objectSid={ours}))" : "";
        if (await job.Session.FirstAsync(new Search(job.Base, $"(&{Filter}(lastLogonTimestamp=*){others})", SearchScope.Subtree, "lastLogonTimestamp"), stop) is { } found
            && found.Entry.Has("lastLogonTimestamp"))
            return null;
        var sample = await job.Session.FirstAsync(new Search(job.Base, $"(&{Filter}{others}(!(adminCount=1))(!(isCriticalSystemObject=TRUE)))", SearchScope.Subtree, "objectSid"), stop);
        return sample is var (entry, _) && await domain.CanReadAsync(entry.Name, "lastLogonTimestamp", stop) != true
            ? new CannotRead(Completeness.Denied, "The account may not see when others last signed in.", DirectoryOffers.AllowInherited(job.Root.Base, "Logon Information", "user"))
            : null;
    }

    /// <summary>Accounts of administrators do not inherit rights, so an absent time may be a hidden one there.</summary>
    private async Task<bool> ShowsSignInAsync(Entry entry, CancellationToken stop) =>
        entry["adminCount"] is null or "0" || await domain.CanReadAsync(entry.Name, "lastLogonTimestamp", stop) == true;

    private string? Unseen() => job.Base == job.Root.Base && _mustSee.Count > 0
        ? "the account does not see the accounts Administrator and krbtgt, which every domain has" : null;

    private ValueTask CoverAsync<T>(Whole whole, List<string> hidden, string what, string set, CancellationToken stop) =>
        hidden.Count == whole.Read && whole.Read > 0
            ? job.CoverAsync<T>(Completeness.Denied, $"The account may not see of others {what}.", DirectoryOffers.AllowInherited(job.Root.Base, set, "user"), stop)
        : hidden.Count > 0
            ? job.CoverAsync<T>(Completeness.Partial, $"{hidden.Count} accounts do not show {what}: {string.Join(", ", hidden.Take(10))}.", DirectoryOffers.AllowProtected(job.Root.Base, set), stop, whole.Expected)
        : whole.Cut is { } cut
            ? job.CoverAsync<T>(Completeness.Partial, $"Only {whole.Read} accounts were read: {cut}.", "Give the account back the read rights of Authenticated Users.", stop, whole.Expected)
        : job.CoverAsync<T>(whole.Read, whole.Expected, stop);

    private sealed record Whole(long Read, long? Expected, string? Cut);
}
