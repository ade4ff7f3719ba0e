using Plainproof.Facts;
using Plainproof.Sources.Directories.Wire;

namespace Plainproof.Sources.Directories;

/// <summary>
/// Who is in the groups that rule a domain: nested groups, ranges of members, primary groups, accounts of other domains.
/// Membership is read from both ends, the group's list and the members' own link, and both must agree. The directory's rule
/// "in chain" would count them too, but Samba walks the whole domain for each such question.
/// </summary>
internal sealed class DomainPrivileges(Job job, Domain domain)
{
    // Well-known identifiers, MS-DTYP section 2.4.2.4. A leading dash is relative to the domain.
    private static readonly (string Sid, bool Full, bool Always)[] Rulers =
    [
        ("S-1-5-32-544", true, true), ("-512", true, true), ("-518", true, false), ("-519", true, false),
        ("S-1-5-32-548", false, false), ("S-1-5-32-549", false, false), ("S-1-5-32-550", false, false), ("S-1-5-32-551", false, false),
        ("-520", false, false), ("-526", false, false), ("-527", false, false),
    ];

    private static readonly Dictionary<string, string> Everybody = new(StringComparer.Ordinal)
    {
        ["S-1-1-0"] = "Everyone",
        ["S-1-5-11"] = "Authenticated Users",
        ["S-1-5-4"] = "Interactive",
        ["S-1-5-7"] = "Anonymous",
    };

    private static readonly string[] Attributes = [.. DomainAccounts.CoreAttributes, "member"];

    private readonly List<string> _holes = [];
    private readonly Dictionary<string, IReadOnlyList<Member>> _members = new(StringComparer.Ordinal);

    public async Task ReadAsync(CancellationToken stop)
    {
        var sid = await domain.SidAsync(stop);
        foreach (var (id, full, always) in Rulers)
        {
            var group = await domain.FindBySidAsync(id.StartsWith('-') ? sid + id : id, stop, Attributes);
            if (group is var (entry, at))
                await TellGroupAsync(new Member(Dn.Key(entry.Name), entry, at, Group: true), full, always, stop);
            else if (always)
                _holes.Add($"the group {id} is not seen");
        }

        if (_holes.Count > 0)
            await job.CoverAsync<Privilege>(Completeness.Partial, $"Not all administrators could be seen: {string.Join("; ", _holes.Take(5))}.", "Give the account back the read rights of Authenticated Users, also on CN=AdminSDHolder,CN=System.", stop);
        else
            await job.CoverAsync<Privilege>(job.Told<Privilege>(), job.Told<Privilege>(), stop);
    }

    private async Task TellGroupAsync(Member group, bool full, bool always, CancellationToken stop)
    {
        var right = DomainAccounts.NameOf(group.Entry);
        job.Progress($"following {right}");
        var reached = await GroupWalk.FromAsync(group, inner => MembersAsync(inner, stop));
        foreach (var (member, through) in reached)
        {
            var name = AccountOf(member.Entry);
            await job.AddAsync(job.Subject("privilege", $"{right}/{name}"), PrivilegeOf(member.Entry, name, right, through, full), member.At, stop);
        }

        if (always && reached.Count == 0)
            _holes.Add($"{right} shows no members");
    }

    private Privilege PrivilegeOf(Entry entry, string name, string right, IReadOnlyList<string> through, bool full) => new(
        job.Subject("account", name), name, right, through, full,
        AccountEnabled: DomainAccounts.IsEnabled(entry, job.Now) ?? true,
        BuiltIn: SecurityId.Rid(entry["objectSid"]) == 500 && !entry.Is("foreignSecurityPrincipal"));

    private async Task<IReadOnlyList<Member>> MembersAsync(Member group, CancellationToken stop) =>
        _members.TryGetValue(group.Key, out var known) ? known : _members[group.Key] = await ReadMembersAsync(group, stop);

    private async Task<IReadOnlyList<Member>> ReadMembersAsync(Member group, CancellationToken stop)
    {
        var names = await job.Session.AllValuesAsync(group.Entry, "member", stop);
        var linked = await SearchAsync($"(memberOf={Dn.InFilter(group.Entry.Name)})", stop);
        var members = new List<Member>(names.Count);
        foreach (var name in names)
        {
            if ((linked.Remove(Dn.Key(name), out var member) ? member : await FindAsync(name, stop)) is { } found)
                members.Add(found);
            else
                _holes.Add($"{DomainAccounts.NameOf(group.Entry)} has a member that is not seen, {name}");
        }

        if (linked.Count > 0)
            _holes.Add($"{DomainAccounts.NameOf(group.Entry)} does not list {linked.Count} accounts that say they are in it");

        // An account's primary group does not list it as a member.
        if (group.Entry["objectSid"] is { } sid && !sid.StartsWith("S-1-5-32-", StringComparison.Ordinal) && SecurityId.Rid(sid) is { } rid)
            members.AddRange((await SearchAsync($"(primaryGroupID={rid})", stop)).Values);
        return members;
    }

    private async Task<Dictionary<string, Member>> SearchAsync(string filter, CancellationToken stop)
    {
        var found = new Dictionary<string, Member>(StringComparer.Ordinal);
        await foreach (var page in job.Session.PagesAsync(new Search(job.Root.Base, filter, SearchScope.Subtree, Attributes), stop))
        {
            for (var i = 0; i < page.Entries.Count; i++)
                found[Dn.Key(page.Entries[i].Name)] = MemberOf(page.Entries[i], page.At(i));
        }

        return found;
    }

    private async Task<Member?> FindAsync(string name, CancellationToken stop) =>
        await job.Session.FindAsync(name, stop, Attributes) is var (entry, at) ? MemberOf(entry, at) : null;

    private static Member MemberOf(Entry entry, Pointer at) => new(Dn.Key(entry.Name), entry, at, entry.Is("group"));

    /// <summary>An account of another domain is known by its identifier only.</summary>
    private static string AccountOf(Entry entry) =>
        !entry.Is("foreignSecurityPrincipal") ? DomainAccounts.NameOf(entry)
        : Everybody.TryGetValue(Dn.ShortName(entry.Name), out var all) ? $"{all} ({Dn.ShortName(entry.Name)})"
        : Dn.ShortName(entry.Name);
}
