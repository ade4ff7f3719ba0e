using Plainproof.Facts;
using Plainproof.Sources.Directories.Wire;

namespace Plainproof.Sources.Directories;

/// <summary>Who is in the groups that the company says administer the directory, nested groups followed.</summary>
internal sealed class OpenLdapPrivileges(Job job, OpenLdapAccounts accounts)
{
    private static readonly string[] MemberAttributes = ["member", "uniqueMember", "memberUid"];

    private readonly List<string> _unseen = [];

    public async Task ReadAsync(CancellationToken stop)
    {
        await TellRootAsync(stop);
        if (job.Address.AdministratorGroups.Count == 0)
        {
            await job.CoverAsync<Privilege>(Completeness.Disabled, "This directory does not say by itself who its administrators are.", "Add admin-groups=DN;DN with the groups that its access rules trust.", stop);
            return;
        }

        foreach (var group in job.Address.AdministratorGroups)
            await TellGroupAsync(group, stop);
        if (_unseen.Count > 0)
            await job.CoverAsync<Privilege>(Completeness.Partial, $"Members are listed that the account may not see, or that are gone: {string.Join(" ; ", _unseen.Take(5))}.", "Let the account read them, or remove them from the group.", stop);
        else
            await job.CoverAsync<Privilege>(job.Told<Privilege>(), job.Told<Privilege>(), stop);
    }

    private async Task TellGroupAsync(string name, CancellationToken stop)
    {
        var (entry, at) = await job.Session.FindAsync(name, stop, [.. MemberAttributes, "cn"])
            ?? throw new CannotRead(Completeness.Denied, $"There is no group {name}, or the account may not see it.", "Check admin-groups=DN;DN and the rights of the account.");
        if (!MemberAttributes.Any(entry.Has))
            throw new CannotRead(Completeness.Denied, $"The group {name} shows no members.", DirectoryOffers.AllowAttributes("member,uniqueMember,memberUid", job.Address.User));
        var right = Dn.ShortName(entry.Name);
        foreach (var (member, through) in await GroupWalk.FromAsync(new Member(Dn.Key(name), entry, at, Group: true), group => MembersAsync(group, stop)))
        {
            var id = accounts.IdOf(member.Entry);
            await job.AddAsync(
                job.Subject("privilege", $"{right}/{id}"),
                new Privilege(job.Subject("account", id), OpenLdapAccounts.NameOf(member.Entry), right, through, Full: true, accounts.IsEnabled(member.Entry)), member.At, stop);
        }
    }

    private async Task<IReadOnlyList<Member>> MembersAsync(Member group, CancellationToken stop)
    {
        var members = new List<Member>();
        foreach (var name in group.Entry.All("member").Concat(group.Entry.All("uniqueMember")).Where(name => name.Length > 0))
            Keep(name, await job.Session.FindAsync(name, stop, [.. MemberAttributes, .. OpenLdapAccounts.CoreAttributes]), members);
        foreach (var uid in group.Entry.All("memberUid"))
            Keep(uid, await job.Session.FirstAsync(new Search(job.Base, $"(uid={Dn.InFilter(uid)})", SearchScope.Subtree, OpenLdapAccounts.CoreAttributes), stop), members);
        return members;
    }

    private void Keep(string name, (Entry Entry, Pointer At)? found, List<Member> into)
    {
        if (found is var (entry, at))
            into.Add(new Member(Dn.Key(entry.Name), entry, at, MemberAttributes.Any(entry.Has)));
        else
            _unseen.Add(name);
    }

    /// <summary>The account that no access rule binds. It is named in the configuration only, which few may read.</summary>
    private async Task TellRootAsync(CancellationToken stop)
    {
        var found = await job.Session.FirstAsync(new Search("cn=config", "(&(objectClass=olcDatabaseConfig)(olcRootDN=*)(olcSuffix=*))", SearchScope.Subtree, "olcRootDN", "olcSuffix"), stop);
        if (found is not var (entry, at) || entry["olcRootDN"] is not { } name)
            return;
        await job.AddAsync(
            job.Subject("privilege", $"rootdn/{name}"),
            new Privilege(job.Subject("account", name), name, "rootdn", [], Full: true, AccountEnabled: true, BuiltIn: true), at, stop);
    }
}
